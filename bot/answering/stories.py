"""Which stories answer in a context, and in which language."""

from dataclasses import dataclass

from bot.answering.context import Context
from bot.answering.editions import Edition
from bot.answering.head import Head
from bot.answering.languages import code_of, first_of, title_of, told_in
from bot.answering.ports import Bindings, Clock, Library
from bot.answering.telling.catalogue import LANGUAGES, Catalogue, language_of
from bot.answering.telling.presenter import Presenter
from bot.story.model import Event, Fact, Story


@dataclass(frozen=True)
class LocalEdition:
    """An edition in one language of the interface."""

    edition: Edition
    head: Head
    presenter: Presenter

    @property
    def story(self) -> Story:
        """The story."""
        return self.edition.story

    @property
    def locale(self) -> str:
        """The language of the interface."""
        return self.head.locale

    @property
    def language(self) -> str:
        """The language of the story's texts."""
        return self.presenter.language

    def facts_of(self, event: Event) -> list[Fact]:
        """Return the shown facts about an event."""
        shown = self.story.shown_facts
        return [shown[fact] for fact in event.facts if fact in shown]


@dataclass(frozen=True)
class StoryCard:
    """A loaded story, whether it answers in a context, and whether that is because of a binding."""

    id: str
    title: str
    answers: bool
    is_bound: bool


@dataclass(frozen=True)
class Stories:
    """The loaded stories with what is needed to present them; every use case starts here."""

    library: Library
    bindings: Bindings
    clock: Clock
    catalogue: Catalogue

    @property
    def are_several(self) -> bool:
        """Whether several stories are loaded, so that what is told has to name its own."""
        return len(self.library.current.editions) > 1

    def named(self, story: str, locale: str) -> str | None:
        """Return the title of a story, if it is loaded and has to be named."""
        edition = self.library.current.by_id.get(story) if self.are_several else None
        return title_of(edition.story, locale) if edition else None

    def bound_to(self, context: Context) -> str | None:
        """Return the story that the context's channel or server is bound to, if any."""
        return self.bindings.story_of(context.guild, context.channel, context.parent)

    def answering(self, context: Context) -> tuple[Edition, ...]:
        """Return the edition that the context is bound to, else all editions."""
        return self.library.current.of(self.bound_to(context))

    def localized_for(self, context: Context) -> list[LocalEdition]:
        """Return the editions that answer in a context, in the user's language."""
        return [self.localized(edition, locale_for(edition.story, context)) for edition in self.answering(context)]

    def localized(self, edition: Edition, locale: str) -> LocalEdition:
        """Return an edition in a language of the interface."""
        presenter, is_named = Presenter(edition.story, locale, self.catalogue), self.are_several
        return LocalEdition(edition, Head.of(edition, locale, self.clock.now(), is_named=is_named), presenter)

    def cards(self, context: Context) -> tuple[StoryCard, ...]:
        """List the loaded stories, and whether each answers in a context."""
        bound, locale, shelf = self.bound_to(context), language_of(context.locale), self.library.current
        answering = shelf.of(bound)
        return tuple(
            StoryCard(
                id=edition.story.id,
                title=title_of(edition.story, locale),
                answers=edition in answering,
                is_bound=edition.story.id == bound,
            )
            for edition in shelf.editions
        )

    def examples(self, context: Context, limit: int = 3) -> tuple[str, ...]:
        """Return example questions that the context's stories answer."""
        asked = [
            texts[0]
            for local in self.localized_for(context)
            for fact in local.story.shown_facts.values()
            if (texts := fact.asked.get(local.language))
        ]
        step = max(1, len(asked) // limit)
        return tuple(asked[::step][:limit])


def locale_for(story: Story, context: Context) -> str:
    """Return the user's language if it has a catalogue, else the one that the story is told in if that has one."""
    return first_of(LANGUAGES, code_of(context.locale), told_in(story.languages, context.locale))
