"""What a question wants of its answer, beside its question word: a name, a time or a day, a price, a certain thing."""

from collections.abc import Sequence

from bot.matching.fold import words
from bot.matching.reading.predicates import is_owner
from bot.matching.reading.question import CAPITALISE_NOUNS, ParsedQuestion
from bot.story.dates import ImpreciseDate, Precision
from bot.story.model import Entity, When

CALL = "call"  # "called", which asks for a name
PRICE = "cost"  # the concept of cost and price
PAYMENTS = frozenset({PRICE, "pay", "money"})  # concepts of which an amount is an amount of money
DAYS: frozenset[Precision] = frozenset({"day", "interval"})  # the precisions of a date that may tell a day


def head_position(question: ParsedQuestion) -> int | None:
    """Return where the word is that says what is counted, or who is identified: "how many X", "who is the X"."""
    if not question.question_words or question.is_foreign:
        return None
    after = max(question.question_words) + 1
    if question.slot == "how-many":
        return after
    is_identity = question.slot == "who" and 0 in question.question_words and after > 1
    owner = next((unit for unit in question.names if unit.at == after), None)
    if is_identity and owner and is_owner(question, owner, question.spoken):
        return owner.end + 1
    has_article = not question.spoken.articles.isdisjoint(question.tokens[after : after + 1])
    return after + 1 if is_identity and has_article else None


def asks_price(question: ParsedQuestion) -> bool:
    """Return whether it asks what something costs, or what is paid for it, and not how many pay."""
    after = max(question.question_words, default=-1) + 1
    if question.slot == "how-many":
        first = min(question.question_words, default=0)
        is_amount = first + question.spoken.amounts.length_at(question.tokens, first) >= after > first
        is_money = any(question.spoken.concept((token,)) in PAYMENTS for token in question.tokens[first:after])
        is_counted = any(unit.at == after and unit.key not in PAYMENTS for unit in question.units)
        return is_amount and (is_money or (not is_counted and not PAYMENTS.isdisjoint(question.keys)))
    return question.slot in {"what", None} and any(unit.key == PRICE for unit in question.units if unit.at <= after + 1)


def is_precise(question: ParsedQuestion, when: When | None, *, is_timed: bool) -> bool:
    """Return whether a fact tells a time of day (`is_timed`), or a day, if the question asks for one.

    A date in the words of the source may be a day that the editors do not know the number of: "on Thursday".
    """
    if question.precision == "hour":
        return is_timed
    told = when if question.precision else None
    return told is None or told.stated is not None or ImpreciseDate.parse(told.edtf).precision in DAYS


def tells_name(question: ParsedQuestion, parties: Sequence[Entity]) -> bool:
    """Return whether a fact about these has a name that a question lacks: of whom it describes, else of any person.

    A description is no name: "the printer" has none, if that is what the story calls him.
    """
    is_more_asked = any(unit.key != CALL for unit in question.content_words)
    described = [one for one in parties if one.id in question.keys and not is_more_asked]
    others = [one for one in parties if one.kind == "person" and one.id not in question.keys]
    return any(_has_other_name(one, question) for one in described or others)


def _has_other_name(entity: Entity, question: ParsedQuestion) -> bool:
    """Return whether a name of an entity, in the question's language, has a capitalised word that it does not have."""
    code = question.spoken.code
    if code in CAPITALISE_NOUNS:
        return True  # there a name cannot be told from a description
    names = (entity.name.get(code), *entity.aliases.get(code))
    proper = {folded for name in names for word in name.split() if word[:1].isupper() for folded in words(word)}
    return not (proper - question.spoken.stop).issubset(question.tokens)
