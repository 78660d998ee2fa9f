"""Who does what to whom, and of whom something is said, in each language; what a negation denies."""

import pytest

from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.negation import denied_keys, denies_only_complement
from bot.matching.reading.participants import participants
from bot.matching.reading.question import ParsedQuestion, parse
from bot.story.model import Story
from tests.matching.deciding.harbour import entity

NAMES = ("Nordline", "Vestvik", "Kwon")


def read(code: str, text: str) -> ParsedQuestion:
    records = {
        "story": {"id": "quay", "title": "The quay", "languages": [code], "as_of": "2021-05"},
        "entities": [entity(name.lower(), name) for name in NAMES],
        "facts": [],
    }
    return parse(text, Lexicon.of(Story.model_validate(records)), code)


@pytest.mark.parametrize(
    ("code", "text", "act", "agent", "patient"),
    [
        # A noun for whoever does something is no participle of the passive.
        ("en", "Is Nordline a founder of Vestvik?", "found", "nordline", "vestvik"),
        ("en", "Is Nordline an investor in Vestvik?", "invest", "nordline", "vestvik"),
        ("en", "Was Nordline founded by Vestvik?", "found", "vestvik", "nordline"),
        ("en", "Who is Vestvik's founder?", "found", None, "vestvik"),
        ("fr", "Est-ce que Nordline est cofondateur de Vestvik ?", "found", "nordline", "vestvik"),
        ("fr", "Nordline est investisseur dans Vestvik ?", "invest", "nordline", "vestvik"),
        ("fr", "Qui est le fondateur de Vestvik ?", "found", None, "vestvik"),
        ("de", "Ist Nordline der Gründer von Vestvik?", "found", "nordline", "vestvik"),
        ("es", "¿Nordline es fundador de Vestvik?", "found", "nordline", "vestvik"),
        # A noun that belongs to somebody.
        ("en", "Is Nordline a subsidiary of Vestvik?", "subsidiari", "nordline", "vestvik"),
        ("en", "Is Nordline a Vestvik subsidiary?", "subsidiari", "nordline", "vestvik"),
        ("en", "Who is Nordline's main shareholder?", "shareholder", None, "nordline"),
        ("fr", "selon Kwon, Nordline est une filiale de qui ?", "filial", "nordline", None),
        ("de", "Wer sagt, dass Nordline eine Tochterfirma von Vestvik ist?", "tochterfirma", "nordline", "vestvik"),
        # Whoever misses somebody is the object of the verb in some languages.
        ("fr", "Nordline manque à Vestvik ?", "manqu", "vestvik", "nordline"),
        ("fr", "Qui a dit que Vestvik lui manquait ?", "manqu", None, "vestvik"),
        ("fr", "Nordline a manqué la réunion ?", "manqu", "nordline", None),
        ("es", "¿Le falta Nordline a Vestvik?", "falt", "vestvik", "nordline"),
        # So is whoever something belongs to.
        ("fr", "Nordline appartient à Vestvik ?", "own", "vestvik", "nordline"),
        ("fr", "À qui appartient Nordline ?", "own", None, "nordline"),
        ("es", "¿A quién pertenece Nordline?", "own", None, "nordline"),
        ("de", "Gehört Nordline Vestvik?", "own", "vestvik", "nordline"),
        ("de", "Wem gehört Nordline?", "own", None, None),
        ("en", "Does Nordline belong to Vestvik?", "own", "vestvik", "nordline"),
        # An article that is no pronoun makes the act a noun, which somebody before it does not do.
        ("en", "How did Nordline respond to the bid?", "offer", None, None),
        ("fr", "Comment Nordline réagit à un refus ?", "refuse", None, None),
        ("fr", "Nordline la refuse ?", "refuse", "nordline", None),
        # Only a subject beside the verb is inverted.
        ("es", "¿Qué opina el abogado sobre lo que dijo Nordline?", "think", None, None),
        ("en", "When did Nordline get sued?", "sue", None, "nordline"),
        ("fr", "Nordline sera-t-elle poursuivie ?", "sue", None, "nordline"),
        # The object comes before participles and infinitives in German and Dutch.
        ("de", "Wer hat Nordline verklagt?", "sue", None, "nordline"),
        ("de", "Wen hat Nordline verklagt?", "sue", "nordline", None),
        ("de", "Hat Nordline Vestvik verklagt?", "sue", "nordline", "vestvik"),
        ("de", "Wer hat in Nordline investiert?", "invest", None, "nordline"),
        ("de", "Wer sagt, dass Nordline Vestvik verklagt hat?", "sue", "nordline", "vestvik"),
        ("de", "Verklagt Nordline Vestvik?", "sue", "nordline", "vestvik"),
        ("de", "Wurde Nordline von Vestvik verklagt?", "sue", "vestvik", "nordline"),
        ("nl", "Wie heeft Nordline opgericht?", "found", None, "nordline"),
        ("nl", "Heeft Nordline Vestvik aangeklaagd?", "sue", "nordline", "vestvik"),
        ("it", "Chi ha fondato Nordline?", "found", None, "nordline"),
        ("es", "¿Quién ha demandado a Nordline?", "sue", None, "nordline"),
        ("es", "¿A quién ha demandado Nordline?", "sue", "nordline", None),
        ("pt", "Quem fundou a Nordline?", "found", None, "nordline"),
        # Whoever is in what is said does not say it, with or without an elision.
        ("fr", "Qui a dit que Nordline poursuit Vestvik ?", "say", None, None),
        ("fr", "Qui a dit que Nordline poursuit Vestvik ?", "sue", "nordline", "vestvik"),
    ],
)
def test_agent_and_patient(code: str, text: str, act: str, agent: str | None, patient: str | None) -> None:
    question = read(code, text)
    found = participants(question, act, question.spoken)
    assert (found.agent, found.patient) == (agent, patient)


