"""Find the names of an article, how often each occurs, and what kind of thing it names, as far as the text shows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.drafting.grammar import Grammar, languages_with_grammar, lower
from bot.drafting.grammar import grammar as grammar_of
from bot.drafting.sentences import Piece, pieces, text_of
from bot.matching.fold import fold, words
from bot.matching.reading.spelling.wordlist import word_list
from bot.story.model import EntityKind

Gender = Literal["masculine", "feminine"]

MIN_COMMON_SHARE = 1e-6  # of running text, from which a capitalised word at the start of a sentence is no name
_INNER_CAPITAL = re.compile(r"^[A-Z]{2,}$|[a-z][A-Z]")
_NOT_IN_NAMES = (
    *("determiners", "prepositions", "clauses", "conjunctions", "relatives", "negations", "breaks"),
    *("masculine_pronouns", "feminine_pronouns", "plural_pronouns", "other_pronouns"),
)
_SENTENCE_ENDS = frozenset('.!?…:«“"”»-–—')


@dataclass(frozen=True)
class Name:
    """A name in its longest form, with the forms that mean the same; `kind` and `gender` are None if unclear."""

    text: str
    forms: tuple[str, ...]
    count: int
    kind: EntityKind | None
    gender: Gender | None


@dataclass(frozen=True)
class ArticleNames:
    """The names of an article."""

    names: tuple[Name, ...]  # the most frequent first

    @cached_property
    def by_form(self) -> Mapping[str, Name]:
        """The names by each of their forms, folded."""
        return {fold(form): name for name in self.names for form in name.forms}

    def named(self, text: str) -> Name | None:
        """Return the name that a text is a form of."""
        return self.by_form.get(fold(text))


@dataclass(frozen=True)
class _Mention:
    text: str
    honorific: str
    before: str  # the word before it, in lower case
    role: str  # the role noun beside it, in lower case
    article: str  # the word before that noun, in lower case
    is_sure: bool  # it has a capital that is not the first of a sentence


def name_length(run: Sequence[Piece], at: int, known: Iterable[str], grammar: Grammar) -> int:
    """Return how many pieces from `at` are one of the known (folded) forms, with the honorific before it; 0 if none."""
    start = at + (1 if is_honorific(run, at, grammar) else 0)
    start += 1 if start > at and start < len(run) and run[start].text == "." else 0
    longest = 0
    forms = frozenset(known)
    for end in range(start + 1, min(len(run), start + 8) + 1):
        part = run[start:end]
        if part[-1].kind != "word" and part[-1].text not in (".", "&"):
            break
        if part[-1].kind == "word" and part[0].is_capitalised and fold(" ".join(piece.text for piece in part)) in forms:
            longest = end - at
    return longest


def is_honorific(run: Sequence[Piece], at: int, grammar: Grammar) -> bool:
    """Return whether a piece is a title before a name, such as Mme or Dr."""
    low = run[at].low if at < len(run) else ""
    named = any(grammar.has(f"honorifics_{kind}", low) for kind in ("masculine", "feminine", "other"))
    after = run[at + 1 : at + 3]
    return named and any(piece.is_capitalised for piece in after) and (len(low) > 1 or run[at].text.isupper())


def find_names(paragraphs: Iterable[str], grammar: Grammar) -> ArticleNames:
    """Return the names of an article."""
    runs = [list(pieces(text)) for text in paragraphs]
    lowered = {piece.low for run in runs for piece in run if piece.kind == "word" and piece.text[0].islower()}
    mentions = [mention for run in runs for mention in _mentions(run, grammar, lowered)]
    sure = {word for mention in mentions if mention.is_sure for word in words(mention.text)}
    found = [mention for mention in mentions if mention.is_sure or _is_known(mention.text, sure, grammar)]
    return ArticleNames(tuple(_merged(found, grammar)))


def _is_known(text: str, sure: Set[str], grammar: Grammar) -> bool:
    """Return whether a capitalised word that opens a sentence is a name: a part of one, or no common word."""
    return set(words(text)) <= sure or any(_is_uncommon(word, grammar) for word in text.split())


def _is_uncommon(word: str, grammar: Grammar) -> bool:
    return word_list(grammar.code).share(fold(word)) < MIN_COMMON_SHARE


def _mentions(run: list[Piece], grammar: Grammar, lowered: set[str]) -> Iterator[_Mention]:
    at = 0
    while at < len(run):
        title = run[at].low if is_honorific(run, at, grammar) else ""
        start = at + (1 if title else 0)
        if title and run[start].text == ".":
            start += 1
        end = _end(run, start, grammar)
        opens = start == 0 or _ends_sentence(run, start - 1)
        if end > start and opens and not title and _drops_first(run[start:end], grammar, lowered):
            start += 1
            opens = False
        if end > start:
            text = text_of(run[start:end])
            sure = bool(title) or not opens or end - start > 1
            before = run[start - 1].low if start else ""
            article = run[start - 2].low if start > 1 and is_role(before, grammar) else ""
            yield _Mention(text, title, before, _role(run, start, end, grammar), article, sure)
        at = max(end, at + 1)


def _ends_sentence(run: list[Piece], at: int) -> bool:
    """Return whether a sentence may end at a mark; the one in "I did," Price said" is after a comma, so it does not."""
    is_after_comma = at > 0 and run[at - 1].text == ","
    return run[at].text[-1] in _SENTENCE_ENDS and not is_after_comma


