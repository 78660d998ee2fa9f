"""Find what a negation denies: who did not do something, or only what somebody says, regrets or fears."""

from collections.abc import Iterator

from bot.matching.reading.participants import SPEECH_ACTS
from bot.matching.reading.question import ParsedQuestion, Unit

# Concepts whose complement may be negated: "Who regrets not being there?" asks who regrets.
ATTITUDES = frozenset({*SPEECH_ACTS, "regret", "hope", "fear", "promise", "warn", "accuse", "expect", "decide"})
MAX_NEGATION_GAP_WORDS = 3  # between a negation and the word it denies, or between its two parts: "ne lui dit pas"


def denies_only_complement(question: ParsedQuestion) -> bool:
    """Return whether every negation is in what somebody says or feels; False if that is unclear."""
    found = [at for at, token in enumerate(question.tokens) if token in question.spoken.negations]
    return bool(found) and all(_is_in_complement(question, at) for at in found)


def denied_keys(question: ParsedQuestion) -> frozenset[str]:
    """Return the keys of the words that are denied: the next one, or the verb right before ("n'aime pas")."""
    return frozenset(
        unit.key
        for at, token in enumerate(question.tokens)
        if token in question.spoken.negations
        for unit in _denied(question, at)
    )


def _denied(question: ParsedQuestion, at: int) -> Iterator[Unit]:
    follows = [unit for unit in question.content_words if at < unit.at <= at + MAX_NEGATION_GAP_WORDS]
    if follows:
        yield follows[0]
    if question.tokens[at] not in question.spoken.negation_starts:
        before = (unit for unit in question.content_words if unit.at + len(unit.surface.split()) == at)
        yield from before


def _is_in_complement(question: ParsedQuestion, at: int) -> bool:
    starts = question.spoken.negation_starts
    openings = [i for i in range(max(0, at - 1 - MAX_NEGATION_GAP_WORDS), at + 1) if question.tokens[i] in starts]
    first = openings[0] if openings else at
    before = [unit for unit in question.content_words if unit.at < first]
    if any(_takes_clause(question, unit) for unit in before):
        return True
    attitude = next((unit for unit in before if unit.key in ATTITUDES), None)
    if attitude is None:
        return False
    return bool(openings) or not question.spoken.clause_markers.isdisjoint(question.tokens[attitude.at : at])


def _takes_clause(question: ParsedQuestion, unit: Unit) -> bool:
    """Return whether a clause follows a verb: "Who noticed that it was not there?"; an article is before a noun."""
    spoken = question.spoken
    is_noun = not spoken.articles.isdisjoint(question.tokens[max(0, unit.at - 1) : unit.at])
    return not is_noun and not spoken.clause_markers.isdisjoint(question.tokens[unit.end : unit.end + 1])
