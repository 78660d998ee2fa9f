"""The precomputed profile of each fact: its utterances, their vectors and centroid, and its words."""

import numpy as np
import pytest

from bot.matching.deciding.factreading import FactReading, Wordings
from bot.matching.deciding.profiles import Profile, ProfileBuilder
from bot.matching.deciding.wordmap import WordMap
from bot.matching.ranking.encoder import Encoder
from bot.matching.ranking.semantic import encode_texts
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import ParsedQuestion, parse
from bot.story.model import Fact, Story, StoryHead
from bot.story.texts import Text, Texts
from tests.matching.deciding.test_wordmap import Letters

LEXICON = Lexicon.of(Story(story=StoryHead(id="any", title=Text("Any"), languages=("en",), as_of="2020")))
ASKED = {"closed": ["When was the bridge closed?", "Who closed the bridge?"], "price": ["What does a ticket cost?"]}
FACT_TEXTS = {"closed": ["The council closed the bridge."], "price": ["A ticket is six crowns."]}


def questions(texts: dict[str, list[str]]) -> dict[str, list[ParsedQuestion]]:
    return {fact: [parse(text, LEXICON, "en") for text in own] for fact, own in texts.items()}


def profiles(encoder: Encoder | None) -> tuple[dict[str, Profile], WordMap]:
    asked, texts, builder = questions(ASKED), questions(FACT_TEXTS), ProfileBuilder()
    for fact in asked:
        record = Fact(
            id=fact,
            kind="report",
            text=Text({"en": FACT_TEXTS[fact][0]}),
            asked=Texts({"en": ASKED[fact]}),
            citations=(),
        )
        wordings = Wordings(asked[fact], {"en": texts[fact][0]}, ())
        builder.add(record, FactReading.of(wordings, {}))
    return builder.build(encoder, encode_texts([text for texts in ASKED.values() for text in texts], encoder))


def test_a_fact_has_the_words_of_its_utterances_and_its_text_only() -> None:
    found, words = profiles(None)
    held = {fact: {word for word, row in words.row_of.items() if row in found[fact].word_rows} for fact in ASKED}
    assert held["closed"] == {"bridge", "closed", "council"}
    assert held["price"] >= {"ticket", "crowns"}
    assert held["closed"].isdisjoint(held["price"])


def test_each_utterance_has_the_rows_of_its_own_words() -> None:
    found, words = profiles(None)
    for fact in ASKED:
        held = [{word for word, row in words.row_of.items() if row in own} for own in found[fact].utterance_word_rows]
        assert held == [{unit.surface for unit in question.content_words} for question in questions(ASKED)[fact]]


def test_vectors_have_length_one_and_the_centre_is_their_centroid() -> None:
    closed = profiles(Letters())[0]["closed"]
    assert closed.utterance_vectors.shape == (2, 32)
    assert closed.text_vectors.shape == (1, 32)
    assert np.linalg.norm(closed.utterance_vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)
    mean = closed.utterance_vectors.mean(axis=0)
    assert closed.centre == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)


def test_without_an_encoder_vectors_have_no_columns_and_the_centre_is_empty() -> None:
    closed = profiles(None)[0]["closed"]
    assert (closed.utterance_vectors.shape, closed.text_vectors.shape, closed.centre.shape) == ((2, 0), (1, 0), (0,))
