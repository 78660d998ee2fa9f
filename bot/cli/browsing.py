"""Open a page whose address is a secret in the user's browser."""

import os
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

OWNER_ONLY = 0o600
PAGE = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={address}"><title>OnRecord</title>'
)


@contextmanager
def opened_in_browser(address: str | None) -> Iterator[None]:
    """Open an address, unless it is None, by a file that only the user can read and that is deleted at the end.

    A browser's arguments can be seen by everybody on the machine.
    """
    if address is None:
        yield
        return
    with TemporaryDirectory(prefix="onrecord-") as folder:  # for its owner alone
        page = Path(folder, "open.html")
        write_page(page, address)
        # In a thread, since a text browser blocks until it is closed.
        threading.Thread(target=webbrowser.open, args=(page.as_uri(),), daemon=True).start()
        yield


def write_page(page: Path, address: str) -> None:
    """Write a page that leads to an address, for its owner alone."""
    page.unlink(missing_ok=True)
    with os.fdopen(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as file:
        file.write(PAGE.format(address=escape(address)))
