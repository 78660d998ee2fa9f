"""Acting on a gap: what is added to which file, what is tried first, and who is told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answering.attaching import Attaching, Tried
from bot.answering.context import Context
from bot.answering.drafts import Written, new_id
from bot.answering.edits import EditError
from bot.answering.feedback import Waiting
from bot.answering.gaps import Gap
from bot.answering.wordings import LeftOut
from bot.journal.journal import SqlJournal, open_journal
from bot.library.editing import FileEditing
from bot.library.library import FileLibrary
from tests.journal.test_journal import exchange
from tests.small_story import edit

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)
TABLIER = "Bonjour [mention], le tablier va-t-il s'effondrer ?"
TRIMMED = "le tablier va-t-il s'effondrer ?"
SPAN = "Will the span collapse?"


def gap(*questions: str, story: str = "bridge") -> Gap:
    """Return a gap of one exchange with these wordings, the most frequent first."""
    return Gap(
        id=f"{1:012x}",
        story=story,
        questions=questions,
        asked=len(questions),
        readers=1,
        since=AT,
        last=AT,
        languages=("fr",),
        causes=("no_fact",),
        nearest=(),
        picked=(),
        waiting=1,
        unhelpful=0,
        answered_by=None,
        exchanges=(f"{1:012x}",),
    )


@dataclass(frozen=True)
class Desk:
    """A copy of the small story, a journal, and what acts on gaps."""

    root: Path
    journal: SqlJournal
    attaching: Attaching

    def text(self, name: str) -> str:
        path = self.root / "knowledge" / "bridge" / name
        return path.read_text("utf-8") if path.exists() else ""


@pytest.fixture
async def desk(small_story: Path) -> AsyncIterator[Desk]:
    folders = small_story / "knowledge", small_story / "seeds"
    library = await FileLibrary.open(*folders)
    async with open_journal(f"sqlite+aiosqlite:///{small_story}/journal.db", None) as journal:
        editing = FileEditing(library, *folders, small_story / "articles", None)
        yield Desk(small_story, journal, Attaching(editing, journal.question_log, journal.feedback))


async def test_the_first_wording_of_each_language_is_added_and_another_one_becomes_a_question(desk: Desk) -> None:
    found = gap(TABLIER, SPAN, "le tablier va s'effondrer non ?", "Does the span collapse?")
    trial = await desk.attaching.attach(found, "bridge-dangerous")
    assert desk.text("facts.yml").count("tablier") == 0
    assert trial.is_possible
    assert trial.proposal.problems == ()
    assert {Path(file.path).name for file in trial.proposal.files} == {"facts.yml", "questions.yml"}
    await desk.attaching.confirm(trial)
    assert TRIMMED in desk.text("facts.yml")
    assert SPAN in desk.text("facts.yml")
    assert "- {ask: le tablier va s'effondrer non ?, expect: bridge-dangerous}" in desk.text("questions.yml")
    assert desk.text("questions.yml").count("\n") == 4
    again = await desk.attaching.attach(found, "bridge-dangerous")
    assert again.proposal.files == ()


async def test_a_single_wording_is_only_tried(desk: Desk) -> None:
    trial = await desk.attaching.attach(gap(TABLIER), "bridge-dangerous")
    assert trial.tried == (Tried(TRIMMED, "bridge-dangerous"),)
    assert [Path(file.path).name for file in trial.proposal.files] == ["facts.yml"]


async def test_a_wording_that_still_does_not_get_the_fact_is_named_and_is_no_question(desk: Desk) -> None:
    trial = await desk.attaching.attach(gap(TABLIER, "Le funiculaire est-il rouge ?"), "bridge-dangerous")
    assert [one.text for one in trial.tried if one.fact is None] == ["Le funiculaire est-il rouge ?"]
    assert [Path(file.path).name for file in trial.proposal.files] == ["facts.yml"]


@pytest.mark.parametrize(
    ("wording", "why", "detail"),
    [
        ("¿Cuándo se va a derrumbar el puente de la ciudad?", "language", "es"),
        ("Qui a fermé le pont ?", "other_fact", "bridge-closed"),
        ("Who is the president?", "question", "abstain"),
    ],
)
async def test_a_wording_that_cannot_be_added_is_left_out_and_the_next_one_is_added(
    desk: Desk, wording: str, why: str, detail: str
) -> None:
    trial = await desk.attaching.attach(gap(wording, TABLIER), "bridge-dangerous")
    assert trial.left_out == (LeftOut(wording, why, detail),)  # type: ignore[arg-type]
    await desk.attaching.confirm(trial)
    assert TRIMMED in desk.text("facts.yml")


async def test_a_question_of_the_journal_that_changes_its_answer_for_the_worse_needs_consent(desk: Desk) -> None:
    for number, text in enumerate(("qui est-ce qui dément le danger du pont", "Qui a fermé le pont ?")):
        desk.journal.record(replace(exchange(number, text), understood=text))
    await desk.journal.flush()
    trial = await desk.attaching.attach(gap("Qui est-ce qui dément ce danger du pont ?"), "bridge-closed")
    assert [(change.effect, change.before) for change in trial.worse] == [("moved", "danger-denied")]
    assert trial.needs_consent


async def test_an_edit_with_errors_is_shown_and_never_written(desk: Desk) -> None:
    edit(desk.root, "questions.yml", "Who is the president?", "Le tablier bouge ?")
    trial = replace(await desk.attaching.not_ours(gap(TABLIER)), fact=None)
    broken = replace(trial, proposal=replace(trial.proposal, after=None))
    before = desk.text("questions.yml")
    with pytest.raises(EditError, match="impossible"):
        await desk.attaching.confirm(broken)
    assert desk.text("questions.yml") == before


async def test_what_is_not_ours_becomes_three_questions_without_an_answer(desk: Desk) -> None:
    texts = ("Qui tient le bac ?", "Qui tient le bac, alors ?", "le bac, qui le tient ?", "le bac est tenu par qui ?")
    trial = await desk.attaching.not_ours(gap(*texts))
    assert trial.fact is None
    await desk.attaching.confirm(trial)
    assert desk.text("questions.yml").count("expect: abstain}") == 4
    assert (await desk.attaching.not_ours(gap(*texts[:3]))).proposal.files == ()


async def test_what_the_story_answers_cannot_be_not_ours(desk: Desk) -> None:
    trial = await desk.attaching.not_ours(gap("Le pont est-il dangereux ?", "le pont est fermé depuis quand donc ?"))
    assert trial.left_out == (LeftOut("Le pont est-il dangereux ?", "other_fact", "bridge-dangerous"),)
    assert not trial.is_possible
    assert "question.answered" in trial.proposal.problems[0]


async def test_a_draft_has_the_wordings_and_is_not_shown(desk: Desk) -> None:
    trial = await desk.attaching.draft(gap("Qui garde le phare ?", "Who keeps the lighthouse?"))
    assert trial.proposal.problems == ()
    await desk.attaching.confirm(trial)
    assert desk.text("drafts.yml") == (
        "facts:\n  - id: garde-phare\n    status: draft\n    kind: report\n"
        '    text:\n      fr: "TODO:"\n      en: "TODO:"\n'
        "    asked:\n      fr:\n        - Qui garde le phare ?\n      en:\n        - Who keeps the lighthouse?\n"
        "    citations: []\n"
    )
    second = await desk.attaching.draft(gap("Qui garde le phare ?"))
    assert second.fact == "garde-phare-2"


async def test_what_an_editor_has_written_is_in_the_draft(desk: Desk) -> None:
    texts = {"fr": "La mairie garde le phare.", "en": "The town hall keeps it."}
    written = Written(texts, "claim", None, "bridge-article", 1, "La mairie")
    trial = await desk.attaching.draft(gap("Qui garde le phare ?"), written)
    assert trial.proposal.problems == ()
    assert trial.proposal.after is not None
    fact = next(one for one in trial.proposal.after.story.facts if one.id == trial.fact)
    assert (fact.kind, fact.text.root, fact.is_shown) == ("claim", texts, False)
    assert fact.citations[0].exact == "La mairie"


async def test_whoever_waits_is_confirmed_for_the_fact(desk: Desk) -> None:
    await desk.journal.feedback.wait(Waiting(f"{1:012x}", TABLIER, Context(7, 5, 3, "fr", AT)))
    assert await desk.attaching.confirm(await desk.attaching.not_ours(gap(TABLIER))) == 0
    assert [row.fact for row in await desk.journal.feedback.waiting()] == [None]
    trial = await desk.attaching.attach(gap(SPAN), "bridge-dangerous")
    assert await desk.attaching.confirm(trial) == 1
    assert [row.fact for row in await desk.journal.feedback.waiting()] == ["bridge-dangerous"]


async def test_a_fact_or_a_story_that_is_not_there_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(EditError, match=r"no_fact.*gate"):
        await desk.attaching.attach(gap(TABLIER), "gate")
    with pytest.raises(EditError, match=r"no_story.*tunnel"):
        await desk.attaching.attach(gap(TABLIER, story="tunnel"), "gate")


@pytest.mark.parametrize(
    ("question", "taken", "found"),
    [
        ("Who keeps the lighthouse?", (), "keeps-lighthouse"),
        ("Who keeps the lighthouse?", ("keeps-lighthouse", "keeps-lighthouse-2"), "keeps-lighthouse-3"),
        ("who the", (), "who-the"),
        ("谁？", (), "new-fact"),
        ("ab" * 15 + " " + "bc" * 15, ("ab" * 15,), "ab" * 15 + "-2"),
        ("ab" * 30, (), "new-fact"),
    ],
)
def test_the_id_of_a_draft_is_made_of_the_words_of_its_question(
    question: str, taken: tuple[str, ...], found: str
) -> None:
    assert new_id(question, taken, {"who", "the"}) == found
