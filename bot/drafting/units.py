"""Reduce a sentence to units, each a name, a quotation or a word with one letter for what it can be in a clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.drafting.grammar import Grammar, Verb
from bot.drafting.names import ArticleNames, Name, is_calendar, is_honorific, is_role, name_length
from bot.drafting.quotations import Quotation
from bot.drafting.sentences import Piece, Sentence
from bot.story.model import EntityKind

# The letters of the units: patterns over them describe noun phrases.
LETTERS = (
    ("n", "negations"),
    ("P", "masculine_pronouns"),
    ("P", "feminine_pronouns"),
    ("P", "plural_pronouns"),
    ("P", "other_pronouns"),
    ("x", "have"),
    ("e", "be"),
    ("k", "clauses"),
    ("r", "relatives"),
    ("c", "conjunctions"),
    ("b", "breaks"),
    ("o", "modals"),
)
NOUN_PHRASE = re.compile(r"(?:N|[Dd][wN]{1,5}(?:[pd][Dd]?[wN]{1,4}){0,3})")
SHORT_PHRASE = re.compile(r"N|[Dd][wN]{1,2}(?:[pd][Dd]?[wN]{1,2}){0,3}")  # the w of a longer one may be a verb
COORDINATED = re.compile(rf"{NOUN_PHRASE.pattern}(?:c{NOUN_PHRASE.pattern})+")


@dataclass(frozen=True)
class ClauseUnit:
    """A name with its title, a quotation, a word or a mark; `letter` says what it can be.

    N name, Q quotation, D determiner, p preposition, d either of these, w other word, v verb of saying or denying,
    P pronoun, x and e auxiliaries, n negation, a adverb, k before a clause, r relative, c conjunction, b other break,
    o modal; a mark is itself.
    """

    letter: str
    pieces: tuple[Piece, ...]
    name: Name | None = None
    verb: Verb | None = None

    @property
    def low(self) -> str:
        """The first word in lower case."""
        return self.pieces[0].low

    @property
    def start(self) -> int:
        """Where it starts in the paragraph."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where it ends in the paragraph."""
        return self.pieces[-1].end

    @property
    def quotation(self) -> Quotation | None:
        """The quotation that it is."""
        return self.pieces[0].quotation

    @property
    def is_inverted(self) -> bool:
        """Whether it is joined to its verb by a hyphen."""
        return self.pieces[0].is_inverted


@dataclass(frozen=True)
class ClauseUnits:
    """The units of one sentence, and their letters in a row."""

    items: tuple[ClauseUnit, ...]
    letters: str
    grammar: Grammar

    def has(self, name: str, at: int) -> bool:
        """Return whether the word at a place is in a list of the language."""
        return 0 <= at < len(self.items) and self.grammar.has(name, self.items[at].low)

    def letter(self, at: int) -> str:
        """Return the letter at a place; an empty text outside the sentence."""
        return self.letters[at] if 0 <= at < len(self.letters) else ""


def units_of(sentence: Sentence, names: ArticleNames, grammar: Grammar) -> ClauseUnits:
    """Return the units of a sentence."""
    items = list(_units([piece for piece in sentence.pieces if piece.text not in ("'", "’")], names, grammar))
    for at, unit in enumerate(items):
        if grammar.has("second_negations", unit.low) and any(near.letter == "n" for near in items[max(0, at - 3) : at]):
            items[at] = ClauseUnit("n", unit.pieces)
    for at, unit in enumerate(items):
        if unit.letter == "w" and (verb := _verb(items, at, grammar)):
            items[at] = ClauseUnit("v", unit.pieces, None, verb)
    return ClauseUnits(tuple(items), "".join(unit.letter for unit in items), grammar)


def _units(run: Sequence[Piece], names: ArticleNames, grammar: Grammar) -> Iterator[ClauseUnit]:
    at = 0
    while at < len(run):
        title = 1 if is_role(run[at].low, grammar) and not grammar.has("role_nouns_plural", run[at].low) else 0
        size = name_length(run, at + title, names.by_form, grammar)
        if size:
            skip = title
            if is_honorific(run, at + title, grammar):
                skip += 2 if run[at + title + 1].text == "." else 1
            text = " ".join(piece.text for piece in run[at + skip : at + title + size])
            yield ClauseUnit("N", tuple(run[at : at + title + size]), names.named(text))
            at += title
        else:
            size = 1
            yield ClauseUnit(_letter(run[at], grammar), (run[at],))
        at += size


def _letter(piece: Piece, grammar: Grammar) -> str:
    if piece.kind != "word":
        return "Q" if piece.quotation else piece.text[0] if piece.text[0] in ",;:" else "."
    low = piece.low
    if low.endswith("n't"):
        return "n"
    found = next((letter for letter, name in LETTERS if grammar.has(name, low)), None)
    if found and not (piece.is_inverted and found != "P"):
        return found
    determiner, preposition = grammar.has("determiners", low), grammar.has("prepositions", low)
    if determiner or preposition:
        return "d" if determiner and preposition else "D" if determiner else "p"
    if low in grammar.verbs:
        return "w"
    is_adverb = grammar.has("adverbs", low) or any(
        low.endswith(ending) and len(low) > len(ending) + 3 for ending in grammar.words.get("adverb_endings", ())
    )
    return "a" if is_adverb else "w"


