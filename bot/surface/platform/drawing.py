"""What all pictures share: their size, colours and fonts, and lines that fit."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from bot.surface.platform.typography import unbroken

# Lengths are in points: one is a pixel if Discord shows the picture 500 pixels wide.
WIDTH = 500
SHARPNESS = 2  # pixels per point
MARGIN = 16
NARROWEST = 0.25  # of a font's size: no letter of ours that has a width is narrower
LEADING = 1.3  # line height by font size; with less, accents touch the line above

# Discord's dark theme; both bar colours are from Okabe and Ito's colour-blind safe palette
# (https://jfly.uni-koeln.de/color/).
BACKGROUND = "#2b2d31"
STRIP = "#1e1f22"
RULE = "#4e5058"
TEXT = "#f2f3f5"
MUTED = "#b5bac1"
BLUE = "#56b4e9"
ORANGE = "#e69f00"
GREY = "#8d9299"


@dataclass(frozen=True)
class Style:
    """How a line of text looks."""

    size: float
    colour: str
    file: str = "DejaVuSans.ttf"  # shipped with matplotlib

    @property
    def font(self) -> FontProperties:
        """The font, read from its file, so that it does not depend on the machine's fonts."""
        return FontProperties(fname=self._path, size=self.size)

    @property
    def _path(self) -> Path:
        return Path(get_data_path(), "fonts", "ttf", self.file)

    @property
    def step(self) -> float:
        """The line height."""
        return self.size * LEADING

    def can_draw(self, text: str) -> bool:
        """Return whether the font has every letter of a text; it would draw a box for any other."""
        return _letters(self._path).issuperset(map(ord, "".join(text.split())))

    def width(self, text: str) -> float:
        """Return a line's width as rendered, since hinting makes it depend on the resolution."""
        line = blank().text(0, 0, text, font=self.font, parse_math=False)
        return float(line.get_window_extent().width) / SHARPNESS


@cache
def _letters(font: Path) -> frozenset[int]:
    """Return the code points that a font file has."""
    return frozenset(FT2Font(font).get_charmap())


TITLE = Style(16, TEXT, "DejaVuSans-Bold.ttf")


def wrapped(text: str, style: Style, max_width: float) -> list[str]:
    """Break a text into lines at spaces; break a word only if it is wider than a line."""
    text, lines = re.sub(r"[ \t\r\n]+", " ", unbroken(text.strip())), []
    most = int(max_width / (style.size * NARROWEST)) + 1
    while len(text) > most or style.width(text) > max_width:
        fits = bisect_right(range(min(len(text), most)), max_width, key=lambda size: style.width(text[:size])) - 1
        end = text.rfind(" ", 0, fits + 1)
        end = fits if end < 0 else end
        lines.append(text[:end])
        text = text[end:].lstrip(" ")
    return [*lines, text]


def blank() -> Figure:
    """Return an empty figure."""
    figure = Figure(figsize=(1, 1), dpi=72 * SHARPNESS, facecolor=BACKGROUND)
    FigureCanvasAgg(figure)
    return figure
