"""What the judge of requests finds wrong, and that it finds nothing wrong in what is right."""

from dataclasses import replace
from typing import Any

import pytest

from tests.wire.description import JSON, MULTIPART, Description, Sent
from tests.wire.documented import command_problems, message_problems, modal_problems

MESSAGE = Sent("POST", "/channels/1/messages", kind=JSON, body={"content": "oui"})
ANSWER = Sent("POST", "/interactions/1/token/callback", {"with_response": "1"}, JSON, {"type": 4, "data": {}})


@pytest.mark.parametrize(
    "right",
    [
        MESSAGE,
        ANSWER,
        replace(MESSAGE, kind=MULTIPART, files={"files[0]": 10}),
        replace(MESSAGE, body={"message_reference": {"message_id": 5}}),  # discord.py sends ids as numbers
        Sent("PATCH", "/webhooks/1/token/messages/@original", kind=JSON, body={"components": []}),
        Sent("DELETE", "/channels/1/messages/2"),
    ],
)
def test_what_is_right_has_no_problem(description: Description, right: Sent) -> None:
    operation = description.operation(right)
    assert operation
    assert list(description.problems(right, operation)) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (replace(MESSAGE, body={"embeds": [{"title": "x" * 257}]}), "body.embeds.0.title: .*too long"),
        (replace(MESSAGE, body={"embeds": [{"url": "no"}]}), "body.embeds.0.url: .*not a 'uri'"),
        (replace(MESSAGE, body={"components": [{"type": 99}]}), "body.components.0: the type 99 is none of"),
        (replace(ANSWER, body={"type": 9, "data": {"title": "x"}}), "'custom_id' is a required property"),
        (replace(ANSWER, query={"wait": "yes"}), r"\?wait: there is no such parameter"),
        (replace(MESSAGE, kind="text/plain"), "a body of text/plain is sent"),
        (replace(MESSAGE, kind="", body=None), "the body is missing"),
        (replace(MESSAGE, path="/channels/here/messages"), "channel_id: 'here'"),
    ],
)
def test_what_the_description_does_not_allow_is_found(description: Description, wrong: Sent, problem: str) -> None:
    operation = description.operation(wrong)
    assert operation
    with pytest.raises(AssertionError, match=problem):
        assert not "\n".join(description.problems(wrong, operation))


def test_a_request_that_the_description_does_not_have_has_no_operation(description: Description) -> None:
    assert description.operation(Sent("POST", "/nowhere")) is None
    assert description.operation(replace(MESSAGE, method="PUT")) is None


def button(state: str, **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "oui", "custom_id": state, **more}


def row(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(items)}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"content": "x" * 2_001}, "content: 2001 characters"),
        ({"content": " "}, "the message is empty"),
        ({"embeds": [{"description": "x" * 4_000}, {"description": "x" * 2_001}]}, "embeds: 6001 characters"),
        (
            {"embeds": [{"title": "x", "fields": [{"name": "x", "value": " "}]}]},
            "fields.0.value: this field is required",
        ),
        ({"embeds": [{"image": {"url": "attachment://a.png"}}]}, "no such file is sent"),
        ({"components": [row(button("a"), button("a"))]}, "2 times the same custom_id: 'a'"),
        ({"components": [row(button(str(number))) for number in range(6)]}, "6 rows"),
        ({"components": [row(button("a", label=""))]}, "the button a has no label"),
        ({"content": "x", "attachments": [{"id": 0, "filename": "a"}]}, r"files\[0\] is either not sent"),
    ],
)
def test_what_is_documented_about_messages_is_judged(body: dict[str, Any], problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        assert not "\n".join(message_problems(body, MESSAGE))


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ({"contexts": None}, "only global commands have contexts"),
        ({"name": "Ask"}, "'Ask' cannot be the name"),
        ({"name_localizations": {"fr": "deux mots"}}, "'deux mots' cannot be the name"),
        ({"options": [{"type": 3, "name": "a", "description": "x" * 8_001}]}, "more than 8000 characters"),
        (
            {"options": [{"type": 3, "name": name, "description": "x", "required": name == "b"} for name in "ab"]},
            "required options come first",
        ),
    ],
)
def test_what_is_documented_about_commands_is_judged(command: dict[str, Any], problem: str) -> None:
    whole = {"name": "ask", "description": "Ask", **command}
    with pytest.raises(AssertionError, match=problem):
        assert not "\n".join(command_problems([whole], is_global=False))


def test_a_form_has_five_fields_at_most() -> None:
    fields = [{"component": {"custom_id": str(number)}} for number in range(6)]
    assert list(modal_problems({"components": fields})) == ["a form has 6 fields, 5 are allowed"]
