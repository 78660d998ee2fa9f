"""Which concepts of the language files are opposites: who bought does not answer who sold."""

_CONVERSE = (
    ("buy", "sell"),
    ("open", "close"),
    ("reopen", "close"),
    ("begin", "end"),
    ("increase", "decrease"),
    ("win", "lose"),
    ("join", "leave"),
    ("arrive", "leave"),
    ("employ", "dismiss"),
    ("hire", "dismiss"),
    ("allow", "ban"),
    ("agree", "disagree"),
    ("admit", "deny"),
    ("confirm", "deny"),
    ("praise", "criticise"),
    ("send", "receive"),
    ("born", "die"),
)
OPPOSITES: dict[str, frozenset[str]] = {
    one: frozenset(other for pair in _CONVERSE if one in pair for other in pair if other != one)
    for one in {key for pair in _CONVERSE for key in pair}
}
# Who denies a claim is never whoever makes it, and a claim is no admission or proof of what it says.
STANCES = frozenset({"deny", "disagree", "admit", "confirm", "sentence"})
