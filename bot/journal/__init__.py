"""The interaction log: every exchange, in a database, off the path of the answer."""
