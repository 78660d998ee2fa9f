"""Discord: the client, its commands and listeners, and how replies are rendered."""
