"""What is stored about one user."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kept:
    """Everything that is kept of one user, as rows ready for JSON, by what they are."""

    is_opted_out: bool
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
