"""What the pages of the desk say, in French and in English."""

from datetime import UTC, datetime

import pytest

from bot.answering.context import Utterance
from bot.answering.feedback import MAX_NOTE_CHARACTERS, Mistake, ShownFacts
from bot.desk.article import stretches
from bot.desk.site import PAGES
from tests.desk.conftest import ServedDesk, answered

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)


async def ask(served: ServedDesk, text: str, locale: str = "fr") -> str:
    """Ask as a reader does; return the exchange."""
    assert served.app
    return (await answered(served.app, Utterance(text, locale, 7, 5, None, "ask", AT))).exchange


@pytest.mark.parametrize(
    ("language", "menu"),
    [("fr-FR,fr;q=0.9", "Les faits"), ("en", "The facts"), ("de", "Die Fakten"), ("ja", "The facts")],
)
@pytest.mark.parametrize("page", PAGES)
async def test_every_page_is_in_the_browsers_language(served: ServedDesk, page: str, language: str, menu: str) -> None:
    html = await served.html(page, language)
    assert menu in html
    assert f'<html lang="{language[:2] if language != "ja" else "en"}"' in html
    assert f'<a href="{page}" aria-current="page">' in html


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Anna Petit est l'ingénieure en chef du département."),
        ("en", "Anna Petit is the county's chief engineer."),
        ("de", "Anna Petit is the county's chief engineer."),  # as its readers are told a story without German
    ],
)
async def test_the_facts_are_in_the_language_of_the_page_if_the_story_has_it(
    served: ServedDesk, language: str, text: str
) -> None:
    await ask(served, "Qui a remplacé Anna Petit au département ?")
    for page in ("gaps", "try?q=Anna+Petit", "article?number=2", "facts"):
        assert text in await served.page(page, language), page


async def test_the_last_question_of_a_reader_is_explained(served: ServedDesk) -> None:
    assert "Posez une question" in await served.page("try", "fr")
    await ask(served, "Qui garde le phare ?")
    page = await served.page("try", "fr")
    assert "Qui garde le phare ?" in page
    assert "La question, telle que je l'ai comprise : " in page


async def test_a_question_that_is_tried_is_explained_and_not_stored(served: ServedDesk) -> None:
    page = await served.page("try?q=Who+is+Anna+Petit%3F")
    assert "chief engineer" in page
    assert "out of 1 that this fact answers the question" in page
    assert "petit-role" in page
    assert await served.desk.question_log.recent(9) == []


async def test_what_is_typed_is_text_and_no_markup(served: ServedDesk) -> None:
    html = await served.html("try?q=%3Cscript%3Ealert(1)%3C/script%3E%22%3E")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


async def test_a_report_is_shown_and_settled_by_its_form(served: ServedDesk) -> None:
    exchange = await ask(served, "Qui est Anna Petit ?")
    number = await served.desk.feedback.report(Mistake(exchange, "She left <b>", "https://e.org", AT), 7)
    page = await served.page("reports")
    assert "She left <b>" in page
    assert "Qui est Anna Petit ?" in page
    assert "petit-role" in page
    assert "No reports are waiting" in await served.send("reports", number=str(number))
    assert await served.desk.feedback.mistakes(9) == []


async def test_a_report_is_settled_with_an_outcome_and_a_sentence_for_its_reporter(served: ServedDesk) -> None:
    shown = ShownFacts("bridge", served.desk.library.current.editions[0].version, ("petit-role",))
    link, now = "https://discord.com/channels/1/2/3", served.desk.clock.now()
    mistake = Mistake("0" * 12, "Faux.", "", now, "fr", link, shown, is_awaited=True)
    number = await served.desk.feedback.report(mistake, 7)
    page = await served.page("reports")
    assert "Fact shown: “Anna Petit est l'ingénieure en chef du département.” (Reported by the article, § 3)" in page
    assert "https://discord.com/channels/1/2/3" in page
    assert "nothing to correct" in page
    await served.send("reports", number=str(number), outcome="nonsense")
    assert len(await served.desk.feedback.mistakes(9)) == 1
    await served.send("reports", number=str(number), outcome="nothing", note="  Vérifié.\n" + "x" * 999)
    (awaited,) = await served.desk.feedback.awaited()
    assert (awaited.user, awaited.settlement.outcome) == (7, "nothing")
    assert awaited.settlement.note.startswith("Vérifié. xxx")
    assert len(awaited.settlement.note) == MAX_NOTE_CHARACTERS


@pytest.mark.parametrize("number", ["", "x", "99", "1;DROP TABLE"])
async def test_a_report_that_is_not_there_is_not_settled(served: ServedDesk, number: str) -> None:
    assert "No reports are waiting" in await served.send("reports", number=number)


async def test_the_facts_say_how_well_each_can_be_asked_for(served: ServedDesk) -> None:
    await ask(served, "Qui est Anna Petit ?")
    html = await served.html("facts")
    story = served.desk.library.current.editions[0].story
    assert all(f'<tr id="{fact.id}">' in html for fact in story.facts)
    row = html.partition('<tr id="petit-role">')[2].partition("</tr>")[0]
    found, tried = served.desk.library.current.editions[0].decider.found_without["petit-role"]
    assert f"{found} of {tried}" in row
    assert '<td class="number">1</td>' in row
    weak = [
        key
        for key, (found, tried) in served.desk.library.current.editions[0].decider.found_without.items()
        if 2 * found <= tried
    ]
    assert html.count("hard to find") == len(weak)


async def test_the_article_is_shown_by_paragraph_with_its_facts(served: ServedDesk) -> None:
    page = await served.page("article")
    assert "“le pont est dangereux”: § 2" in page
    assert "The wait. No fact is drawn from this paragraph." in page
    assert "1 paragraph without a fact." in page
    assert await served.page("article?number=99") == page
    assert await served.page("article?number=-1") == page


def test_a_paragraph_is_split_where_quotations_begin_and_end() -> None:
    text = "one two three four two"
    assert list(stretches(text, ["two", "two three"])) == [
        ("one ", False),
        ("two three", True),
        (" four ", False),
        ("two", True),
    ]
    assert list(stretches(text, [])) == [(text, False)]
    assert list(stretches("", ["x"])) == []
