"""The library: a reload replaces all the stories or none."""

import shutil
from pathlib import Path

import pytest

from bot.library.library import FileLibrary, LibraryError
from tests.small_story import edit
from tests.spanish_story import write_spanish_story


async def opened(root: Path) -> FileLibrary:
    return await FileLibrary.open(root / "knowledge", root / "seeds", root / "articles")


async def test_a_changed_fact_is_there_after_a_reload(small_story: Path) -> None:
    library = await opened(small_story)
    before = library.current
    edit(small_story, "facts.yml", "fr: La mairie a fermé le pont en 2019.", "fr: La mairie a fermé ce pont en 2019.")
    report = await library.reload()
    assert report.loaded
    assert library.current is report.shelf
    assert library.current.editions[0].version != before.editions[0].version
    assert before.editions[0].story.facts[0].text.get("fr") == "La mairie a fermé le pont en 2019."


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
    assert list((await opened(small_story)).current.by_id) == ["bridge"]


@pytest.mark.parametrize("exists", [False, True])
async def test_the_knowledge_has_a_folder_of_a_story(tmp_path: Path, *, exists: bool) -> None:
    if exists:
        (tmp_path / "knowledge").mkdir()
    with pytest.raises(LibraryError, match=r"knowledge.folder"):
        await FileLibrary.open(tmp_path / "knowledge", tmp_path)


async def test_an_empty_folder_is_an_error_and_not_a_missing_story(small_story: Path) -> None:
    (small_story / "knowledge" / "empty").mkdir()
    with pytest.raises(LibraryError, match=r"story.empty"):
        await opened(small_story)


async def test_several_stories_are_loaded_each_with_the_articles_it_cites(small_story: Path) -> None:
    write_spanish_story(small_story)
    shelf = (await opened(small_story)).current
    assert list(shelf.by_id) == sorted(shelf.by_id)
    assert len(shelf.editions) == 2
    sources = [[source.id for source in edition.story.sources] for edition in shelf.editions]
    assert all(len(ids) == 1 for ids in sources)
    assert sources[0] != sources[1]


async def test_an_error_in_one_story_keeps_them_all(small_story: Path) -> None:
    write_spanish_story(small_story)
    library = await opened(small_story)
    before = library.current
    edit(small_story / "knowledge" / "bridge", "facts.yml", "by: anna-petit", "by: nobody")
    assert not (await library.reload()).loaded
    assert library.current is before


async def test_two_folders_are_not_the_same_story(small_story: Path) -> None:
    shutil.copytree(small_story / "knowledge" / "bridge", small_story / "knowledge" / "copy")
    with pytest.raises(LibraryError, match=r"copy:1:1: error\[story.duplicate\]"):
        await opened(small_story)


async def test_an_article_that_no_story_cites_is_a_warning(small_story: Path) -> None:
    record = (small_story / "seeds" / "bridge-article.yml").read_text("utf-8")
    (small_story / "seeds" / "other.yml").write_text(record.replace("bridge-article", "other"), "utf-8")
    assert [one for one in (await opened(small_story)).latest.problems if "warning[source.unused]" in one]


async def test_what_is_prepared_is_the_files_as_they_are_then(small_story: Path) -> None:
    library = await opened(small_story)
    edit(small_story, "facts.yml", "fr: La mairie a fermé le pont en 2019.", "fr: La mairie a fermé ce pont en 2019.")
    prepared = await library.prepare()
    assert prepared.is_changed
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    broken = await library.prepare()
    assert broken.shelf is None
    assert "error[reference.unknown]" in broken.problems[0]
    assert broken.token != prepared.token


async def test_a_story_goes_back_to_its_files_of_before(small_story: Path) -> None:
    library = await opened(small_story)
    first = library.current.editions[0]
    edit(small_story, "facts.yml", "fr: La mairie a fermé le pont en 2019.", "fr: La mairie a fermé ce pont en 2019.")
    assert (await library.reload()).loaded
    prepared = await library.prepare([first.files])
    assert "ce pont" in (small_story / "knowledge" / "bridge" / "facts.yml").read_text("utf-8")
    assert (await library.publish(prepared)).loaded
    assert library.current.editions[0].version == first.version
    assert "ce pont" not in (small_story / "knowledge" / "bridge" / "facts.yml").read_text("utf-8")
    assert (await library.reload()).shelf.editions[0].version == first.version


async def test_a_story_that_shares_no_record_keeps_its_version_when_another_changes(small_story: Path) -> None:
    write_spanish_story(small_story)
    library = await opened(small_story)
    before = {story: edition.version for story, edition in library.current.by_id.items()}
    edit(small_story / "seeds", "bridge-article.yml", "id: bridge-article", "id: bridge-article  # the record")
    after = {story: edition.version for story, edition in (await library.reload()).shelf.by_id.items()}
    assert {story for story, version in after.items() if version != before[story]} == {"bridge"}
