"""The command of those who run the bot: `backup`."""

from pathlib import Path

from bot.cli.common import fail, settings_or_exit


def backup(folder: Path) -> None:
    """Copy the bot's database and its key while the bot runs."""
    from bot.journal.backup import back_up
    from bot.journal.database import JournalError

    try:
        copies = back_up(settings_or_exit().database_url, folder)
    except JournalError as error:
        fail(str(error))
    for copy in copies:
        print(copy)
