"""Parse an utterance: its language, the slot it asks for, its names and content words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Literal, NamedTuple

from bot.matching.fold import fold, words
from bot.matching.reading.capitals import numerals
from bot.matching.reading.figures import figures_in
from bot.matching.reading.language import Language
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.phrases import replace_phrases
from bot.story.model import Slot

MAX_CONCEPT_WORDS = 4
SPECIFIC_SLOTS: frozenset[Slot] = frozenset({"who", "when", "where", "why", "how-many"})

CAPITALISE_NOUNS = frozenset({"de"})  # languages that write every noun with a capital
_NOT_SENTENCE_INITIAL = re.compile(r"(?<=[\w,\'’] )[^\W\d_]+|(?<=\w[\'’])[^\W\d_]+")  # words inside a sentence
_AROUND_COMMA = re.compile(r"(\w+) ?, (?=(\w+))")

Spans = dict[int, int]  # first position -> length in words
AskedSlots = dict[int, tuple[Slot, int]]  # first position -> slot and length in words


class Unit(NamedTuple):
    """A name or a content word of an utterance."""

    kind: Literal["name", "word"]
    key: str  # an entity id, a concept, or a stem
    surface: str
    at: int  # position of its first word in the utterance
    before: str | None  # the word before it, ignoring articles
    is_concept: bool = False  # the key is a concept, which synonyms share
    is_capitalised: bool = False  # written like a name, and not at the start of a sentence

    @property
    def last_word(self) -> str:
        """The last word of its surface, which is the verb of "a fait appel"."""
        return self.surface.rpartition(" ")[2]

    @property
    def end(self) -> int:
        """The position after its last word."""
        return self.at + 1 + self.surface.count(" ")


@dataclass(frozen=True)
class ParsedQuestion:
    """An utterance as the matcher reads it."""

    text: str  # as typed, with the spelling corrected
    tokens: tuple[str, ...]
    language: str | None  # None if it cannot be detected
    spoken: Language  # the data of that language; if None, of all the story's languages
    is_foreign: bool  # not in a language of the story
    slot: Slot | None
    measure: str | None  # what is measured: "how old" asks for an age
    slots: frozenset[Slot]  # every one of who, when, where, why and how many that it asks for
    is_negated: bool  # it asks with a negation: "who did not..."
    asks_name: bool  # "what is the name of"
    precision: Literal["hour", "day"] | None  # how precise a time it asks for, if it says so: "on what day"
    question_phrases: frozenset[
        int
    ]  # the positions of question words of several words, auxiliaries among them: "est-ce que"
    question_words: frozenset[int]  # positions of who, when, what..., without auxiliaries
    pronoun: int | None  # position of the first pronoun that refers to something outside the utterance
    units: tuple[Unit, ...]
    numerals: frozenset[str] = frozenset()  # words written as Roman numerals or single capitals

    @cached_property
    def folded(self) -> str:
        """The text, folded: equal texts are the same question."""
        return fold(self.text)

    @cached_property
    def canonical(self) -> str:
        """The utterance as a list of codes for its slot, names and concepts, the same in every language."""
        slot = (f"slot{self.slot}",) if self.slot else ()
        return " ".join(code.replace("-", "") for code in (*slot, *(unit.key for unit in self.units)))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the units."""
        return frozenset(unit.key for unit in self.units)

    @cached_property
    def figures(self) -> frozenset[str]:
        """The figures in it, including small ones written as words."""
        return figures_in(" ".join(self.tokens), self.language)

    @cached_property
    def names(self) -> tuple[Unit, ...]:
        """The units that name an entity."""
        return tuple(unit for unit in self.units if unit.kind == "name")

    @cached_property
    def name_positions(self) -> frozenset[int]:
        """The positions of the words of its names."""
        return frozenset(at for unit in self.names for at in range(unit.at, unit.end))

    @cached_property
    def content_words(self) -> tuple[Unit, ...]:
        """The units that are not names."""
        return tuple(unit for unit in self.units if unit.kind == "word")


