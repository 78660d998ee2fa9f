"""A fact about one party never answers a question about another, and is not refused to a question about its own."""

from typing import Any

import pytest

from bot.matching.deciding.decide import Decider
from bot.story.model import Story
from tests.matching.deciding.harbour import entity
from tests.matching.deciding.test_evidence import weighed

EVERYTHING = ["who", "what", "how", "yes-no"]


def fact(key: str, french: str, english: str, asked: dict[str, list[str]], **more: Any) -> dict[str, Any]:
    texts = {"fr": french, "en": english}
    return {"id": key, "kind": "report", "answers": EVERYTHING, "text": texts, "asked": asked, "citations": []} | more


@pytest.fixture(scope="module")
def decider() -> Decider:
    records = {
        "story": {
            "id": "quays",
            "title": {"fr": "Les quais", "en": "The quays"},
            "languages": ["fr", "en"],
            "as_of": "2021-05",
        },
        "entities": [
            entity(name.lower(), name) | {"role": {"fr": "une partie", "en": "a party"}}
            for name in ("Nordline", "Vestvik", "Kwon", "Holm", "Iturbe")
        ],
        "facts": [
            fact(
                "independent",
                "Kwon dit que Nordline est indépendante de Vestvik.",
                "Kwon says that Nordline is independent of Vestvik.",
                {"fr": ["Nordline est-elle indépendante ?"], "en": ["Is Nordline independent of Vestvik?"]},
                kind="claim",
                by="kwon",
                about=["nordline", "vestvik"],
            ),
            fact(
                "owner",
                "Vestvik est l'actionnaire principal de Nordline.",
                "Vestvik is the main shareholder of Nordline.",
                {"fr": ["Qui est l'actionnaire de Nordline ?"], "en": ["Who is Nordline's main shareholder?"]},
                roles={"agent": "vestvik", "act": "shareholder", "patient": "nordline"},
            ),
            fact(
                "founder",
                "Iturbe et Kwon ont fondé Nordline.",
                "Iturbe and Kwon founded Nordline.",
                {"fr": ["Qui a fondé Nordline ?"], "en": ["Who founded Nordline?", "Did Iturbe found Nordline?"]},
                roles={"agent": ["iturbe", "kwon"], "act": "found", "patient": "nordline"},
            ),
            fact(
                "hero",
                "Kwon a qualifié Iturbe de héros.",
                "Kwon called Iturbe a hero.",
                {"fr": ["Qui a qualifié Iturbe de héros ?"], "en": ["Who called Iturbe a hero?"]},
                kind="quote",
                by="kwon",
            ),
            fact(
                "accused",
                "Holm accuse Nordline d'être aux ordres de Vestvik.",
                "Holm accuses Nordline of taking orders from Vestvik.",
                {"fr": ["De quoi Holm accuse-t-il Nordline ?"], "en": ["What does Holm accuse Nordline of?"]},
            ),
            fact(
                "missed",
                "Holm dit qu'Iturbe lui manque.",
                "Holm says that he misses Iturbe.",
                {"fr": ["Iturbe manque-t-il à Holm ?"], "en": ["Does Holm miss Iturbe?"]},
                roles={"agent": "holm", "act": "miss", "patient": "iturbe"},
            ),
            fact(
                "wrote",
                "Holm a écrit une lettre, distincte de celle de Kwon.",
                "Holm wrote a letter, separate from Kwon's.",
                {"fr": ["Holm a-t-il écrit une lettre ?"], "en": ["Did Holm write a letter?"]},
            ),
            fact(
                "disliked",
                "Le projet de Nordline n'a pas plu à Holm.",
                "Holm did not like Nordline's plan.",
                {"fr": ["Que pense Holm du projet de Nordline ?"], "en": ["What does Holm think of Nordline's plan?"]},
            ),
        ],
        "vocabulary": [{"concept": "miss", "words": {"fr": ["manquer"], "en": ["miss"]}}],
    }
    return Decider(Story.model_validate(records), None)


