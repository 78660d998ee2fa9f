"""What is stored about one user."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT_RETENTION_DAYS = 90


@dataclass(frozen=True)
class StoredData:
    """Everything that is stored about one user: JSON-ready rows by table."""

    is_opted_out: bool
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
    retention_days: int = DEFAULT_RETENTION_DAYS  # how long rows are stored; 0 if for ever