def parse(
    text: str,
    lexicon: Lexicon,
    code: str | None = None,
    assumed: str | None = None,
) -> ParsedQuestion:
    """Parse a text whose spelling is correct; if its language `code` is None, it is detected.

    `assumed` is the language to assume if none is detected.
    """
    code = code or lexicon.detect_language(text)
    spoken = lexicon.language(code or assumed)
    tokens = [
        lexicon.without_name_s(token) if token.endswith("s") else token
        for token in replace_phrases(lexicon.words_of(text, code), spoken.chat)
    ]
    names = dict(_names(tokens, lexicon))
    named = _covered(names)
    measures = _measures(tokens, named, spoken)
    slots = _slots(tokens, named | _covered(measures), spoken)
    slots |= {at: ("how-many", size) for at, (_, size) in measures.items()}
    naming = spoken.naming.lengths(tokens, named)
    asked = _covered(slots) | _positions(naming)
    content = _content(tokens, named | asked, spoken)
    if not names and all(token in spoken.small_talk for _, token in content):
        content = []  # "great, thank you" has no content word
    tells_names = code in lexicon.codes and code not in CAPITALISE_NOUNS
    capitals = _capitalised(text) if tells_names else frozenset[str]()
    units = _units(tokens, names, measures, asked, _concepts(content, spoken, lexicon), spoken, capitals)
    return ParsedQuestion(
        text=text,
        tokens=tuple(tokens),
        language=code,
        spoken=spoken,
        is_foreign=lexicon.is_foreign(code),
        slot=_main_slot(tokens, slots, spoken),
        measure=next(iter(measures.values()), (None, 0))[0],
        slots=frozenset(_specific_slots(tokens, slots, spoken)),
        question_phrases=frozenset(_covered({at: found for at, found in slots.items() if found[1] > 1})),
        question_words=frozenset(_covered({at: found for at, found in slots.items() if found[0] != "yes-no"})),
        pronoun=_pronoun(tokens, names, [at for at, _ in content], spoken, pauses(text)),
        is_negated=_is_negated(tokens, slots, spoken),
        units=tuple(units),
        asks_name=bool(naming),
        precision=_precision(tokens, spoken),
        numerals=numerals(text),
    )


def _is_negated(tokens: list[str], slots: AskedSlots, spoken: Language) -> bool:
    """Return whether a negation follows a specific question word, or is anywhere before one that ends the question."""
    spans = [(at, at + size) for at, (slot, size) in slots.items() if slot in SPECIFIC_SLOTS]
    if not spans:
        return False
    first = min(spans)[0] if max(spans)[1] < len(tokens) else 0
    return not spoken.negations.isdisjoint(tokens[first:])


def _content(tokens: list[str], taken: Set[int], spoken: Language) -> list[tuple[int, str]]:
    """Return the words that carry meaning, with their positions; none of those at positions that are taken."""
    stop, nouns = spoken.stop, spoken.slot_nouns
    return [
        (at, token) for at, token in enumerate(tokens) if token not in stop and token not in nouns and at not in taken
    ]


def _precision(tokens: list[str], spoken: Language) -> Literal["hour", "day"] | None:
    if spoken.hours.lengths(tokens):
        return "hour"
    return "day" if spoken.days.lengths(tokens) else None


