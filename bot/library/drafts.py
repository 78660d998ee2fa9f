"""Write the record of an article and the drafts from it as YAML, with comments for the editor."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.checking.citations import ALWAYS_ALLOWED_WORDS, MAX_QUOTED_SHARE
from bot.drafting.dating import DateFound
from bot.drafting.draft import ArticleDraft, QuotationFound
from bot.drafting.entities import EntityStub
from bot.drafting.grammar import grammar
from bot.drafting.stubs import Stub
from bot.library.articles import Article

MAX_SHOWN_WORDS = 8  # of a quotation in a comment: the article belongs to its publisher
_PLAIN = re.compile(r"[A-Za-zÀ-ÿ][\w’' .-]*[\w.]|[A-Za-z]")  # needs no quotation marks in YAML
_SPACES = "\u00a0\u202f\u2009"  # not printable to Python, but plain text to YAML
_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def record_yaml(
    source: str, article: Article, language: str, published: str, draft: ArticleDraft, *, is_dated: bool
) -> str:
    """Return the record of an article."""
    lines = [
        "# yaml-language-server: $schema=source.schema.json",
        "# The record of one article. What the article does not give is null: nothing is invented.",
        "# The digests name what each paragraph is about; write what it says, in one line of your own words.",
        f"id: {source}",
        f"language: {language}",
    ]
    if not is_dated:
        lines.append(
            "# The article gives no date: this is the year in which it was recorded, marked as uncertain. Correct it."
        )
    lines += [
        f"published: {json.dumps(published)}",
        *(f"{name}: {scalar(getattr(article, name))}" for name in ("title", "publisher", "author", "url")),
        f"sha256: {hashlib.sha256(article.content).hexdigest()}",
        f"length: {len(article.text)}  # characters",
        "paragraphs:",
    ]
    for number, digest in enumerate(draft.digests, start=1):
        lines += [
            f"  - paragraph: {number}",
            "    digest:",
            *(f"      {code}: {scalar(text)}" for code, text in digest.items()),
        ]
    return "\n".join(lines) + "\n"


def drafts_yaml(source: str, draft: ArticleDraft, languages: Sequence[str], length: int) -> str:
    """Return the drafts: entities, then a stub for each thing that the article states; `length` is its characters."""
    lines = [
        "# yaml-language-server: $schema=../story.schema.json",
        f"# Drafts from the article {source}. The bot shows none of them. For each: read its sentence in the article;",
        "# write the text in your own words, in each language; check who says it (by) and of which kind it is; give a",
        "# denial the fact that it denies (replies_to); write what readers will ask (see onrecord suggest);",
        "# give it an id that says what it is; set the status to published. Remove the drafts that you do not need.",
        "#",
        *_summary(draft),
        *_share(draft, length),
        "entities:",
        *(line for stub in draft.entities if stub.is_sure for line in _entity(stub, languages)),
    ]
    guesses = [stub for stub in draft.entities if not stub.is_sure]
    if guesses:
        lines.append("  # Named in the article; the kind is a guess. Remove the # if the story needs them.")
        lines += [f"  # {line[2:]}" for stub in guesses for line in _entity(stub, languages)]
    lines += ["", "facts:", *(line for stub in draft.stubs for line in _fact(source, stub))]
    return "\n".join(lines).rstrip() + "\n"


def scalar(text: str | None) -> str:
    """Return a text as YAML, in quotation marks if it needs them."""
    if text is None:
        return "null"
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """Return a text in quotation marks, every space of it kept; YAML reads JSON's."""
    odd = any(not letter.isprintable() and letter not in _SPACES for letter in text)
    return json.dumps(text, ensure_ascii=odd)


def _comment(text: str) -> str:
    return "# " + " ".join(text.split())


def _summary(draft: ArticleDraft) -> Iterator[str]:
    """List what was found, as comments."""
    yield "# Quotations, with who says them as far as the text shows (? if that is not sure):"
    for found in draft.quotations:
        yield f"#   § {found.paragraph}  {said_by(found)}: {shortened(found.text)}"
    verbs = (f"{verb} ({count})" for verb, count in sorted(draft.verbs.items(), key=lambda row: (-row[1], row[0])))
    yield from _listed("Verbs of saying and denying", verbs)
    yield from _listed("Dates", dict.fromkeys(map(_dated, draft.dates)))
    yield from _listed("Figures", draft.figures)
    yield from _listed("Names", (f"{name.text} ({name.count})" for name in draft.names.names))


