"""A small story about a harbour, with dates, sums, roles, a negation, an age and a claim."""

from typing import Any

from bot.story.model import Story


def entity(key: str, name: str, kind: str = "organisation", **more: Any) -> dict[str, Any]:
    return {"id": key, "kind": kind, "name": name, "role": "A party", **more}


def fact(key: str, text: str, answers: list[str], asked: list[str], **more: Any) -> dict[str, Any]:
    plain = {"id": key, "kind": "report", "answers": answers, "text": text, "asked": {"en": asked}, "citations": []}
    return plain | more


HARBOUR = Story.model_validate(
    {
        "story": {"id": "harbour", "title": "The harbour", "languages": ["en"], "as_of": "2021-05"},
        "entities": [
            entity("nordline", "Nordline", aliases={"en": ["the operator"]}),
            entity("dockers", "Dockers' Guild"),
            entity("ada-holm", "Ada Holm", "person"),
            entity("ben-ruud", "Ben Ruud", "person"),
        ],
        "facts": [
            fact(
                "bought",
                "Nordline bought the terminal in 2019 for 40 million kroner.",
                ["who", "what", "when", "how-many", "yes-no"],
                ["When did Nordline buy the terminal?", "What did Nordline pay for the terminal?"],
                about=["nordline"],
                when={"edtf": "2019"},
            ),
            fact(
                "sued",
                "Ada Holm sued Nordline.",
                ["who", "what", "yes-no"],
                ["Who sued Nordline?", "Whom did Ada Holm sue?"],
                about=["nordline", "ada-holm"],
                roles={"agent": "ada-holm", "act": "sue", "patient": "nordline"},
            ),
            fact(
                "warned",
                "Ben Ruud warned the Dockers' Guild about the crane.",
                ["who", "what", "yes-no"],
                ["Whom did Ben Ruud warn about the crane?", "Did Ben Ruud warn the Dockers' Guild?"],
                about=["ben-ruud", "dockers"],
            ),
            fact(
                "refused",
                "Ben Ruud did not sign the agreement.",
                ["who", "what", "yes-no"],
                ["Who did not sign the agreement?", "Did Ben Ruud refuse to sign?"],
                about=["ben-ruud"],
            ),
            fact(
                "age",
                "Ada Holm is 52 years old.",
                ["who", "what", "yes-no"],
                ["How old is Ada Holm?"],
                about=["ada-holm"],
            ),
            fact(
                "docked",
                "The ferry docked at 9:40 in March.",
                ["what", "when", "yes-no"],
                ["When did the ferry dock?"],
                when={"edtf": "2021-03"},
            ),
            fact(
                "led",
                "Ben Ruud, who spoke of Nordline, leads the Dockers' Guild.",
                ["who", "what", "yes-no"],
                ["Who leads the Dockers' Guild?"],
                about=["ben-ruud", "dockers", "nordline"],
            ),
            fact(
                "unsafe",
                "In Ben Ruud's view, the crane is unsafe.",
                ["who", "what", "yes-no"],
                ["Is the crane unsafe?"],
                kind="claim",
                by="ben-ruud",
            ),
        ],
    }
)
