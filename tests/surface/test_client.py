"""The client is the only registry of cogs and buttons."""

import pytest

from bot.surface import client
from bot.surface.platform.buttons import StatefulButton
from tests.conftest import OpenApp
from tests.discord_world import world_around


def test_every_button_is_registered_under_a_letter_of_its_own() -> None:
    assert {button.letter: button for button in client.BUTTONS} == StatefulButton.kinds
    assert len({button.letter for button in client.BUTTONS}) == len(client.BUTTONS)
    assert {len(button.letter) for button in client.BUTTONS} == {1}


def test_a_second_button_with_the_same_letter_is_refused() -> None:
    with pytest.raises(TypeError, match="WhyButton already uses custom_ids that begin with 'w'"):
        type("OtherButton", (StatefulButton,), {}, template="w:(?P<other>.)")


async def test_the_cogs_are_there_and_the_editors_only_in_their_servers(opened: OpenApp) -> None:
    async with opened() as app, world_around(app):
        assert set(app.client.cogs) == {"AnswersCog", "LookupsCog", "PrivacyCog", "NoticesCog"}
    async with opened(editor_guilds="1000") as app, world_around(app):
        assert "FactsCog" in app.client.cogs
        assert app.client.tree.get_command("facts") is None
