"""Every rule that a story must keep before it is loaded."""
