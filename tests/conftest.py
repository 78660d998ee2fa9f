"""What most tests need: the story of a bridge, its beginning as files that can be broken, and the first story."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
import simcord
import typer
import uvicorn
from hypothesis import HealthCheck, settings
from pydantic import BaseModel
from threadpoolctl import threadpool_limits
from typer.testing import CliRunner

from bot.answering.editions import Shelf
from bot.answering.ports import Clock
from bot.answering.versions import SEED_PREFIX, STORY_PREFIX, StoryFiles
from bot.app import App, open_app
from bot.journal.opening import open_database
from bot.library.library import FileLibrary, read_knowledge
from bot.library.read import story_of
from bot.matching.deciding.decide import Decider
from bot.matching.ranking.encoder import installed
from bot.settings import Settings, variable
from bot.story.model import Story
from tests.fakes import edition_of
from tests.postgres import MISSING, apart, make_template, postgres_server, programs
from tests.quick_discord import copied_as_json, translated_where_told
from tests.quick_sqlite import compiled_once, fewer_hops, unsynced
from tests.quick_stories import decided_once, decider_of
from tests.small_story import BRIDGE, with_many_claims, write_small_story

# The first text waits for the word lists, and a machine may be busy: neither is a failure. Each run has other examples.
settings.register_profile("unhurried", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0  # seconds for what comes within a moment, on a busy machine
OpenApp = Callable[..., AbstractAsyncContextManager[App]]


class GivenSettings(Settings):
    """Settings from the arguments alone: to look for them in the environment too takes ten times as long."""

    def __init__(self, **values: Any) -> None:
        BaseModel.__init__(self, **values)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what measures time if tests run side by side."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        timed = [item for item in items if item.get_closest_marker("clock")]
        items[:] = [item for item in items if item not in timed]
        config.hook.pytest_deselected(items=timed)


@pytest.fixture(scope="session", autouse=True)
def _patience() -> Iterator[None]:
    """Give the bot a minute to be done in the simulated Discord: a busy machine may take simcord's five seconds."""
    with patch.dict(simcord.Env.__init__.__kwdefaults__, settle_timeout=60.0):
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    """Keep BLAS from starting a thread for each core: the tests already use every core.

    SciPy has a BLAS of its own, which may have been loaded after the first matcher had limited that of NumPy.
    """
    threadpool_limits(limits=1, user_api="blas")


@pytest.fixture(scope="session", autouse=True)
def _seldom_collected() -> Iterator[None]:
    """Let the collector run after ten thousand new objects, and not 700, and never look at modules and tests again."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(10_000, *usual[1:])
    yield
    gc.set_threshold(*usual)


@pytest.fixture(scope="session", autouse=True)
def _quick_ends() -> Iterator[None]:
    """Let uvicorn look every 5 ms, and not 100, whether it should end: each test of a desk would wait twice."""

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / 20)

    with patch.object(uvicorn.server, "asyncio", SimpleNamespace(**{**vars(asyncio), "sleep": sleep})):
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_sqlite() -> Iterator[None]:
    with unsynced(), compiled_once(), fewer_hops():
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_discord() -> Iterator[None]:
    with translated_where_told(), copied_as_json():
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_commands() -> Iterator[None]:
    """Make the commands once, and not each time that one is run, which takes as long as most of them."""
    with patch.object(typer.testing, "_get_command", cache(typer.main.get_command)):
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_stories() -> Iterator[None]:
    with decided_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is kept in the user's own cache; a test that starts a process hands this on to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def story(shelf: Shelf) -> Story:
    """The story that tests of code use: curators never change it."""
    return shelf.editions[0].story


@pytest.fixture(scope="session")
def first_story() -> Story:
    """The story that ships with the project, for tests of what it says and of how readers ask about it."""
    folder, seeds = ROOT / "knowledge" / "musk-openai", ROOT / "seeds"
    contents = {f"{STORY_PREFIX}{path.name}": path.read_bytes() for path in folder.glob("*.yml")}
    contents |= {f"{SEED_PREFIX}{path.name}": path.read_bytes() for path in seeds.glob("*.yml")}
    story = story_of(StoryFiles(folder.name, contents))  # unchecked: test_knowledge.py checks it
    assert story is not None
    return story


@pytest.fixture
def small_story(tmp_path: Path) -> Path:
    """A folder with the first three facts of the bridge, in `knowledge`, with `seeds` and `articles`."""
    write_small_story(tmp_path)
    return tmp_path


@pytest.fixture
def whole_story(tmp_path: Path) -> Path:
    """A folder with a copy of the whole story of the bridge, for tests that edit it."""
    return Path(shutil.copytree(BRIDGE, tmp_path / "bridge"))


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The story of the bridge as it is loaded: it never changes, so that all tests may share it."""
    reading = read_knowledge(BRIDGE / "knowledge", BRIDGE / "seeds", None, installed())
    assert reading.shelf is not None, reading.problems
    return reading.shelf


@pytest.fixture(scope="session")
def first_decider(first_story: Story) -> Decider:
    """What decides on questions about the story that ships with the project; it never changes, as no decider does."""
    return decider_of(first_story, installed())


@pytest.fixture(scope="session")
def first_shelf(first_story: Story) -> Shelf:
    """The story that ships with the project as it is loaded."""
    return Shelf((edition_of(first_story, installed()),))


@pytest.fixture(scope="session")
def long_shelf(story: Story) -> Shelf:
    """The story of the bridge, in which the residents claim so much that every list has pages."""
    return Shelf((edition_of(with_many_claims(story)),))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server of PostgreSQL; its URL ends before the name of a database."""
    if programs() is None:
        pytest.skip(MISSING)
    with postgres_server() as server:
        apart(make_template(server.url))
        yield server.url


@pytest.fixture(scope="session")
def empty_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the newest tables and no row, to be copied: the migrations would take most of a test's time."""
    path = tmp_path_factory.mktemp("journal") / "journal.db"

    async def make() -> None:
        async with open_database(f"sqlite+aiosqlite:///{path}"):
            pass

    asyncio.run(make())
    return path


@pytest.fixture
def opened(tmp_path: Path, shelf: Shelf, empty_journal: Path) -> OpenApp:
    """Open the whole app on the story of the bridge, with a database of the test's own."""
    shutil.copy(empty_journal, tmp_path)

    @asynccontextmanager
    async def opener(clock: Clock | None = None, loaded: Shelf = shelf, **changes: Any) -> AsyncIterator[App]:
        values = {
            "knowledge": BRIDGE / "knowledge",
            "seeds": BRIDGE / "seeds",
            "database_url": f"sqlite+aiosqlite:///{tmp_path}/journal.db",
            "hash_key": "a key for the tests only",
            "cache": Path(os.environ["ONRECORD_CACHE"]),
            **changes,
        }
        own = changes.keys() & {"knowledge", "seeds"}
        library = None if own else FileLibrary(BRIDGE / "knowledge", BRIDGE / "seeds", None, installed(), loaded)
        async with open_app(GivenSettings(**values), clock, library) as app:
            yield app

    return opener


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Run commands in an empty folder, on the story of the bridge, without the machine's own settings."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)
    monkeypatch.setenv("ONRECORD_KNOWLEDGE", str(BRIDGE / "knowledge"))
    return CliRunner()