def _share(draft: ArticleDraft, length: int) -> Iterator[str]:
    """Warn of a short article of which the drafts together cite more than the checker accepts."""
    texts = {stub.cited.exact for stub in draft.stubs}
    share = sum(map(len, texts)) / length
    if share >= MAX_QUOTED_SHARE and sum(len(text.split()) for text in texts) > ALWAYS_ALLOWED_WORDS:
        yield f"# Together they cite {share:.0%} of the article, and published facts may cite {MAX_QUOTED_SHARE:.0%}:"
        yield "# cite fewer words, the decisive ones, or publish fewer drafts."


def _listed(what: str, values: Iterable[str]) -> Iterator[str]:
    text = ", ".join(values)
    if text:
        yield _comment(f"{what}: {text}")


def said_by(found: QuotationFound) -> str:
    """Return who says a quotation, in one word if nobody does."""
    if found.speaker:
        return found.speaker.text
    return "?" if found.is_speech else "nobody (a title, or words that the article sets apart)"


def shortened(text: str) -> str:
    """Return the first words of a quotation."""
    words = text.split()
    return " ".join(words[:MAX_SHOWN_WORDS]) + (" …" if len(words) > MAX_SHOWN_WORDS else "")


def _dated(date: DateFound) -> str:
    return f"{date.edtf or 'not by itself a date'} ({date.words})"


def _entity(stub: EntityStub, languages: Sequence[str]) -> Iterator[str]:
    yield f"  - id: {stub.id}"
    yield f"    kind: {stub.kind} # a guess"
    yield f"    name: {scalar(stub.name)}"
    if stub.aliases:
        aliases = ", ".join(map(scalar, stub.aliases))
        yield f"    aliases: {{{', '.join(f'{code}: [{aliases}]' for code in languages)}}}"
    told = stub.kind if stub.is_kind_shown else "unclear"
    roles = {code: grammar(code).text.get(told, "…") for code in languages}
    yield f"    role: {_mapping(roles)} # write who this is"


def _mapping(texts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{code}: {quoted(text)}" for code, text in texts.items()) + "}"


def _fact(source: str, stub: Stub) -> Iterator[str]:
    paragraph, sentence = stub.place
    yield "  " + _comment(f"§ {paragraph}, sentence {sentence}{_notes(stub)}")
    yield f"  - id: {stub.id}"
    yield "    status: draft"
    yield f"    kind: {stub.kind}"
    if stub.by:
        yield f"    by: {stub.by}"
    if stub.about:
        yield f"    about: [{', '.join(stub.about)}]"
    yield f"    answers: [{', '.join(stub.answers)}]"
    if stub.when:
        stated = f", stated: {quoted(stub.when.words)}" if stub.when.is_relative else ""
        yield f"    when: {{edtf: {json.dumps(stub.when.edtf)}{stated}}}" + (
            " # stated: in each language" if stated else ""
        )
    yield "    text:"
    yield from (f"      {code}: {scalar(text)}" for code, text in stub.text.items())
    yield "    asked: {}"
    yield "    citations:"
    found = stub.cited
    around = "".join(
        f", {name}: {quoted(text)}" for name, text in (("prefix", found.prefix), ("suffix", found.suffix)) if text
    )
    around += ", quoted: true" if found.quoted else ""
    yield f"      - {{source: {source}, paragraph: {paragraph}, exact: {quoted(found.exact)}{around}}}"
    yield ""


def _notes(stub: Stub) -> str:
    notes = []
    if stub.speaker:
        who = f"{stub.speaker.text} ({stub.verb})"
        notes.append(who if stub.by else f"{who}: not one entity for sure, so by is left out")
    elif stub.kind != "report":
        notes.append("who says it is not sure, so by is left out")
    if stub.dates and not stub.when:
        notes.append("dates: " + ", ".join(map(_dated, stub.dates)))
    if stub.figures:
        notes.append("figures: " + ", ".join(stub.figures))
    return "".join(f"; {note}" for note in notes)
