"""Publishing and going back to an earlier version on the page, beside the bot and beside one that runs elsewhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.answering.context import Utterance
from bot.desk.opening import desk_of, open_desk
from bot.desk.server import serve_desk
from bot.settings import Settings
from tests.conftest import OpenApp
from tests.desk.conftest import ServedDesk, answered
from tests.desk.test_acting import AT, WORDINGS, text, trial
from tests.fakes import SetClock
from tests.small_story import edit

OLD, NEW = "The town hall closed the bridge", "The town hall shut the bridge"


@asynccontextmanager
async def serving(opened: OpenApp, root: Path) -> AsyncIterator[ServedDesk]:
    """Serve the desk of a bot on a copy of the small story."""
    folders: dict[str, Any] = {"knowledge": root / "knowledge", "seeds": root / "seeds"}
    async with opened(**folders) as app, serve_desk(desk_of(app, Settings(_env_file=None, **folders)), 0) as address:
        yield ServedDesk(desk_of(app, Settings(_env_file=None, **folders)), address)


@asynccontextmanager
async def serving_elsewhere(opened: OpenApp, root: Path, **first: str) -> AsyncIterator[ServedDesk]:
    """Serve a desk for a bot that ran on a copy of the small story; it published `first`, an edit, and its undoing."""
    folders: dict[str, Any] = {"knowledge": root / "knowledge", "seeds": root / "seeds"}
    for old, new in ((None, None), *first.items()):
        if old and new:
            edit(root, "facts.yml", old, new)
        async with opened(SetClock(), **folders) as app:
            if old is None:
                for user, wording in enumerate(WORDINGS):
                    await answered(app, Utterance(wording, "fr", user, 5, None, "ask", AT))
    values = {**folders, "articles": None, "database_url": f"sqlite+aiosqlite:///{root}/journal.db"}
    settings = Settings(_env_file=None, hash_key="a key for the tests only", **values)
    async with open_desk(settings) as desk, serve_desk(desk, 0) as address:
        yield ServedDesk(desk, address)


async def earlier(served: ServedDesk) -> str:
    """Return the address of what going back to the oldest kept version would change."""
    oldest = (await served.desk.history.versions("bridge"))[-1]
    return f"publish?{urlencode({'story': 'bridge', 'version': oldest.version})}"


async def test_what_is_saved_is_shown_then_published_and_taken_back(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        assert "not published yet" not in await served.page("versions")
        assert "there is nothing to publish" in await served.page("publish")
        edit(small_story, "facts.yml", OLD, NEW)
        assert "Saved, but not published yet: facts.yml" in await served.page("versions")
        html = await served.html("publish")
        assert f"<del>{OLD}" in html
        assert f"<ins>{NEW}" in html
        assert NEW not in str(served.desk.library.current.editions[0].story.facts)
        assert "Published." in await served.confirm(html)
        assert NEW in str(served.desk.library.current.editions[0].story.facts)
        versions = await served.page("versions")
        assert "1 earlier version" in versions
        back = await served.html(await earlier(served))
        assert f"<ins>{OLD}" in back
        assert "Published." in await served.confirm(back)
        assert OLD in text(small_story, "facts.yml")
        assert OLD in str(served.desk.library.current.editions[0].story.facts)


async def test_what_has_changed_since_is_shown_again(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        edit(small_story, "facts.yml", OLD, NEW)
        html = await served.html("publish")
        edit(small_story, "facts.yml", NEW, f"{NEW} again")
        assert "nothing was published. Here is the preview as of now." in await served.confirm(html)
        assert NEW not in str(served.desk.library.current.editions[0].story.facts)


async def test_with_an_error_there_is_nothing_to_confirm(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
        html = await served.html("publish")
        assert "error[reference.unknown]" in html
        assert '<button class="main">' not in html
        await served.send("publish", token="0" * 12)
        assert "nobody" not in str(served.desk.library.current.editions[0].story.facts)


async def test_edits_that_were_never_published_are_not_overwritten(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        edit(small_story, "facts.yml", OLD, NEW)
        await served.confirm(await served.html("publish"))
        edit(small_story, "facts.yml", NEW, f"{NEW} again")
        address = await earlier(served)
        assert "have been edited and were never published" in await served.refused(address)
        assert "have been edited" in await served.send("publish", status=409, **dict(_fields(address)))
        assert f"{NEW} again" in text(small_story, "facts.yml")


def _fields(address: str) -> list[tuple[str, str]]:
    rows = (row.partition("=") for row in address.partition("?")[2].split("&"))
    return [(key, value) for key, _, value in rows]


@pytest.mark.parametrize("query", ["version=000000000000", "version=x&story=bridge", "story=y&version=x"])
async def test_a_version_that_is_not_kept_is_a_sentence(opened: OpenApp, small_story: Path, query: str) -> None:
    async with serving(opened, small_story) as served:
        assert "is not, or no longer, kept" in await served.refused(f"publish?{query}")


async def test_for_a_bot_elsewhere_the_page_says_who_publishes(opened: OpenApp, small_story: Path) -> None:
    async with serving_elsewhere(opened, small_story) as served:
        edit(small_story, "facts.yml", OLD, NEW)
        html = await served.html("publish")
        assert f"<ins>{NEW}" in html
        assert "it publishes the saved files by /facts reload" in html
        assert '<button class="main">' not in html
        token = html.partition('name="token" value="')[2].partition('"')[0]
        await served.send("publish", token=token)
        assert "Saved, but not published yet: facts.yml" in await served.page("versions")


async def test_for_a_bot_elsewhere_the_files_of_a_version_are_written_back(opened: OpenApp, small_story: Path) -> None:
    async with serving_elsewhere(opened, small_story, **{OLD: NEW}) as served:
        html = await served.html(await earlier(served))
        assert f"<ins>{OLD}" in html
        done = await served.confirm(html)
        assert "The files of that version are back. The bot runs in another process" in done
        assert OLD in text(small_story, "facts.yml")
        assert OLD in str(served.desk.library.current.editions[0].story.facts)  # the desk's own pages


async def test_for_a_bot_elsewhere_a_gap_is_acted_on_and_leaves_the_list(opened: OpenApp, small_story: Path) -> None:
    async with serving_elsewhere(opened, small_story) as served:
        done = await served.confirm(await served.html(await trial(served, "attach", fact="bridge-dangerous")))
        assert "Written: facts.yml" in done
        assert "it publishes the saved files by /facts reload" in done
        assert "Everything that readers asked has its answer" in done
        assert "tablier" in text(small_story, "facts.yml")
        assert "tablier" in await served.page("publish")
