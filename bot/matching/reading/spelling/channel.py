"""Propose corrections for the words of a text in one language, each with its cost."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from bot.matching.fold import fold, words
from bot.matching.reading.language import language
from bot.matching.reading.phrases import Phrase
from bot.matching.reading.spelling.bigrams import Bigrams
from bot.matching.reading.spelling.conventions import Conventions
from bot.matching.reading.spelling.edits import VOWELS, edit_cost
from bot.matching.reading.spelling.lattice import COST_WEIGHT, Respelling
from bot.matching.reading.spelling.limits import MAX_NAME_COST, MIN_EVERYDAY_SHARE, Limits
from bot.matching.reading.spelling.names import Names
from bot.matching.reading.spelling.neighbours import MAX_LISTED_WORDS, Neighbours
from bot.matching.reading.spelling.phonetics import SKELETAL
from bot.matching.reading.spelling.splits import ELIDING_INITIALS, elisions, splits
from bot.matching.reading.spelling.typedword import TypedWord
from bot.matching.reading.spelling.vocabulary import Vocabulary
from bot.matching.reading.spelling.wordlist import ELIDED, word_list

UNCHANGED_COST = 9.0  # of leaving an unknown word unchanged
CHAT_COST = 0.7
JOIN_COST = 1.0
MIN_JOINED_PART_LETTERS = 3  # of each word that may be part of a name
HOMOPHONE_COST = 1.2
SKELETON_COST = 1.2  # of a word with the same consonants
SKELETON_EDIT_WEIGHT = 0.75  # of its edits, in addition
MAX_CORRECTIONS = 14  # per word

MAX_ELIDED_COST = 3.0  # of a misspelt word of the story after an elision
MIN_ELIDED_LETTERS = 5  # of such a word
SHORT_WORD_COSTS = {1: 1.5, 2: 1.5, 3: 0.7, 4: 0.5}  # by number of letters
MAX_COST_PER_LETTER = 0.55  # of the edits, per typed letter
MAX_EVERYDAY_COST_PER_LETTER = 0.85  # the same if the correction is an everyday word

MIN_COMMON_SHARE = 5e-5  # share of running text from which a word may be part of a split

UNCOUNTED_LOG = -16.0  # log probability of a listed word without a count
UNKNOWN_LOG = -19.0  # log probability of any other word


class Channel:
    """Corrections of typed words in one language; immutable once built."""

    def __init__(
        self,
        code: str,
        texts: Iterable[Sequence[str]],
        names: Names,
        chat: Mapping[Phrase, Phrase],
        is_word: Callable[[str], bool] | None,
    ) -> None:
        self.code = code
        self.listed = word_list(code)
        self.bigrams = Bigrams(self.listed, texts, [[word] for word in sorted(names.words)])
        self._names = names
        self._known = Vocabulary(language(code), self.bigrams.counts.keys() - names.persons, is_word)
        self._of_story = Neighbours(sorted(self.bigrams.counts), code)
        self._of_language = _neighbours(code)
        self.conventions = Conventions(code, chat, names, self.bigrams)
        self._elided = ELIDED.get(code, {})
        self._limits = Limits(names, self.bigrams, self._known)

    def knows(self, word: str) -> bool:
        """Return whether the language or the story has a word."""
        return word in self._known

    def log_alone(self, typed: TypedWord) -> float:
        """Return the log probability of a word in this language, without its context."""
        word = typed.word
        expansion = self.conventions.expansion(typed, "")
        if expansion:
            return self.bigrams.log_phrase(expansion[:1]) - COST_WEIGHT * CHAT_COST
        if self.bigrams.counts[word] or self.listed.share(word):
            return self.bigrams.log_phrase([word])
        return UNCOUNTED_LOG if word in self.listed else UNKNOWN_LOG

    def sound_alikes(self, typed: TypedWord) -> list[Respelling]:
        """Return the corrections of a known word in a noisy text: itself and its homophones."""
        corrections = [Respelling(1, (typed.word,), 0.0)]
        if self.code not in SKELETAL:
            corrections += [
                Respelling(1, (word,), HOMOPHONE_COST)
                for word in self._of_language.homophones(typed.word)
                if word != typed.word and self.bigrams.share(word) >= MIN_COMMON_SHARE
            ]
        return self._best(corrections)

    def corrections(self, typed: TypedWord, is_noisy: bool) -> list[Respelling]:
        """Return the corrections of a word that looks misspelt, including itself."""
        corrections = [
            Respelling(1, phrase, cost)
            for phrase, cost in self._guesses(typed.word).items()
            if self._limits.allow(typed, phrase, cost, is_noisy)
        ]
        if not typed.is_capitalised:
            corrections += [Respelling(1, phrase, cost) for phrase, cost in self._splits(typed)]
        return [Respelling(1, (typed.word,), UNCHANGED_COST), *self._best(corrections)]

    def joins(self, typed: Sequence[TypedWord], has_mistake: bool) -> Iterator[Respelling]:
        """Yield the word or the names that typed words may be if joined."""
        parts = tuple(item.word for item in typed)
        joined = "".join(parts)
        if has_mistake:
            whole = self.listed.joined.get(joined)
            if whole:
                yield Respelling(len(typed), tuple(words(whole)), JOIN_COST)
            elif joined in self.bigrams.counts or self.listed.share(joined) > 0:
                yield Respelling(len(typed), (joined,), JOIN_COST)
        if min(map(len, parts)) >= MIN_JOINED_PART_LETTERS and not all(part in self.bigrams.counts for part in parts):
            for name, cost in self._names.near(joined) if has_mistake else self._names.sounding_like(joined):
                if cost <= MAX_NAME_COST:
                    yield Respelling(len(typed), name, cost)

    def _guesses(self, word: str) -> dict[Phrase, float]:
        """Return the words and names that a word may be a misspelling of, and the cost of each."""
        found: dict[Phrase, float] = dict(self._names.near(word))
        for near in (self._of_story, self._of_language):
            candidates = [(known, edit_cost(word, known) + _short_word_cost(word)) for known in near.alike(word)]
            homophones = near.homophones(word)
            if self.code in SKELETAL:
                candidates += [
                    (known, SKELETON_COST + SKELETON_EDIT_WEIGHT * edit_cost(word, known)) for known in homophones
                ]
            candidates = [
                (known, cost)
                for known, cost in candidates
                if cost <= self._max_cost_per_letter(word, known) * len(word)
            ]
            if self.code not in SKELETAL:
                candidates += [(known, HOMOPHONE_COST) for known in homophones]
            for known, cost in candidates:
                found[known,] = min(cost, found.get((known,), UNCHANGED_COST))
        return {phrase: cost for phrase, cost in found.items() if phrase != (word,)}

    def _max_cost_per_letter(self, word: str, known: str) -> float:
        if self.listed.share(known) >= MIN_EVERYDAY_SHARE:
            return MAX_EVERYDAY_COST_PER_LETTER
        is_abbreviation = VOWELS.isdisjoint(word)
        return MAX_COST_PER_LETTER if not is_abbreviation or self.bigrams.counts[known] else 0.0

    def _splits(self, typed: TypedWord) -> Iterator[tuple[Phrase, float]]:
        whole = self.listed.joined.get(typed.word)
        if whole:
            yield tuple(words(whole)), JOIN_COST / 2
        for parts, cost in splits(typed.word, self.code, self._is_part):
            if self._is_plausible(parts, typed.has_capital):
                yield parts, cost
        for elided, rest in elisions(typed.word, self.code):
            if len(rest) >= MIN_ELIDED_LETTERS:
                near = {known: edit_cost(rest, known) for known in self._of_story.alike(rest)}
                near |= dict.fromkeys(self._of_story.homophones(rest), HOMOPHONE_COST)
                for known, cost in near.items():
                    if cost <= MAX_ELIDED_COST and known[:1] in ELIDING_INITIALS:
                        yield (elided, known), JOIN_COST + cost

    def _is_part(self, part: str) -> bool:
        return (len(part) >= 3 and part in self.bigrams.counts) or self.listed.share(part) >= MIN_COMMON_SHARE

    def _is_plausible(self, parts: Phrase, has_capital: bool) -> bool:
        """Return whether a split has only elisions, a word of the story, or only pairs that the story has."""
        if all(part in self._elided for part in parts[:-1]):
            return True
        if has_capital:
            return False
        is_of_story = any(len(part) >= 4 and part in self.bigrams.counts for part in parts)
        return is_of_story or all(self.bigrams.has_pair(*pair) for pair in pairwise(parts))

    def _best(self, corrections: list[Respelling]) -> list[Respelling]:
        def likelihood(correction: Respelling) -> float:
            return self.bigrams.log_phrase(correction.words) / len(correction.words) - COST_WEIGHT * correction.cost

        return sorted(corrections, key=lambda correction: (-likelihood(correction), correction.words))[:MAX_CORRECTIONS]


def _short_word_cost(word: str) -> float:
    """Return the extra cost of edits in a short word, which easily turn it into another word."""
    return SHORT_WORD_COSTS.get(len(word), 0.0)


@lru_cache
def _neighbours(code: str) -> Neighbours:
    listed = word_list(code)
    whole = [word for word in islice(listed.counts, MAX_LISTED_WORDS) if word not in ELIDED.get(code, ())]
    sounds = {word: fold(surface.replace("ç", "ss")) for word, surface in listed.surfaces.items() if "ç" in surface}
    return Neighbours(whole, code, sounds)
