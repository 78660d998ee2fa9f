"""Draw the rooms of the house from `.importlinter`: a floor for each layer, the rooms of one floor side by side."""

import textwrap
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from tests.conftest import ROOT

CONTRACTS = ROOT / ".importlinter"
PICTURE = ROOT / "docs" / "rooms.svg"

WIDTH, LEFT, GAP = 960, 44, 8  # pixels; the arrow stands on the left
NAME_HEIGHT, LINE_HEIGHT, LETTER_WIDTH = 26, 15, 6.3
FILLS = ("#f6f8fa", "#e3ebf6", "#ffffff")  # by depth


@dataclass(frozen=True)
class Room:
    """A module or package, with the rooms inside it floor by floor, and the third parties that only it may import."""

    module: str
    floors: tuple[tuple["Room", ...], ...]
    packages: tuple[str, ...]

    @property
    def name(self) -> str:
        """The last part of the module's name."""
        return self.module.rpartition(".")[2]

    @property
    def width(self) -> int:
        """How many of the smallest rooms fit beside each other in the widest floor."""
        return max((sum(room.width for room in floor) for floor in self.floors), default=1)

    def inside(self) -> Iterator["Room"]:
        """Yield the rooms inside this one, from the top, each followed by those inside it."""
        for floor in self.floors:
            for room in floor:
                yield room
                yield from room.inside()


def read_rooms(contracts: Path = CONTRACTS) -> Room:
    """Read the layers and the owners of third-party packages."""
    config = ConfigParser()
    config.read(contracts, encoding="utf-8")
    layers = {
        section["containers"]: section["layers"].split("\n")[1:]
        for section in config.values()
        if section.get("type") == "layers"
    }
    owners = [
        (owner, package)
        for section in config.values()
        if section.get("type") == "protected"
        for owner in section["allowed_importers"].split()
        for package in section["protected_modules"].split()
    ]
    drawn = set(layers) | {
        f"{container}.{name}" for container, lines in layers.items() for line in lines for name in _names(line)
    }

    def room(module: str) -> Room:
        packages = {package for owner, package in owners if _nearest(owner, drawn) == module}
        floors = tuple(tuple(room(f"{module}.{name}") for name in _names(line)) for line in layers.get(module, ()))
        return Room(module, floors, tuple(sorted(packages)))

    return room("bot")


def draw(house: Room) -> str:
    """Return the picture as SVG."""
    inner = WIDTH - LEFT - GAP
    height = _height_of_floors(house, inner) + 2 * GAP
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">',
        "<title>The rooms of bot/: each imports only from those below it, and never from those beside it</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<path d="M22 {GAP} V{height - 20}" stroke="#57606a" stroke-width="2"/>',
        f'<path d="M16 {height - 22} L22 {height - GAP} L28 {height - 22} Z" fill="#57606a"/>',
        f'<text transform="translate(16 {height // 2}) rotate(-90)" font-size="14" fill="#57606a">imports</text>',
        *_floors(house, LEFT, GAP, inner, height - 2 * GAP, 0),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _names(line: str) -> list[str]:
    """Return the rooms of one floor."""
    return line.replace("|", " ").replace(":", " ").split()


def _nearest(module: str, drawn: set[str]) -> str:
    """Return the innermost room that is drawn around a module."""
    while module not in drawn:
        module = module.rpartition(".")[0]
    return module


def _wrapped(room: Room, width: float) -> list[str]:
    return textwrap.wrap(" · ".join(room.packages), int((width - 2 * GAP) / LETTER_WIDTH), break_on_hyphens=False)


def _height(room: Room, width: float) -> float:
    own = NAME_HEIGHT + LINE_HEIGHT * len(_wrapped(room, width)) + GAP
    return own + (_height_of_floors(room, width - 2 * GAP) + GAP if room.floors else 0)


def _height_of_floors(room: Room, width: float) -> float:
    heights = [max(_height(each, wide) for each, wide in _shared(floor, width)) for floor in room.floors]
    return sum(heights) + GAP * (len(heights) - 1)


def _shared(floor: tuple[Room, ...], width: float) -> list[tuple[Room, float]]:
    """Share the width of a floor among its rooms."""
    one = (width - GAP * (len(floor) - 1)) / sum(room.width for room in floor)
    return [(room, one * room.width) for room in floor]


def _floors(room: Room, left: float, top: float, width: float, height: float, depth: int) -> Iterator[str]:
    """Draw the floors of a room; what is left of the height is given to all of them."""
    spare = (height - _height_of_floors(room, width)) / max(1, len(room.floors))
    for floor in room.floors:
        shared = _shared(floor, width)
        high = max(_height(each, wide) for each, wide in shared) + spare
        at = left
        for each, wide in shared:
            yield from _box(each, at, top, wide, high, depth)
            at += wide + GAP
        top += high + GAP


def _box(room: Room, left: float, top: float, width: float, height: float, depth: int) -> Iterator[str]:
    x, y = round(left), round(top)
    yield (
        f'<rect x="{x}" y="{y}" width="{round(width)}" height="{round(height)}" rx="4" '
        f'fill="{FILLS[depth]}" stroke="#8c959f"/>'
    )
    name = escape(room.name)
    yield f'<text x="{x + GAP}" y="{y + 19}" font-size="14" font-weight="bold" fill="#1f2328">{name}</text>'
    lines = _wrapped(room, width)
    for number, line in enumerate(lines, start=1):
        y_line = y + 19 + LINE_HEIGHT * number
        yield f'<text x="{x + GAP}" y="{y_line}" font-size="11" fill="#57606a">{escape(line)}</text>'
    used = NAME_HEIGHT + LINE_HEIGHT * len(lines)
    yield from _floors(room, left + GAP, top + used, width - 2 * GAP, height - used - GAP, depth + 1)
