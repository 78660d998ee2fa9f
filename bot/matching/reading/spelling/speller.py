"""Correct the spelling of questions about one story.

A noisy channel (Kernighan, Church and Gale, A spelling correction program based on a noisy channel model, 1990): each
correction is rated by how likely the mistake is (its cost) and how frequent its words are in the language, in the story
and next to each other. Only words that look misspelt are corrected.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.matching.fold import words
from bot.matching.reading.phrases import Phrase
from bot.matching.reading.spelling.channel import CHAT_COST, UNCHANGED_COST, Channel
from bot.matching.reading.spelling.foreign import is_foreign
from bot.matching.reading.spelling.lattice import Respelling, likeliest_path
from bot.matching.reading.spelling.names import Names
from bot.matching.reading.spelling.surfaces import Surfaces, as_typed
from bot.matching.reading.spelling.typedword import TypedWord, typed_words

MAX_JOINED_WORDS = 3  # typed words that may be one
MIN_NOISY_WORDS, MIN_NOISY_SHARE = 2, 0.25  # number and share of misspelt words that make a text noisy
MAX_CORRECTED_LETTERS = 40  # no word that anybody types is longer; comparing letters takes the square of the length
MAX_DOUBTFUL_LETTERS = 4  # of a known word that may be corrected in a noisy text
MIN_UNREADABLE_WORDS, MIN_UNREADABLE_SHARE = 4, 0.6  # number and share of unknown words of a text in a foreign language
MIN_UNGUESSED_WORDS = 3  # of a text that is left unchanged if it has more of them than corrected ones
MIN_HOME_SHARE = 1e-4  # share of running text of a word that identifies its language
MIN_LANGUAGE_LOG_LEAD = 10.0  # of the likeliest language over one that is ruled out, in log probability
MIN_BORROWED_SHARE = 1e-6  # share of running text from which a word of the story's other languages is known


@dataclass(frozen=True)
class CorrectedText:
    """A text with its spelling corrected."""

    tokens: tuple[str, ...]  # folded and corrected
    guessed: frozenset[int]  # positions of the corrected tokens
    text: str  # as typed, with each correction in its usual spelling
    language: str  # the language assumed


class Speller:
    """Corrects questions about one story in its languages; immutable once built."""

    def __init__(
        self,
        texts: Mapping[str, Sequence[str]],
        names: Sequence[str],
        persons: Sequence[str],
        chat: Mapping[str, Mapping[Phrase, Phrase]],
        is_word: Callable[[str], bool] | None = None,
    ) -> None:
        """Learn a story's words: its `texts` and `chat` spellings by language, its `names` and those of `persons`."""
        self._names = Names(names, persons)
        self._channels = {
            code: Channel(code, map(words, own), self._names, chat.get(code, {}), is_word)
            for code, own in texts.items()
        }
        self._surfaces = {code: Surfaces(code, self._channels[code].listed, own, names) for code, own in texts.items()}

    def correct(self, text: str, language: str | None = None) -> CorrectedText:
        """Correct a text in a language of the story, by default the likeliest one."""
        normal, typed = typed_words(text)
        codes = [language] if language in self._channels else self._likeliest(typed)
        options = {code: self._corrections(typed, code) for code in codes}
        if all(len(choices) == 1 for choices in options[codes[0]]):
            return CorrectedText(tuple(item.word for item in typed), frozenset(), text, codes[0])
        found = {code: likeliest_path(options[code], self._channels[code].bigrams.log_probability) for code in codes}
        code = max(codes, key=lambda code: found[code][0])
        if _is_unreadable(found[code][1]):
            return CorrectedText(tuple(item.word for item in typed), frozenset(), text, codes[0])
        return _corrected(normal, typed, found[code][1], self._surfaces[code], code)

    def _likeliest(self, typed: Sequence[TypedWord]) -> list[str]:
        """Return the languages that a text may be in, likeliest first."""
        likely = {
            code: sum(channel.log_alone(item) for item in typed if item.word not in self._names)
            for code, channel in self._channels.items()
        }
        best = max(likely.values())
        return [
            code
            for code in sorted(likely, key=lambda code: -likely[code])
            if likely[code] > best - MIN_LANGUAGE_LOG_LEAD
        ]

    def _corrections(self, typed: Sequence[TypedWord], code: str) -> list[list[Respelling]]:
        """Return the corrections that start at each typed word; only the typed words if the text is foreign."""
        channel = self._channels[code]
        corrections = [[Respelling(1, (item.word,), 0.0)] for item in typed]
        closed = self._closed(typed)
        chat = {at: phrase for at, phrase in enumerate(_chat_meanings(typed, channel)) if phrase and at not in closed}
        strange = {at for at, item in enumerate(typed) if at not in closed and not self._is_known(item.word, channel)}
        if self._is_foreign(typed, chat.keys(), strange - chat.keys()):
            return corrections
        bad = chat.keys() | {at for at in strange if not typed[at].has_capital}
        is_noisy = len(bad) >= max(MIN_NOISY_WORDS, MIN_NOISY_SHARE * len(typed))
        for at, item in enumerate(typed):
            if at in chat:
                unchanged = UNCHANGED_COST if at in strange else 0.0
                corrections[at] = [Respelling(1, (item.word,), unchanged), Respelling(1, chat[at], CHAT_COST)]
            elif at in strange or (is_noisy and at not in closed and not channel.knows(item.word)):
                corrections[at] = channel.corrections(item, is_noisy)
            elif is_noisy and at not in closed and self._is_doubtful(item, code):
                corrections[at] = channel.sound_alikes(item)
            for size in range(2, min(MAX_JOINED_WORDS, len(typed) - at) + 1):
                span = range(at, at + size)
                if closed.isdisjoint(span):
                    corrections[at] += channel.joins(typed[at : at + size], not strange.isdisjoint(span))
        return corrections

    def _is_foreign(self, typed: Sequence[TypedWord], chat: Collection[int], unknown: Collection[int]) -> bool:
        """Return whether a text is in a language the story does not have."""
        if len(unknown) >= max(MIN_UNREADABLE_WORDS, MIN_UNREADABLE_SHARE * len(typed)):
            return True
        plain = [item.surface for at, item in enumerate(typed) if at not in chat]
        return len(unknown) > len(chat) and is_foreign(plain, self._is_everyday)

    def _is_everyday(self, surface: str) -> bool:
        channels = self._channels.values()
        return any(
            channel.bigrams.share_in_language(word) >= MIN_HOME_SHARE for channel in channels for word in words(surface)
        )

    def _is_doubtful(self, typed: TypedWord, code: str) -> bool:
        """Return whether a known word may be a misspelling in a noisy text."""
        if len(typed.word) <= MAX_DOUBTFUL_LETTERS:
            return True
        if self._channels[code].bigrams.counts[typed.word]:
            return False
        has_other_accents = not typed.surface.isascii() and typed.surface != self._surfaces[code].word(typed.word)
        return has_other_accents or typed.word not in self._channels[code].listed.counts

    def _closed(self, typed: Sequence[TypedWord]) -> frozenset[int]:
        """Return the positions never corrected: names, digits, long words, and parts at an apostrophe or a hyphen."""
        tokens = [item.word for item in typed]
        closed = {
            at
            for at, item in enumerate(typed)
            if item.is_glued or not item.word.isalpha() or len(item.word) > MAX_CORRECTED_LETTERS
        }
        for at, word in enumerate(tokens):
            if word in self._names:
                closed.add(at)
            for size in range(2, MAX_JOINED_WORDS + 1):
                if self._names.is_joined(tokens[at : at + size]):
                    closed.update(range(at, min(at + size, len(tokens))))
        return frozenset(closed)

    def _is_known(self, word: str, channel: Channel) -> bool:
        others = (other for other in self._channels.values() if other is not channel)
        return channel.knows(word) or any(
            other.bigrams.counts[word] or other.listed.share(word) > MIN_BORROWED_SHARE for other in others
        )


