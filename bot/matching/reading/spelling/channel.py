"""What each word of a text may stand for in one language, and what that costs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from bot.matching.fold import fold, words
from bot.matching.reading.language import Phrase, language
from bot.matching.reading.spelling.apart import ELIDING, apart, elisions
from bot.matching.reading.spelling.conventions import Conventions
from bot.matching.reading.spelling.edits import VOWELS, cost
from bot.matching.reading.spelling.frequencies import ELIDED, word_list
from bot.matching.reading.spelling.lattice import COST_WEIGHT, Reading
from bot.matching.reading.spelling.limits import EVERYDAY, LIMIT_NAME, Limits
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

LIMIT_ELIDED = 3.0  # of a misspelt word of the story after an elided one
LONG = 5  # letters of such a word
SHORTNESS = {1: 1.5, 2: 1.5, 3: 0.7, 4: 0.5}  # by letters
PER_LETTER, PER_LETTER_COMMON = 0.55, 0.85  # the most that edits may cost for each letter typed

COMMON = 5e-5  # share of text from which a word may be part of another that is taken apart

UNCOUNTED, UNKNOWN = -16.0, -19.0  # logarithm of how likely a listed word is that was never counted, and any other


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
        self._limits = Limits(names, self.wording, self._known)

    def knows(self, word: str) -> bool:
        """Return whether a word is the language's or the story's."""
        return word in self._known

    def log_alone(self, typed: Typed) -> float:
        """Return the logarithm of how likely a word is in this language, whatever is around it."""
        word = typed.word
        meant = self.conventions.meant(typed, "")
        if meant:
            return self.wording.log_phrase(meant[:1]) - COST_WEIGHT * CHAT
        if self.wording.counts[word] or self.listed.share(word):
            return self.wording.log_phrase([word])
        return UNCOUNTED if word in self.listed else UNKNOWN

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
        readings = [
            Reading(1, phrase, price)
            for phrase, price in self._guesses(typed.word).items()
            if self._limits.allow(typed, phrase, price, is_noisy)
        ]
        if not typed.is_capitalised:
            readings += [Reading(1, phrase, price) for phrase, price in self._taken_apart(typed)]
        return [Reading(1, (typed.word,), KEPT), *self._best(readings)]

    def together(self, typed: Sequence[Typed], has_mistake: bool) -> Iterator[Reading]:
        """Yield the word or the name that typed words are if they are joined."""
        parts = tuple(item.word for item in typed)
        joined = "".join(parts)
        if has_mistake:
            whole = self.listed.joined.get(joined)
            if whole:
                yield Reading(len(typed), tuple(words(whole)), JOINED)
            elif joined in self.wording.counts or self.listed.share(joined) > 0:
                yield Reading(len(typed), (joined,), JOINED)
        if min(map(len, parts)) >= SHORTEST_JOINED and not all(part in self.wording.counts for part in parts):
            for name, price in self._names.near(joined) if has_mistake else self._names.sounding_like(joined):
                if price <= LIMIT_NAME:
                    yield Reading(len(typed), name, price)

    def _guesses(self, word: str) -> dict[Phrase, float]:
        """Return the words and names that one may stand for, and the cost of each."""
        found: dict[Phrase, float] = dict(self._names.near(word))
        for near in (self._of_story, self._of_language):
            priced = [(known, cost(word, known) + _shortness(word)) for known in near.alike(word)]
            heard = near.homophones(word)
            if self.code in SKELETAL:
                priced += [(known, SKELETON + SKELETON_EDITS * cost(word, known)) for known in heard]
            priced = [(known, price) for known, price in priced if price <= self._most(word, known) * len(word)]
            if self.code not in SKELETAL:
                priced += [(known, _heard(word, known)) for known in heard]
            for known, price in priced:
                found[known,] = min(price, found.get((known,), KEPT))
        return {phrase: price for phrase, price in found.items() if phrase != (word,)}

    def _most(self, word: str, known: str) -> float:
        if self.listed.share(known) >= EVERYDAY:
            return PER_LETTER_COMMON
        return PER_LETTER if not VOWELS.isdisjoint(word) or self.wording.counts[known] else 0.0  # an abbreviation

    def _taken_apart(self, typed: Typed) -> Iterator[tuple[Phrase, float]]:
        whole = self.listed.joined.get(typed.word)
        if whole:
            yield tuple(words(whole)), JOINED / 2
        for parts, price in apart(typed.word, self.code, self._is_part):
            if self._is_plausible(parts, typed.has_capital):
                yield parts, price
        for elided, rest in elisions(typed.word, self.code):
            if len(rest) >= LONG:
                for known in dict.fromkeys([*self._of_story.alike(rest), *self._of_story.homophones(rest)]):
                    price = min(cost(rest, known), _heard(rest, known))
                    if price <= LIMIT_ELIDED and known[:1] in ELIDING:
                        yield (elided, known), JOINED + price

    def _is_part(self, part: str) -> bool:
        return (len(part) >= 3 and part in self.wording.counts) or self.listed.share(part) >= COMMON

    def _is_plausible(self, parts: Phrase, has_capital: bool) -> bool:
        """Return whether a way to take a word apart has an elision alone, or words that the story has so."""
        if all(part in self._elided for part in parts[:-1]):
            return True
        if has_capital:
            return False
        is_of_story = any(len(part) >= 4 and part in self.wording.counts for part in parts)
        return is_of_story or all(self.wording.has_pair(*pair) for pair in pairwise(parts))

    def _best(self, readings: list[Reading]) -> list[Reading]:
        def likelihood(reading: Reading) -> float:
            return self.wording.log_phrase(reading.words) / len(reading.words) - COST_WEIGHT * reading.cost

        return sorted(readings, key=lambda reading: (-likelihood(reading), reading.words))[:MOST_READINGS]


def _heard(typed: str, word: str) -> float:
    return HOMOPHONE + LETTER * abs(len(typed) - len(word))


def _shortness(word: str) -> float:
    """Return what is added to the cost of an edit in a short word, which easily makes another word."""
    return SHORTNESS.get(len(word), 0.0)


@lru_cache
def _neighbours(code: str) -> Neighbours:
    listed = word_list(code)
    whole = [word for word in islice(listed.counts, MOST_KNOWN) if word not in ELIDED.get(code, ())]
    sounds = {word: fold(surface.replace("ç", "ss")) for word, surface in listed.surfaces.items() if "ç" in surface}
    return Neighbours(whole, code, sounds)
