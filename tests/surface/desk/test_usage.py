"""How the bot is used, as an editor sees it in Discord: a table and a picture of the questions per day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.answering.statistics import Period, UsageReport
from bot.answering.telling.catalogue import LANGUAGES, catalogue
from bot.answering.telling.usage import outcome_labels
from bot.answering.usage import Tally
from bot.surface.desk.usage import PICTURE, usage_draft
from bot.surface.desk.usage_picture import UsageLabels, draw
from bot.surface.platform.render import Renderer
from tests.conftest import OpenApp
from tests.discord_world import world_around
from tests.surface.words import seen

HOME = 1000
LAST = date(2024, 3, 5)
LABELS = UsageLabels(
    "Du 1 au 5 mars", {"answer": "oui", "suggest": "presque", "abstain": "non", "unanswered": "perdu"}, "fr"
)


def report(days: int = 5, **counts: int) -> UsageReport:
    """Return a report on some days, on the last of which there were some questions of each outcome."""
    tally = Tally({(LAST, outcome): number for outcome, number in counts.items()}, 1, 3, {}, {}, ())  # type: ignore[misc]
    return UsageReport(Period(LAST - timedelta(days=days - 1), LAST), tally, ())


async def test_the_command_shows_what_was_asked(opened: OpenApp) -> None:
    async with opened(editor_guilds=frozenset({HOME})) as app, world_around(app, guild=HOME) as world:
        await world.reader.slash(world.channel, "ask", question="Qui est Anna Petit ?")
        await world.reader.slash(world.channel, "ask", question="Qui tient le phare de Zanzibar ?")
        await app.journal.flush()
        result = await world.manager.slash(world.channel, "facts stats", days=2)
        assert result.ephemeral
        text = seen(result.response)
    assert "2 questions posées" in text
    assert "avec réponse : 1 (50 %)" in text
    assert "1 · petit-role" in text
    assert "12 faits n'ont répondu à aucune question" in text


async def test_the_table_is_as_english_as_the_editor() -> None:
    draft = await usage_draft(report(answer=3, suggest=1), Renderer.of(catalogue(), "en-GB"))
    (embed,), (file,) = draft.embeds, draft.files
    assert embed.title == "March 1, 2024 to March 5, 2024"
    assert [field.value for field in embed.fields] == [
        "4 questions asked\nanswered: 3 (75%)\nnearest fact shown: 1 (25%)",
        "25% of 4 votes say helpful",
    ]
    assert (file.filename, file.description) == (PICTURE, "Questions per day: 2024-03-05 4")


async def test_a_period_without_a_question_has_no_picture() -> None:
    draft = await usage_draft(report(), Renderer.of(catalogue(), "fr"))
    assert draft.files == ()
    assert "0 question posée" in str(draft.embeds[0].fields[0].value)


async def test_what_a_reader_asked_formats_nothing() -> None:
    tally = Tally({(LAST, "answer"): 1}, 0, 0, {}, {}, (("**bold** [x](https://e.org)", 12.0),))
    draft = await usage_draft(UsageReport(Period(LAST, LAST), tally, ()), Renderer.of(catalogue(), "en"))
    assert str(draft.embeds[0].fields[-1].value) == r"12 ms · \*\*bold\*\* \[x\](https\://e.org)"


@pytest.mark.parametrize("days", [1, 7, 30, 366])
def test_every_day_of_the_period_has_a_place_and_a_few_have_a_label(days: int) -> None:
    (axes,) = draw(report(days, answer=2, suggest=1, abstain=4), LABELS).axes
    bars = [bar for container in axes.containers for bar in container]
    assert len(bars) == 3 * days  # with none for what was not delivered, which is rare
    assert sum(bar.get_height() for bar in bars) == 7
    assert max(bar.get_y() + bar.get_height() for bar in bars) == 7  # stacked
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert 1 <= len(labels) <= 6
    assert all(label for label in labels)


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("rare", [{}, {"unanswered": 2}])
def test_no_text_is_outside_the_picture(locale: str, rare: dict[str, int]) -> None:
    labels = UsageLabels(LABELS.title, outcome_labels(locale, catalogue()), locale)
    figure = draw(report(30, answer=12000, suggest=1, abstain=4, **rare), labels)
    figure.draw_without_rendering()
    width, height = figure.get_size_inches() * figure.dpi
    (axes,) = figure.axes
    texts = [*figure.texts, *figure.legends[0].get_texts(), *axes.get_xticklabels(), *axes.get_yticklabels()]
    for box in (text.get_window_extent() for text in texts):
        assert box.x0 >= 0
        assert box.x1 <= width
        assert box.y0 >= 0
        assert box.y1 <= height
    assert figure.legends[0].get_window_extent().y0 >= axes.get_window_extent().y1


def test_a_period_is_told_by_its_first_and_last_day() -> None:
    assert Period.until(datetime(2024, 3, 5, tzinfo=UTC), 5) == Period(date(2024, 3, 1), LAST)
