"""The values of closed types."""

from typing import Any, Literal, get_args, get_origin


def values_of(kind: Any) -> set[Any]:
    """Return the values of a Literal, or of a union of them and None; empty if the type has others too."""
    if kind is type(None):
        return {None}
    if get_origin(kind) is Literal:
        return set(get_args(kind))
    parts = [values_of(part) for part in get_args(kind)]
    return set[Any]().union(*parts) if parts and all(parts) else set()
