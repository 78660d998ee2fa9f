"""What readers say back: mistakes, votes, and whether they wait for an answer."""
