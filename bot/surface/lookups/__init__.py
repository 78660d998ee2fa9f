"""The commands that look something up: people, dates, lists, sources, changes, messages, the story, help."""
