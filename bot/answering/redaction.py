"""Remove from a text what identifies a person or gives access: addresses, numbers to call, mentions, tokens."""

import re

# What replaces each kind; the order matters: a token or an e-mail address contains what looks like a number.
_PATTERNS = {
    "[link]": r"\bhttps?://\S+|\bwww\.\S+",
    "[mention]": r"<[@#][!&]?\d+>|<(?:a?:\w+:|id:\w+)\d*>",
    "[email]": r"(?<![\w.%+'-])[\w.%+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
    "[token]": r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}(?:\.[\w-]{5,}){0,2}",
    "[address]": r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b",
    "[number]": r"(?<![\w.,])(?:\+|00|\(?0)[\d(](?:[ .()/-]{0,2}\d){7,13}(?!\w)|(?<!\d)\d{15,19}(?!\d)",
}
_ONE = re.compile("|".join(f"(?P<k{number}>{pattern})" for number, pattern in enumerate(_PATTERNS.values())), re.I)
_LABELS = tuple(_PATTERNS)
_LINK = _LABELS.index("[link]")
_LABEL = re.compile("|".join(map(re.escape, _LABELS)))


def redacted(text: str, *, keep_links: bool = False) -> str:
    """Return the text with each link, mention, e-mail or IP address, token and telephone number replaced by its kind.

    A year, a date, a sum and a percentage stay: stories are full of them. So do links, where a link was asked for.
    """

    def replace(found: re.Match[str]) -> str:
        kind = int((found.lastgroup or "k0")[1:])
        return found[0] if kind == _LINK and keep_links else _LABELS[kind]

    return _ONE.sub(replace, text)


def without_labels(text: str) -> str:
    """Return a redacted text without what stands for the removed parts, to be understood as a question again."""
    return " ".join(_LABEL.sub(" ", text).split()) if _LABEL.search(text) else text
