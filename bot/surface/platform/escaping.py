"""Show a text in a message as it is written: Discord must not read Markdown, links or mentions in it.

discord.py's `escape_markdown` leaves the second of two masked links live, and addresses as they are.
"""

import re
from dataclasses import replace

from bot.answering.cited import CitedFact, Reference

_MARKS = re.compile(
    r"[\\*_~`|<>\[\]]"
    r"|:(?=//)"  # Discord makes a link of any address
    r"|(?<=\w)\.(?=\w{1,24}/)"  # and an invitation of "discord.gg/..." even without a scheme
)
_LINE_MARKS = re.compile(r"^([ \t]*)([-+#])(?=[#\s])|^([ \t]*\d{1,9})([.)])(?=\s)", re.MULTILINE)
_NO_LABEL, _NO_TARGET = re.compile(r"[\[\]]"), re.compile(r"[()<>\s]")  # they would end a masked link
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)")


def escaped(text: str) -> str:
    """Return a text so that Discord shows it as it is: nothing in it is formatted, live or a mention."""
    text = _LINE_MARKS.sub(_escaped_line_mark, _MARKS.sub(r"\\\g<0>", text))
    return _MENTION.sub("@\u200b", text)


def escaped_line(text: str) -> str:
    """Return a text on one line, escaped."""
    return escaped(" ".join(text.split()))


def escaped_fact(cited: CitedFact) -> CitedFact:
    """Return a fact whose texts are escaped; the addresses of its articles stay live."""
    return replace(
        cited,
        by_name=cited.by_name and escaped(cited.by_name),
        text=escaped(cited.text),
        when_text=cited.when_text and escaped(cited.when_text),
        citations=tuple(map(escaped_reference, cited.citations)),
    )


def escaped_reference(reference: Reference) -> Reference:
    """Return a citation whose texts are escaped; the address of its article stays live."""
    return replace(
        reference,
        quote=escaped(reference.quote),
        article=escaped(reference.article),
        translation=reference.translation and escaped(reference.translation),
    )


def linked_fact(cited: CitedFact) -> CitedFact:
    """Return a fact whose texts are escaped, and whose articles' names lead to their addresses."""
    return replace(escaped_fact(cited), citations=tuple(map(linked_reference, cited.citations)))


def linked_reference(reference: Reference) -> Reference:
    """Return a citation whose texts are escaped; its article's name is a link, if it can be one."""
    shown = escaped_reference(reference)
    if shown.url is None or _NO_LABEL.search(shown.article) or _NO_TARGET.search(shown.url):
        return shown
    return replace(shown, article=f"[{shown.article}]({shown.url})", url=None)


def _escaped_line_mark(match: re.Match[str]) -> str:
    before, mark = (match[1], match[2]) if match[2] else (match[3], match[4])
    return f"{before}\\{mark}"
