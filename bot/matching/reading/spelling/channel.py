"""What each word of a text may stand for in one language, and what that costs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from bot.matching.fold import fold, words
from bot.matching.reading.language import Phrase, language
from bot.matching.reading.spelling.apart import ELIDING, apart, elisions
from bot.matching.reading.spelling.conventions import Conventions
from bot.matching.reading.spelling.edits import VOWELS, cost
from bot.matching.reading.spelling.frequencies import ELIDED, word_list
from bot.matching.reading.spelling.lattice import COST_WEIGHT, Reading
from bot.matching.reading.spelling.names import Names
from bot.matching.reading.spelling.neighbours import MOST_KNOWN, Neighbours
from bot.matching.reading.spelling.phonetics import SKELETAL
from bot.matching.reading.spelling.typed import Typed
from bot.matching.reading.spelling.vocabulary import Vocabulary
from bot.matching.reading.spelling.wording import Wording

KEPT = 9.0  # what it costs to leave an unknown word as it is
CHAT = 0.7
JOINED = 1.0
SHORTEST_JOINED = 3  # letters of a part of a name that is guessed
HOMOPHONE, LETTER = 1.2, 0.3  # a word that sounds the same, and for each letter that it is longer or shorter
SKELETON, SKELETON_EDITS = 1.2, 0.75  # a word with the same consonants, and a part of what the edits cost
MOST_READINGS = 14

# The most that a guess may cost; a substituted letter costs 3.2, a stray one 2.6, two letters swapped 1.6.
LIMIT_SHORT, LIMIT_LISTED, LIMIT_STORY, LIMIT_NOISY = 2.2, 3.0, 4.2, 4.5
LIMIT_NAME = 3.2
LIMIT_JOINED_NAME = 3.0  # of two words that may each be meant: "open eye"
LIMIT_CAPITALISED = 1.9  # a capitalised word that is not quite a person's name is another person's
LIMIT_WORD = 1.7  # of a word that some other language has
SHORT = 5  # letters; in a shorter word one edit makes another word

COMMON = 5e-5  # share of text from which a word may be part of another that is taken apart
FUNCTION = 4e-4  # share from which all the parts may be such

UNKNOWN = -19.0  # logarithm of how likely an unknown word is


class Channel:
    """Readings of typed words in one language; immutable once built."""

    def __init__(
        self,
        code: str,
        texts: Sequence[Sequence[str]],
        names: Names,
        chat: Mapping[Phrase, Phrase],
        is_word: Callable[[str], bool] | None,
    ) -> None:
        self.code = code
        self.listed = word_list(code)
        self.wording = Wording(self.listed, texts, [[word] for word in sorted(names.words)])
        self._names = names
        self._known = Vocabulary(language(code), self.wording.counts.keys() - names.persons, is_word)
        self._of_story = Neighbours(sorted(self.wording.counts), code)
        self._of_language = _neighbours(code)
        self.conventions = Conventions(code, chat, names, self.wording)
        self._elided = ELIDED.get(code, {})

    def knows(self, word: str) -> bool:
        """Return whether a word is the language's or the story's."""
        return word in self._known

    def log_alone(self, typed: Typed) -> float:
        """Return the logarithm of how likely a word is in this language, whatever is around it."""
        word = typed.word
        meant = self.conventions.meant(typed, "")
        if meant:
            return self.wording.log_phrase(meant[:1]) - COST_WEIGHT * CHAT
        return self.wording.log_phrase([word]) if self.wording.counts[word] or word in self.listed else UNKNOWN

    def may_be(self, typed: Typed) -> list[Reading]:
        """Return what a word that is known may stand for in a text where much is misspelt: what sounds the same."""
        readings = [Reading(1, (typed.word,), 0.0)]
        if self.code not in SKELETAL:
            readings += [
                Reading(1, (word,), _heard(typed.word, word))
                for word in self._of_language.homophones(typed.word)
                if word != typed.word and self.wording.share(word) >= COMMON
            ]
        return self._best(readings)

    def meant(self, typed: Typed, is_noisy: bool) -> list[Reading]:
        """Return what a word that looks misspelt may stand for, itself included."""
        word = typed.word
        guesses = dict(self._guesses(word))
        limit = self._limits(typed, is_noisy)
        readings = [Reading(1, phrase, price) for phrase, price in guesses.items() if price <= limit(phrase)]
        if not typed.is_capitalised:
            readings += [Reading(1, phrase, price) for phrase, price in self._taken_apart(word)]
        return [Reading(1, (word,), KEPT), *self._best(readings)]

    def together(self, typed: Sequence[Typed], opened: Iterable[bool]) -> Iterator[Reading]:
        """Yield the word or the name that typed words are if they are joined."""
        parts = tuple(item.word for item in typed)
        joined = "".join(parts)
        if any(opened):
            whole = self.listed.joined.get(joined)
            if whole:
                yield Reading(len(typed), tuple(words(whole)), JOINED)
            elif joined in self.wording.counts or self.listed.share(joined) > 0:
                yield Reading(len(typed), (joined,), JOINED)
        if min(map(len, parts)) >= SHORTEST_JOINED and not all(part in self.wording.counts for part in parts):
            for name, price in self._names.near(joined):
                if price <= (LIMIT_NAME if any(opened) else LIMIT_JOINED_NAME):
                    yield Reading(len(typed), name, price)

    def _guesses(self, word: str) -> Iterator[tuple[Phrase, float]]:
        found: dict[Phrase, float] = dict(self._names.near(word))
        near_ones = (self._of_story, self._of_language) if not VOWELS.isdisjoint(word) else ()
        for near in near_ones:
            for known in near.alike(word):
                found[known,] = min(cost(word, known) + _shortness(word), found.get((known,), KEPT))
            for known in near.homophones(word):
                heard = (
                    _heard(word, known) if self.code not in SKELETAL else SKELETON + SKELETON_EDITS * cost(word, known)
                )
                found[known,] = min(heard, found.get((known,), KEPT))
        found.pop((word,), None)
        yield from found.items()

    def _taken_apart(self, word: str) -> Iterator[tuple[Phrase, float]]:
        whole = self.listed.joined.get(word)
        if whole:
            yield tuple(words(whole)), JOINED / 2
        for parts, price in apart(word, self.code, self._is_part):
            if self._is_plausible(parts):
                yield parts, price
        for elided, rest in elisions(word, self.code):
            if len(rest) >= SHORT:
                for known in dict.fromkeys([*self._of_story.alike(rest), *self._of_story.homophones(rest)]):
                    price = min(cost(rest, known), _heard(rest, known))
                    if price <= LIMIT_LISTED and known[:1] in ELIDING:
                        yield (elided, known), JOINED + price

    def _is_part(self, part: str) -> bool:
        return (len(part) >= 3 and part in self.wording.counts) or self.listed.share(part) >= COMMON

    def _is_plausible(self, parts: Phrase) -> bool:
        """Return whether a way to take a word apart has a word of the story, an elision, or common words alone."""
        if any(len(part) >= 4 and part in self.wording.counts for part in parts):
            return True
        wholes = [part for part in parts if part not in self._elided]
        return len(wholes) < len(parts) or all(self.listed.share(part) >= FUNCTION for part in parts)

    def _limits(self, typed: Typed, is_noisy: bool) -> Callable[[Phrase], float]:
        """Return how much a guess may cost, by the words that are guessed."""
        is_word = self._known.may_be_word(typed.word)

        def limit(phrase: Phrase) -> float:
            is_name = all(word in self._names for word in phrase)
            if typed.is_capitalised:
                is_person = self._names.has_person(phrase)
                return (LIMIT_CAPITALISED if is_person else LIMIT_NAME) if is_name else 0.0
            if is_name:
                return LIMIT_NAME
            if is_word:
                return LIMIT_WORD
            if is_noisy:
                return LIMIT_NOISY
            if len(typed.word) < SHORT:
                return LIMIT_SHORT
            return LIMIT_STORY if all(word in self.wording.counts for word in phrase) else LIMIT_LISTED

        return limit

    def _best(self, readings: list[Reading]) -> list[Reading]:
        def likelihood(reading: Reading) -> float:
            return self.wording.log_phrase(reading.words) / len(reading.words) - COST_WEIGHT * reading.cost

        return sorted(readings, key=lambda reading: (-likelihood(reading), reading.words))[:MOST_READINGS]


def _heard(typed: str, word: str) -> float:
    return HOMOPHONE + LETTER * abs(len(typed) - len(word))


def _shortness(word: str) -> float:
    """Return what is added to the cost of an edit in a short word, where it makes another word."""
    return 1.5 if len(word) <= 3 else 0.5 if len(word) == 4 else 0.0


@lru_cache
def _neighbours(code: str) -> Neighbours:
    listed = word_list(code)
    whole = [word for word in islice(listed.counts, MOST_KNOWN) if word not in ELIDED.get(code, ())]
    sounds = {word: fold(surface.replace("ç", "ss")) for word, surface in listed.surfaces.items() if "ç" in surface}
    return Neighbours(whole, code, sounds)
