"""The look-up commands: people, dates, lists, sources, changes, checking a message, the story, help."""
