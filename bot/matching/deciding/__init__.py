"""Decide from ranked facts whether to answer a question, suggest facts or abstain."""
