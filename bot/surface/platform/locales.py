"""Remember the language of each user's Discord, which Discord tells with interactions and not with messages."""

from cachetools import LRUCache

MAX_USERS = 10_000  # the least recently active one is forgotten first


class Locales:
    """The Discord locale of the users who used a command or a button, only in memory."""

    def __init__(self) -> None:
        self._locales: LRUCache[int, str] = LRUCache(MAX_USERS)

    def remember(self, user: int, locale: str) -> None:
        """Remember a user's locale."""
        self._locales[user] = locale

    def of(self, user: int, default: str) -> str:
        """Return a user's locale; the default if it is not known."""
        return self._locales.get(user, default)

    def forget(self, user: int) -> None:
        """Forget a user's locale."""
        self._locales.pop(user, None)
