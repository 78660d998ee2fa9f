"""The catalogues: complete in each language, with the same placeholders, and written as the language is."""

import re
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import get_type_hints

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from discord import Embed, File, Permissions

from bot.answering.answer_changes import AnswerEffect
from bot.answering.cited import Relation
from bot.answering.corrections import Correction
from bot.answering.diff import FactPart
from bot.answering.edits import EditRefusal
from bot.answering.feedback import ReportOutcome
from bot.answering.gaps import GapCause
from bot.answering.history import What
from bot.answering.reply import CAUSES_WITHOUT_GAP, JournalledOutcome, Outcome
from bot.answering.telling.catalogue import FOLDER, LANGUAGES, catalogue, language_of, languages_in, read_catalogues
from bot.answering.wordings import WhyLeftOut
from bot.desk.acting import Act
from bot.desk.site import PAGES, STEPS
from bot.journal.privacy import TABLES_BY_ASKER
from bot.journal.tables import bindings, waits
from bot.matching.deciding.decision import Cause, Rule
from bot.matching.deciding.evidence import Reason
from bot.playground.site import SCRIPT_WORDS
from bot.story.dates import SeasonName, Unstated
from bot.story.model import FactKind, Status
from bot.surface.answers.replies import READ_HISTORY
from bot.surface.desk.channel import SEND, SEND_IN_THREADS, VIEW
from bot.surface.lookups.help import COMMANDS, TOPICS
from bot.surface.platform.draft import Draft
from tests.closed import values_of
from tests.conftest import ROOT

CATALOGUES = {code: read_po(BytesIO((FOLDER / f"{code}.po").read_bytes()), locale=code) for code in LANGUAGES}
COLUMNS = {  # of the tables on the desk's pages
    *("fact", "probability", "typed_score", "read_score", "nearest", "lexical", "semantic"),
    *("known", "unknown", "against", "utterances", "found", "answers"),
    *("stories", "version", "facts", "passed", "matching"),
}
QUOTATION_MARKS = {"de": ("„", "“"), "en": ("“", "”"), "es": ("«", "»"), "fr": ("« ", " »")}  # of each language
WORDS_IN_COMMON = {  # with English
    "de": {"Chat", "Version", "in {date}", "name", "person", "status", "version"},
    "es": {"no"},
    "fr": {
        *("Articles", "Pages", "Question", "Questions", "Source", "Sources", "Version"),
        *("attribution", "date", "note", "question", "questions", "sources", "version", "{number} vote"),
        *("{number} votes", "{date}, version {version}", "{title} ({story}), version {before} → {after}"),
    },
}
MARKS = {"approximate", "uncertain", "approximateuncertain"}
FAMILIES: dict[str, set[str]] = {  # the values that the code appends to a prefix to form a key
    "abstain": values_of(Cause),
    "attach.form": {"kind", "place", "exact"},
    "attach.kind": values_of(FactKind),
    "attach.left_out": values_of(WhyLeftOut),
    "attach.why": values_of(EditRefusal),
    "bulletin": values_of(get_type_hints(Correction)["what"]),
    "by": values_of(FactKind),
    "changes": values_of(What),
    "command": {*COMMANDS},
    "date": MARKS,
    "date.end": MARKS,
    "date.interval": {"since", "onward", "since_unknown"},
    "date.noun": {*values_of(SeasonName), "decade", "years"},
    "date.unstated": values_of(Unstated),
    "date.within": {"decade", "years"},
    "diff.effect": values_of(AnswerEffect),
    "diff.part": values_of(FactPart),
    "help": {*TOPICS},
    "help.topic": {*TOPICS},
    "desk": COLUMNS,
    "desk.page": {*PAGES, *STEPS},
    "desk.trial": values_of(Act),
    "desk.status": {status for status in values_of(Status) if status != "published"},
    "gaps.cause": values_of(GapCause) - {*CAUSES_WITHOUT_GAP},
    "desk.outcome": values_of(Outcome),
    "reason": values_of(Reason),
    "playground": {*SCRIPT_WORDS},
    "permission": {
        READ_HISTORY,
        *(VIEW, SEND, SEND_IN_THREADS),
        *Draft(embeds=(Embed(),), files=(File(BytesIO(), "any"),)).lacking(Permissions.none()),
    },
    "queue.outcome": values_of(ReportOutcome),
    "settled": values_of(ReportOutcome),
    "privacy": {table.name for table in (*TABLES_BY_ASKER, waits, bindings)},
    "relation": values_of(Relation),
    "usage": {"questions", "votes", "facts", "never", "languages", "slowest"},
    "usage.outcome": values_of(JournalledOutcome),
    "why.rule": values_of(Rule),
    "why.veto": values_of(Reason),
}
NO_SENTENCES = {"commands", "lacking"}  # keys in the database
CODE = "\n".join(
    file.read_text("utf-8")
    for layer in ("answering", "surface", "playground", "desk")
    for file in (ROOT / "bot" / layer).rglob("*.py")
)
PAGES_CODE = "\n".join(
    file.read_text("utf-8") for room in ("desk", "playground") for file in (ROOT / "bot" / room / "templates").iterdir()
)


