"""Discord: the client, its commands and listeners, and how values are drawn."""
