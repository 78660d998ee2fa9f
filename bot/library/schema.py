"""The JSON Schemas of the YAML files, for completion and checks in editors."""

from typing import Any

from bot.story.model import Source, StoryFile


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of a story file and of an article's record, by name."""
    return {"story": StoryFile.model_json_schema(), "source": Source.model_json_schema()}
