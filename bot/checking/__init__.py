"""Every rule that a story must follow before it is loaded."""
