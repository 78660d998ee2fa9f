"""Format replies and their parts as plain text, for the terminal, the JSON answer and the lines of embeds."""

from collections.abc import Iterable, Sequence

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot.answering.cited import CitedFact, Reference
from bot.answering.head import AsOf
from bot.answering.reply import Reply, Suggestion
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import date_text
from bot.matching.deciding.decision import Cause

SEVERAL: dict[Cause, str] = {  # what is said if no story of several answers
    "unknown_name": "abstain.unknown_name.several",
    "no_fact": "abstain.no_fact.several",
    "after_story": "abstain.after_story.several",
    "too_vague": "abstain.too_vague",
    "small_talk": "abstain.small_talk",
}


def percent(share: float, locale: str) -> str:
    """Format a share as a percentage."""
    return str(format_percent(share, locale=locale))


def decimal(number: float, locale: str) -> str:
    """Format a number with two decimals."""
    return str(format_decimal(number, format="0.00", locale=locale))


def enumerated(parts: Sequence[str], locale: str) -> str:
    """Join the items of an enumeration, such as "one, two and three"."""
    return format_list(parts, locale=locale)


def attribution(fact: CitedFact, locale: str, catalogue: Catalogue) -> str:
    """Return who asserts a fact, and how it relates to the fact it is shown with."""
    by = catalogue.text(locale, f"by.{fact.kind}", name=fact.by_name)
    return catalogue.text(locale, f"relation.{fact.relation}", by=by)


def other_side(others: Sequence[CitedFact], locale: str, catalogue: Catalogue) -> list[str]:
    """Return the other side of a fact, one line per fact."""
    return [f"  ↳ {attribution(one, locale, catalogue)} — {one.text} § {one.citations[0].paragraph}" for one in others]


def citation_lines(fact: CitedFact, locale: str, catalogue: Catalogue, previous: CitedFact | None = None) -> list[str]:
    """Return a fact's citations, those of one paragraph in one line.

    Each article is named once, and not again if `previous` cites it.
    """
    named = {citation.source for citation in previous.citations} if previous else set()
    lines = []
    for together in _by_paragraph(fact.citations):
        source = together[0].source
        lines.append(citation_line(together, fact.by, locale, catalogue, is_named=source in named))
        named.add(source)
    return lines


def _by_paragraph(citations: Sequence[Reference]) -> Iterable[Sequence[Reference]]:
    """Group citations that can be told in one line, each group where its first one is."""
    groups: dict[tuple[object, ...], list[Reference]] = {}
    for one in citations:
        key = one.source, one.paragraph, one.language, one.is_quoted, one.translation is None
        groups.setdefault(key, []).append(one)
    return groups.values()


def citation_line(
    citations: Sequence[Reference], by: str | None, locale: str, catalogue: Catalogue, *, is_named: bool = False
) -> str:
    """Return the words quoted from a paragraph and where they are: in an article that is not named again if it was.

    `by` is whoever asserts the fact. The article's own words have no quotation marks under somebody's name: readers
    would take them for that person's.
    """
    citation = citations[0]
    words = _words(citations, locale, catalogue, has_marks=by is None or citation.is_quoted)
    if is_named:
        return catalogue.text(locale, "reply.citation_short", words=words, paragraph=citation.paragraph)
    where = {"article": citation.article, "paragraph": citation.paragraph}
    line = catalogue.text(locale, "reply.citation", words=words, **where)
    return f"{line}, {citation.url}" if citation.url else line


def _words(citations: Sequence[Reference], locale: str, catalogue: Catalogue, *, has_marks: bool) -> str:
    """Return the words of citations, with their language and our translation if the reader's is another."""

    def joined(texts: Iterable[str]) -> str:
        marked = (catalogue.text(locale, "reply.words", quote=text) if has_marks else text for text in texts)
        return ", ".join(dict.fromkeys(marked))

    words = joined(one.quote for one in citations)
    if not has_marks:
        words = catalogue.text(locale, "reply.words.article", quote=words)
    code = citations[0].language
    if code == locale:
        return words
    language = Locale.parse(locale).languages.get(code, code)
    translations = [one.translation for one in citations if one.translation is not None]
    if not translations:
        return catalogue.text(locale, "reply.words.foreign", words=words, language=language)
    translation = joined(translations)
    return catalogue.text(locale, "reply.words.translated", words=words, language=language, translation=translation)


