"""Correct the spelling of questions about one story.

A noisy channel (Kernighan, Church and Gale, A spelling correction program based on a noisy channel model, 1990): what a
misspelt word may stand for costs the more the less likely the mistake is, and the likeliest words win, by how frequent
they are in the language, in the story, and beside each other. Only what looks misspelt is opened.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.matching.fold import words
from bot.matching.reading.language import Phrase
from bot.matching.reading.spelling.channel import CHAT, KEPT, Channel
from bot.matching.reading.spelling.foreign import is_foreign
from bot.matching.reading.spelling.lattice import Reading, likeliest
from bot.matching.reading.spelling.names import Names
from bot.matching.reading.spelling.typed import Typed, typed_words
from bot.matching.reading.spelling.written import Written, as_typed

LONGEST_TOGETHER = 3  # words that may be one
NOISY_WORDS, NOISY_SHARE = 2, 0.25  # misspelt words that make a text noisy: so many, and of all its words
SHORT = 4  # letters of a word that is opened in a noisy text although it is known
UNREADABLE_WORDS, UNREADABLE_SHARE = 4, 0.6  # unknown words from which a text is in no language that is known
LEFT_WORDS = 3  # misspelt words without a guess from which it is in none either, if they are most
EVERYDAY = 1e-4  # share of text from which a word tells that its language is spoken
TELLING = 10.0  # difference between logarithms of likelihood from which a text's language is told
BORROWED = 1e-6  # share of text from which a word of another language of the story is one


@dataclass(frozen=True)
class Spelled:
    """A text with its spelling corrected."""

    tokens: tuple[str, ...]  # folded words as meant
    guessed: frozenset[int]  # positions in tokens that differ from what was typed
    text: str  # as typed, with each corrected word written as it usually is
    language: str  # in which it was corrected


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
        """Learn a story's words: `texts` and `chat` spellings by language, `names` of all and of `persons`."""
        self._names = Names(names, persons)
        self._channels = {
            code: Channel(code, [words(text) for text in own], self._names, chat.get(code, {}), is_word)
            for code, own in texts.items()
        }
        self._written = {code: Written(code, self._channels[code].listed, own, names) for code, own in texts.items()}

    def correct(self, text: str, language: str | None = None) -> Spelled:
        """Correct a text in a language, or in the one in which it is likeliest among the story's."""
        normal, typed = typed_words(text)
        codes = [language] if language in self._channels else self._likeliest(typed)
        options = {code: self._readings(typed, code) for code in codes}
        if all(len(choices) == 1 for choices in options[codes[0]]):
            return Spelled(tuple(item.word for item in typed), frozenset(), text, codes[0])
        found = {code: likeliest(options[code], self._channels[code].wording.log) for code in codes}
        code = max(codes, key=lambda code: found[code][0])
        if _is_unreadable(found[code][1]):
            return Spelled(tuple(item.word for item in typed), frozenset(), text, codes[0])
        return _spelled(normal, typed, found[code][1], self._written[code], code)

    def _likeliest(self, typed: Sequence[Typed]) -> list[str]:
        """Return the languages that a text may be in, the likeliest first."""
        likely = {
            code: sum(channel.log_alone(item) for item in typed if item.word not in self._names)
            for code, channel in self._channels.items()
        }
        best = max(likely.values())
        return [code for code in sorted(likely, key=lambda code: -likely[code]) if likely[code] > best - TELLING]

    def _readings(self, typed: Sequence[Typed], code: str) -> list[list[Reading]]:
        """Return what may be meant from each typed word on; only what was typed if that is another language."""
        channel = self._channels[code]
        readings = [[Reading(1, (item.word,), 0.0)] for item in typed]
        closed = self._closed(typed)
        chat = {at: phrase for at, phrase in enumerate(_conventional(typed, channel)) if phrase and at not in closed}
        strange = {at for at, item in enumerate(typed) if at not in closed and not self._is_known(item.word, channel)}
        if self._is_foreign(typed, chat.keys(), strange - chat.keys()):
            return readings
        bad = chat.keys() | {at for at in strange if not typed[at].has_capital}
        is_noisy = len(bad) >= max(NOISY_WORDS, NOISY_SHARE * len(typed))
        for at, item in enumerate(typed):
            if at in chat:
                kept = KEPT if at in strange else 0.0
                readings[at] = [Reading(1, (item.word,), kept), Reading(1, chat[at], CHAT)]
            elif at in strange or (is_noisy and at not in closed and not channel.knows(item.word)):
                readings[at] = channel.meant(item, is_noisy)
            elif is_noisy and at not in closed and self._is_doubtful(item, code):
                readings[at] = channel.may_be(item)
            for size in range(2, min(LONGEST_TOGETHER, len(typed) - at) + 1):
                span = range(at, at + size)
                if closed.isdisjoint(span):
                    readings[at] += channel.together(typed[at : at + size], not strange.isdisjoint(span))
        return readings

    def _is_foreign(self, typed: Sequence[Typed], chat: Collection[int], unknown: Collection[int]) -> bool:
        """Return whether a text is in a language that the story lacks."""
        if len(unknown) >= max(UNREADABLE_WORDS, UNREADABLE_SHARE * len(typed)):
            return True
        plain = [item.surface for at, item in enumerate(typed) if at not in chat]
        return len(unknown) > len(chat) and is_foreign(plain, self._is_everyday)

    def _is_everyday(self, surface: str) -> bool:
        channels = self._channels.values()
        return any(
            channel.wording.share_in_language(word) >= EVERYDAY for channel in channels for word in words(surface)
        )

    def _is_doubtful(self, typed: Typed, code: str) -> bool:
        """Return whether a known word may stand for another in a text where much is misspelt."""
        if len(typed.word) <= SHORT:
            return True
        if self._channels[code].wording.counts[typed.word]:
            return False
        has_other_accents = not typed.surface.isascii() and typed.surface != self._written[code].word(typed.word)
        return has_other_accents or typed.word not in self._channels[code].listed.counts

    def _closed(self, typed: Sequence[Typed]) -> frozenset[int]:
        """Return the positions of what is never opened: names, digits, and what an apostrophe or a hyphen holds."""
        tokens = [item.word for item in typed]
        closed = {at for at, item in enumerate(typed) if item.is_glued or not item.word.isalpha()}
        for at, word in enumerate(tokens):
            if word in self._names:
                closed.add(at)
            for size in range(2, LONGEST_TOGETHER + 1):
                if self._names.is_joined(tokens[at : at + size]):
                    closed.update(range(at, min(at + size, len(tokens))))
        return frozenset(closed)

    def _is_known(self, word: str, channel: Channel) -> bool:
        others = (other for other in self._channels.values() if other is not channel)
        return channel.knows(word) or any(
            other.wording.counts[word] or other.listed.share(word) > BORROWED for other in others
        )


