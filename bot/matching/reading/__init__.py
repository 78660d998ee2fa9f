"""What was asked: an utterance to its language, slot, names and content words."""
