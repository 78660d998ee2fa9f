"""Draw replies and cards as embeds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

import discord

from bot.answering.cited import CitedFact, Reference, Sides
from bot.answering.head import AsOf
from bot.answering.lookup import NotFound
from bot.answering.reply import Reply
from bot.answering.sayings import Sayings
from bot.answering.telling.catalogue import Catalogue, language_of
from bot.answering.telling.text import (
    abstention,
    as_of_words,
    attribution,
    citation_lines,
    decimal,
    nearest_heading,
    other_questions,
)
from bot.answering.timeline import Timeline
from bot.story.model import FactKind
from bot.surface.platform import limits
from bot.surface.platform.typography import unbroken_embed

# The kind is always said in words too: colour alone tells nothing to a screen reader.
COLOURS: dict[FactKind, discord.Colour] = {
    "report": discord.Colour.blue(),
    "claim": discord.Colour.orange(),
    "denial": discord.Colour.red(),
    "quote": discord.Colour.purple(),
}
UNKNOWN = discord.Colour.light_grey()
QUOTES = 5  # on a page
ROOM = 600  # characters of an embed kept for a field's name and for the footer


@dataclass(frozen=True)
class Renderer:
    """Draws in one language."""

    catalogue: Catalogue
    locale: str

    @classmethod
    def of(cls, catalogue: Catalogue, locale: str) -> "Renderer":
        """Return the renderer for a locale of Discord's."""
        return cls(catalogue, language_of(locale))

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the catalogue."""
        return self.catalogue.text(self.locale, key, **values)

    def count(self, key: str, number: int, **values: object) -> str:
        """Return a sentence of the catalogue about a number of things."""
        return self.catalogue.count(self.locale, key, number, **values)

    def number(self, number: float) -> str:
        """Say a number with two decimals."""
        return decimal(number, self.locale)

    def reply(self, reply: Reply) -> tuple[discord.Embed, ...]:
        """Draw the answers, the nearest on record or an abstention, as the embeds of one message."""
        match reply.outcome:
            case "answer":
                return self._answers(reply)
            case "suggest":
                return (self._nearest(reply),)
            case "abstain":
                words = abstention(reply, self.catalogue)
                return (unbroken_embed(discord.Embed(description=words, colour=UNKNOWN)),)
            case unknown:
                assert_never(unknown)

    def _answers(self, reply: Reply) -> tuple[discord.Embed, ...]:
        """Draw each answer as an embed, in full; leave out the further ones that the message has no room for."""
        drawn: list[discord.Embed] = []
        for thread in reply.answers:
            embed = self.answer(thread, reply.as_of)
            if not drawn or sum(map(len, drawn)) + len(embed) <= limits.EMBED_TOTAL:
                drawn.append(embed)
        for embed in drawn[:-1]:
            embed.remove_footer()  # all the answers have the same one
        return tuple(drawn)

    def heading(self, reply: Reply) -> str:
        """Say what must be read before the nearest on record; nothing above any other reply."""
        return nearest_heading(reply, self.catalogue) if reply.nearest else ""

    def _nearest(self, reply: Reply) -> discord.Embed:
        """Draw the nearest fact like an answer, then the questions that ask for the others."""
        others = other_questions(reply)
        embed = self._thread(reply.nearest, reply.as_of, room=ROOM + sum(map(len, others)))
        if others:
            self.field(embed, self.say("nearest.others"), others)
        return unbroken_embed(embed)

    def answer(self, thread: Sides, as_of: AsOf) -> discord.Embed:
        """Draw a fact with what must stand beside it."""
        return unbroken_embed(self._thread(thread, as_of))

    def claims(self, sayings: Sayings) -> list[discord.Embed]:
        """Draw claims, one a page with what answers it."""
        pages = []
        for number, thread in enumerate(sayings.facts, 1):
            embed = self._thread(thread, sayings.as_of)
            embed.title = self.say("claims.title", number=number, count=len(sayings.facts))
            pages.append(unbroken_embed(embed))
        return pages

    def timeline(self, timeline: Timeline) -> list[discord.Embed]:
        """Draw the dated events in order, a line each, with the first paragraph that tells it; long ones go on."""
        lines = [f"**{row.when_words}** — {row.name} § {row.facts[0].citations[0].paragraph}" for row in timeline.rows]
        articles = dict.fromkeys(citation.article for row in timeline.rows for citation in row.facts[0].citations)
        pages = []
        for run in limits.chunks(lines, limits.EMBED_DESCRIPTION):
            embed = discord.Embed(
                title=limits.clip(timeline.title, limits.EMBED_TITLE),
                description="\n".join(run),
                colour=COLOURS["report"],
            )
            self.field(embed, self.say("reply.written"), list(articles))
            embed.set_footer(text=self.as_of(timeline.as_of))
            pages.append(unbroken_embed(embed))
        return pages

    def quotes(self, sayings: Sayings) -> list[discord.Embed]:
        """Draw what is said, some a page: the article's words in their language, and ours in the reader's."""
        title = self.say("quote.of", name=sayings.name) if sayings.name else self.say("quote.title")
        pages, runs = [], limits.paged((field for sides in sayings.facts for field in self._said(sides)), QUOTES)
        for number, run in enumerate(runs, 1):
            embed = discord.Embed(title=limits.clip(title, limits.EMBED_TITLE), colour=COLOURS["quote"])
            for name, lines in run:
                self.field(embed, name, lines)
            page = f"{self.say('page.number', number=number, count=len(runs))} · " if len(runs) > 1 else ""
            embed.set_footer(text=f"{page}{self.as_of(sayings.as_of)}")
            pages.append(unbroken_embed(embed))
        return pages

    def _said(self, thread: Sides) -> Iterator[limits.Field]:
        """Yield the fields of what somebody says: one where it fits, none of its lines cut."""
        view, *others = thread
        ours = self.say("quote.ours" if view.citations[0].language == self.locale else "quote.translated")
        lines, name = [*self.citations(view), f"{ours} {view.text}", *self.beside(others)], self._by(view)
        for number, run in enumerate(limits.chunks(lines, limits.EMBED_FIELD_VALUE)):
            yield self.say("list.goes_on", name=name) if number else name, run

    def as_of(self, as_of: AsOf) -> str:
        """Say how fresh a story is."""
        return as_of_words(as_of, self.locale, self.catalogue)

    def _thread(self, thread: Sides, as_of: AsOf, room: int = ROOM) -> discord.Embed:
        first, *others = thread
        embed = self._fact(first)
        for number, view in enumerate(others):
            lines = [view.text, *self._when(view), *self.citations(view, first)]
            if len(embed) + sum(map(len, lines)) + room > limits.EMBED_TOTAL:
                embed.description = f"{first.text}\n{self.count('list.more', len(others) - number)}"
                break
            self.field(embed, self._by(view), lines)
        embed.set_footer(text=self.as_of(as_of))
        return embed

    def _fact(self, view: CitedFact) -> discord.Embed:
        embed = discord.Embed(description=view.text, colour=COLOURS[view.kind])
        embed.set_author(name=limits.clip(self._by(view), limits.EMBED_AUTHOR))
        if view.when_words:
            self.field(embed, self.say("reply.when"), [view.when_words])
        self.field(embed, self.say("reply.written"), self.citations(view))
        return embed

    def _by(self, view: CitedFact) -> str:
        return attribution(view, self.locale, self.catalogue)

    def _when(self, view: CitedFact) -> list[str]:
        return [view.when_words] if view.when_words else []

    def citations(self, view: CitedFact, shown: CitedFact | None = None) -> list[str]:
        """Say where a fact is written; an article that `shown` has named already is not named again."""
        return citation_lines(view, self.locale, self.catalogue, shown)

    def field(self, embed: discord.Embed, name: str, lines: list[str]) -> None:
        """Add a field, its lines whole."""
        embed.add_field(
            name=limits.clip(name, limits.EMBED_FIELD_NAME),
            value=limits.whole_lines(lines, limits.EMBED_FIELD_VALUE),
            inline=False,
        )

    def citation(self, citation: Reference) -> str:
        """Say where something is written."""
        where = {"quote": citation.quote, "paragraph": citation.paragraph, "article": citation.article}
        return self.say("reply.citation", **where)

    def beside(self, others: list[CitedFact]) -> list[str]:
        """Say the other side of a fact, a line each."""
        return [f"  ↳ {self._by(other)} — {other.text} § {other.citations[0].paragraph}" for other in others]

    def not_found(self, found: NotFound, key: str) -> discord.Embed:
        """Say that a name is not in the story, and which ones are near."""
        name = discord.utils.escape_markdown(limits.clip(found.asked, limits.CHOICE_NAME))
        lines = [self.say(key, name=name)]
        if found.nearest:
            lines.append(self.say("nearest", names=", ".join(found.nearest)))
        return unbroken_embed(discord.Embed(description=" ".join(lines), colour=UNKNOWN))
