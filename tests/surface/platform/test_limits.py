"""Discord's limits, and texts that respect them."""

import re
from collections import defaultdict
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.editions import mark_of
from bot.answering.lookup import NotFound
from bot.answering.sayings import claims, quotes
from bot.answering.sources import article, origins, sources
from bot.answering.telling.catalogue import LANGUAGES, catalogue
from bot.answering.timeline import timelines
from bot.answering.when import EventCard, when
from bot.answering.who import EntityCard, who
from bot.story.model import FactKind, Story
from bot.surface.answers.origins import origins_of
from bot.surface.lookups.cards import card_pages
from bot.surface.lookups.help import MAX_EXAMPLES, TOPICS, help_page
from bot.surface.lookups.sources import article_pages, list_pages
from bot.surface.platform import limits
from bot.surface.platform.custom_ids import SuggestionState
from bot.surface.platform.pages import Page
from bot.surface.platform.render import Renderer
from bot.surface.platform.utterance import strip_markup
from tests.answering.telling.test_catalogue import CATALOGUES, sentences
from tests.fakes import context, serving


@given(st.text(min_size=1, max_size=300), st.integers(2, 100))
def test_a_clipped_text_fits_and_is_the_beginning(text: str, limit: int) -> None:
    clipped = limits.clip(text, limit)
    assert len(clipped) <= limit
    assert text.startswith(clipped.removesuffix("…"))


@given(st.lists(st.text(alphabet="ab ", max_size=30), max_size=20), st.integers(40, 200))
def test_lines_are_kept_whole(lines: list[str], limit: int) -> None:
    text = limits.join_lines(lines, limit)
    assert len(text) <= limit
    assert all(line in [*lines, "…"] for line in text.split("\n") if line)


def test_the_longest_button_fits(story: Story) -> None:
    longest = SuggestionState("f" * 12, 2**64 - 1, "fr", "f" * 8, "a" * 40)
    assert len(longest.custom_id()) <= limits.CUSTOM_ID
    assert max(len(fact.id) for fact in story.facts) <= 40


def test_the_longest_button_of_a_page_fits_and_a_longer_one_is_not_made() -> None:
    longest = Page("a" * 8, 2**64 - 1, "fr", "a" * 60, 999)
    assert len(longest.custom_id()) <= limits.CUSTOM_ID
    assert longest.fits
    assert not Page("claims", 1, "fr", "a" * 61).fits
    assert not Page("claims", 1, "fr", "Anna Petit").fits


@pytest.mark.parametrize("fact", ["UPPER", "a" * 41, "", "a:b"])
def test_a_button_with_a_wrong_state_is_not_made(fact: str) -> None:
    with pytest.raises(ValueError, match="custom_id"):
        SuggestionState("f" * 12, 1, "fr", "f" * 8, fact).custom_id()


@pytest.mark.parametrize("name", ["story", pytest.param("first_story", marks=pytest.mark.slow)])
def test_every_card_of_a_story_fits_an_embed(name: str, request: pytest.FixtureRequest) -> None:
    story: Story = request.getfixturevalue(name)
    stories = serving(story)
    for locale in story.languages:
        renderer, reader = Renderer(catalogue(), locale), context(locale)
        examples = stories.examples(reader, MAX_EXAMPLES)
        cards = [help_page(topic, ["title"], examples, "x" * 300, renderer) for topic in ("", *TOPICS)]
        first = article(stories, reader, 1)
        assert first is not None
        cards += [*list_pages(sources(stories, reader), renderer), *article_pages(first, renderer)]
        for fact in story.shown_facts:
            cards.append(origins_of(origins(stories, mark_of(story.id), fact, locale), renderer))
        for listed in (claims(stories, reader), quotes(stories, reader)):
            assert not isinstance(listed, NotFound)
            for sayings in listed:
                cards += [*renderer.claims(sayings), *renderer.quotes(sayings)]
        for one in timelines(stories, reader):
            cards += renderer.timeline(one)
        for entity in story.entities:
            card = who(stories, reader, entity.id)
            assert isinstance(card, EntityCard)
            cards += card_pages(card, renderer)
        for event in story.events:
            found = when(stories, reader, event.id)
            assert isinstance(found, EventCard)
            cards += card_pages(found, renderer)
        for embed in cards:
            assert len(embed) <= limits.EMBED_TOTAL
            assert len(embed.description or "") <= limits.EMBED_DESCRIPTION
            assert len(embed.fields) <= limits.EMBED_FIELDS
            assert all(len(field.value or "") <= limits.EMBED_FIELD_VALUE for field in embed.fields)
            assert not any((field.value or "").endswith("\n…") for field in embed.fields)


UNCUT = [  # keys of what is cut if it is too long, and how long it may be
    *((key, limits.BUTTON_LABEL) for key in sentences(CATALOGUES["en"]) if ".button" in key),
    *((f"mistake.{key}", limits.MODAL_LABEL) for key in ("title", "wrong", "written", "await")),
    *((f"attach.{key}", limits.MODAL_LABEL) for key in ("write", "search", "search.words")),
    *((f"attach.form.{key}", limits.MODAL_LABEL) for key in ("text", "kind", "place", "exact")),
    *((f"attach.kind.{kind}", limits.MENU_OPTION_TEXT) for kind in get_args(FactKind)),
    *((key, limits.MODAL_DESCRIPTION) for key in ("mistake.await.how", "queue.note.how")),
    ("queue.note", limits.MODAL_LABEL),
]


@pytest.mark.parametrize("locale", LANGUAGES)
def test_names_descriptions_and_labels_fit_discord_in_each_language(locale: str) -> None:
    keys, names = set(sentences(CATALOGUES[locale])), defaultdict[str, list[str]](list)
    for key in keys:
        text = catalogue().text(locale, key) if key.startswith(("command.", "menu.", "help.topic.")) else ""
        if key.endswith(".description"):
            assert 1 <= len(text) <= limits.COMMAND_DESCRIPTION, key
        elif key.startswith("command.") and f"{key}.description" in keys:
            assert re.fullmatch(r"[-_\w]{1,32}", text), key
            assert text == text.lower()
            names[key.rpartition(".")[0]].append(text)
        elif key.startswith(("menu.", "help.topic.")):
            assert 1 <= len(text) <= limits.COMMAND_NAME, key
    assert [key for key, siblings in names.items() if len(set(siblings)) < len(siblings)] == []
    cut = [key for key, limit in UNCUT if len(catalogue().text(locale, key, language="fr")) > limit]
    assert cut == []


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<@123> qui ?", "qui ?"),
        ("<@!1><@&2><#3> <:smile:4><a:wave:5> <t:6:R> </ask:7> ok", "ok"),
        ("a <b> c", "a <b> c"),
    ],
)
def test_discords_markup_is_no_word_of_a_question(content: str, text: str) -> None:
    assert " ".join(strip_markup(content).split()) == text


def test_a_chunk_that_fills_its_limit_is_joined_uncut() -> None:
    lines = ["a" * 50, "b" * 49, "c" * 100]
    assert [limits.join_lines(chunk, 100) for chunk in limits.chunks(lines, 100)] == ["\n".join(lines[:2]), lines[2]]
