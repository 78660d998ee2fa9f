"""The library: a reload is whole or nothing."""

from pathlib import Path

import pytest

from bot.library.library import FileLibrary, LibraryError
from tests.small_story import edit


async def opened(root: Path) -> FileLibrary:
    return await FileLibrary.open(root / "knowledge", root / "seeds", root / "articles")


async def test_a_changed_fact_is_there_after_a_reload(small_story: Path) -> None:
    library = await opened(small_story)
    before = library.current
    edit(small_story, "facts.yml", "fr: La mairie a fermé le pont en 2019.", "fr: La mairie a fermé ce pont en 2019.")
    report = await library.reload()
    assert report.loaded
    assert library.current is report.edition
    assert library.current.version != before.version
    assert before.story.facts[0].text.get("fr") == "La mairie a fermé le pont en 2019."


async def test_a_mistake_keeps_the_old_story(small_story: Path) -> None:
    library = await opened(small_story)
    before = library.current
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    report = await library.reload()
    assert not report.loaded
    assert library.current is before
    assert "facts.yml:15:5: error[reference.unknown]" in report.problems[0]


async def test_a_story_that_answers_less_is_refused(small_story: Path) -> None:
    library = await opened(small_story)
    edit(small_story, "questions.yml", "le pont est fermé depuis quand", "une histoire de pont et de bateau")
    report = await library.reload()
    assert not report.loaded
    assert "questions.fewer" in report.problems[0]


async def test_a_story_with_errors_does_not_open(small_story: Path) -> None:
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    with pytest.raises(LibraryError, match=r"error\[reference.unknown\]"):
        await opened(small_story)


async def test_a_hidden_folder_is_no_story(small_story: Path) -> None:
    (small_story / "knowledge" / ".git").mkdir()
    assert (await opened(small_story)).current.story.id == "bridge"


@pytest.mark.parametrize("folders", [[], ["one", "two"]])
async def test_the_knowledge_is_one_story_folder(tmp_path: Path, folders: list[str]) -> None:
    for name in folders:
        (tmp_path / "knowledge" / name).mkdir(parents=True)
    with pytest.raises(LibraryError, match=r"knowledge.folder"):
        await FileLibrary.open(tmp_path / "knowledge", tmp_path)
