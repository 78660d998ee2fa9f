"""The page of the facts: what each says, and how well it can be asked for."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot.answering.cited import CitedFact
from bot.answering.statistics import Period
from bot.answering.stories import LocalEdition
from bot.desk.desk import Desk
from bot.story.model import Fact, Status


@dataclass(frozen=True)
class FactRow:
    """A fact, how many utterances it has, and whether it would be found without each of them."""

    fact: CitedFact
    status: Status
    utterances: tuple[tuple[str, int], ...]  # by language
    found: int  # of the utterances that were left out and asked, how many found the fact by the others
    tried: int
    answers: int  # how often it was the answer in the last 30 days

    @property
    def is_weak(self) -> bool:
        """Return whether readers who word a question otherwise may not find it: half or more of its own do not."""
        return self.tried > 0 and 2 * self.found <= self.tried


async def facts_page(desk: Desk, _request: Request, locale: str) -> dict[str, Any]:
    """Return the facts of each story, those of a draft or withdrawn ones too."""
    tally = await desk.usage.tally(*Period.until(desk.clock.now()).bounds)
    stories = []
    for local in desk.stories.localized_for(desk.context(locale)):
        found = local.edition.decider.found_without
        rows = [_row(fact, local, found, tally.facts.get((local.story.id, fact.id), 0)) for fact in local.story.facts]
        stories.append((local.head, rows))
    return {"stories": stories}


def _row(fact: Fact, local: LocalEdition, found: dict[str, tuple[int, int]], answers: int) -> FactRow:
    utterances = tuple((code, len(fact.asked.get(code))) for code in local.story.languages)
    return FactRow(local.presenter.fact(fact), fact.status, utterances, *found.get(fact.id, (0, 0)), answers)
