"""Rank labels by how similar their utterances are to a text, without knowing the story."""
