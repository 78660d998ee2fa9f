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
    ("en", "Who wants the roof?", "who", ["want", "roof"]),
    ("en", "What is the age of the second driver?", "how-many", ["age", "second", "driver"]),
    ("en", "How much money did the next sale bring?", "how-many", ["next", "sell", "bring"]),
    ("fr", "Qui veut le chantier ?", "who", ["want", "chanti"]),
    ("fr", "Orion a-t-elle lu la lettre ?", "yes-no", ["lu", "lettr"]),
    ("fr", "Quand Orion a-t-elle licencié les ouvriers ?", "when", ["dismiss", "worker"]),
    ("fr", "Combien de personnes ont été tuées ?", "how-many", ["die"]),
    ("fr", "Pourquoi le chantier a-t-il été interrompu ?", "why", ["chanti", "stop"]),
    ("fr", "L'âge du deuxième chauffeur ?", "how-many", ["age", "second", "chauffeur"]),
    ("fr", "Combien d'argent pour le dernier bus ?", "how-many", ["final", "bus"]),
    ("es", "¿Cuándo despidió Orion a los trabajadores?", "when", ["dismiss", "worker"]),
    ("es", "¿Por qué se retrasó la construcción?", "why", ["delay", "build"]),
    ("es", "¿La edad del segundo conductor?", "how-many", ["age", "second", "conductor"]),
    ("es", "¿Cuánto dinero cuesta el próximo tren?", "how-many", ["cost", "next", "tren"]),
    ("de", "Wann hat Orion die Arbeiter entlassen?", "when", ["worker", "dismiss"]),
    ("de", "Wie viele Menschen wurden verletzt?", "how-many", ["injure"]),
    ("de", "Warum stürzte das Dach ein?", "why", ["collapse", "dach"]),
    ("de", "Wer hat das Gebäude gekauft?", "who", ["gebaud", "buy"]),
    ("de", "Weißt du, ob die Bürgermeisterin zurückgetreten ist?", "yes-no", ["mayor", "leave"]),
    ("de", "Alter des zweiten Fahrers?", "how-many", ["age", "second", "fahr"]),
    ("de", "Wie viel Geld kostet der nächste Bus?", "how-many", ["cost", "next", "bus"]),
    ("it", "Quando ha licenziato gli operai Orion?", "when", ["dismiss", "worker"]),
    ("it", "Perché è crollato il palazzo?", "why", ["collapse", "palazz"]),
    ("it", "Quanto è costata la riparazione?", "how-many", ["cost", "repair"]),
    ("it", "L'età della seconda vittima?", "how-many", ["age", "second", "victim"]),
    ("it", "Quanti soldi per il prossimo treno?", "how-many", ["next", "tren"]),
    ("pt", "Quando é que Orion despediu os trabalhadores?", "when", ["dismiss", "worker"]),
    ("pt", "Por que desabou o telhado?", "why", ["collapse", "telh"]),
    ("pt", "Quem comprou a empresa?", "who", ["buy", "company"]),
    ("pt", "A idade da segunda vítima?", "how-many", ["age", "second", "victim"]),
    ("pt", "Quanto dinheiro para o último trem?", "how-many", ["final", "trem"]),
    ("nl", "Wanneer heeft Orion de arbeiders ontslagen?", "when", ["worker", "dismiss"]),
    ("nl", "Waarom is het dak ingestort?", "why", ["dak", "collapse"]),
    ("nl", "Hoeveel mensen raakten gewond?", "how-many", ["raak", "injure"]),
    ("nl", "De leeftijd van de tweede chauffeur?", "how-many", ["age", "second", "chauffeur"]),
    ("nl", "Hoeveel geld voor de laatste bus?", "how-many", ["final", "bus"]),
]
SLOTS = {
    ("fr", "what"): ["Quelle fusée l'a emmenée ?", "Par quel canal Orion a-t-elle réagi ?", "Où en est l'enquête ?"],
    ("fr", "yes-no"): [
        "Peut-on visiter ?",
        "Les salariés seront-ils payés ?",
        "Avait-il un avocat ?",
        "Faut-il payer ?",
    ],
    ("fr", "when"): ["À quelle heure ferme le musée ?", "En quel mois a-t-il démissionné ?"],
    ("fr", "why"): [
        "Quelle est la cause de l'arrêt ?",
        "Quels sont les motifs ?",
        "Qu'est-ce qui explique le retard ?",
    ],
    ("en", "yes-no"): ["Could he go to jail?", "Didn't he lie?", "Must they pay?", "Are there any victims?"],
    ("en", "when"): ["In which month did he leave?", "How soon will it open?", "On what date was it signed?"],
    ("en", "why"): ["What caused the fire?", "What was the reason?", "What led to the closure?"],
    ("en", "how-many"): ["How high is the fine?", "How expensive was the roof?"],
    ("de", "yes-no"): ["Könnte er verurteilt werden?", "Musste sie gehen?"],
    ("de", "why"): ["Was war die Ursache?", "Zu welchem Zweck wurde das Dach gebaut?"],
    ("es", "why"): ["¿Cuáles son los motivos?", "¿Qué causó el incendio?"],
    ("it", "when"): ["In quale mese è partito?", "A quale ora apre?"],
    ("pt", "when"): ["Em qual dia foi assinado?"],
    ("nl", "yes-no"): ["Zou hij betalen?", "Moesten ze weg?"],
}
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


@pytest.mark.parametrize(("code", "slot"), SLOTS)
def test_whatever_asks_for_a_slot_is_read_as_its_question_word(code: str, slot: str) -> None:
    read = {text: parse(text, lexicon(code), code).slot for text in SLOTS[code, slot]}
    assert read == dict.fromkeys(SLOTS[code, slot], slot)


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


@pytest.mark.parametrize(
    ("code", "text", "is_name", "precision"),
    [
        ("en", "What is the name of the architect?", True, None),
        ("en", "Who is the architect?", False, None),
        ("fr", "Comment s'appelle l'architecte ?", True, None),
        ("de", "Wie heißt die Architektin?", True, None),
        ("es", "¿Cómo se llama el arquitecto?", True, None),
        ("it", "Come si chiama l'architetto?", True, None),
        ("pt", "Como se chama o arquiteto?", True, None),
        ("nl", "Hoe heet de architect?", True, None),
        ("en", "At what time does it open?", False, "hour"),
        ("en", "On which day does it open?", False, "day"),
        ("en", "When does it open?", False, None),
        ("fr", "À quelle heure ouvre-t-il ?", False, "hour"),
        ("fr", "Quel jour ouvre-t-il ?", False, "day"),
        ("de", "Um wie viel Uhr öffnet es?", False, "hour"),
        ("es", "¿A qué hora abre?", False, "hour"),
        ("it", "In quale giorno apre?", False, "day"),
        ("pt", "A que horas abre?", False, "hour"),
        ("nl", "Op welke dag gaat het open?", False, "day"),
    ],
)
def test_a_name_a_time_of_day_or_a_day_may_be_asked_for(
    code: str, text: str, is_name: bool, precision: str | None
) -> None:
    question = parse(text, lexicon(code), code)
    assert (question.asks_name, question.precision) == (is_name, precision)
