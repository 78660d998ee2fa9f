"""Find of whom a question says what somebody is: "X is independent", "X is a subsidiary of Y", "X's founder"."""

from dataclasses import dataclass

from bot.matching.reading.language import Language
from bot.matching.reading.question import ParsedQuestion, Unit

NAMING_ACTS = frozenset({"call", "accuse"})  # concepts: their object is said to be something
MAX_PREDICATE_GAP_WORDS = 6  # from the predicate back to the verb "to be"
MAX_SUBJECT_GAP_WORDS = 5  # from that verb back to its subject: "X n'a-t-elle pas été"


@dataclass(frozen=True, slots=True)
class Predication:
    """A word that says what somebody is."""

    subject: Unit | None  # who is it; None if nobody, or nobody with a name
    whose: Unit | None  # "a founder of X", "X's founder", "an X subsidiary"
    is_noun: bool  # it has an article: "a founder"


def predication(question: ParsedQuestion, act: Unit, language: Language) -> Predication | None:
    """Return of whom a word is said; None if it is no predicate."""
    copula = _copula(question, act, language)
    if copula is None:
        named = _complemented(question, act, language)
        return Predication(named, None, is_noun=True) if named else None
    inner = [unit for unit in question.names if min(copula, act.at) < unit.at < max(copula, act.at)]
    owners = [unit for unit in inner if is_owner(question, unit, language)]
    subject = _before(question, copula, language) if copula < act.at else None
    if copula > act.at:  # "dass X eine Tochter von Y ist"
        free = [unit for unit in question.names if unit.at < act.at and not _is_part(question, unit, language)]
        subject = free[-1] if free else None
    elif subject is None and not _asks_who(question, copula):  # "Is X a founder?", "Ist X unabhängig?"
        free = [unit for unit in inner if unit not in owners and not _is_part(question, unit, language)]
        subject = free[0] if free else None
    after = [unit for unit in question.names if unit.at > act.at and unit.before in language.of_markers]
    owners += [unit for unit in inner if unit is not subject and unit not in owners]
    return Predication(subject, next(iter([*after, *owners]), None), _has_article(question, copula, act, language))


def is_agentive(act: Unit, language: Language) -> bool:
    """Return whether a word is a noun for whoever does something, by its ending: "founder"."""
    return act.last_word.endswith(language.endings_of_agentive)


def _copula(question: ParsedQuestion, act: Unit, language: Language) -> int | None:
    """Return the position of the verb "to be" that joins a subject to a predicate, without a clause in between."""
    if language.copulas.isdisjoint(question.tokens):
        return None
    named = question.name_positions
    barred = language.clause_markers | language.topic_markers | language.patient_markers
    for at in range(act.at - 1, max(-1, act.at - 1 - MAX_PREDICATE_GAP_WORDS), -1):
        token = question.tokens[at]
        if at in named:
            continue
        if token in language.copulas:
            return None if {at, at + 2} <= question.question_phrases else at  # "est-ce que"
        if token in barred:
            break
    last = len(question.tokens) - 1
    ends = language.verb_final and last > act.at and question.tokens[last] in language.copulas
    return last if ends and not any(unit.at > act.at for unit in question.content_words) else None


def _before(question: ParsedQuestion, copula: int, language: Language) -> Unit | None:
    """Return the name right before the verb "to be", if it is its subject."""
    ends = {unit.end: unit for unit in question.names}
    for end in range(copula, max(0, copula - MAX_SUBJECT_GAP_WORDS) - 1, -1):
        unit = ends.get(end)
        if unit:
            return None if _is_asked_or_part(question, unit, language) else unit
        token = question.tokens[end - 1] if end else ""
        if token not in language.stop or token in language.clause_markers or end - 1 in question.question_words:
            return None
    return None


def _is_asked_or_part(question: ParsedQuestion, unit: Unit, language: Language) -> bool:
    """Return whether a name is not a subject alone: "the board of X is", "Y and X are", "which X is"."""
    if unit.before in language.of_markers or (unit.before,) in language.connectives:
        return True
    return unit.at - 1 in question.question_words and question.tokens[unit.at - 1] not in language.clause_markers


def _complemented(question: ParsedQuestion, act: Unit, language: Language) -> Unit | None:
    """Return the name that is called something: "called X a hero", "a qualifié X de héros"."""
    if NAMING_ACTS.isdisjoint(question.keys):
        return None
    unit = next((unit for unit in reversed(question.names) if unit.at < act.at), None)
    if unit is None or not any(word.at < unit.at and word.key in NAMING_ACTS for word in question.content_words):
        return None
    between = question.tokens[unit.end : act.at]
    joins = language.articles | language.of_markers
    return unit if between and between[-1] in joins and language.stop.issuperset(between) else None


def _has_article(question: ParsedQuestion, copula: int, act: Unit, language: Language) -> bool:
    """Return whether an article between the verb and the predicate belongs to no name."""
    starts = {unit.at for unit in question.names}
    first, last = sorted((copula, act.at))
    span = range(first + 1, last) if copula < act.at else range(max(0, act.at - 1), act.at)
    return any(question.tokens[at] in language.bare_articles and at + 1 not in starts for at in span)


def _asks_who(question: ParsedQuestion, copula: int) -> bool:
    """Return whether the subject of the verb is the question word: "Who is X's founder?"."""
    return copula - 1 in question.question_words or (question.slot == "who" and copula in question.question_words)


def is_owner(question: ParsedQuestion, unit: Unit, language: Language) -> bool:
    """Return whether a name is followed by the sign of an owner: "X's"."""
    end = unit.end
    return end < len(question.tokens) and question.tokens[end] in language.possessives


def _is_part(question: ParsedQuestion, unit: Unit, language: Language) -> bool:
    """Return whether a name is part of a longer phrase: "the board of X", "about X", "according to X"."""
    is_marked = unit.before in language.complement_markers or unit.before in language.agent_markers
    return is_marked or is_owner(question, unit, language)