def _conventional(typed: Sequence[Typed], channel: Channel) -> Iterator[Phrase]:
    """Yield what each word stands for that is a chat spelling, else nothing."""
    for at, item in enumerate(typed):
        yield channel.conventions.meant(item, typed[at + 1].word if at + 1 < len(typed) else "")


def _is_unreadable(chosen: Sequence[Reading]) -> bool:
    """Return whether most of what looks misspelt had to be left as it is."""
    kept = sum(reading.cost == KEPT for reading in chosen)
    return kept >= LEFT_WORDS and 2 * kept > sum(reading.cost > 0 for reading in chosen)


def _spelled(text: str, typed: Sequence[Typed], chosen: Iterable[Reading], written: Written, code: str) -> Spelled:
    tokens: list[str] = []
    guessed: set[int] = set()
    pieces: list[str] = []
    at = done = 0
    for reading in chosen:
        span = typed[at : at + reading.size]
        at += reading.size
        if reading.words != tuple(item.word for item in span):
            guessed.update(range(len(tokens), len(tokens) + len(reading.words)))
            phrase = written.phrase(reading.words)
            pieces += [text[done : span[0].start], as_typed(phrase, text[span[0].start])]
            done = span[-1].end
        tokens += reading.words
    return Spelled(tuple(tokens), frozenset(guessed), "".join(chain(pieces, [text[done:]])), code)
