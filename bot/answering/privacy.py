"""What is stored about one user."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StoredData:
    """Everything that is stored about one user: JSON-ready rows by table."""

    is_opted_out: bool
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
