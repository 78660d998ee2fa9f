"""Draw the picture of the rooms and print the tables of the pages: `python -m tests.docs`."""

from tests.docs.printed import PAGES, printed
from tests.docs.rooms import PICTURE, draw, read_rooms

PICTURE.write_text(draw(read_rooms()), "utf-8")
for page in PAGES.rglob("*.md"):
    page.write_text(printed(page.read_text("utf-8")), "utf-8")
