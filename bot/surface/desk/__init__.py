"""The commands of the editors, and the rights of everybody over what is kept about them."""