@pytest.mark.parametrize(
    ("fact_id", "swapped", "kept"),
    [
        ("independent", "Is Vestvik independent?", "Is Nordline independent?"),
        ("independent", "Is Vestvik independent from Nordline?", "Is Nordline independent from Vestvik?"),
        ("independent", "Who says that Vestvik is independent?", "Who says that Nordline is independent?"),
        ("independent", "Vestvik est indépendant ?", "Nordline est indépendante ?"),
        ("independent", "Qui dit que Vestvik est indépendante ?", "Qui dit que Nordline est indépendante ?"),
        ("independent", "¿Es Vestvik independiente?", "¿Es Nordline independiente?"),
        ("owner", "Who is Vestvik's main shareholder?", "Who is Nordline's main shareholder?"),
        ("owner", "Is Nordline a shareholder?", "Is Vestvik a shareholder?"),
        ("owner", "Selon Kwon, Nordline est actionnaire de qui ?", "Vestvik est actionnaire de qui ?"),
        ("founder", "Is Holm a founder of Nordline?", "Is Kwon a founder of Nordline?"),
        ("founder", "Est-ce que Holm est cofondateur ?", "Est-ce que Kwon est cofondateur de Nordline ?"),
        ("founder", "Wen hat Nordline gegründet?", "Wer hat Nordline gegründet?"),
        ("founder", "Hat Nordline Iturbe gegründet?", "Hat Iturbe Nordline gegründet?"),
        ("hero", "Qui a dit que Kwon était un héros ?", "Qui a dit que Iturbe était un héros ?"),
        ("hero", "Kwon est un héros ?", "Iturbe est un héros ?"),
        ("hero", "Is Kwon a hero?", "Is Iturbe a hero?"),
        ("accused", "What does Holm accuse Vestvik of?", "What does Holm accuse Nordline of?"),
        ("accused", "Who accuses Vestvik of taking orders?", "Who accuses Nordline of taking orders?"),
        ("accused", "Holm accuse Vestvik de quoi ?", "Holm accuse Nordline de quoi ?"),
        ("missed", "Holm manque à Iturbe ?", "Iturbe manque à Holm ?"),
        ("missed", "Does Iturbe miss Holm?", "Does Holm miss Iturbe?"),
        ("wrote", "Kwon a écrit une lettre ?", "Holm a écrit une lettre ?"),
        ("hero", "Who else calls Iturbe a hero?", "Who calls Iturbe a hero?"),
        ("hero", "Qui d'autre a qualifié Iturbe de héros ?", "Qui a qualifié Iturbe de héros ?"),
        ("founder", "Who did Nordline found?", "Who else founded Nordline?"),  # there are two
    ],
)
def test_a_swap_is_vetoed_and_the_fact_itself_is_not(decider: Decider, fact_id: str, swapped: str, kept: str) -> None:
    assert "role" in weighed(decider, swapped, fact_id).evidence.vetoes
    assert "role" not in weighed(decider, kept, fact_id).evidence.vetoes


@pytest.mark.parametrize(
    ("fact_id", "text", "is_negated"),
    [
        ("disliked", "Who did not like Nordline's plan?", False),
        ("disliked", "À qui le projet n'a pas plu ?", False),
        ("disliked", "Who did not sign the plan?", True),
        ("independent", "Who says that Nordline is not independent?", False),
        ("independent", "Who does not say that Nordline is independent?", True),
        ("founder", "Qui n'a pas fondé Nordline ?", True),
        ("founder", "I do not get it, who founded Nordline?", False),
        ("founder", "Who noticed that Nordline was not founded?", False),
        ("founder", "Who is the founder that did not sign?", True),
        ("founder", "Nordline n'a pas été fondée par qui ?", True),
    ],
)
def test_who_did_not_is_only_answered_by_what_a_fact_denies(
    decider: Decider, fact_id: str, text: str, is_negated: bool
) -> None:
    assert ("negated" in weighed(decider, text, fact_id).evidence.vetoes) is is_negated
