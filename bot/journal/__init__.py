"""The interaction log: every exchange is stored in a database, without delaying the answer."""
