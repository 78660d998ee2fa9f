"""What to do: a question and its ranked facts to an answer, the nearest facts, or an abstention."""
