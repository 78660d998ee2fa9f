"""The log of a running bot: readable on a terminal, else one line of JSON an event; nothing in it is about a person."""

import logging
import sys
from collections.abc import Callable
from typing import Any, TextIO

from structlog import dev, processors, stdlib

from bot.answering.exchange import Exchange
from bot.settings import LogFormat

SHARD_BITS = 22  # of a server's id, below those that say its shard
EVENT = "exchange"
FIELDS = ("story", "version", "outcome", "cause", "fact", "rule", "ms", "surface", "locale", "shard")

log = logging.getLogger(__name__)


def set_up_logging(form: LogFormat, stream: TextIO | None = None) -> None:
    """Write the events of every library to a stream, standard error unless given, in one format."""
    stream = stream or sys.stderr
    is_text = form == "text" or (form == "auto" and stream.isatty())
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                stdlib.add_log_level,
                stdlib.add_logger_name,
                stdlib.ExtraAdder(allow=FIELDS),
                processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(stream, is_text=is_text)],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def _renderers(stream: TextIO, *, is_text: bool) -> list[Any]:
    if is_text:
        # Its own tracebacks show the values of variables, and so what users wrote.
        console = dev.ConsoleRenderer(
            colors=stream.isatty(), exception_formatter=dev.plain_traceback, pad_event_to=0, pad_level=False
        )
        return [console]
    return [processors.format_exc_info, processors.JSONRenderer(ensure_ascii=False)]


def exchange_logger(shards: Callable[[], int | None]) -> Callable[[Exchange], None]:
    """Return what logs one event for each exchange; `shards` is how many there are, once that is known."""

    def log_exchange(exchange: Exchange) -> None:
        log.info(EVENT, extra=fields_of(exchange, shards() or 1))

    return log_exchange


def fields_of(exchange: Exchange, shards: int) -> dict[str, Any]:
    """Return what is logged of an exchange: neither its text nor who asked, nor where beyond the shard."""
    values = (
        *(exchange.story, exchange.version, exchange.outcome, exchange.cause, next(iter(exchange.facts), None)),
        *(exchange.rule, round(exchange.elapsed_ms, 1), exchange.surface, exchange.locale),
        ((exchange.context.guild or 0) >> SHARD_BITS) % shards,
    )
    return {name: value for name, value in zip(FIELDS, values, strict=True) if value is not None}
