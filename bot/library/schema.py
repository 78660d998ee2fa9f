"""The JSON Schema of the YAML files, so that editors can complete and check them while typing."""

from typing import Any

from bot.story.model import Source, StoryFile


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of a story's file and that of an article's record."""
    return {"story": StoryFile.model_json_schema(), "source": Source.model_json_schema()}
