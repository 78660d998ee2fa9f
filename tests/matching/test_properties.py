"""Properties of the matcher for any words: its own utterances, typos and unrelated facts."""

import string
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from bot.matching import LexicalMatcher, Matcher
from bot.matching.deciding.decide import Decider
from bot.matching.fold import words
from bot.matching.ranking.encoder import installed
from bot.story.model import Fact, Story
from tests.quick_stories import decider_of
from tests.stories import load_story, questions

KINDS: dict[str, type[Matcher[str]]] = {"with the encoder": Matcher, "by words alone": LexicalMatcher}
UNANSWERABLE = [asked.text for asked in questions("tram") if asked.kind != "in"]
NONSENSE = st.text(alphabet="bcdfgjklmpqvwxz", min_size=9, max_size=12)  # not a word of any language


@pytest.fixture(scope="module", params=list(KINDS))
def matcher(story: Story, request: pytest.FixtureRequest) -> Matcher[str]:
    pairs = [(text, fact.id) for fact in story.shown_facts.values() for _, text in fact.asked.values()]
    built: Matcher[str] = KINDS[request.param].build(pairs)
    return built


@pytest.fixture(scope="module")
def known(asked: list[tuple[str, str]]) -> set[str]:
    return {word for text, _ in asked for word in words(text)}


@pytest.fixture(scope="module")
def asked(story: Story) -> list[tuple[str, str]]:
    return [(text, fact.id) for fact in story.shown_facts.values() for _, text in fact.asked.values()]


@given(st.data())
def test_an_utterance_ranks_its_own_fact_first(
    matcher: Matcher[str], asked: list[tuple[str, str]], data: st.DataObject
) -> None:
    text, fact = data.draw(st.sampled_from(asked))
    assert matcher.rank(text)[0].label == fact


@given(st.data())
def test_an_utterance_with_a_typo_in_a_long_word_ranks_its_fact_first(
    matcher: Matcher[str], asked: list[tuple[str, str]], known: set[str], data: st.DataObject
) -> None:
    text, fact = data.draw(st.sampled_from(asked))
    folded = words(text)
    long = [at for at, word in enumerate(folded) if len(word) >= 5]
    assume(long)
    place = data.draw(st.sampled_from(long))
    typo = data.draw(_typos(folded[place]))
    encoder = installed()
    assume(typo not in known and not (encoder and encoder.is_word(typo)))
    assert matcher.rank(" ".join([*folded[:place], typo, *folded[place + 1 :]]))[0].label == fact


@given(st.data())
@settings(max_examples=8, phases=[Phase.generate])  # each example builds a matcher: no shrinking
def test_a_fact_that_shares_no_word_never_turns_an_abstention_into_an_answer(data: st.DataObject) -> None:
    texts = data.draw(st.lists(st.sampled_from(UNANSWERABLE), min_size=10, max_size=10, unique=True))
    made_up = [" ".join(data.draw(st.lists(NONSENSE, min_size=3, max_size=5))) for _ in range(3)]
    story = load_story("tram")
    before = decider_of(story)
    more = Story(
        story=story.story,
        entities=story.entities,
        events=story.events,
        facts=(*story.facts, _unrelated(story, made_up)),
        sources=story.sources,
        vocabulary=story.vocabulary,
    )
    after = Decider(more, thresholds=before.thresholds)
    assert after.decide(made_up[0]).chosen[0].fact == "unrelated"
    for text in texts:
        if before.decide(text).outcome == "abstain":
            assert after.decide(text).outcome != "answer", text


def _typos(word: str) -> st.SearchStrategy[str]:
    """Draw a word one of Damerau's edits away."""
    places = st.integers(0, len(word) - 1)
    letters = st.sampled_from(string.ascii_lowercase)
    return st.one_of(
        st.builds(lambda at, letter: word[:at] + letter + word[at:], places, letters),
        st.builds(lambda at: word[:at] + word[at + 1 :], places),
        st.builds(lambda at, letter: word[:at] + letter + word[at + 1 :], places, letters),
        st.builds(lambda at: word[:at] + word[at : at + 2][::-1] + word[at + 2 :], places),
    ).filter(lambda typo: typo != word)


def _unrelated(story: Story, texts: list[str]) -> Fact:
    plain: dict[str, Any] = story.facts[0].model_dump()
    plain |= {"id": "unrelated", "kind": "report", "by": None, "about": [], "roles": None, "replies_to": None}
    plain |= {"when": None, "text": texts[0], "asked": {"fr": texts, "en": texts}}
    return Fact.model_validate(plain)
