"""Ask the questions of tests/stories with all of the stories loaded: what changes if only a few of them decide.

A question is right if the answer is a fact that answers it; another answer is wrong, in its own story or not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.answering.editions import Edition, Shelf
from bot.answering.verdict import Verdict, settle
from bot.matching.deciding.decide import Decider
from bot.matching.ranking.encoder import Encoder
from tests.stories import STORIES, Asked, load_story, questions

LOCALE = "en"
Pick = tuple[str, str]  # story and fact


@dataclass(frozen=True)
class Compared:
    """What became of a question if every story decided, and if only those of the shortlist did."""

    by_all: str
    by_few: str
    decided: int  # stories of the shortlist


def compare(encoder: Encoder | None, stories: Sequence[str] = STORIES, every: int = 1) -> Iterator[Compared]:
    """Yield the comparison of every so many of the questions of some stories, which are loaded together."""
    loaded = [load_story(name) for name in stories]
    shelf = Shelf(tuple(Edition(story, Decider(story, encoder), "", None) for story in loaded))
    asked = ((story.id, item) for story, name in zip(loaded, stories, strict=True) for item in questions(name))
    for story, item in islice(asked, 0, None, every):
        decided = {one.story.id: (one, one.decider.decide(item.text, LOCALE)) for one in shelf.editions}
        few = [decided[one.story.id] for one in shelf.asked(None, item.text)]
        by_all, by_few = (grade(story, item, settle(rows)) for rows in (list(decided.values()), few))
        yield Compared(by_all, by_few, len(few))


def grade(story: str, asked: Asked, verdict: Verdict) -> str:
    """Return right, wrong, first, suggested or silent; for a question without an answer, answered or fine."""
    picks = [(pick.edition.story.id, pick.candidate.fact) for pick in verdict.picks]
    expected = {(story, fact) for fact in asked.expect}
    if not expected:
        return "answered" if verdict.outcome == "answer" else "fine"
    if verdict.outcome == "answer":
        return "right" if picks[0] in expected else "wrong"
    if picks[:1] and picks[0] in expected:
        return "first"
    return "suggested" if expected.intersection(picks) else "silent"


GRADES = ("right", "wrong", "first", "suggested", "silent", "answered", "fine")


def compared(encoder: Encoder | None) -> str:
    """Return a table of all questions, the number that differ, and how many stories decided on average."""
    rows = list(compare(encoder))
    by_all, by_few = (Counter(getattr(row, name) for row in rows) for name in ("by_all", "by_few"))
    differ = sum(row.by_all != row.by_few for row in rows)
    decided = sum(row.decided for row in rows) / len(rows)
    lines = [f"| {name} | {by_all[name]} | {by_few[name]} |" for name in GRADES]
    told = f"{len(rows):,} questions; {differ} differ; {decided:.1f} stories decide instead of {len(STORIES)}."
    return "\n".join([told, "", "| | every story | the shortlist |", "|---|---:|---:|", *lines])
