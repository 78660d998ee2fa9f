"""Draft a fact for each thing that a sentence states: a quotation, something said, or the sentence itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.drafting.attributions import ReadSentence, Saying, Spoken
from bot.drafting.citing import LEAST_WORDS, CitedWords, cited_words
from bot.drafting.dating import DateFound, dates_in
from bot.drafting.entities import Entities, slug
from bot.drafting.grammar import grammar, lower
from bot.drafting.names import ArticleNames, Name
from bot.drafting.speakers import Speaker
from bot.matching.fold import words
from bot.matching.reading.figures import figures_in
from bot.story.dates import ImpreciseDate
from bot.story.model import FactKind, Slot
from bot.story.texts import PLACEHOLDER

MIN_STATEMENT_WORDS = 4
MAX_CITED_WORDS = 8  # of a sentence without a quotation
MAX_ABOUT = 5
MAX_ID_PREFIX = 26  # characters of the article's id in the ids of its facts
MAX_DIGEST_NAMES, MAX_DIGEST_FIGURES = 6, 4

# The lists of words that are not the last of a phrase.
_OPEN_WORDS = ("determiners", "prepositions", "clauses", "conjunctions", "relatives", "have", "be", "negations")

# The units of any language.
_UNIT = r"%|€|\$|£|per cent|percent|pour cent|millions?|milliards?|billions?|thousand|mille|euros?|dollars?"
_FIGURE = re.compile(rf"(?:[€$£]\s?)?\d+(?:[-–.,\u00a0\u202f ]\d+)*(?:[\s\u00a0\u202f]?(?:{_UNIT})(?!\w))?")


@dataclass(frozen=True)
class ArticleText:
    """The text of an article with what is known about it; `published` is EDTF."""

    id: str
    text: str
    language: str
    published: str


@dataclass(frozen=True)
class Stub:
    """A drafted fact: where it is written, who asserts it as far as the text shows, and what an editor has to write."""

    id: str
    kind: FactKind
    place: tuple[int, int]  # paragraph and sentence, from 1
    speaker: Speaker | None
    by: str | None
    verb: str | None
    about: tuple[str, ...]
    answers: tuple[Slot, ...]
    when: DateFound | None
    dates: tuple[DateFound, ...]
    figures: tuple[str, ...]
    text: Mapping[str, str]  # by language: the placeholder
    cited: CitedWords


@dataclass(frozen=True)
class Stubs:
    """Makes the stubs of one article."""

    article: ArticleText
    paragraphs: list[str]
    skip: int  # characters of the first paragraph that only give the date
    languages: tuple[str, ...]
    names: ArticleNames
    entities: Entities
    as_of: str | None

    def digest(self, number: int) -> dict[str, str]:
        """Return what a paragraph is about: its names and figures, never its sentences."""
        text = self.paragraphs[number - 1][self.skip if number == 1 else 0 :]
        named = list(dict.fromkeys(name.text for name in self._names(text)))
        listed = [*named[:MAX_DIGEST_NAMES], *self._figures(text, self._dates(text))[:MAX_DIGEST_FIGURES]]
        return {code: self._digest(code, listed, number) for code in self.languages}

    def _digest(self, code: str, listed: list[str], number: int) -> str:
        told = grammar(code).text
        if not listed:
            return told.get("no_names", f"§ {number}")
        return told.get("digest", "{names}").format(names=", ".join(listed))

    def _dates(self, text: str) -> list[DateFound]:
        return dates_in(text, self.article.published, grammar(self.article.language))

    def _figures(self, text: str, dates: Sequence[DateFound]) -> tuple[str, ...]:
        """Return the figures of a text that are no part of its dates."""
        found = figures_in_text(text, self.article.language)
        return tuple(figure for figure in found if not any(figure in date.words for date in dates))

    def _names(self, text: str) -> Iterator[Name]:
        """Yield the names in a part of the article, in order."""
        places = [
            (match.start(), name)
            for name in self.names.names
            for form in name.forms
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)
        ]
        yield from (name for _, name in sorted(places, key=lambda row: row[0]))

    def stubs(self, read: Sequence[ReadSentence], taken: set[str]) -> Iterator[Stub]:
        """Yield a stub for each quotation, then for each thing said without one, else for the sentence."""
        for item in read:
            stated = list(self._stated(item))
            for number, (kind, saying, found) in enumerate(stated, start=1):
                yield self._stub(item, kind, saying, found, self._id(item, number if len(stated) > 1 else 0, taken))

    def _id(self, item: ReadSentence, number: int, taken: set[str]) -> str:
        base = f"{slug(self.article.id, MAX_ID_PREFIX)}-p{item.sentence.paragraph}-{item.sentence.number}"
        wanted = found = base + ("abcdefghijklmnopqrstuvwxyz"[number - 1] if 0 < number <= 26 else "")
        count = 1
        while found in taken:
            count += 1
            found = f"{wanted}-{count}"
        taken.add(found)
        return found

    def _stated(self, item: ReadSentence) -> Iterator[tuple[FactKind, Saying | None, CitedWords]]:
        speech = [spoken for spoken in item.spoken if spoken.is_speech]
        done: set[tuple[str, FactKind]] = set()
        for spoken in speech:
            kind = self._kind(item, spoken)
            done.add((_key(spoken.saying), kind))
            yield kind, spoken.saying, self._quoted(item, spoken)
        for saying in item.sayings if item.sentence.is_finished else ():  # a headline repeats the article
            kind = "denial" if saying.kind == "deny" else "claim"
            if saying.speaker and (_key(saying), kind) not in done:
                done.add((_key(saying), kind))
                yield kind, saying, self._said(item, saying)
        sentence = item.sentence
        is_question = sentence.pieces[-1].text == "?"
        if not done and sentence.is_finished and not is_question and sentence.words >= MIN_STATEMENT_WORDS:
            yield "report", None, self._decisive(item)

    def _kind(self, item: ReadSentence, spoken: Spoken) -> FactKind:
        if spoken.saying and spoken.saying.kind == "deny":
            return "denial"
        before = [piece for piece in item.sentence.pieces if piece.end <= spoken.quotation.outer[0]]
        return "quote" if not before or before[-1].text in (":", ",") else "claim"

    def _quoted(self, item: ReadSentence, spoken: Spoken) -> CitedWords:
        text = self.paragraphs[item.sentence.paragraph - 1]
        start, end = spoken.quotation.inner
        found = cited_words(text, start, end, first=item.sentence.start, last=item.sentence.end)
        return replace(found, quoted=found.exact in text[start:end])

    def _said(self, item: ReadSentence, saying: Saying) -> CitedWords:
        """Cite the verb and the words after it, up to the next stop; the words before it if none are after it."""
        sentence = item.sentence
        text = self.paragraphs[sentence.paragraph - 1]
        start, verb_end = saying.span
        if not re.search(r"\w", text[verb_end : sentence.end]):
            return self._decisive(item, start)
        end = self._end_of_words(text, verb_end, sentence.end, MAX_CITED_WORDS - 2)
        if len(text[start:verb_end].split()) > MAX_CITED_WORDS:
            start = text.rfind(" ", 0, verb_end - 1) + 1
        return cited_words(text, start, end, first=sentence.start, last=sentence.end)

    def _decisive(self, item: ReadSentence, before: int | None = None) -> CitedWords:
        """Cite the part of a sentence, or of what is before a place in it, with most figures, dates and names."""
        sentence = item.sentence
        text = self.paragraphs[sentence.paragraph - 1]
        parts = _parts(text, sentence.start, before or sentence.end) or [(sentence.start, sentence.end)]
        start, end = max(parts, key=lambda part: self._weight(text[slice(*part)]))
        end = self._end_of_words(text, start, end, MAX_CITED_WORDS)
        return cited_words(text, start, end, first=sentence.start, last=sentence.end)

    def _end_of_words(self, text: str, start: int, limit: int, most: int) -> int:
        """Return where the next words end: `most` of them, more if they end with a word such as "his"; or at a stop."""
        rules, end = grammar(self.article.language), start
        for number, match in enumerate(re.finditer(r"\S+", text[start:limit]), start=1):
            end = start + match.end()
            if number >= LEAST_WORDS and re.search(r"[,;:.!?]$", match[0]):
                break
            is_open = any(rules.has(name, lower(match[0])) for name in _OPEN_WORDS)
            if number >= most and not is_open:
                break
        return end

    def _weight(self, part: str) -> float:
        named = sum(1 for _ in self._names(part))
        return (
            2 * len(figures_in_text(part, self.article.language)) + named + min(len(part.split()), MAX_CITED_WORDS) / 4
        )

    def _stub(self, item: ReadSentence, kind: FactKind, saying: Saying | None, found: CitedWords, own: str) -> Stub:
        sentence = item.sentence
        text = self.paragraphs[sentence.paragraph - 1][sentence.start : sentence.end]
        speaker = saying.speaker if saying else None
        by = self.entities.id_of(speaker)
        dates = self._dates(text)
        usable = [date for date in dates if date.edtf and not self._is_later(date.edtf)]
        figures = self._figures(text, dates)
        about = dict.fromkeys(self.entities.id_of(name) for name in self._names(text))
        return Stub(
            id=own,
            kind=kind,
            place=(sentence.paragraph, sentence.number),
            speaker=speaker,
            by=by,
            verb=saying.verb if saying else None,
            about=tuple(name for name in about if name and name != by)[:MAX_ABOUT],
            answers=_answers(by is not None, bool(usable), bool(figures)),
            when=usable[0] if len(dates) == 1 and usable else None,
            dates=tuple(dates),
            figures=figures,
            text={code: f"{PLACEHOLDER} {self._skeleton(code, kind, speaker)}" for code in self.languages},
            cited=found,
        )

    def _is_later(self, edtf: str) -> bool:
        limit = self.as_of or self.article.published
        return ImpreciseDate.parse(edtf).earliest > ImpreciseDate.parse(limit).latest

    def _skeleton(self, code: str, kind: FactKind, speaker: Speaker | None) -> str:
        """Return how a sentence of this kind usually starts, in our own words."""
        told = grammar(code).text
        if speaker is None or (speaker.name is None and code != self.article.language):
            return told.get("nobody", "…")
        template = told.get(kind, "…")
        text = speaker.text
        is_phrase = any(
            grammar(code).has("determiners", word)
            for word in (lower(text.split()[0]), lower(text[:2] if text[1:2] in "'’" else ""))
        )
        if is_phrase:
            text = text[0].upper() + text[1:] if template.startswith("{") else text[0].lower() + text[1:]
        return template.format(speaker=text)


def figures_in_text(text: str, code: str) -> list[str]:
    """Return the figures of a text: those in digits as written, with their unit, then those in words as digits."""
    written = [match[0].strip() for match in _FIGURE.finditer(text)]
    digits = {word for figure in written for word in words(figure)} | figures_in(" ".join(written), code)
    return [*written, *sorted(figures_in(text, code) - digits, key=lambda figure: (len(figure), figure))]


def _key(saying: Saying | None) -> str:
    return saying.speaker.key if saying and saying.speaker else ""


def _answers(is_said: bool, is_dated: bool, has_figure: bool) -> tuple[Slot, ...]:
    found: list[Slot] = ["what"]
    if is_said:
        found.append("who")
    if is_dated:
        found.append("when")
    if has_figure:
        found.append("how-many")
    return tuple(found)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a sentence between its commas."""
    cuts = [start, *(match.end() for match in re.finditer(r"[,;:]\s", text[:end]) if match.start() > start), end]
    return [part for part in pairwise(cuts) if text[slice(*part)].strip()]
