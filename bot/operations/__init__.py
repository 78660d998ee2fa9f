"""What those who run the bot see of it: whether it is well, and its measures."""
