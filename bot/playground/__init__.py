"""The bot in a browser, on a simulated Discord: nobody needs an account."""
