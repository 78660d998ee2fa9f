"""Render replies and cards as embeds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

import discord

from bot.answering.amendments import Amendment
from bot.answering.cited import CitedFact, Reference, Sides
from bot.answering.head import AsOf
from bot.answering.lookup import NotFound
from bot.answering.reply import Reply, Suggestion
from bot.answering.sayings import Sayings
from bot.answering.telling.amended import amendment_lines, earlier_lines
from bot.answering.telling.catalogue import Catalogue, language_of
from bot.answering.telling.text import (
    abstention,
    as_of_text,
    attribution,
    citation_line,
    citation_lines,
    decimal,
    location_lines,
    nearest_heading,
    other_side,
    suggestion_text,
)
from bot.answering.timeline import Timeline
from bot.story.model import FactKind
from bot.surface.platform import limits
from bot.surface.platform.escaping import escaped, escaped_fact, linked_fact, linked_reference
from bot.surface.platform.typography import unbroken_embed

# The kind is always written out too: a screen reader does not announce colours.
COLOURS: dict[FactKind, discord.Colour] = {
    "report": discord.Colour.blue(),
    "claim": discord.Colour.orange(),
    "denial": discord.Colour.red(),
    "quote": discord.Colour.purple(),
}
ABSTENTION_COLOUR = discord.Colour.light_grey()
QUOTES_A_PAGE = 5
RESERVED_CHARACTERS = 600  # of an embed, for the next field's name and the footer


@dataclass(frozen=True)
class Renderer:
    """Renders in one language."""

    catalogue: Catalogue
    locale: str

    @classmethod
    def of(cls, catalogue: Catalogue, locale: str) -> "Renderer":
        """Return the renderer for a Discord locale."""
        return cls(catalogue, language_of(locale))

    def text(self, key: str, **values: object) -> str:
        """Return a sentence from the catalogue."""
        return self.catalogue.text(self.locale, key, **values)

    def count(self, key: str, number: int, **values: object) -> str:
        """Return a sentence from the catalogue in its plural form for `number`."""
        return self.catalogue.count(self.locale, key, number, **values)

    def number(self, number: float) -> str:
        """Format a number with two decimals."""
        return decimal(number, self.locale)

    def reply(self, reply: Reply) -> tuple[discord.Embed, ...]:
        """Render an answer, a suggestion or an abstention as the embeds of one message."""
        match reply.outcome:
            case "answer":
                return self._answers(reply)
            case "suggest":
                return (self._nearest(reply),)
            case "abstain":
                sentence = escaped(abstention(reply, self.catalogue))
                return (unbroken_embed(discord.Embed(description=sentence, colour=ABSTENTION_COLOUR)),)
            case unknown:
                assert_never(unknown)

    def _answers(self, reply: Reply) -> tuple[discord.Embed, ...]:
        """Render each answer in full as an embed; skip further answers that do not fit in the message."""
        drawn: list[discord.Embed] = []
        for sides in reply.answers:
            embed = self.answer(sides, reply.as_of)
            if not drawn or sum(map(len, drawn)) + len(embed) <= limits.EMBED_TOTAL:
                drawn.append(embed)
        for embed in drawn[:-1]:
            embed.remove_footer()  # all answers have the same footer
        return tuple(drawn)

    def heading(self, reply: Reply) -> str:
        """Return the sentence above the nearest fact on record; empty for any other reply."""
        return escaped(nearest_heading(reply, self.catalogue)) if reply.nearest else ""

    def suggestion(self, item: Suggestion) -> str:
        """Return a suggested question, as on its button."""
        return suggestion_text(item, self.locale, self.catalogue)

    def cut(self, suggestions: Sequence[Suggestion]) -> list[str]:
        """Return in full the questions that are cut on their buttons, each with its number; the others are there."""
        texts = enumerate(map(self.suggestion, suggestions), 1)
        return [f"{number}. {escaped(text)}" for number, text in texts if len(text) > limits.BUTTON_LABEL]

    def _nearest(self, reply: Reply) -> discord.Embed:
        """Render the nearest fact like an answer, then the other suggestions that do not fit on their buttons."""
        others = self.cut(reply.others)
        embed = self._sides(reply.nearest, reply.as_of, room=RESERVED_CHARACTERS + sum(map(len, others)))
        if others:
            self.field(embed, self.text("nearest.others"), others)
        return unbroken_embed(embed)

    def answer(self, sides: Sides, as_of: AsOf) -> discord.Embed:
        """Render a fact with what must be shown with it."""
        return unbroken_embed(self._sides(sides, as_of))

    def claims(self, sayings: Sayings) -> list[discord.Embed]:
        """Render claims, one per page, each with its replies."""
        pages = []
        for number, sides in enumerate(sayings.facts, 1):
            embed = self._sides(sides, sayings.as_of, in_full=True)
            embed.title = self.text("claims.title", number=number, count=len(sayings.facts))
            pages.append(unbroken_embed(embed))
        return pages

    def timeline(self, timeline: Timeline) -> list[discord.Embed]:
        """Render the dated events in order, one per line with its first citation, on as many pages as needed."""
        lines = [
            f"**{escaped(row.when_text)}** — {escaped(row.name)} § {row.facts[0].citations[0].paragraph}"
            for row in timeline.rows
        ]
        articles = dict.fromkeys(citation.article for row in timeline.rows for citation in row.facts[0].citations)
        pages = []
        sources = limits.join_lines([f"> {escaped(article)}" for article in articles], limits.EMBED_FIELD_VALUE)
        for run in limits.chunks(lines, limits.EMBED_DESCRIPTION - len(sources) - 1):
            embed = discord.Embed(
                title=limits.clip(escaped(timeline.title), limits.EMBED_TITLE),
                description="\n".join([*run, sources]),
                colour=COLOURS["report"],
            )
            embed.set_footer(text=self.as_of(timeline.as_of))
            pages.append(unbroken_embed(embed))
        return pages

    def quotes(self, sayings: Sayings) -> list[discord.Embed]:
        """Render statements: what the article quotes, in its own language, and our text in the reader's."""
        title = self.text("quote.of", name=escaped(sayings.name)) if sayings.name else self.text("quote.title")
        pages, runs = (
            [],
            limits.paged((field for sides in sayings.facts for field in self._quote_fields(sides)), QUOTES_A_PAGE),
        )
        for number, run in enumerate(runs, 1):
            embed = discord.Embed(title=limits.clip(title, limits.EMBED_TITLE), colour=COLOURS["quote"])
            for name, lines in run:
                self.field(embed, name, lines)
            page = f"{self.text('page.number', number=number, count=len(runs))} · " if len(runs) > 1 else ""
            embed.set_footer(text=f"{page}{self.as_of(sayings.as_of)}")
            pages.append(unbroken_embed(embed))
        return pages

    def _quote_fields(self, sides: Sides) -> Iterator[limits.Field]:
        """Yield a quote as one field, or as several if it does not fit in one."""
        cited, *others = sides
        ours = self.text("quote.ours" if cited.citations[0].language == cited.language else "quote.translated")
        quoted = replace(cited, citations=tuple(one for one in cited.citations if one.is_quoted))
        text, name = f"{ours} {escaped(cited.text)}", self.by(cited)
        told = [*self.citations(quoted), text] if quoted.citations else [text, *self.locations(cited)]
        lines = [*told, *self.other_side(others)]
        for number, run in enumerate(limits.chunks(lines, limits.EMBED_FIELD_VALUE)):
            yield self.text("list.goes_on", name=name) if number else name, run

    def as_of(self, as_of: AsOf) -> str:
        """Return the sentence that says how fresh a story is."""
        return as_of_text(as_of, self.locale, self.catalogue)

    def _sides(
        self, sides: Sides, as_of: AsOf, room: int = RESERVED_CHARACTERS, *, in_full: bool = False
    ) -> discord.Embed:
        """Render a fact with its words, then what must be shown with it; `in_full` with the words of that too."""
        first, *others = sides
        embed, left = self._fact(first), len(others)
        for name, run, facts in self.beside(first, others, in_full=in_full):
            size = len(embed) + sum(map(len, run)) + room
            if size > limits.EMBED_TOTAL or len(embed.fields) == limits.EMBED_FIELDS:
                embed.description = f"{embed.description}\n{self.count('list.more', left)}"
                break
            self.field(embed, name, run)
            left -= facts
        embed.set_footer(text=self.as_of(as_of))
        return embed

    def _fact(self, cited: CitedFact) -> discord.Embed:
        by = attribution(cited, self.locale, self.catalogue)  # not escaped: Discord reads no Markdown in an author
        text = limits.join_lines(self.lines(cited), limits.EMBED_DESCRIPTION)
        embed = discord.Embed(description=text, colour=COLOURS[cited.kind])
        return embed.set_author(name=limits.clip(by, limits.EMBED_AUTHOR))

    def lines(self, cited: CitedFact, previous: CitedFact | None = None) -> list[str]:
        """Return a fact, its date, and its citations as quoted lines; see `citations` for `previous`."""
        return [escaped(cited.text), *self._when(cited), *(f"> {line}" for line in self.citations(cited, previous))]

    def beside(
        self, first: CitedFact, others: Sequence[CitedFact], *, in_full: bool = False
    ) -> Iterator[tuple[str, list[str], int]]:
        """Yield who asserts the facts shown with the first one, their lines, within a field, and how many they are.

        The words of their citations are shown only `in_full`; if not, where they are.
        """
        for name, group in groupby(others, self.by):
            run: list[str] = []
            count = 0
            for cited in group:
                lines = self.lines(cited, first) if in_full else self._located(cited, first)
                if run and len("\n".join([*run, *lines])) > limits.EMBED_FIELD_VALUE:
                    yield name, run, count
                    run, count = [], 0
                run, count = [*run, *lines], count + 1
            yield name, run, count

    def _located(self, cited: CitedFact, first: CitedFact) -> list[str]:
        where = ", ".join(self.locations(cited, first))
        return [f"{escaped(cited.text)} ({where})", *self._when(cited)]

    def by(self, cited: CitedFact) -> str:
        """Return who asserts a fact, and how it relates to the fact it is shown with."""
        return attribution(escaped_fact(cited), self.locale, self.catalogue)

    def _when(self, cited: CitedFact) -> list[str]:
        return [self.text("reply.when_line", when=escaped(cited.when_text))] if cited.when_text else []

    def citations(self, cited: CitedFact, previous: CitedFact | None = None) -> list[str]:
        """Return a fact's citations; an article that `previous` cites is not named again."""
        return citation_lines(linked_fact(cited), self.locale, self.catalogue, previous)

    def locations(self, cited: CitedFact, previous: CitedFact | None = None) -> list[str]:
        """Return where a fact is written, without the words there."""
        return location_lines(linked_fact(cited), self.locale, self.catalogue, previous)

    def field(self, embed: discord.Embed, name: str, lines: list[str]) -> None:
        """Add a field; lines that do not fit are left out."""
        embed.add_field(
            name=limits.clip(name, limits.EMBED_FIELD_NAME),
            value=limits.join_lines(lines, limits.EMBED_FIELD_VALUE),
            inline=False,
        )

    def citation(self, citation: Reference, by: str | None = None, *, is_named: bool = False) -> str:
        """Return a citation of a fact that `by` asserts, as a line of text; `is_named` if its article was named."""
        return citation_line([linked_reference(citation)], by, self.locale, self.catalogue, is_named=is_named)

    def other_side(self, others: list[CitedFact]) -> list[str]:
        """Return the other side of a fact, one line per fact."""
        return other_side([escaped_fact(cited) for cited in others], self.locale, self.catalogue)

    def amendment(self, amendment: Amendment) -> list[str]:
        """Return how a fact changed."""
        return amendment_lines(_escaped_amendment(amendment), self.locale, self.catalogue)

    def earlier(self, amendment: Amendment) -> list[str]:
        """Return what a changed fact was before, and what the editors say about it."""
        return earlier_lines(_escaped_amendment(amendment), self.locale, self.catalogue)

    def not_found(self, found: NotFound, key: str) -> discord.Embed:
        """Render that a name is not in the story, with the nearest names that are."""
        name = escaped(limits.clip(found.asked, limits.CHOICE_NAME))
        lines = [self.text(key, name=name)]
        if found.nearest:
            names = (escaped(limits.clip(one, limits.CHOICE_NAME)) for one in found.nearest)
            lines.append(self.text("nearest", names=", ".join(names)))
        return unbroken_embed(discord.Embed(description=" ".join(lines), colour=ABSTENTION_COLOUR))


def _escaped_amendment(amendment: Amendment) -> Amendment:
    return replace(
        amendment,
        before=tuple(map(escaped_fact, amendment.before)),
        after=tuple(map(escaped_fact, amendment.after)),
        was=amendment.was and escaped(amendment.was),
        note=amendment.note and escaped(amendment.note),
    )