def _units(
    tokens: list[str],
    names: Mapping[int, tuple[str, int]],
    measures: Mapping[int, tuple[str, int]],
    asked: Set[int],
    concepts: Iterable[tuple[int, str, str, bool]],
    spoken: Language,
    capitals: Set[str],
) -> list[Unit]:
    """Return the names, content words and measures, in the order of the text."""
    bare = spoken.bare_articles  # of its own language: "a" is "à" in French
    units = [
        Unit("word", key, surface, at, _word_before(tokens, at, bare, asked), is_concept, tokens[at] in capitals)
        for at, key, surface, is_concept in concepts
    ]
    for at, (key, size) in names.items():
        surface, before = " ".join(tokens[at : at + size]), _word_before(tokens, at, bare, asked)
        units.append(Unit("name", key, surface, at, before, is_capitalised=tokens[at] in capitals))
    for at, (key, size) in measures.items():
        surface = " ".join(tokens[at : at + size])
        units.append(Unit("word", key, surface, at, None, is_capitalised=tokens[at] in capitals))
    return sorted(units, key=attrgetter("at"))


def _capitalised(text: str) -> frozenset[str]:
    """Return the folded words inside a sentence that start with a capital but are not all capitals."""
    if text[1:].islower():
        return frozenset()
    found = [word for word in _NOT_SENTENCE_INITIAL.findall(text) if word[0].isupper() and not word.isupper()]
    return frozenset(word for each in found for word in words(each))


def _covered(found: Mapping[int, tuple[str, int]]) -> set[int]:
    """Return the positions of phrases, by their first position and with their length in words."""
    return {position for at, (_, size) in found.items() for position in range(at, at + size)}


def _positions(spans: Spans) -> set[int]:
    return {position for at, size in spans.items() for position in range(at, at + size)}


def _names(tokens: list[str], lexicon: Lexicon) -> Iterator[tuple[int, tuple[str, int]]]:
    end = 0
    for at in lexicon.may_open_names(tokens):
        found = lexicon.name_at(tokens, at) if at >= end else None
        if found:
            yield at, found
            end = at + found[1]


def _measures(tokens: list[str], covered: Set[int], spoken: Language) -> dict[int, tuple[str, int]]:
    """Find the phrases outside names that ask for a measure: first position -> (what is measured, length in words)."""
    sizes = spoken.measures.lengths(tokens, covered)
    return {at: (spoken.measures[tuple(tokens[at : at + size])], size) for at, size in sizes.items()}


def _slots(tokens: list[str], covered: set[int], spoken: Language) -> AskedSlots:
    """Find the question words outside names; the longest phrase wins."""
    found: AskedSlots = {}
    end = 0
    for at in spoken.slots.may_open(tokens):
        size = spoken.slots.length_at(tokens, at, covered) if at >= end else 0
        if size:
            found[at] = spoken.slots[tuple(tokens[at : at + size])], size
            end = at + size
    opening = spoken.opening_slots.length_at(tokens, 0, covered)
    if opening:
        found[0] = spoken.opening_slots[tuple(tokens[:opening])], opening
    closing = next((phrase for phrase in spoken.closing_slots.meanings if tuple(tokens[-len(phrase) :]) == phrase), ())
    if closing and len(tokens) > len(closing):
        found[len(tokens) - len(closing)] = spoken.closing_slots[closing], len(closing)
    return found


def _specific_slots(tokens: list[str], slots: AskedSlots, spoken: Language) -> Set[Slot]:
    """Return which of who, when, where, why and how many are asked.

    A question word that can also join clauses counts only if it starts the question, follows "and" or is the only one.
    """
    strong = {
        slot
        for at, (slot, size) in slots.items()
        if slot in SPECIFIC_SLOTS
        and (at == 0 or (tokens[at - 1],) in spoken.connectives or not spoken.weak.issuperset(tokens[at : at + size]))
    }
    return strong or {slot for slot, _ in slots.values()} & SPECIFIC_SLOTS


