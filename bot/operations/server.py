"""Serve `/healthz`, `/readyz` and `/metrics` over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot import StartError
from bot.operations.metrics import Bot, Metrics

LOOPBACK = "127.0.0.1"


class OperationsError(StartError):
    """A port that cannot be used."""


@asynccontextmanager
async def serve_operations(bot: Bot, metrics: Metrics, port: int, host: str = LOOPBACK) -> AsyncIterator[None]:
    """Serve until the end of the block; raise OperationsError if the port cannot be used.

    Nothing asks who reads it: a host other than loopback is for a network where everybody may.
    """
    application = web.Application()

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_request: web.Request) -> web.Response:
        reasons = list(why_unready(bot))
        return web.Response(text="\n".join(reasons or ["ready"]) + "\n", status=503 if reasons else 200)

    async def measures(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", measures)])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise OperationsError(f"ONRECORD_METRICS_PORT: port {port} cannot be used: {error.strerror}") from error
        yield
    finally:
        await runner.cleanup()


def why_unready(bot: Bot) -> list[str]:
    """Return why the bot cannot do its work now, a sentence each."""
    reasons = []
    if not bot.is_ready:
        reasons.append("not connected to Discord")
    if not bot.is_journal_reachable:
        reasons.append("the database cannot be reached; answers go on")
    return reasons
