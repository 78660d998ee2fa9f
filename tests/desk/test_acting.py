"""Acting on a gap on the page: what would change is shown first, and only what was shown is written."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.answering.context import Context, Utterance
from bot.answering.feedback import Waiting
from bot.desk.opening import desk_of
from bot.desk.server import serve_desk
from bot.settings import Settings
from tests.conftest import OpenApp
from tests.desk.conftest import ServedDesk, answered, text_of
from tests.fakes import SetClock
from tests.journal.test_journal import exchange
from tests.small_story import edit

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)
WORDINGS = (
    "Qui craint la chute du tablier ?",
    "qui donc craint la chute du tablier ?",
    "Qui craint une chute du tablier ?",
)
MOVED = ("qui a bien pu fermer le pont de la ville", "qui a bien pu fermer ce pont de la ville")
CITED = {"source": "bridge-article", "paragraph": "1", "exact": "fermé le pont"}


@asynccontextmanager
async def serving(opened: OpenApp, root: Path, moved: tuple[str, ...] = ()) -> AsyncIterator[ServedDesk]:
    """Serve the desk of a bot on a copy of the small story, after three readers asked the same in vain."""
    folders: dict[str, Any] = {"knowledge": root / "knowledge", "seeds": root / "seeds"}
    async with opened(SetClock(), **folders) as app:
        desk = desk_of(app, Settings(_env_file=None, **folders, articles=root / "articles"))
        for user, text in enumerate(WORDINGS):
            reply = await answered(app, Utterance(text, "fr", user, 5, None, "ask", AT + timedelta(minutes=user)))
            if user < 2:
                await desk.feedback.wait(Waiting(reply.exchange, text, Context(user, 5, None, "fr", AT)))
        for number, question in enumerate(moved, 0xB1):  # the first one was answered
            vain: dict[str, Any] = (
                {"outcome": "abstain", "cause": "no_fact", "facts": (), "score": None} if number > 0xB1 else {}
            )
            app.journal.record(replace(exchange(number, question), understood=question, **vain))
        await app.journal.flush()
        for number, question in enumerate(moved[1:], 0xB2):
            await desk.feedback.wait(Waiting(f"{number:012x}", question, Context(9, 5, None, "fr", AT)))
        async with serve_desk(desk, 0) as address:
            yield ServedDesk(desk, address)


async def trial(served: ServedDesk, act: str, **fields: str) -> str:
    """Return the address of what an act on the gap would change."""
    (gap,) = await served.desk.gaps.current()
    return f"trial?{urlencode({'act': act, 'gap': gap.id, **fields})}"


def text(root: Path, name: str) -> str:
    path = root / "knowledge" / "bridge" / name
    return path.read_text("utf-8") if path.exists() else ""


async def test_a_gap_offers_each_act_and_names_it_for_screen_readers(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        page = await served.page("gaps")
        assert "3 readers" in page
        assert "2 readers wait for the answer." in page
        assert "Add to this fact : bridge-dangerous" in page
        for label in ("Search for another fact", "Write a new fact", "Not ours"):
            assert f"{label} : Qui craint une chute du tablier" in page.replace("\N{NO-BREAK SPACE}", " ")


async def test_a_fact_is_found_by_words_or_by_a_part_of_its_id(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        (gap,) = await served.desk.gaps.current()
        for words, found in (("bridge clo", "bridge-closed"), ("qui dément ?", "danger-denied")):
            page = await served.page(f"gap?{urlencode({'gap': gap.id, 'words': words})}")
            assert page.partition("found ")[2].startswith(found)
        assert "Add to this fact : bridge-dangerous" in await served.page(f"gap?gap={gap.id}")


async def test_what_would_be_written_is_shown_and_only_then_written(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        html = await served.html(await trial(served, "attach", fact="bridge-dangerous"))
        for part in ("facts.yml", "line ", "Qui craint une chute du tablier", "2 readers wait, and are told as soon"):
            assert part in html.replace("\N{NO-BREAK SPACE}", " ")
        assert "tablier" not in text(small_story, "facts.yml")
        done = await served.confirm(html)
        assert "tablier" in text(small_story, "facts.yml")
        assert "Written: facts.yml" in done
        assert "2 readers who asked to be told will be" in done  # Discord is not connected here
        assert [row.fact for row in await served.desk.feedback.waiting()] == ["bridge-dangerous"] * 2


async def test_if_it_would_change_something_else_by_now_it_is_shown_again(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        html = await served.html(await trial(served, "not_ours"))
        edit(small_story, "questions.yml", "Who is the president?", "Who is the king?")
        again = await served.confirm(html)
        assert "Something has changed since then." in again
        assert "tablier" not in text(small_story, "questions.yml")
        assert "Written: questions.yml" in await served.confirm(await served.html(await trial(served, "not_ours")))
        assert text(small_story, "questions.yml").count("expect: abstain") == 4
        assert "king" in text(small_story, "questions.yml")


async def test_what_gets_worse_is_marked_and_needs_consent(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story, MOVED) as served:
        gap = next(one for one in await served.desk.gaps.current() if one.questions[0] == MOVED[1])
        html = await served.html(f"trial?{urlencode({'act': 'attach', 'gap': gap.id, 'fact': 'danger-denied'})}")
        page = text_of(html)
        assert "Before you confirm" in page
        assert f"1 answer changes for the worse: {MOVED[0]} : bridge-closed → " in page
        assert "Write it all the same" in page
        assert "Written: facts.yml" in await served.confirm(html)


async def test_an_address_alone_writes_nothing(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        before = text(small_story, "questions.yml")
        address = await trial(served, "not_ours")
        await served.page(address)
        await served.send("trial", act="not_ours", gap=address.rpartition("=")[2], token="0" * 12)
        assert text(small_story, "questions.yml") == before


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Rien n'a été écrit : le dossier n'a pas de fait « gate »"),
        ("en", "Nothing was written: the story has no fact “gate”"),
    ],
)
async def test_a_refusal_is_in_the_pages_language(opened: OpenApp, small_story: Path, language: str, said: str) -> None:
    async with serving(opened, small_story) as served:
        page = await served.refused(await trial(served, "attach", fact="gate"), language)
        assert said in page.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
async def test_a_folder_that_may_not_be_written_is_a_sentence(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        html, folder = await served.html(await trial(served, "not_ours")), small_story / "knowledge" / "bridge"
        folder.chmod(0o500)
        try:
            assert "cannot be written" in await served.confirm(html, status=409)
        finally:
            folder.chmod(0o700)


@pytest.mark.parametrize("path", ["trial?act=attach&gap=ffffffffffff&fact=x", "gap?gap=", "draft", "trial?act=x"])
async def test_a_gap_that_is_gone_is_a_sentence(opened: OpenApp, small_story: Path, path: str) -> None:
    async with serving(opened, small_story) as served:
        assert "no longer in the list" in await served.refused(path)


async def test_a_draft_is_written_in_a_form(opened: OpenApp, small_story: Path) -> None:
    async with serving(opened, small_story) as served:
        (gap,) = await served.desk.gaps.current()
        form = await served.html(f"draft?gap={gap.id}")
        assert 'name="text-fr"' in form
        assert 'name="text-en"' in form
        assert '<option value="anna-petit">Anna Petit</option>' in form
        said = {"text-fr": "Le  tablier\ntient.", "text-en": "It holds.", "kind": "claim", "by": "anna-petit"}
        html = await served.html(await trial(served, "draft", **said, **CITED))
        assert "drafts.yml" in html
        done = await served.confirm(html)
        assert "Readers are not shown this fact" in done
        written = text(small_story, "drafts.yml")
        for line in ("fr: Le tablier tient.", "by: anna-petit", "kind: claim", "exact: fermé le pont", "- Qui craint"):
            assert line in written


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"exact": ""}, "a citation needs its source"),
        ({"paragraph": "x"}, "a citation needs its source"),
        ({"source": "gazette"}, "a citation needs its source"),
        ({"exact": "le funiculaire"}, "“le funiculaire” is not in § 1 of bridge-article"),
        ({"paragraph": "99"}, "is not in § 99"),
    ],
)
async def test_a_citation_that_is_not_in_the_article_is_refused(
    opened: OpenApp, small_story: Path, changed: dict[str, str], said: str
) -> None:
    async with serving(opened, small_story) as served:
        address = await trial(served, "draft", **{"text-fr": "Le tablier tient.", **CITED, **changed})
        assert said in await served.refused(address)
        html = await served.html(address.replace("trial?act=draft&", "draft?"))
        assert "Le tablier tient.</textarea>" in html  # what was typed is not lost


@pytest.mark.parametrize("query", ["files=a,b", "done=attach&files=<b>", "done=attach&files=a;b"])
async def test_an_address_cannot_put_other_words_on_the_page(served: ServedDesk, query: str) -> None:
    assert "Written" not in await served.page(f"gaps?{query}")
