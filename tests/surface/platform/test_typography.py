"""French punctuation stays on the line of its word."""

import discord
import pytest

from bot.surface.platform.typography import unbroken, unbroken_embed


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("« héros »", "«\u00a0héros\u00a0»"),
        ("Propos : Anna Petit ; oui", "Propos\u00a0: Anna Petit\u202f; oui"),
        ("Qui ? Oui !", "Qui\u202f? Oui\u202f!"),
        ("Claim: Anna Petit, 49%?", "Claim: Anna Petit, 49%?"),
    ],
)
def test_a_space_before_punctuation_does_not_break(written: str, kept: str) -> None:
    assert unbroken(written) == kept
    assert unbroken(kept) == kept


def test_all_that_is_seen_of_an_embed_is_kept_together() -> None:
    embed = discord.Embed(title="a ?", description="b ?").set_author(name="c ?").set_footer(text="d ?")
    embed.add_field(name="e ?", value="f ?", inline=False)
    unbroken_embed(embed)
    field = embed.fields[0]
    seen = [embed.title, embed.description, embed.author.name, embed.footer.text, field.name, field.value]
    assert seen == [f"{letter}\u202f?" for letter in "abcdef"]
    assert field.inline is False
