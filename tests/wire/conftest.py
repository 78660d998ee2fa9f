"""Discord's own description of its requests, which is not part of the repository."""

import os

import pytest

from tests.wire.description import Description, read_description

SPEC = "ONRECORD_DISCORD_SPEC"


@pytest.fixture(scope="session")
def description() -> Description:
    """The description in the file that a variable names."""
    file = os.environ.get(SPEC)
    if not file:
        pytest.skip(f"{SPEC} does not name Discord's OpenAPI description: see CONTRIBUTING.md")
    return read_description(file)