def _chat_meanings(typed: Sequence[TypedWord], channel: Channel) -> Iterator[Phrase]:
    """Yield the expansion of each word that is a chat spelling, else an empty phrase."""
    for at, item in enumerate(typed):
        yield channel.conventions.expansion(item, typed[at + 1].word if at + 1 < len(typed) else "")


def _is_unreadable(chosen: Sequence[Respelling]) -> bool:
    """Return whether most of the words that look misspelt have no correction."""
    unchanged = sum(correction.cost == UNCHANGED_COST for correction in chosen)
    return unchanged >= MIN_UNGUESSED_WORDS and 2 * unchanged > sum(correction.cost > 0 for correction in chosen)


def _corrected(
    text: str, typed: Sequence[TypedWord], chosen: Iterable[Respelling], surfaces: Surfaces, code: str
) -> CorrectedText:
    tokens: list[str] = []
    guessed: set[int] = set()
    pieces: list[str] = []
    at = done = 0
    for correction in chosen:
        span = typed[at : at + correction.size]
        at += correction.size
        if correction.words != tuple(item.word for item in span):
            guessed.update(range(len(tokens), len(tokens) + len(correction.words)))
            phrase = surfaces.phrase(correction.words)
            pieces += [text[done : span[0].start], as_typed(phrase, text[span[0].start])]
            done = span[-1].end
        tokens += correction.words
    return CorrectedText(tuple(tokens), frozenset(guessed), "".join(chain(pieces, [text[done:]])), code)
