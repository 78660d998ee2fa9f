"""The editors' commands, and users' rights over what is stored about them."""
