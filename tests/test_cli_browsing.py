"""The secret in a page's address is in no process's arguments, and in no file that others can read."""

import webbrowser
from pathlib import Path
from queue import Queue
from urllib.parse import urlparse

import pytest

from bot.cli.browsing import opened_in_browser, write_page

ADDRESS = "http://127.0.0.1:8765/?token=a-secret&locale=fr"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Queue[str]:
    """The addresses that the browser is started with."""
    found: Queue[str] = Queue()
    monkeypatch.setattr(webbrowser, "open", found.put)
    return found


def test_the_browser_gets_a_file_of_the_users_that_leads_to_the_page(opened: Queue[str]) -> None:
    with opened_in_browser(ADDRESS):
        uri = opened.get(timeout=10)
        page = Path(urlparse(uri).path)
        assert "secret" not in uri
        assert "token=a-secret&amp;locale=fr" in page.read_text("utf-8")
        assert page.parent.stat().st_mode & 0o077 == 0
    assert not page.parent.exists()


def test_no_browser_is_opened_without_an_address(opened: Queue[str]) -> None:
    with opened_in_browser(None):
        assert opened.empty()


def test_a_page_that_was_there_is_replaced_by_one_for_its_owner_alone(tmp_path: Path) -> None:
    page = tmp_path / "desk.html"
    page.write_text("old")
    page.chmod(0o666)
    write_page(page, ADDRESS)
    assert "token=a-secret&amp;locale=fr" in page.read_text("utf-8")
    assert page.stat().st_mode & 0o077 == 0
