"""Read what readers type about one story: correct its spelling, then parse it."""

import re
from collections.abc import Callable

from bot.matching.fold import without_links, words
from bot.matching.reading.courtesy import without_courtesy
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import ParsedQuestion, parse
from bot.matching.reading.spelling import Speller
from bot.story.model import Story

_FIRST_CLAUSE = re.compile(r"\s*[^,;:!?.]+[,;:!.]+\s*")  # before a question


class Reader:
    """Reads texts about one story; immutable, so threads can share it."""

    def __init__(self, story: Story, is_word: Callable[[str], bool] | None = None) -> None:
        """Collect the words of a story; a word accepted by `is_word` is seldom taken for a typo."""
        self.lexicon = Lexicon.of(story)
        named = [
            (entity, [*entity.name.values(), *(alias for _, alias in entity.aliases.values())])
            for entity in story.entities
        ]
        facts = story.shown_facts.values()
        self._speller = Speller(
            texts={
                code: [text for fact in facts for text in (fact.text.get(code), *fact.asked.get(code))]
                for code in story.languages
            },
            names=[name for _, names in named for name in names],
            persons=[name for entity, names in named for name in names if entity.kind == "person"],
            chat={
                item.code: {short: plain for short, plain in item.chat.items() if plain and len(short) == 1}
                for item in self.lexicon.languages
            },
            is_word=is_word,
        )

    def read(self, text: str, locale: str | None = None) -> ParsedQuestion:
        """Correct and parse what a reader typed; `locale` is the language to assume if none is detected.

        Links and courtesy are removed; a text that is only courtesy becomes empty, in its language.
        """
        typed, text = text, self._without_courtesy(text)
        code, assumed = self.lexicon.detect_language(text or typed), locale if locale in self.lexicon.codes else None
        if not text:
            return parse(text, self.lexicon, code, assumed)
        if self.lexicon.is_foreign(code):
            return parse(text, self.lexicon, code)
        spelled = self._speller.correct(text, code)
        code = code or (spelled.language if spelled.guessed else None)
        return parse(spelled.text, self.lexicon, code, assumed)

    def as_utterance(self, text: str) -> str:
        """Return a text on one line without links, courtesy and an opening greeting; its words are as typed."""
        kept = self._without_courtesy(text)
        greeting = _FIRST_CLAUSE.match(kept)
        if greeting and {*words(greeting[0])} <= self.lexicon.combined.small_talk:
            kept = kept[greeting.end() :]
        return " ".join(kept.split())

    def _without_courtesy(self, text: str) -> str:
        return without_courtesy(without_links(text), self.lexicon.courtesy)

    def language_of(self, text: str) -> str | None:
        """Return the language of a text, by its words; None if it is unclear."""
        return self.lexicon.detect_language(without_links(text))

    def read_curated(self, text: str, code: str | None) -> ParsedQuestion:
        """Parse what an editor wrote, without correcting it; if `code` is None, the language is detected."""
        return parse(text, self.lexicon, code)
