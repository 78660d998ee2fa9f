"""Draw lines over logarithmic axes as SVG, without a library."""

from collections.abc import Mapping, Sequence
from html import escape
from math import floor, log10

COLOURS = ("#999999", "#0072B2", "#000000", "#D55E00")  # of Okabe and Ito, as in plots.py
WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT = 800, 320, 60, 30, 45, 190
Point = tuple[float, float]


def drawn(lines: Mapping[str, Sequence[Point]], title: str, across: str) -> str:
    """Return a picture of named lines, whose points have numbers above zero, with their names beside their ends."""
    points = [point for line in lines.values() for point in line]
    x, y = (
        _Axis([one[0] for one in points], LEFT, WIDTH - RIGHT),
        _Axis([one[1] for one in points], HEIGHT - BOTTOM, TOP),
    )
    parts = [f'<text x="{LEFT}" y="16" font-weight="bold">{escape(title)}</text>']
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>'
    )
    for tick in x.ticks:
        parts.append(_rule(x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM))
        parts.append(f'<text x="{x.at(tick):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{tick:g}</text>')
    for tick in y.ticks:
        parts.append(_rule(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick)))
        parts.append(f'<text x="{LEFT - 6}" y="{y.at(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for number, (name, line) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = [f"{x.at(one):.1f},{y.at(other):.1f}" for one, other in line]
        parts.append(f'<polyline points="{" ".join(places)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        below = HEIGHT - BOTTOM - 20 * (len(lines) - number)
        parts.append(f'<text x="{WIDTH - RIGHT + 12}" y="{below}" fill="{colour}">{escape(name)}</text>')
    style = 'font-family="sans-serif" font-size="12"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {style}>'
    return "\n".join([head, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>', *parts, "</svg>", ""])


def _rule(x: float, y: float, other_x: float, other_y: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{other_x:.1f}" y2="{other_y:.1f}" stroke="#E8E8E8"/>'


class _Axis:
    """Places numbers between two pixels, over whole powers of ten."""

    def __init__(self, numbers: Sequence[float], first: float, last: float) -> None:
        self._low, high = floor(log10(min(numbers))), floor(log10(max(numbers))) + 1
        self._first, self._step = first, (last - first) / (high - self._low)
        self.ticks = [10.0**power for power in range(self._low, high + 1)]

    def at(self, number: float) -> float:
        return self._first + (log10(number) - self._low) * self._step