@pytest.mark.parametrize(
    ("code", "text", "predicate", "subject"),
    [
        ("en", "Is Nordline independent of Vestvik?", "independent", "nordline"),
        ("en", "Who said that Vestvik is independent?", "independent", "vestvik"),
        ("en", "Who called Vestvik a hero?", "hero", "vestvik"),
        ("en", "Is the board of Nordline independent?", "independent", None),
        ("en", "Are Nordline and Vestvik independent?", "independent", "nordline"),
        ("en", "Is it true that Nordline said so?", "say", None),
        ("fr", "Nordline est-elle indépendante ?", "independent", "nordline"),
        ("fr", "Nordline n'a-t-elle pas été inspectée ?", "inspect", "nordline"),
        ("fr", "Qui a dit que Nordline était un héros ?", "heros", "nordline"),
        ("fr", "Kwon a qualifié Nordline de héros ?", "heros", "nordline"),
        ("fr", "Est-ce que Nordline accuse Vestvik ?", "accuse", None),
        ("de", "Ist Nordline unabhängig?", "independent", "nordline"),
        ("es", "¿Es Nordline independiente?", "independent", "nordline"),
    ],
)
def test_of_whom_something_is_said(code: str, text: str, predicate: str, subject: str | None) -> None:
    question = read(code, text)
    assert participants(question, predicate, question.spoken).subject == subject


@pytest.mark.parametrize(
    ("code", "text", "spared"),
    [
        ("en", "According to whom does Nordline regret not being involved?", True),
        ("en", "Who said Nordline did not sue?", True),
        ("en", "Who did not say that Nordline sued?", False),
        ("en", "Who did not sue Nordline?", False),
        ("fr", "Selon qui Nordline regrette de ne pas être là ?", True),
        ("fr", "Qui dit que Nordline n'a pas porté plainte ?", True),
        ("fr", "Qui ne dit pas que Nordline a porté plainte ?", False),
        ("de", "Wer sagt, dass Nordline nicht geklagt hat?", True),
        ("de", "Wer sagt nicht, dass Nordline geklagt hat?", False),
        ("es", "¿Quién dice que Nordline no demandó?", True),
        ("es", "¿Quién no demandó a Nordline?", False),
    ],
)
def test_a_negation_in_what_is_said_does_not_ask_who_did_not(code: str, text: str, spared: bool) -> None:
    assert denies_only_complement(read(code, text)) is spared


@pytest.mark.parametrize(
    ("code", "text", "keys"),
    [
        ("en", "Who doesn't like Nordline?", {"like"}),
        ("en", "Kwon did not sue Nordline.", {"sue"}),
        ("fr", "Qui n'aime pas le projet ?", {"aim", "plan"}),  # the word before and the one after
        ("de", "Wer mag Nordline nicht verklagen?", {"sue"}),
    ],
)
def test_what_is_denied(code: str, text: str, keys: set[str]) -> None:
    assert denied_keys(read(code, text)) == keys
