"""What commands use if nothing is given, and the choices that they offer."""

from enum import StrEnum

DEFAULT_PORT = 8765
DEFAULT_DESK_PORT = 8790
DEFAULT_LANGUAGES = "fr,en"
DEFAULT_DOMAIN = "onrecord.invalid"  # nobody's: https://www.rfc-editor.org/rfc/rfc2606
DEFAULT_GAPS = 20


class SchemaName(StrEnum):
    """The files that have a schema."""

    STORY = "story"
    SOURCE = "source"


class ExportFormat(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    JSONL = "jsonl"