def _end(run: list[Piece], start: int, grammar: Grammar) -> int:
    """Return the end of the run of capitalised words at `start`; `start` itself if there is none."""
    if start >= len(run) or not _can_name(run[start], grammar):
        return start
    end = start + 1
    while end < len(run):
        step = 2 if end == start + 1 and _joins(run[start], run[end], grammar) else 1
        step = 2 if run[end].text == "&" else step
        last = end + step - 1
        is_initial = run[end].text == "." and len(run[end - 1].text) == 1
        if is_initial:
            end += 1
        elif last < len(run) and run[last].is_capitalised and run[end].start - run[end - 1].end <= 1:
            end = last + 1
        elif (
            end > start
            and run[end].kind == "word"
            and run[end].text.isdigit()
            and run[end - 1].is_capitalised
            and len(run[end].text) < 3
        ):
            end += 1
        else:
            break
    return end


def _joins(first: Piece, particle: Piece, grammar: Grammar) -> bool:
    """Return whether a particle joins two parts of a name, as in "Charles de Gaulle"; "Conseil d'OpenAI" is no name."""
    if particle.is_capitalised or not grammar.has("particles", particle.low):
        return False
    return not grammar.has("of", particle.low) or particle.low == "of" or gender_of_first_name(first.low) is not None


def _can_name(piece: Piece, grammar: Grammar) -> bool:
    if not piece.is_capitalised or is_calendar(piece.low, grammar) or is_role(piece.low, grammar):
        return False
    return not any(grammar.has(name, piece.low) for name in _NOT_IN_NAMES) and piece.low != "i"


def is_role(low: str, grammar: Grammar) -> bool:
    """Return whether a word is the noun of a position, such as mayor."""
    return any(grammar.has(f"role_nouns_{kind}", low) for kind in ("masculine", "feminine", "other", "plural"))


def is_calendar(low: str, grammar: Grammar) -> bool:
    """Return whether a word is the name of a month or a weekday."""
    return any(low in row.split() for name in ("months", "weekdays") for row in grammar.dates.get(name, ()))


def _drops_first(run: list[Piece], grammar: Grammar, lowered: set[str]) -> bool:
    """Return whether the first word has its capital only because it opens the sentence."""
    first = run[0]
    if gender_of_first_name(first.low) or (first.text.isupper() and len(first.text) > 1):
        return False
    return first.low in lowered or (len(run) > 1 and grammar.has("adverbs", first.low))


def _role(run: list[Piece], start: int, end: int, grammar: Grammar) -> str:
    """Return the role noun before a name ("le maire Paul Roux"), or in the words after its comma."""
    near = [run[start - 1].low] if start else []
    if end < len(run) and run[end].text == ",":
        near += [piece.low for piece in run[end + 1 : end + 4]]
    return next((low for low in near if is_role(low, grammar)), "")


def gender_of_first_name(low: str) -> Gender | None:
    """Return the gender of a first name in any language; None if it is unknown or has both."""
    known = [grammar_of(code) for code in languages_with_grammar()]
    masculine, feminine = (
        any(item.has(f"{gender}_names", low) for item in known) for gender in ("masculine", "feminine")
    )
    return None if masculine == feminine else "masculine" if masculine else "feminine"


def _merged(mentions: list[_Mention], grammar: Grammar) -> Iterator[Name]:
    """Join the forms of each name: a part of exactly one longer name is that name."""
    texts = {fold(mention.text): mention.text for mention in mentions}
    longest = {key: _whole(key, texts) for key in texts}
    counts = Counter(longest[fold(mention.text)] for mention in mentions)
    for key, count in counts.most_common():
        own = [mention for mention in mentions if longest[fold(mention.text)] == key]
        forms = tuple(dict.fromkeys([texts[key], *(mention.text for mention in own)]))
        gender = _gender(own, grammar)
        yield Name(texts[key], forms, count, _kind(texts[key], own, gender, grammar), gender)


def _whole(key: str, texts: Mapping[str, str]) -> str:
    """Return the one longer name that starts or ends with these words, else the words themselves."""
    longer = [text for text in texts if _is_part(key, text)]
    longest = [text for text in longer if not any(_is_part(text, other) for other in longer)]
    return longest[0] if len(longest) == 1 else key


def _is_part(short: str, text: str) -> bool:
    return text.endswith(f" {short}") or text.startswith(f"{short} ")


def _gender(mentions: list[_Mention], grammar: Grammar) -> Gender | None:
    found: set[Gender] = set()
    for mention in mentions:
        for gender in ("masculine", "feminine"):
            is_role = grammar.has(f"role_nouns_{gender}", mention.role)
            other = "feminine" if gender == "masculine" else "masculine"
            titles = ((f"honorifics_{gender}", mention.honorific), (f"{gender}_determiners", mention.article))
            if any(grammar.has(*title) for title in titles) or (
                is_role and not grammar.has(f"role_nouns_{other}", mention.role)
            ):
                found.add(gender)
        first = gender_of_first_name(lower(mention.text.split()[0]))
        if first and " " in mention.text:
            found.add(first)
    return found.pop() if len(found) == 1 else None


def _kind(text: str, mentions: list[_Mention], gender: Gender | None, grammar: Grammar) -> EntityKind | None:
    lows = [lower(word) for word in text.split()]
    if any(grammar.has("organisation_nouns", word) for word in lows):
        return "organisation"
    if gender or any(mention.honorific or mention.role for mention in mentions):
        return "person"
    if len(lows) > 1 and any(
        item.has(f"{which}_names", lows[0])
        for item in map(grammar_of, languages_with_grammar())
        for which in ("masculine", "feminine")
    ):
        return "person"
    if len(lows) == 1 and _INNER_CAPITAL.search(text):
        return "organisation"
    placed = sum(grammar.has("place_prepositions", mention.before) for mention in mentions)
    return "place" if placed * 2 > len(mentions) else None