def _verb(items: Sequence[ClauseUnit], at: int, grammar: Grammar) -> Verb | None:
    """Return the verb that a word is here; None if it is a noun, an adjective or a passive."""
    following = {unit.low for unit in items[at + 1 : at + 5]}
    found = [verb for verb in grammar.verbs.get(items[at].low, ()) if not verb.after or verb.after & following]
    verb = next((verb for verb in found if verb.after), next(iter(found), None))
    if verb is None or (grammar.has("needs_speech", items[at].low) and not _is_beside_speech(items, at)):
        return None
    before = at - 1
    while before >= 0 and (items[before].letter in "an" or items[before].is_inverted):
        before -= 1
    last = items[before] if before >= 0 else None
    letter = last.letter if last else ""
    if letter == "x":
        return verb if "past" in verb.forms else None
    if letter == "e":
        reflexive = before and grammar.has("reflexives", items[before - 1].low)
        is_active = "bare" in verb.forms and items[at].low != verb.lemma
        return verb if reflexive or is_active else None
    if letter in ("D", "d") or (last is not None and grammar.has("clitics", last.low)):
        return verb if _is_after_clitic(items, before, verb, grammar) else None
    if "finite" in verb.forms:
        is_other = letter == "p" or _is_noun(items, at, grammar) or _is_dated_participle(items, at, verb, grammar)
        return None if is_other else verb
    if "bare" not in verb.forms:
        return None
    return verb if _is_bare_used(items, at, before, verb, grammar) else None


def _is_beside_speech(items: Sequence[ClauseUnit], at: int) -> bool:
    """Return whether a clause or a quotation is beside a verb, or the verb is in a parenthesis: ", rappelle Luc."."""
    after = next((unit.letter for unit in items[at + 1 :] if unit.letter not in "ad"), "")
    left = (unit.letter for unit in reversed(items[:at]) if unit.letter not in "xean" and not unit.is_inverted)
    before = next(left, "")
    return after in ("k", "Q", ":") or before in ("Q", ",")


def _is_dated_participle(items: Sequence[ClauseUnit], at: int, verb: Verb, grammar: Grammar) -> bool:
    """Return whether a form is a passive participle with its date: "The plan, announced on 12 May, ..."."""
    before, (place, date) = items[at - 1].letter if at else "", [*items[at + 1 : at + 3], None, None][:2]
    if before != "," or "past" not in verb.forms or not (place and date) or place.letter not in ("p", "d"):
        return False
    return any(letter.isdigit() for letter in date.low) or is_calendar(date.low, grammar)


def _is_after_clitic(items: Sequence[ClauseUnit], before: int, verb: Verb, grammar: Grammar) -> bool:
    """Return whether the word before a verb is an object pronoun ("qui le dément") and not an article ("le juge")."""
    clitic = items[before]
    if not grammar.has("clitics", clitic.low) or "finite" not in verb.forms:
        return False
    if not grammar.has("determiners", clitic.low):
        return True
    subject = items[before - 1].letter if before else ""
    return (subject in "NPrn" and subject != "") or (
        subject == "w" and not grammar.has("ambiguous", items[before + 1].low)
    )


def _is_noun(items: Sequence[ClauseUnit], at: int, grammar: Grammar) -> bool:
    """Return whether an ambiguous form, such as "claims" or "reports", is more likely a noun here."""
    if not grammar.base_needs_clause or not grammar.has("ambiguous", items[at].low):
        return False
    before, after = items[at - 1].letter if at else "", items[at + 1].letter if at + 1 < len(items) else ""
    return before not in ("N", "P", "r") and after not in ("k", "Q", ":")


def _is_bare_used(items: Sequence[ClauseUnit], at: int, before: int, verb: Verb, grammar: Grammar) -> bool:
    """Return whether an infinitive or participle says that somebody did speak: "avant d'ajouter", "adding that"."""
    if items[at].low != verb.lemma:  # a participle
        return (
            before < 0 or items[before].letter in (",", "Q", "e", "c") or grammar.has("gerund_leads", items[before].low)
        )
    if grammar.base_needs_clause:  # "they say that"; after a modal nothing was said yet
        letters = (items[before].letter if before >= 0 else "", items[at + 1].letter if at + 1 < len(items) else "")
        return letters[0] in ("P", "w", "N") and letters[1] in ("k", "Q") and not grammar.has("to", items[before].low)
    lead = " ".join(unit.low for unit in items[max(0, at - 2) : at])
    return any(lead == text or lead.endswith(f" {text}") for text in grammar.phrases["infinitive_leads"])


def kind_of_phrase(run: Sequence[ClauseUnit], grammar: Grammar) -> EntityKind | None:
    """Return what a noun phrase without a name is: an organisation or a role; None if it is neither."""
    lows = [unit.low for unit in run[:4]]
    if any(grammar.has("organisation_nouns", low) for low in lows) and not is_role(
        lows[min(1, len(lows) - 1)], grammar
    ):
        return "organisation"
    return "role" if any(is_role(low, grammar) for low in lows) else None
