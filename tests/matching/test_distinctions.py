"""Distinctions in a story that a reader must keep: numerals, signs, figures, names that are function words, years."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.matching.deciding.decide import Decider
from bot.matching.deciding.decision import Decision
from bot.matching.ranking.encoder import installed
from bot.story.model import Slot, Story

SLOTS: Sequence[Slot] = ("who", "what", "when", "where", "why", "how", "how-many", "yes-no")


def decider_of(language: str, entities: dict[str, list[str]], facts: dict[str, list[str]]) -> Decider:
    """Return the decider of a story: entities with names, the main one first, and facts with text and utterances."""
    records: dict[str, Any] = {
        "story": {"id": "made-up", "title": "Made up", "languages": [language], "as_of": "2024-03"},
        "entities": [
            {"id": key, "kind": "organisation", "name": names[0], "aliases": {language: names[1:]}, "role": "role"}
            for key, names in entities.items()
        ],
        "facts": [
            {"id": key, "kind": "report", "answers": SLOTS, "text": text, "asked": {language: asked}, "citations": []}
            for key, (text, *asked) in facts.items()
        ],
    }
    return Decider(Story.model_validate(records), installed())


def answered(decision: Decision) -> str | None:
    return decision.chosen[0].fact if decision.outcome == "answer" else None


@pytest.fixture(scope="module")
def english() -> Decider:
    return decider_of(
        "en",
        {
            "pius-xii": ["Pius XII"],
            "canal-plus": ["Canal+"],
            "f-sharp": ["F#"],
            "health": ["World Health Organization", "WHO"],
            "will": ["George Will", "Will"],
            "us": ["United States", "US"],
        },
        {
            "pope": ["Pius XII became pope in 1939.", "When did Pius XII become pope?", "Who became pope in 1939?"],
            "channel": ["Canal+ was founded in 1984.", "When was Canal+ founded?", "Was Canal+ founded in 1984?"],
            "language": ["Don Syme designed F#.", "Who designed F#?", "Did Syme design F#?"],
            "jobs": ["The plant has 12,500 jobs.", "How many jobs are there?", "Are there 12,500 jobs?"],
            "growth": ["Growth was 3.4 percent.", "How strong was growth?", "Was growth 3.4%?"],
            "frost": ["It was -7 °C at night.", "How cold was the night?", "Was the night at -7 °C?"],
            "malaria": ["WHO approved a vaccine.", "Who approved a vaccine?", "Did the WHO approve a vaccine?"],
            "grade": ["The agency gave an A grade.", "Which grade did the agency give?", "Was it an A grade?"],
            "line": ["The line will open in 2031.", "When will the line open?", "Will the line open in 2031?"],
            "goal": ["The goal is a million trees.", "What is promised for 2045?", "How many trees are the goal?"],
        },
    )


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("When did Pius XII become pope?", "pope"),
        ("when was canal+ founded", "channel"),
        ("Who designed F#?", "language"),
        ("Are there 12500 jobs?", "jobs"),
        ("Are there 12 500 jobs?", "jobs"),
        ("are there twelve thousand five hundred jobs", "jobs"),
        ("Was growth 3,4 per cent?", "growth"),
        ("was growth three point four percent", "growth"),
        ("Was the night at −7 °C?", "frost"),
        ("who approved a vaccine", "malaria"),
        ("Did WHO approve a vaccine?", "malaria"),
        ("Will the line open in 2031?", "line"),
        ("What is promised for 2045?", "goal"),
    ],
)
def test_the_right_value_is_answered(english: Decider, text: str, fact: str) -> None:
    assert answered(english.decide(text)) == fact


@pytest.mark.parametrize(
    "text",
    [
        "When did Pius XI become pope?",
        "When did Pius X become pope?",
        "When did Pius I become pope?",
        "When was Canal founded?",
        "Who designed F?",
        "Who designed F++?",
        "Are there 12 jobs?",
        "Are there 12.5 jobs?",
        "Are there 12,000 jobs?",
        "Was growth 4.3 percent?",
        "Was growth 34 percent?",
        "Was the night at 7 °C?",
        "Was it a B grade?",
        "Will the line open in 2032?",
    ],
)
def test_another_value_is_not_answered(english: Decider, text: str) -> None:
    assert english.decide(text).outcome != "answer"


def test_a_year_mentioned_by_a_fact_is_not_after_the_story(english: Decider) -> None:
    assert english.decide("What happens in 2032?").cause == "after_story"
    assert english.decide("What happens in 2031?").cause != "after_story"


def test_courtesy_and_links_change_no_answer(english: Decider) -> None:
    for text in (
        "OnRecord, when was Canal+ founded? Thanks in advance! https://example.com/a/b",
        "Hey bot, when was Canal+ founded? Kind regards",
    ):
        assert answered(english.decide(text)) == "channel"


def test_only_courtesy_is_small_talk(english: Decider) -> None:
    decision = english.decide("Thanks in advance!")
    assert (decision.outcome, decision.cause) == ("abstain", "small_talk")


def test_a_name_is_found_in_a_text_without_spaces() -> None:
    decider = decider_of(
        "zh",
        {"wang": ["王小明"], "li": ["李大文"]},
        {
            "sued": ["王小明起诉了公司。", "谁起诉了公司？", "王小明起诉了谁？"],
            "left": ["李大文离开了银行。", "谁离开了银行？"],
        },
    )
    assert answered(decider.decide("王小明起诉了公司吗？")) != "left"
    assert answered(decider.decide("谁起诉了公司")) == "sued"
    assert answered(decider.decide("李大文起诉了公司")) is None