def sentences(found: Catalog) -> dict[str, tuple[str, ...]]:
    rows = {}
    for message in found:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            rows[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return rows


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_a_catalogue_and_all_have_the_same_keys(code: str) -> None:
    own, expected = (set(sentences(CATALOGUES[each])) for each in (code, "en"))
    assert {"missing": expected - own, "unknown": own - expected} == {"missing": set(), "unknown": set()}


def test_a_catalogue_in_the_folder_is_a_language_of_the_interface(tmp_path: Path) -> None:
    assert languages_in(tmp_path) == ()
    for code in ("ca", "en"):
        header = f"Language: {code}\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"
        (tmp_path / f"{code}.po").write_text(f'msgid ""\nmsgstr "{header}"\n\nmsgid "greeting"\nmsgstr "{code}!"\n')
    (tmp_path / "notes.txt").touch()
    assert languages_in(tmp_path) == ("en", "ca")
    found = read_catalogues(tmp_path)
    assert [found.text(locale, "greeting") for locale in ("ca", "ca-ES", "fr")] == ["ca!", "ca!", "en!"]


def test_the_prefixes_of_keys_in_the_code_are_those_of_the_families() -> None:
    in_code = re.findall(r"""f["']([a-z_.]+)\.\{""", CODE)
    in_pages = re.findall(r"""["']([a-z_.]+)\.["'] ~""", PAGES_CODE)
    assert {*in_code, *in_pages} - NO_SENTENCES == FAMILIES.keys()


@pytest.mark.parametrize("prefix", FAMILIES)
def test_each_value_that_is_told_has_its_sentence(prefix: str) -> None:
    assert {f"{prefix}.{value}" for value in FAMILIES[prefix]} <= sentences(CATALOGUES["en"]).keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_sentence_is_there_in_each_language_with_the_same_blanks(code: str) -> None:
    own, english = sentences(CATALOGUES[code]), sentences(CATALOGUES["en"])
    assert english
    assert [key for key, row in own.items() if not row or not all(row)] == []
    assert {
        (key, sentence) for key, row in own.items() for sentence in row if blanks(sentence) != blanks(english[key][0])
    } == set()


def test_each_sentence_is_used() -> None:
    """A key is in the code, or is formed there from a prefix and a value of a closed set, or the other way round.

    The keys of commands are derived from the commands: tests/surface/test_commands.py compares them.
    """
    quoted = {found[2] for found in re.finditer(r"""(?=(["'])([\w.{}]+)\1)""", CODE + PAGES_CODE)}
    made = {f"{prefix}.{value}" for prefix, values in FAMILIES.items() for value in values}
    listed = {key: re.sub(r"^(who|when|claims|quote)\b", "{self.surface}", key) for key in sentences(CATALOGUES["en"])}
    unused = {key for key, name in listed.items() if key not in quoted | made and name not in quoted}
    assert {key for key in unused if not key.startswith("command.")} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_count_has_a_sentence_for_each_plural_of_the_language(code: str) -> None:
    english = sentences(CATALOGUES["en"])
    counts = {len(row) for key, row in sentences(CATALOGUES[code]).items() if len(english[key]) > 1}
    assert counts == {CATALOGUES[code].num_plurals}


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_sentence_is_left_in_english(code: str) -> None:
    english = sentences(CATALOGUES["en"])
    same = {text for key, row in sentences(CATALOGUES[code]).items() for text in {*row} & {*english[key]}}
    assert {text for text in same if re.search(r"[a-z]", re.sub(r"\{\w+\}", "", text))} == WORDS_IN_COMMON[code]


def test_each_language_is_listed_with_its_quotation_marks() -> None:
    assert QUOTATION_MARKS.keys() == WORDS_IN_COMMON.keys() | {"en"} == {*LANGUAGES}


@pytest.mark.parametrize("code", QUOTATION_MARKS)
def test_a_quotation_has_the_marks_of_the_language(code: str) -> None:
    opening, closing = QUOTATION_MARKS[code]
    for key, row in sentences(CATALOGUES[code]).items():
        for sentence in row:
            rest = re.sub(f"{opening}([^«»„“”]+){closing}", r"\1", sentence)
            assert not re.search(r'[«»„“”"]|\.\.\.', rest), (key, sentence)


def test_french_typography_is_a_newspapers() -> None:
    for row in sentences(CATALOGUES["fr"]).values():
        for sentence in row:
            assert not re.search(r'"|\.\.\.|[^\s/]:(?![/{])', sentence), sentence
            assert not re.search(r"«\S|\S»|\w[?!;]", sentence), sentence


def test_a_missing_key_is_an_error_and_not_a_sentence() -> None:
    with pytest.raises(KeyError):
        catalogue().text("fr", "no.such.key")


@pytest.mark.parametrize(
    ("code", "number", "sentence"),
    [
        ("fr", 0, "0 fait s'appuie sur cet article."),
        ("fr", 2, "2 faits s'appuient sur cet article."),
        ("es", 0, "0 hechos se basan en este artículo."),
        ("es", 1, "1 hecho se basa en este artículo."),
        ("de", 1, "1 Fakt stützt sich auf diesen Artikel."),
        ("de", 2, "2 Fakten stützen sich auf diesen Artikel."),
    ],
)
def test_numbers_agree(code: str, number: int, sentence: str) -> None:
    assert catalogue().count(code, "sources.facts", number) == sentence


@pytest.mark.parametrize(
    ("locale", "language"), [("fr", "fr"), ("fr-CA", "fr"), ("es-419", "es"), ("en-GB", "en"), ("ja", "en"), ("", "en")]
)
def test_any_locale_has_an_interface_language(locale: str, language: str) -> None:
    assert language_of(locale) == language
