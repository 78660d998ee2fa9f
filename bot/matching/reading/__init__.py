"""Read an utterance: its language, question word, names and content words."""
