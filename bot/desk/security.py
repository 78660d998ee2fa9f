"""Refuse requests from other sites, and tell the browser to run and load nothing but the desk's own files."""

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, Chromium sends the origin of a form as null
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
MAX_BODY_BYTES = 100_000  # a form of the desk has a few kilobytes
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


class ThisMachineOnly:
    """ASGI middleware: another site may guess the port, and may make its own name resolve to this machine."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request of the desk's own pages on; answer any other with 403, or 413 if it is too large."""
        if scope["type"] != "http":
            return

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        await (refusal or self._app)(scope, receive, send_secured)

    def _refusal(self, method: str, headers: Headers) -> ASGIApp | None:
        origin = headers.get("origin")
        if headers.get("host") not in self._hosts or not self._is_own(origin, method):
            return PlainTextResponse("Forbidden", 403)
        length = headers.get("content-length", "0")
        if method in CHANGING and not (length.isdecimal() and int(length) <= MAX_BODY_BYTES):
            return PlainTextResponse("Too large", 413)
        return None

    def _is_own(self, origin: str | None, method: str) -> bool:
        """Return whether a request comes from our own page: a browser sends the origin of every form."""
        if origin is None:
            return method not in CHANGING
        return origin.removeprefix("http://") in self._hosts