def _main_slot(tokens: list[str], slots: AskedSlots, spoken: Language) -> Slot | None:
    """Return the slot that the question asks for.

    An auxiliary at the start makes it a yes-no question; elsewhere any other question word wins over it. A noun such as
    "date" wins over "what". Otherwise it is the first question word that does not just join clauses.
    """
    found = [(at, slot, tuple(tokens[at : at + size])) for at, (slot, size) in sorted(slots.items())]
    if slots.get(0, (None,))[0] == "yes-no":
        return "yes-no"
    rated = ((slot, at == 0 or not spoken.weak.issuperset(phrase)) for at, slot, phrase in found)
    strong = [slot for slot, is_strong in rated if is_strong and slot != "yes-no"]
    nouns = [spoken.slot_nouns[token] for token in tokens if token in spoken.slot_nouns]
    if nouns and (not strong or strong[0] == "what"):
        return nouns[0]
    weak = sorted((slot for _, slot, _ in found), key="what".__ne__)  # "what" before "yes-no"
    return next(iter([*strong, *weak]), None)


def _concepts(
    content: list[tuple[int, str]], spoken: Language, lexicon: Lexicon
) -> Iterator[tuple[int, str, str, bool]]:
    """Yield (position, key, surface, whether the key is a concept and not a stem) for each content word.

    A word is looked up in the story's other languages only if its own language does not have it, and as it is written
    there: English "restaurants" has the stem of French "restaurer".
    """
    index = 0
    own = lexicon.vocabulary.get(spoken.code, frozenset())
    is_all_own = own.issuperset([token for _, token in content])
    languages = (spoken,) if is_all_own else (spoken, *(item for item in lexicon.languages if item is not spoken))
    last = len(content) - 1
    while index < len(content):
        at, first = content[index]
        opens = index < last and any(item.opens_concept(first) for item in languages)
        if is_all_own and not opens:  # most words of what editors write
            stem, concept = spoken.stem_and_concept(first)
            yield at, concept or stem, first, concept is not None
            index += 1
            continue
        for size in range(min(MAX_CONCEPT_WORDS, len(content) - index) if opens else 1, 0, -1):
            part = [token for _, token in content[index : index + size]]
            foreign = () if is_all_own or own.issuperset(part) else lexicon.languages
            named = (language.concepts.get(tuple(part)) for language in foreign)
            concept = spoken.concept(part) or next(filter(None, named), None)
            if concept or size == 1:
                surface = " ".join(part)
                yield at, concept or spoken.stem(surface), surface, concept is not None
                break
        index += size


def pauses(text: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of folded words with a comma between them."""
    return frozenset((fold(before), fold(after)) for before, after in _AROUND_COMMA.findall(text))


def _pronoun(
    tokens: list[str], names: Iterable[int], content: Iterable[int], spoken: Language, parted: Set[tuple[str, str]]
) -> int | None:
    """Return the position of a pronoun that refers to something outside the utterance.

    A pronoun refers to what comes before it, as in "la plainte a-t-elle" or "la plainte, elle vise qui"; in some
    languages also to a name after it without a preposition, as in "il regrette quoi, Musk".
    """
    if (spoken.persons | spoken.things).isdisjoint(tokens):
        return None
    impersonal = _positions(spoken.impersonal.lengths(tokens))
    doubles = [at for at in names if spoken.inverts and at and _is_bare(tokens[at - 1], spoken)]
    for at, token in enumerate(tokens):
        if at in impersonal or token not in spoken.persons | spoken.things:
            continue
        verb = at - 2 if tokens[at - 1] == "t" else at - 1  # "reproche-t-il": "il" does not refer to the verb
        verb += (tokens[at - 1], token) in parted
        if any(name < at or name in doubles for name in names) or any(position < verb for position in content):
            return None
        return at
    return None


def _is_bare(before: str, spoken: Language) -> bool:
    return before not in spoken.stop or (before,) in spoken.slots


def _word_before(tokens: list[str], at: int, articles: Set[str], asked: Set[int]) -> str | None:
    """Return the word before a position, ignoring articles; None if it belongs to a question word ("est-ce que")."""
    while at > 0 and tokens[at - 1] in articles:
        at -= 1
    return tokens[at - 1] if at > 0 and at - 1 not in asked else None
