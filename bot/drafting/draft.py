"""Draft facts from the text of an article, for an editor to check and write."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.checking.quotations import paragraphs_of
from bot.drafting.attributions import ReadSentence, Saying, Spoken, read_sentences
from bot.drafting.dating import DateFound, dates_in
from bot.drafting.entities import EntityStub, draft_entities
from bot.drafting.grammar import Grammar, grammar
from bot.drafting.names import ArticleNames, find_names
from bot.drafting.quotations import quotations
from bot.drafting.sentences import sentences
from bot.drafting.speakers import Speaker
from bot.drafting.stubs import ArticleText, Stub, Stubs
from bot.matching.fold import words
from bot.matching.reading.language import detect, function_words, language, languages_with_data
from bot.story.model import Story

_DATELINE = re.compile(r"\s*(\d{4}(?:-\d\d(?:-\d\d)?)?)\b[\s:.,–—-]*")


@dataclass(frozen=True)
class QuotationFound:
    """A quotation of the article, with who says it."""

    paragraph: int
    text: str
    speaker: Speaker | None
    is_speech: bool


@dataclass(frozen=True)
class ArticleDraft:
    """What a machine can take from an article; everything in it is for an editor to check."""

    digests: tuple[Mapping[str, str], ...]  # one for each paragraph, by language
    stubs: tuple[Stub, ...]
    entities: tuple[EntityStub, ...]
    quotations: tuple[QuotationFound, ...]
    verbs: Mapping[str, int]  # of saying and denying, with how often each occurs
    dates: tuple[DateFound, ...]
    figures: tuple[str, ...]
    names: ArticleNames


def language_of_text(text: str) -> str | None:
    """Return the language of a text; None if it is unclear."""
    return detect(words(text), function_words(map(language, languages_with_data())))


def dateline(text: str, code: str) -> tuple[str | None, int]:
    """Return the date that a text starts with, such as "date 2024-03", and where it goes on: (None, 0) if none."""
    start = len(text) - len(text.lstrip())
    for lead in sorted(grammar(code).phrases["datelines"], key=len, reverse=True):
        if text[start:].lower().startswith(lead + " "):
            match = _DATELINE.match(text, start + len(lead))
            return (match[1], match.end()) if match else (None, 0)
    return None, 0


def draft_article(
    article: ArticleText, languages: Sequence[str], story: Story | None, taken: Iterable[str]
) -> ArticleDraft:
    """Draft what an article says, in the languages of a story; `story` is as it was before, `taken` are ids in use."""
    rules = grammar(article.language)
    paragraphs = paragraphs_of(article.text)
    skip = dateline(paragraphs[0], article.language)[1] if paragraphs else 0
    names = find_names([text[skip if number == 1 else 0 :] for number, text in enumerate(paragraphs, start=1)], rules)
    read = _read(paragraphs, names, rules, skip)
    speakers = [saying.speaker for item in read for saying in _sayings(item) if saying.speaker]
    used = {*taken, *(entity.id for entity in (story.entities if story else ()))}
    entities = draft_entities(speakers, names, story.entities if story else (), used, rules)
    maker = Stubs(article, paragraphs, skip, tuple(languages), names, entities, story.story.as_of if story else None)
    stubs = tuple(maker.stubs(read, set(taken)))
    return ArticleDraft(
        digests=tuple(maker.digest(number) for number in range(1, len(paragraphs) + 1)),
        stubs=stubs,
        entities=entities.stubs,
        quotations=tuple(_found(spoken) for item in read for spoken in item.spoken),
        verbs=Counter(saying.verb.lower() for item in read for saying in _sayings(item)),
        dates=tuple(found for text in paragraphs for found in dates_in(text, article.published, rules)),
        figures=tuple(dict.fromkeys(figure for stub in stubs for figure in stub.figures)),
        names=names,
    )


def _read(paragraphs: list[str], names: ArticleNames, rules: Grammar, skip: int) -> list[ReadSentence]:
    quoted = quotations(paragraphs)
    split = [
        sentence
        for number, text in enumerate(paragraphs, start=1)
        for sentence in sentences(
            number, text, [item for item in quoted if item.paragraph == number], rules, skip if number == 1 else 0
        )
    ]
    return read_sentences(split, names, rules)


def _sayings(item: ReadSentence) -> list[Saying]:
    return [*(spoken.saying for spoken in item.spoken if spoken.saying), *item.sayings]


def _found(spoken: Spoken) -> QuotationFound:
    speaker = spoken.saying.speaker if spoken.saying else None
    return QuotationFound(spoken.quotation.paragraph, spoken.quotation.text, speaker, spoken.is_speech)
