"""The story of the bridge: its first three facts in a folder where a test may edit them, and a longer one."""

import shutil
from pathlib import Path

from bot.story.model import Story
from bot.story.texts import Text, Texts

BRIDGE = Path(__file__).parent / "stories" / "bridge"
FILES = (
    *(f"knowledge/bridge/{name}.yml" for name in ("story", "facts", "questions")),
    "seeds/bridge-article.yml",
    "articles/bridge-article.txt",
)


def write_small_story(root: Path) -> None:
    """Copy the story, the record of its article, and the article."""
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BRIDGE / name, root / name)


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Change one place of one file; the place must be there, once or more."""
    path = next(root.rglob(name))
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new), "utf-8")


def with_many_claims(story: Story, count: int = 40) -> Story:
    """Return the story with more claims by the residents, each about a step of the footbridge."""
    one = story.shown_facts["footbridge-narrow"]
    steps = [
        one.model_copy(
            update={
                "id": f"step-{number}",
                "text": Text(
                    {
                        "fr": f"Selon les riverains, la marche {number} de la passerelle est usée.",
                        "en": f"According to the residents, step {number} of the footbridge is worn.",
                    }
                ),
                "asked": Texts({"fr": (f"La marche {number} est-elle usée ?",), "en": (f"Is step {number} worn?",)}),
            }
        )
        for number in range(1, count + 1)
    ]
    fields = {name: getattr(story, name) for name in Story.model_fields}
    return Story(**fields | {"facts": (*story.facts, *steps)})
