"""Long texts are split into the passages that ask something, each with the text before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.fold import fold, words
from bot.matching.reading.language import language
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.passages import (
    MAX_PASSAGES,
    MAX_STRETCH_WORDS,
    MIN_LONG_WORDS,
    asking_passages,
    conjoined,
    is_long,
    is_statement,
    passages_inside,
    sentences,
)
from bot.matching.reading.question import parse
from tests.matching.deciding.harbour import HARBOUR

ENGLISH, FRENCH = language("en"), language("fr")
WRITTEN = st.text(alphabet="abc AW?.!,\n’'é", max_size=120) | st.lists(
    st.sampled_from(["why", "who", "the", "crane", "fell", "because", "tell", "me", "Mr.", "so.", "when?", "and"])
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The crane fell. Who saw it? Nobody!", ["The crane fell.", "Who saw it?", "Nobody!"]),
        ("The crane fell\nwho saw it", ["The crane fell", "who saw it"]),
        ("Did Mr. Ruud see it? He did.", ["Did Mr. Ruud see it?", "He did."]),
        ("Did J. Holm see it?", ["Did J. Holm see it?"]),
        ("It cost 2.5 million in total", ["It cost 2.5 million in total"]),
        ("« Qui ? » Personne.", ["« Qui ?", "Personne."]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_a_text_is_split_at_full_stops_and_new_lines_but_not_after_a_title(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("Who saw the crane fall?", False),
        ("The crane fell. Who saw it?", True),
        (" ".join(["word"] * (MIN_LONG_WORDS - 1)), False),
        (" ".join(["word"] * MIN_LONG_WORDS), True),
        ("", False),
    ],
)
def test_a_text_of_two_sentences_or_sixteen_words_is_long(text: str, long: bool) -> None:
    assert is_long(text) is long


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The crane fell. Who saw it? I was away.", [("Who saw it?", "The crane fell.")]),
        ("Who saw it? And when?", [("Who saw it?", ""), ("And when?", "Who saw it?")]),
        ("I was away. Who saw it", [("Who saw it", "I was away.")]),  # no question mark
        ('She said: "Who saw it?"', [('She said: "Who saw it?', "")]),
        ("The crane fell. Nobody saw it.", []),
        ("Holm, who sued, is she right?", [("Holm, who sued, is she right?", "")]),  # commas do not split
        ("1) Who saw it? 2) And when?", [("Who saw it?", ""), ("And when?", "1) Who saw it?")]),
        ("1) Who saw it 2) Did it fall", [("Who saw it", ""), ("Did it fall", "1) Who saw it")]),  # a list
        ("- who saw it\n- when", [("who saw it", ""), ("when", "- who saw it")]),
        ("My question: who saw it?", [("who saw it?", "")]),
        ("Harbour: who saw it?", [("Harbour: who saw it?", "")]),
        ("I live there. Tell me which crane fell. All the best", [("which crane fell", "I live there. Tell me")]),
        ("So am I. Who saw it?", [("Who saw it?", "So am I.")]),  # no initial
    ],
)
def test_the_sentences_that_ask_are_found_with_the_text_before_them(text: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.text, part.before) for part in asking_passages(text, ENGLISH)] == parts


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("so i was at the harbour when it shook and i want to know why the crane fell thanks", "why the", "crane fell"),
        ("how did the crane fall because i have read nothing about that in any paper yet", "how did", "crane fall"),
    ],
)
def test_without_full_stops_a_passage_goes_from_a_question_word_to_a_break(text: str, start: str, end: str) -> None:
    (*_, part) = [part for part in asking_passages(text, ENGLISH) if part.text.startswith(start)]
    assert part.text.endswith(end)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "the crane fell on the quay and nobody was there to see it fall down"),
        ("en", "Holm, who chairs the club, said that the builder had been told in the spring."),
        ("en", "so the man who bought the quay came to see it when the crane fell"),
        ("fr", "C'est une passante, Ada Holm, qui a donné l'alerte à sept heures."),
        ("fr", "c'est la grue de celui qui avait vendu le quai"),
        ("en", "The crane fell at seven and had never been checked before that day."),
        ("fr", "Le port dit que la grue est tombée le 3 juin et que personne n'a rien vu."),
    ],
)
def test_a_statement_asks_nothing(code: str, text: str) -> None:
    assert asking_passages(text, language(code)) == []


@pytest.mark.parametrize(
    ("code", "text", "part"),
    [
        ("fr", "je comprends pas trop mais il attend jusqu'à quelle date", "il attend jusqu'à quelle date"),
        ("fr", "bon alors elle risque combien à payer parce que moi je sais pas", "elle risque combien à payer"),
        (
            "en",
            "come on, what did the crane cost in the end because i heard a lot",
            "what did the crane cost in the end",
        ),
        ("en", "i pay a lot, who built the crane, why is it down", "who built the crane"),
        ("de", "ich versteh das nicht wer ist denn jetzt schuld", "wer ist denn jetzt schuld"),
        ("fr", "dis moi je vois pas qui a vendu la grue", "qui a vendu la grue"),
    ],
)
def test_a_stretch_is_the_clause_of_its_question_word(code: str, text: str, part: str) -> None:
    assert part in [each.text for each in asking_passages(text, language(code))]


@pytest.mark.parametrize(
    ("code", "text", "asks"),
    [
        ("en", "so Ada Holm went and sued Nordline over the terminal", False),
        ("en", "Ben Ruud is the man who runs the harbour", False),
        ("en", "so is Ben Ruud the man who runs the harbour", True),
        ("en", "Ada Holm went and sued Nordline over the terminal?", True),
        ("en", "I want to know what Ada Holm said to Nordline", True),
        ("en", "Nordline bought the terminal in which year exactly", True),
        ("en", "Ada Holm sued Nordline", True),  # it may be a question by its tone
        ("en", "Ada Holm sued Nordline.", False),
        ("en", "The terminal of Nordline, who sold it.", False),
        ("en", "Tell me about the terminal.", True),
        ("fr", "Le gardien dormait, c'est honteux.", False),
        ("fr", "Je voudrais connaître le nom du terminal.", True),
        ("fr", "Ada Holm dit que Nordline a vendu le terminal", False),
        ("fr", "Ada Holm a-t-elle fait un procès à Nordline", True),
        ("fr", "Nordline a payé combien pour le terminal du port", True),
        ("fr", "pour le terminal du port Nordline a payé quoi", True),
    ],
)
def test_a_sentence_without_a_question_word_or_mark_is_a_statement(code: str, text: str, asks: bool) -> None:
    assert is_statement(parse(text, Lexicon.of(HARBOUR), code)) is not asks


def test_the_stretch_of_a_long_sentence_that_asks_is_found_with_the_text_before_it() -> None:
    (sentence,) = asking_passages(
        "Hello. I have been away for weeks with no news at all so could you tell me when the crane fell?", ENGLISH
    )
    assert sentence.before == "Hello."
    found = [part for part in passages_inside(sentence, ENGLISH) if part.text == "when the crane fell"]
    assert found
    assert found[0].before.startswith("Hello. I have been away")
    (last,) = asking_passages(
        "Sorry, one last thing before I go off to the harbour again, where are the cranes now?", ENGLISH
    )
    assert "where are the cranes now" in [part.text for part in passages_inside(last, ENGLISH)]
    short = asking_passages("The crane fell. Who saw it?", ENGLISH)[0]
    assert passages_inside(short, ENGLISH) == []


@given(WRITTEN)
def test_each_passage_and_the_text_before_it_are_parts_of_the_text(text: str) -> None:
    flat = " ".join(text.split())
    for spoken in (ENGLISH, FRENCH):
        found = asking_passages(text, spoken)
        assert len(found) <= MAX_PASSAGES
        for part in (*found, *(stretch for passage in found for stretch in passages_inside(passage, spoken))):
            assert " ".join(part.text.split()) in flat
            assert fold(part.before) in fold(text)
            assert part.text


@given(WRITTEN)
def test_the_sentences_of_a_text_have_all_its_words_in_order(text: str) -> None:
    assert [word for part in sentences(text) for word in words(part)] == words(text)


@given(st.lists(st.sampled_from(["why", "crane", "fell", "me", "tell", "how"]), min_size=1, max_size=60))
def test_a_stretch_has_a_maximum_length(parts: list[str]) -> None:
    text = " ".join(parts)
    assert all(len(part.text.split()) <= MAX_STRETCH_WORDS for part in asking_passages(text, ENGLISH))


@pytest.mark.parametrize(
    ("code", "text", "parts"),
    [
        ("en", "Who sued, and when?", ["Who sued", "when?"]),
        ("en", "When did it open and who paid for it?", ["When did it open", "who paid for it?"]),
        ("en", "Why did she leave, and does she regret it?", ["Why did she leave", "does she regret it?"]),
        ("en", "Who sued, when did it fall, and why?", ["Who sued", "when did it fall", "why?"]),
        ("en", "Two things: who sued, and when?", ["Two things: who sued", "when?"]),
        ("en", "When did it fall, how much did it cost?", ["When did it fall", "how much did it cost?"]),
        ("en", "What of Ada Holm, who sued?", []),
        ("en", "Who built the quay and is moving the crane?", []),
        ("en", "Who bought the crane and the quay?", []),
        ("en", "The crane fell and who saw it?", []),
        ("fr", "Qui a porté plainte, et à quelle heure ?", ["Qui a porté plainte", "à quelle heure ?"]),
        ("fr", "Combien a-t-elle perdu, et pour quelle culture ?", ["Combien a-t-elle perdu", "pour quelle culture ?"]),
        ("fr", "Qui a vendu la grue et le quai ?", []),
        ("de", "Wer hat geklagt, und wann?", ["Wer hat geklagt", "wann?"]),
    ],
)
def test_a_sentence_that_asks_two_things_is_split_where_the_second_begins(
    code: str, text: str, parts: list[str]
) -> None:
    found = conjoined(text, language(code))
    assert [part.text for part in found] == parts
    assert all(fold(earlier) in fold(part.before) for part, earlier in zip(found[1:], parts[:-1], strict=False))


@pytest.mark.parametrize(
    ("code", "text", "start"),
    [
        ("fr", "moi ce que je veux savoir c'est si la grue est tombée hier sur le quai du port", "la grue"),
        ("en", "it is a mess here and what I want to know is if the crane fell on the quay last night", "the crane"),
        (
            "fr",
            "dites, pourquoi la grue est tombée, parce que chez nous au port de Vestvik elle tient encore",
            "pourquoi",
        ),
    ],
)
def test_a_passage_starts_after_a_lead_and_never_with_a_reason(code: str, text: str, start: str) -> None:
    assert asking_passages(text, language(code))[-1].text.startswith(start)
