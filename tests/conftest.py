"""What most tests need: the real story, and a small one that can be broken at will."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.answering.ports import Clock, Shelf
from bot.app import App, open_app
from bot.library.library import FileLibrary, read_knowledge
from bot.library.read import read_story
from bot.matching.ranking.encoder import installed
from bot.settings import Settings
from bot.story.model import Story
from tests.small_story import write_small_story

ROOT = Path(__file__).parent.parent
OpenApp = Callable[..., AbstractAsyncContextManager[App]]


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is kept in the user's own cache; a test that starts a process hands this on to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def story() -> Story:
    """The story that ships with the project."""
    edition = read_story(ROOT / "knowledge" / "musk-openai", ROOT / "seeds").edition
    assert edition is not None
    return edition.story


@pytest.fixture
def small_story(tmp_path: Path) -> Path:
    """A folder with a small story that has no problem; the knowledge is in `knowledge`, the records in `seeds`."""
    write_small_story(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The project's stories as they are loaded: they never change, so that all tests may share them."""
    reading = read_knowledge(ROOT / "knowledge", ROOT / "seeds", None, installed())
    assert reading.shelf is not None
    return reading.shelf


@pytest.fixture
def opened(tmp_path: Path, shelf: Shelf) -> OpenApp:
    """Open the whole app on the project's story, with a database of the test's own."""

    @asynccontextmanager
    async def opener(clock: Clock | None = None, **changes: Any) -> AsyncIterator[App]:
        values = {
            "knowledge": ROOT / "knowledge",
            "seeds": ROOT / "seeds",
            "database_url": f"sqlite+aiosqlite:///{tmp_path}/journal.db",
            "hash_key": "a key for the tests only",
            **changes,
        }
        own = changes.keys() & {"knowledge", "seeds"}
        library = None if own else FileLibrary(ROOT / "knowledge", ROOT / "seeds", None, installed(), shelf)
        async with open_app(Settings(_env_file=None, **values), clock, library) as app:
            yield app

    return opener
