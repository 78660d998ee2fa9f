"""The bot tried in a browser, with no Discord account."""
