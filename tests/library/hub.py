"""A model hub that serves one folder the way huggingface.co does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

COMMIT = "a" * 40
MODEL = "some/tiny"


@dataclass
class Hub:
    """The address of a hub, and the files that were downloaded from it."""

    address: str
    fetched: list[str] = field(default_factory=list)


@contextmanager
def serving(folder: Path) -> Iterator[Hub]:
    """Serve the files of a folder as the model `MODEL` until the end of the block."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    rows = [{"type": "file", "path": name, "size": len(files[name]), "oid": _digest(files[name])} for name in files]
    about = {"id": MODEL, "modelId": MODEL, "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]}

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            pass

        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            content = self._answer()
            self.wfile.write(content)

        def _answer(self) -> bytes:
            path = self.path.partition("?")[0]
            name = path.partition(f"/resolve/{COMMIT}/")[2]
            if path.startswith(f"/api/models/{MODEL}/tree"):
                content = json.dumps(rows).encode()
            elif path.startswith(f"/api/models/{MODEL}"):
                content = json.dumps(about).encode()
            else:
                content = files.get(name, b"")
            if self.command == "GET" and name in files:
                hub.fetched.append(name)
            self.send_response(200 if content else 404)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("ETag", f'"{_digest(content)}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            return content

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hub = Hub(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield hub
        finally:
            server.shutdown()
            thread.join()


def _digest(content: bytes) -> str:
    return sha1(content, usedforsecurity=False).hexdigest()
