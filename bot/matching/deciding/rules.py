"""Decide a single question: an answer, the nearest facts on record, or an abstention with its cause.

The first of these rules that applies decides, and `Decision.rule` is its name:

| rule | applies if | outcome |
|---|---|---|
| `curated` | the question is equal to an utterance of a fact | answer |
| `nothing` | it has no name and no content word, or is only small talk | abstain: small talk, or too vague |
| `about_bot` | it is about the bot | abstain: small talk |
| `later` | it asks about something after the story | abstain: after the story |
| `tied` | two facts that could answer are equally probable | the nearest facts |
| `probable` | no veto forbids the most probable fact, and its probability and score are high enough | answer |
| `near` | a fact shares a name and a word with it, or is fairly probable | the nearest facts |
| `unknown` | no fact has any of its words | abstain: unknown name |
| `far` | none of these | abstain: no fact |

Three more rules are elsewhere: `completed` and `context` (dialogue.py) for a question that depends on the last one, and
`statement` (decide.py) for a text that asks nothing and is never answered.
"""

from bot.matching.deciding.decision import MAX_SUGGESTIONS, Candidate, Cause, Decision
from bot.matching.deciding.evidence import CLOSED_SLOTS, GRADED, Veto
from bot.matching.deciding.index import FactIndex
from bot.matching.deciding.lead_in import Votes, weighed
from bot.matching.reading.language import Language
from bot.matching.reading.question import ParsedQuestion
from bot.story.dates import ImpreciseDate

ALLEGED: frozenset[Veto] = frozenset({"act", "only_names"})  # it says of somebody what no fact does
SCORE_SLACK = 0.05  # below the story's own threshold
PROBABILITY_MARGIN = 0.1  # over the next fact that no veto forbids
MIN_WITH_NEW_WORD = 0.85  # probability of an answer despite a graded veto, or to a yes-no question with a new word
MIN_BESIDE_ACT = 0.5  # probability of a fact worth showing beside an act that no fact mentions
MIN_BY_MEANING = 0.3  # probability of a fact worth showing that has no word of the question
MIN_NEAREST = 0.2  # probability of a fact worth showing, unless it shares a name and a word with the question


def judge(question: ParsedQuestion, index: FactIndex, before: Votes | None = None) -> Decision:
    """Apply the rules to a question; `before` are the votes for the text before it."""
    curated = index.curated(question)
    if curated:
        ranking = index.ranking(question)
        own = tuple(candidate for candidate in ranking if candidate.fact == curated)
        return Decision("answer", "curated", question, own, ranking=ranking)
    language = question.spoken
    if is_chatter(question):
        return Decision("abstain", "nothing", question, cause="small_talk")
    if not question.units:
        return Decision("abstain", "nothing", question, cause=_cause_of_nothing(question, language))
    if _is_small_talk(question, language):
        return Decision("abstain", "nothing", question, cause="small_talk")
    if _asks_the_bot(question, language):
        return Decision("abstain", "about_bot", question, cause="small_talk")
    if _is_after_story(question, index):
        return Decision("abstain", "later", question, cause="after_story")
    ranking = index.ranking(question)
    return _voted(question, weighed(ranking, before) if before else ranking, index)


def _voted(question: ParsedQuestion, ranking: tuple[Candidate, ...], index: FactIndex) -> Decision:
    vote = index.vote
    able = [item for item in ranking if not _is_forbidden(item)]
    best = ranking[0] if ranking else None
    is_sure = best is not None and able[:1] == [best] and _is_likely(best, question, index)
    if best and is_sure and len(able) > 1 and best.probability - able[1].probability < PROBABILITY_MARGIN:
        return Decision("suggest", "tied", question, tuple(able[:MAX_SUGGESTIONS]), ranking=ranking)
    if best and is_sure:
        return Decision("answer", "probable", question, (best,), ranking=ranking)
    near = [item for item in ranking if item.probability >= vote.nearest and _is_near(item, question)]
    if near:
        return Decision("suggest", "near", question, tuple(near[:MAX_SUGGESTIONS]), ranking=ranking)
    if any(index.facts.mentions(unit) for unit in question.units):
        return Decision("abstain", "far", question, cause="no_fact", ranking=ranking)
    return Decision("abstain", "unknown", question, cause="unknown_name", ranking=ranking)


