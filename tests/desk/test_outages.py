"""While the database cannot be reached, each page of the desk says so in a sentence."""

import pytest

from bot.desk.site import ACTIONS, PAGES, STEPS
from tests.desk.conftest import ServedDesk

TOLD = {
    "en": "The database cannot be reached at the moment.",
    "fr": "La base de données est injoignable pour le moment.",
}
WITHOUT_DATABASE = {"article", "draft"}  # pages of the files alone


def emptied(served: ServedDesk) -> None:
    """Empty the file of the database, as a full disk or another program may."""
    assert served.app is not None
    file = served.app.journal._database.file
    assert file is not None
    file.write_bytes(b"")


@pytest.mark.parametrize("language", TOLD)
async def test_every_page_says_that_the_database_cannot_be_reached(served: ServedDesk, language: str) -> None:
    emptied(served)
    for name in (PAGES.keys() | STEPS.keys()) - WITHOUT_DATABASE:
        assert TOLD[language] in (await served.page_while_away(name, language)), name


async def test_every_form_says_that_the_database_cannot_be_reached(served: ServedDesk) -> None:
    emptied(served)
    for name in ACTIONS:
        assert TOLD["en"] in await served.send(name, status=503, number="1", outcome="invalid"), name


async def test_a_page_of_the_files_alone_is_shown(served: ServedDesk) -> None:
    emptied(served)
    assert "The article" in await served.page("article")


async def test_the_page_of_the_last_question_is_shown_again_when_the_database_is_back(served: ServedDesk) -> None:
    before = await served.html("state?page=try")
    emptied(served)
    assert await served.html("state?page=try") != before
