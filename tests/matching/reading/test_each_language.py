"""Everyday questions in each language, with an empty story."""

import pytest

from bot.matching.reading.courtesy import without_courtesy
from bot.matching.reading.language import languages_with_data
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import parse
from bot.matching.reading.spelling.foreign import COMMON_WORDS
from bot.story.model import Entity, Story, StoryHead
from bot.story.texts import Text

ORION = Entity(id="orion", kind="organisation", name=Text("Orion"), role=Text("Firm"))

QUESTIONS = [
    ("en", "When did Orion lay off the workers?", "when", ["dismiss", "worker"]),
    ("en", "How many people were killed?", "how-many", ["die"]),
    ("en", "Who took Orion to court?", "who", ["court"]),
    ("fr", "Quand Orion a-t-elle licencié les ouvriers ?", "when", ["dismiss", "worker"]),
    ("fr", "Combien de personnes ont été tuées ?", "how-many", ["die"]),
    ("fr", "Pourquoi le chantier a-t-il été interrompu ?", "why", ["chanti", "stop"]),
    ("es", "¿Cuándo despidió Orion a los trabajadores?", "when", ["dismiss", "worker"]),
    ("es", "¿Por qué se retrasó la construcción?", "why", ["delay", "build"]),
    ("de", "Wann hat Orion die Arbeiter entlassen?", "when", ["worker", "dismiss"]),
    ("de", "Wie viele Menschen wurden verletzt?", "how-many", ["injure"]),
    ("de", "Warum stürzte das Dach ein?", "why", ["collapse", "dach"]),
    ("de", "Wer hat das Gebäude gekauft?", "who", ["gebaud", "buy"]),
    ("de", "Weißt du, ob die Bürgermeisterin zurückgetreten ist?", "yes-no", ["mayor", "leave"]),
    ("it", "Quando ha licenziato gli operai Orion?", "when", ["dismiss", "worker"]),
    ("it", "Perché è crollato il palazzo?", "why", ["collapse", "palazz"]),
    ("it", "Quanto è costata la riparazione?", "how-many", ["cost", "repair"]),
    ("pt", "Quando é que Orion despediu os trabalhadores?", "when", ["dismiss", "worker"]),
    ("pt", "Por que desabou o telhado?", "why", ["collapse", "telh"]),
    ("pt", "Quem comprou a empresa?", "who", ["buy", "company"]),
    ("nl", "Wanneer heeft Orion de arbeiders ontslagen?", "when", ["worker", "dismiss"]),
    ("nl", "Waarom is het dak ingestort?", "why", ["dak", "collapse"]),
    ("nl", "Hoeveel mensen raakten gewond?", "how-many", ["raak", "injure"]),
]
COURTESIES = [
    ("en", "thanks, that's great"),
    ("fr", "merci beaucoup"),
    ("es", "muchas gracias"),
    ("de", "vielen Dank"),
    ("it", "grazie mille"),
    ("pt", "muito obrigado"),
    ("nl", "dank je wel"),
]


def lexicon(code: str) -> Lexicon:
    head = StoryHead(id="any", title=Text("Any"), languages=(code,), as_of="2020")
    return Lexicon.of(Story(story=head, entities=(ORION,)))


@pytest.mark.parametrize(("code", "text", "slot", "concepts"), QUESTIONS)
def test_question_words_and_everyday_words_are_read(code: str, text: str, slot: str, concepts: list[str]) -> None:
    question = parse(text, lexicon(code), code)
    assert question.slot == slot
    assert [unit.key for unit in question.content_words] == concepts


@pytest.mark.parametrize(("code", "text"), COURTESIES)
def test_courtesy_has_no_content(code: str, text: str) -> None:
    words = lexicon(code)
    assert parse(without_courtesy(text, words.combined.courtesy), words, code).units == ()


def test_each_language_has_a_question_and_a_courtesy() -> None:
    assert {code for code, *_ in QUESTIONS} == {code for code, _ in COURTESIES} == set(languages_with_data())


def test_each_language_is_detected_as_a_foreign_one() -> None:
    assert COMMON_WORDS.keys() == set(languages_with_data())