def _is_near(item: Candidate, question: ParsedQuestion) -> bool:
    """Return whether a fact is worth showing beside a question that it does not answer.

    A shared name alone, or a shared word without one, is often a coincidence; without either, the meaning may be the
    same ("this picture", "the painting"). What shares only the names with an accusation ("Is she a crook?", "She is a
    crook") is never near, if no fact mentions such an act: beside it, any fact reads as a hint.
    """
    evidence, names = item.evidence, {unit.surface for unit in question.names}
    shares_name, shares_word = not names.isdisjoint(evidence.known), not names.issuperset(evidence.known)
    if has_new_word(item, question) and not shares_word:
        return False
    if not evidence.known:
        return not evidence.vetoes and item.probability >= MIN_BY_MEANING
    if not ALLEGED.isdisjoint(evidence.vetoes):
        return item.probability >= MIN_BESIDE_ACT
    return item.probability >= MIN_NEAREST or (shares_name and shares_word)


def _is_forbidden(item: Candidate) -> bool:
    """Return whether a veto forbids a fact; a graded one does unless the fact is almost sure."""
    vetoes = item.evidence.vetoes
    return bool(vetoes) and not (GRADED.issuperset(vetoes) and item.probability >= MIN_WITH_NEW_WORD)


def has_new_word(item: Candidate, question: ParsedQuestion) -> bool:
    """Return whether a yes-no question, or a text without a question word, has a word that no fact mentions.

    What it asks, or alleges, may be in that word alone: "Did she sue out of spite?".
    """
    return question.slot in CLOSED_SLOTS and len(item.evidence.unknown) > item.evidence.elsewhere


def _is_likely(best: Candidate, question: ParsedQuestion, index: FactIndex) -> bool:
    """Return whether a fact is probable enough, and its score about reaches the story's threshold.

    In a story with few utterances scores are low but the threshold is the usual one, so it answers less.
    """
    least = max(index.vote.answer, MIN_WITH_NEW_WORD if has_new_word(best, question) else 0)
    return best.probability >= least and best.score >= index.thresholds.answer - SCORE_SLACK


def _is_after_story(question: ParsedQuestion, index: FactIndex) -> bool:
    """Return whether the question has a year after the story that is in no fact, or asks for later news."""
    last = ImpreciseDate.parse(index.story.story.as_of).latest.year
    missing = question.figures - index.facts.figures
    years = (int(figure) for figure in missing if figure.isdecimal() and len(figure) == 4)
    return any(last < year < 2200 for year in years) or bool(question.spoken.later.lengths(question.tokens))


def _is_small_talk(question: ParsedQuestion, language: Language) -> bool:
    """Return whether a text is only a greeting or thanks, such as "Good evening, bot"."""
    chatter = language.small_talk.intersection(question.tokens)
    return bool(chatter) and question.slot is None and (language.small_talk | language.stop).issuperset(question.tokens)


def is_chatter(question: ParsedQuestion) -> bool:
    """Return whether a text is only a question about now or about how the bot is: "what time is it"."""
    language = question.spoken
    tokens = question.tokens[language.connectives.length_at(question.tokens, 0) :]
    sizes = language.chatter.lengths(tokens)
    return any(language.small_talk.issuperset((*tokens[:at], *tokens[at + size :])) for at, size in sizes.items())


def _asks_the_bot(question: ParsedQuestion, language: Language) -> bool:
    """Return whether a question is about the bot: by how it starts, or by a phrase if it has no name of the story."""
    opens = language.identity.length_at(question.tokens, 0)
    return bool(opens or (not question.names and language.about_bot.lengths(question.tokens)))


def _cause_of_nothing(question: ParsedQuestion, language: Language) -> Cause:
    chatter = not language.small_talk.isdisjoint(question.tokens)
    return "small_talk" if chatter and question.slot is None else "too_vague"
