"""Arguments and options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Knowledge = Annotated[Path | None, typer.Option(help="Folder of the fact base.")]
Story = Annotated[str | None, typer.Option(help="Only this story, by its id.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")]
Since = Annotated[str | None, typer.Option(help="Only what was asked since this date, such as 2024-03.")]
Output = Annotated[Path | None, typer.Option(help="File to write; standard output if left out.")]
Port = Annotated[int, typer.Option(min=1024, max=65_500, help="Port of the page.")]
Gap = Annotated[str, typer.Argument(metavar="GAP", help="The gap's id in `onrecord gaps`, or its first characters.")]
Yes = Annotated[bool, typer.Option("--yes", help="Write it even if something changes for the worse.")]