def location_lines(fact: CitedFact, locale: str, catalogue: Catalogue, previous: CitedFact | None = None) -> list[str]:
    """Return where a fact is written, each place once and without its words; see `citation_lines` for `previous`."""
    named = {citation.source for citation in previous.citations} if previous else set()
    lines: dict[str, None] = {}
    for one in fact.citations:
        place = catalogue.text(locale, "reply.location", article=one.article, paragraph=one.paragraph)
        lines[f"§ {one.paragraph}" if one.source in named else place] = None
    return list(lines)


def as_of_text(as_of: AsOf, locale: str, catalogue: Catalogue) -> str:
    """Return which story it is if there are several, how fresh it is, and when it expired if it has."""
    text = catalogue.text(locale, "reply.as_of", date=date_text(as_of.date, locale, catalogue))
    if as_of.title:
        text = f"{as_of.title} · {text}"
    if as_of.expired is None:
        return text
    over = catalogue.text(locale, "reply.expired", date=date_text(as_of.expired, locale, catalogue))
    return f"{text}. {over}"


def abstention(reply: Reply, catalogue: Catalogue) -> str:
    """Return that there is no answer, and why; what no story of several says is not said of one of them."""
    date = date_text(reply.as_of.date, reply.locale, catalogue)
    key = SEVERAL[reply.cause] if reply.cause and reply.searched > 1 else f"abstain.{reply.cause}"
    return catalogue.text(reply.locale, key, date=date, title=reply.title)


def nearest_heading(reply: Reply, catalogue: Catalogue) -> str:
    """Return the sentence that says the fact below is not the answer, or not the only one.

    It must not hesitate: after "Is she a crook?", "I am not sure" or "not exactly that" would suggest that she may be.
    """
    if reply.is_tied:
        return catalogue.text(reply.locale, "nearest.tied")
    title = reply.as_of.title
    if not reply.is_unsaid:
        return catalogue.text(reply.locale, "nearest.title.named" if title else "nearest.title", title=title)
    unsaid = catalogue.text(reply.locale, "nearest.unsaid.several" if reply.searched > 1 else "nearest.unsaid")
    says = catalogue.text(reply.locale, "nearest.says.named" if title else "nearest.says", title=title)
    return f"{unsaid} {says}"


def suggestion_text(item: Suggestion, locale: str, catalogue: Catalogue) -> str:
    """Return a suggested question, with its story if that must be named."""
    if item.title is None:
        return item.text
    return catalogue.text(locale, "suggest.named", text=item.text, title=item.title)


def other_questions(reply: Reply, catalogue: Catalogue) -> list[str]:
    """Return the other suggestions as numbered questions."""
    texts = (suggestion_text(item, reply.locale, catalogue) for item in reply.others)
    return [f"{number}. {text}" for number, text in enumerate(texts, 1)]


def reply_text(reply: Reply, catalogue: Catalogue) -> str:
    """Format a whole reply."""
    if reply.outcome == "abstain":
        return abstention(reply, catalogue)
    blocks = [
        _block(fact, reply.locale, catalogue, sides[0] if number else None)
        for sides in (reply.first, *reply.also)
        for number, fact in enumerate(sides)
    ]
    if reply.nearest:
        blocks.insert(0, [nearest_heading(reply, catalogue)])
    if others := other_questions(reply, catalogue):
        blocks.append([catalogue.text(reply.locale, "nearest.others"), *others])
    if reply.as_of.expired or reply.as_of.title:
        blocks.append([as_of_text(reply.as_of, reply.locale, catalogue)])
    return "\n\n".join("\n".join(lines) for lines in blocks)


def _block(fact: CitedFact, locale: str, catalogue: Catalogue, previous: CitedFact | None = None) -> list[str]:
    by, when = attribution(fact, locale, catalogue), []
    if fact.when_text:
        when = [catalogue.text(locale, "reply.when_line", when=fact.when_text)]
    head = [by, fact.text] if previous else [fact.text, by]
    return [*head, *when, *citation_lines(fact, locale, catalogue, previous)]
