"""Discord's markdown as HTML: everything is escaped, and only addresses of the web become links."""

import re
from datetime import UTC, datetime
from typing import Protocol

from markupsafe import Markup, escape

FENCE = re.compile(r"```(?:\w+\n)?\n?(.*?)\n?```", re.DOTALL)
LINE = re.compile(r"(?P<heading>#{1,3} )|(?P<small>-# )|(?P<quote>> ?)|\s*(?P<item>[-*]|\d+\.) ")
BODY = r"(?:\\.|[^\\])+?"
INLINE = re.compile(
    rf"""\\(?P<literal>[^\w\s])
    | `(?P<code>[^`]+)`
    | \*\*(?P<strong>{BODY})\*\*
    | __(?P<u>{BODY})__
    | ~~(?P<s>{BODY})~~
    | \|\|(?P<spoiler>{BODY})\|\|
    | \*(?P<em>(?=\S){BODY})\*
    | (?<!\w)_(?P<i>{BODY})_(?!\w)
    | \[(?P<label>(?:\\.|[^\]\\])+)\]\(<?(?P<target>https?://[^\s<>)]+)>?\)
    | <?(?P<url>https?://[^\s<>]*[^\s<>.,:;!?)\]»])>?
    | <@!?(?P<user>\d+)>
    | <\#(?P<channel>\d+)>
    | </(?P<command>[^:<>]+):\d+>
    | <t:(?P<time>-?\d{{1,10}})(?::(?P<style>[tTdDfFR]))?>""",
    re.VERBOSE,
)
MARKS = {
    "strong": Markup("<strong>{}</strong>"),
    "u": Markup("<u>{}</u>"),
    "s": Markup("<s>{}</s>"),
    "em": Markup("<em>{}</em>"),
    "i": Markup("<em>{}</em>"),
    "spoiler": Markup('<span class="spoiler" tabindex="0">{}</span>'),
}
HOURS = "f"  # the style of a time that has none: a date with hours and minutes


class Named(Protocol):
    """What a text names by number."""

    def user(self, number: int) -> str:
        """Return the name of a user, or the number."""

    def channel(self, number: int) -> str:
        """Return the name of a channel, or the number."""

    def jump(self, address: str) -> tuple[str, str]:
        """Return where a link leads on the page, and its text: a message that is shown is on the page itself."""


def html(text: str, names: Named) -> Markup:
    """Return a text of several lines as paragraphs."""
    parts: list[Markup] = []
    for number, part in enumerate(FENCE.split(text)):
        if number % 2:
            parts.append(Markup("<pre><code>{}</code></pre>").format(part))
        else:
            parts += [_line(line, names) for line in part.strip("\n").split("\n") if part.strip("\n")]
    return Markup().join(parts)


def inline(text: str, names: Named) -> Markup:
    """Return a text of one line with its marks."""
    parts, end = [], 0
    for found in INLINE.finditer(text):
        parts += [escape(text[end : found.start()]), _marked(found, names)]
        end = found.end()
    return Markup().join([*parts, escape(text[end:])])


def _line(line: str, names: Named) -> Markup:
    start = LINE.match(line)
    kind = start.lastgroup if start else "line"
    rest = line[start.end() :] if start else line
    if start and kind == "item":
        rest = f"{'•' if start['item'] in '-*' else start['item']} {rest}"
    return Markup('<p class="{}">{}</p>').format(kind if rest.strip() else "gap", inline(rest, names))


def _marked(found: re.Match[str], names: Named) -> Markup:
    """Return a marked part as HTML; the part of the pattern that matched last is the one that says which it is."""
    kind = found.lastgroup or ""
    said = found[kind]
    match kind:
        case "literal":
            return escape(said)
        case "code":
            return Markup("<code>{}</code>").format(said)
        case _ if kind in MARKS:
            return MARKS[kind].format(inline(said, names))
        case "target" | "url":
            return _link(found, names)
        case "user":
            return _mention(f"@{names.user(int(said))}")
        case "channel":
            return _mention(f"#{names.channel(int(said))}")
        case "command":
            return _mention(f"/{said}")
    return _time(int(found["time"]), found["style"] or HOURS)


def _link(found: re.Match[str], names: Named) -> Markup:
    address = found["target"] or found["url"]
    href, text = names.jump(address)
    label = inline(found["label"], names) if found["label"] else escape(text)
    outside = Markup("") if href.startswith("#") else Markup(' target="_blank" rel="noopener noreferrer"')
    return Markup('<a href="{}"{}>{}</a>').format(href, outside, label)


def _mention(text: str) -> Markup:
    return Markup('<span class="mention">{}</span>').format(text)


def _time(seconds: int, style: str) -> Markup:
    """Return a time, which the page's script writes as the reader's language and time zone do."""
    said = datetime.fromtimestamp(seconds, UTC).isoformat()
    return Markup('<time datetime="{0}" data-style="{1}">{0}</time>').format(said, style)
