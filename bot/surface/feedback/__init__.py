"""Readers' feedback: mistakes they report, votes, and waits for an answer."""
