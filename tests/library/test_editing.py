"""Edits of a story's files: tried on a copy, and written whole or not at all."""

import os
from pathlib import Path

import pytest

from bot.answering.answer_changes import answer_changes
from bot.answering.edits import EditError, NewFact, NewQuestion, NewUtterances, Proposal, StoryEdit
from bot.library.editing import FileEditing
from bot.library.library import FileLibrary
from tests.small_story import edit

ASKED = "Faut-il craindre la chute du tablier ?"


async def editing_of(root: Path) -> FileEditing:
    library = await FileLibrary.open(root / "knowledge", root / "seeds")
    return FileEditing(library, root / "knowledge", root / "seeds", root / "articles", None)


async def proposed(root: Path, *additions: NewUtterances | NewQuestion | NewFact) -> tuple[FileEditing, Proposal]:
    editing = await editing_of(root)
    return editing, await editing.propose(StoryEdit("bridge", additions))


def contents(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


UTTERANCE = NewUtterances("bridge-dangerous", "fr", (ASKED,))


async def test_a_proposal_writes_nothing_and_has_the_story_as_it_would_be(small_story: Path) -> None:
    before = contents(small_story)
    _, proposal = await proposed(small_story, UTTERANCE, NewQuestion("le tablier va tomber ?", "bridge-dangerous"))
    assert contents(small_story) == before
    assert [Path(file.path).name for file in proposal.files] == ["facts.yml", "questions.yml"]
    assert [row for _, row in proposal.files[1].added] == [
        "  - {ask: le tablier va tomber ?, expect: bridge-dangerous}"
    ]
    assert proposal.after is not None
    assert ASKED in proposal.after.story.shown_facts["bridge-dangerous"].asked.get("fr")
    (change,) = answer_changes(proposal.before, proposal.after, [ASKED])
    assert (change.effect, change.after) == ("gained", "bridge-dangerous")


async def test_what_is_applied_is_what_was_proposed(small_story: Path) -> None:
    facts = small_story / "knowledge" / "bridge" / "facts.yml"
    facts.chmod(0o640)
    editing, proposal = await proposed(small_story, UTTERANCE)
    await editing.apply(proposal)
    assert facts.read_bytes() == proposal.files[0].after
    assert facts.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in facts.parent.iterdir() if path.name.startswith(".")] == []
    with pytest.raises(EditError, match=r"changed.*facts\.yml"):
        await editing.apply(proposal)


async def test_if_one_file_has_changed_none_is_written(small_story: Path) -> None:
    editing, proposal = await proposed(small_story, UTTERANCE, NewQuestion("le tablier ?", "abstain"))
    edit(small_story, "questions.yml", "president", "mayor of the town")
    before = contents(small_story)
    with pytest.raises(EditError, match=r"changed.*questions\.yml"):
        await editing.apply(proposal)
    assert contents(small_story) == before


async def test_a_file_that_somebody_makes_meanwhile_is_not_overwritten(small_story: Path) -> None:
    path = small_story / "knowledge" / "bridge" / "questions.yml"
    path.unlink()
    editing, proposal = await proposed(small_story, NewQuestion("le tablier ?", "abstain"))
    assert proposal.files[0].before is None
    path.write_text("questions: []\n")
    with pytest.raises(EditError, match=r"changed.*questions\.yml"):
        await editing.apply(proposal)
    path.unlink()
    await editing.apply(proposal)
    assert "le tablier ?" in path.read_text("utf-8")


async def test_a_symbolic_link_stays_one(small_story: Path) -> None:
    folder = small_story / "knowledge" / "bridge"
    real = (folder / "facts.yml").rename(small_story / "elsewhere.yml")
    (folder / "facts.yml").symlink_to(real)
    editing, proposal = await proposed(small_story, UTTERANCE)
    await editing.apply(proposal)
    assert (folder / "facts.yml").is_symlink()
    assert ASKED in real.read_text("utf-8")


async def test_the_byte_order_mark_and_the_line_endings_stay(small_story: Path) -> None:
    path = small_story / "knowledge" / "bridge" / "facts.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    _, proposal = await proposed(small_story, UTTERANCE)
    after = proposal.files[0].after
    assert after.startswith(b"\xef\xbb\xbffacts:\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")


async def test_problems_are_those_that_the_edit_makes_and_name_the_real_file(small_story: Path) -> None:
    edit(small_story, "facts.yml", "Quand le pont a-t-il été fermé ?", "Depuis quel jour le pont est-il fermé ?")
    _, proposal = await proposed(small_story, NewUtterances("bridge-dangerous", "fr", ("Le pont est-il fermé ?",)))
    assert proposal.after is None
    (problem,) = proposal.problems
    assert problem.startswith(str(small_story / "knowledge" / "bridge" / "facts.yml"))
    assert "asked.ambiguous" in problem


async def test_a_story_with_errors_or_that_is_not_there_is_not_edited(small_story: Path) -> None:
    editing = await editing_of(small_story)
    with pytest.raises(EditError, match=r"no_story.*tunnel"):
        await editing.propose(StoryEdit("tunnel", (UTTERANCE,)))
    with pytest.raises(EditError, match=r"no_fact.*gate"):
        await editing.propose(StoryEdit("bridge", (NewUtterances("gate", "fr", (ASKED,)),)))
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    with pytest.raises(EditError, match=r"broken.*bridge"):
        await editing.propose(StoryEdit("bridge", (UTTERANCE,)))


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
async def test_a_folder_that_may_not_be_written_is_a_sentence(small_story: Path) -> None:
    editing, proposal = await proposed(small_story, UTTERANCE)
    folder = small_story / "knowledge" / "bridge"
    folder.chmod(0o500)
    try:
        with pytest.raises(EditError, match="unwritable"):
            await editing.apply(proposal)
    finally:
        folder.chmod(0o700)
