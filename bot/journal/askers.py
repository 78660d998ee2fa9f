"""Hide who asked: a user is kept as a keyed hash."""

import hmac
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Askers:
    """Hashes users with one key; without it, nobody can tell whose a row is."""

    key: bytes

    def hash(self, user: int) -> str:
        """Return the hash under which what a user does is kept."""
        return hmac.new(self.key, str(user).encode(), sha256).hexdigest()[:32]
