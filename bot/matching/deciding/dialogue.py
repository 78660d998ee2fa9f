"""Decide a question that may depend on the last one.

It is completed by rule if it says too little. If that gives no answer, the facts are weighed by the votes on several
readings of it, and by their relation to the fact shown last.
"""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from bot.matching.deciding.context import ContextVote, Voted, Votes, signals_in_context
from bot.matching.deciding.decision import MAX_SUGGESTIONS, OUTCOMES, Candidate, Decision, Rule
from bot.matching.deciding.evidence import Veto
from bot.matching.deciding.index import FactIndex, ranked
from bot.matching.deciding.rules import is_chatter, judge
from bot.matching.deciding.vote import Doubles
from bot.matching.reading.completion import asks_for_another_role, complete, correction_length
from bot.matching.reading.dialogue_state import DialogueState, referents
from bot.matching.reading.followup import (
    FollowUp,
    asks_for_counterpart,
    asks_for_statement,
    follow_up,
    without_return,
)
from bot.matching.reading.participants import ANSWER, SAY, SPEECH_ACTS, THINK
from bot.matching.reading.question import ParsedQuestion
from bot.story.model import Fact, Slot

LASTING: frozenset[Veto] = frozenset({"name", "word", "missing", "figure", "role"})  # hold after completion too
# A question of these kinds says by its words alone what is asked; without this, 8 of 10 accusations in
# tests/matching/deciding/test_accusations.py are answered with the fact shown last, for 1 of 103 follow-ups.
SAID_BY_WORDS: frozenset[Slot | None] = frozenset({"who", "yes-no", None})
SETTLED: tuple[Rule, ...] = ("about_bot", "later", "tied")  # decisions that the context does not change
MIN_TOLD_AGAIN = 0.85  # usual vote for the fact shown last, to answer a correction too


class Dialogue:
    """Decides questions in the context of the last one."""

    def __init__(self, index: FactIndex, vote: ContextVote) -> None:
        self._index = index
        self._story = index.story
        self._lexicon = index.reader.lexicon
        self.vote = vote

    def decide(self, question: ParsedQuestion, before: DialogueState | None) -> Decision:
        """Decide a question; one that depends on the last is completed by rule, else weighed in context."""
        if before is None or is_chatter(question):
            return self._judged(question)
        returned = without_return(question, self._lexicon)
        if returned is not None:
            return self._judged(returned)
        asserted = self._asserted(question, before)
        if asserted:
            return Decision("answer", "completed", question, (asserted,))
        countered = self._countered(question, before) or self._replied(question, before)
        if countered:
            return countered
        decision = _without_unresolved_pronoun(self.complete(question, before), question)
        if decision.outcome == "answer" or decision.rule in SETTLED:
            return decision
        nearest = self._nearest(question, decision)
        if nearest and self._is_told(nearest.fact, question, before):
            nearest = None
        if nearest and nearest.probability >= self.vote.completed:
            return replace(decision, outcome="answer", rule="completed", chosen=(nearest,))
        joined = self.join(question, before)
        return self._in_context(question, joined, before, decision) if joined else decision

    def _asserted(self, question: ParsedQuestion, before: DialogueState) -> Candidate | None:
        """Return the fact shown last if somebody asserts it, "who says so?" is all that is asked, and who was not."""
        shown = self._story.shown_facts.get(before.shown or "")
        is_bare = question.slot == "who" and question.units and {unit.key for unit in question.units} <= {SAY, THINK}
        if not is_bare or shown is None or shown.by is None or before.question.slot == "who":
            return None
        return next((one for one in self._index.ranking(before.question) if one.fact == shown.id), None)

    def _countered(self, question: ParsedQuestion, before: DialogueState) -> Decision | None:
        """Return what replies to the fact shown last, or what it replies to, if only the other side is asked for."""
        shown = self._story.shown_facts.get(before.shown or "")
        if shown is None or not asks_for_counterpart(question):
            return None
        claim = self._story.shown_facts.get(shown.replies_to or "")
        others = [fact for fact in (*self._story.replies.get(shown.id, ()), claim) if fact and fact.asked]
        found = tuple(map(self._found_by_utterance, others[:MAX_SUGGESTIONS]))
        if len(found) == 1:
            return Decision("answer", "completed", question, found)
        return Decision("suggest", "tied", question, found) if found else None

    def _replied(self, question: ParsedQuestion, before: DialogueState) -> Decision | None:
        """Return the only reply to the fact shown last by whoever is asked for: "what does the mayor say to that?"."""
        shown = self._story.shown_facts.get(before.shown or "")
        if shown is None or not asks_for_statement(question):
            return None
        replies = [fact for fact in self._story.replies.get(shown.id, ()) if fact.asked]
        found = [fact for fact in replies if self._may_reply(fact, question, before)]
        if len(found) != 1:
            return None
        return Decision("answer", "completed", question, (self._found_by_utterance(found[0]),))

    def _may_reply(self, reply: Fact, question: ParsedQuestion, before: DialogueState) -> bool:
        """Return whether a question may ask for a reply: it names who gives it, or whoever answers is asked for."""
        if question.names:
            return reply.by in {unit.key for unit in question.names}
        if ANSWER in question.keys:
            return True
        if question.pronoun is None:
            return not question.spoken.demonstratives.isdisjoint(question.tokens)
        return reply.by in referents(question.tokens[question.pronoun], before, question.spoken, self._story)

    def _found_by_utterance(self, fact: Fact) -> Candidate:
        """Return a fact as its own first utterance finds it."""
        code, text = next(iter(fact.asked.values()))
        ranking = self._index.ranking(self._index.reader.read_curated(text, code))
        return next(one for one in ranking if one.fact == fact.id)

    def _judged(self, question: ParsedQuestion) -> Decision:
        return judge(question, self._index)

    def _nearest(self, typed: ParsedQuestion, decision: Decision) -> Candidate | None:
        """Return the nearest fact to a question that was completed by rule; None if a veto forbids it."""
        if decision.rule != "near" or decision.question is typed:
            return None
        best = decision.chosen[0]
        return None if best.evidence.vetoes or self._forbids(typed, best.fact) else best

    def join(self, question: ParsedQuestion, before: DialogueState) -> FollowUp | None:
        """Combine a question with the last one; None if it does not depend on it."""
        return follow_up(question, before, self._lexicon, self._story)

    def weigh(self, typed: ParsedQuestion, joined: FollowUp, before: DialogueState) -> tuple[list[Candidate], Doubles]:
        """Return the facts that may answer a dependent question, and the signals of each: (candidates, signals).

        The fact shown last is none of them if it is told already.
        """
        found = {
            fact: pair
            for fact, pair in self._voted(joined).items()
            if not self._is_told(fact, typed, before) and not self._forbids(typed, fact)
        }
        facts = self._story.shown_facts
        candidates = [
            Voted(facts[fact], votes, len(self._index.facts.weigh(joined.own, fact).unknown))
            for fact, (votes, _) in found.items()
        ]
        shown = facts.get(before.shown or "")
        signals = signals_in_context(candidates, joined.own, before.question, shown, self._story)
        return [candidate for _, candidate in found.values()], signals

    def _in_context(self, typed: ParsedQuestion, joined: FollowUp, before: DialogueState, alone: Decision) -> Decision:
        """Answer with the most probable fact in context or suggest the nearest; if there is none, return `alone`."""
        candidates, signals = self.weigh(typed, joined, before)
        ranking = ranked(candidates, signals, self.vote)
        near = tuple(one for one in ranking if one.probability >= self._index.vote.nearest)[:MAX_SUGGESTIONS]
        if not near:
            return alone
        if near[0].probability >= self.vote.answer:
            return Decision("answer", "context", joined.whole, near[:1], ranking=ranking)
        if alone.rule == "unknown":
            return alone  # no fact has its words, so it is not about the same subject
        return Decision("suggest", "context", joined.whole, near, ranking=ranking)

    def _forbids(self, typed: ParsedQuestion, fact: str) -> bool:
        """Return whether a lasting veto on the typed question forbids a fact ("and Amazon?"), or its words do.

        Who does what is not known before a name replaces the pronoun: "what does he accuse Altman of?".
        """
        lasting = LASTING - {"role"} if typed.pronoun is not None else LASTING
        return self._asks_something_new(typed) or not lasting.isdisjoint(self._index.facts.weigh(typed, fact).vetoes)

    def _asks_something_new(self, typed: ParsedQuestion) -> bool:
        """Return whether all that is asked is in words that no fact has: "who lied?" after "who built the bridge?".

        The fact shown last must not seem to answer that. After "when" or "how much", the question word itself says
        what is asked, and the verb adds little: "and when did that happen?".
        """
        words = typed.content_words
        is_said = bool(words) and not typed.names and typed.slot in SAID_BY_WORDS
        return is_said and not any(self._index.facts.mentions(unit) for unit in words)

    def _is_allowed(self, answer: Candidate, typed: ParsedQuestion, before: DialogueState) -> bool:
        is_told = self._is_told(answer.fact, typed, before, answer.probability)
        return not is_told and not self._forbids(typed, answer.fact)

    def _is_told(self, fact: str, typed: ParsedQuestion, before: DialogueState, probability: float = 0.0) -> bool:
        """Return whether a fact was shown last and cannot be meant: a question corrects the one that it answered.

        It is still meant if what was completed by rule makes it almost sure, since a fact may tell both. Or the
        question asks only for an answer to the fact, which is none: "and he, what does he reply?".
        """
        if fact != before.shown:
            return False
        if self._asks_another_role(typed, before):
            return True
        if correction_length(typed.tokens, typed.spoken):
            return probability < MIN_TOLD_AGAIN
        asks_reply = ANSWER in typed.keys and all(unit.key in SPEECH_ACTS for unit in typed.content_words)
        return asks_reply and self._story.shown_facts[fact].replies_to is None

    @staticmethod
    def _asks_another_role(typed: ParsedQuestion, before: DialogueState) -> bool:
        """Return whether it only asks for another role of the slot that was just answered: "out of how many?"."""
        is_bare = not typed.units and typed.slot in {"who", "how-many"} and bool(typed.question_words)
        return is_bare and asks_for_another_role(typed, before.question, typed.spoken)

    def _tells_of(self, fact_id: str, referents: frozenset[str]) -> bool:
        """Return whether a fact is about, or asserted by, an entity that a pronoun may refer to."""
        fact = self._story.shown_facts[fact_id]
        return not referents.isdisjoint((*fact.about, *filter(None, [fact.by])))

    def _voted(self, joined: FollowUp) -> dict[str, tuple[Votes, Candidate]]:
        """Return the votes of all readings for each fact without a veto, and its most probable candidate."""
        rankings = [
            (kind, {one.fact: one for one in self._index.ranking(reading) if not one.evidence.vetoes})
            for kind, reading in joined.readings
            if reading.units
        ]
        voted = {}
        for fact in dict.fromkeys(fact for _, ranking in rankings for fact in ranking):
            if self._index.facts.weigh(joined.own, fact).vetoes:
                continue
            if joined.referents and not self._tells_of(fact, joined.referents):
                continue
            found = [(kind, ranking.get(fact)) for kind, ranking in rankings]
            votes = Votes([(kind, one.probability if one else 0.0) for kind, one in found])
            voted[fact] = votes, max((one for _, one in found if one), key=attrgetter("probability"))
        return voted

    def complete(self, question: ParsedQuestion, before: DialogueState) -> Decision:
        """Decide a question, which is completed by rule if it depends on the last one."""
        completed = complete(question, before, self._lexicon, self._story)
        if completed is None:
            return self._judged(question)
        if len(completed.questions) > 1:
            return self._clearest(question, completed.questions)
        readings = {
            "completed": completed.questions,
            "completed else typed": (*completed.questions, question),
            "typed else completed": (question, *completed.questions),
        }[completed.preference]
        decisions: list[Decision] = []
        for reading in readings:
            decided = self._judged(reading)
            if decided.outcome == "answer" and not self._is_allowed(decided.chosen[0], question, before):
                decided = replace(decided, outcome="suggest", rule="near")
            decisions.append(decided)
            if decisions[-1].outcome == "answer":
                break
        return max(decisions, key=lambda decision: OUTCOMES.index(decision.outcome))  # the first of the best

    def _clearest(self, typed: ParsedQuestion, readings: Sequence[ParsedQuestion]) -> Decision:
        """Answer if only one fact answers any of the readings; suggest the facts if there are several."""
        answers = {
            decision.chosen[0].fact: decision
            for decision in map(self._judged, readings)
            if decision.outcome == "answer"
        }
        if len(answers) == 1:
            return next(iter(answers.values()))
        decision = self._judged(typed)
        chosen = tuple(found.chosen[0] for found in answers.values())[:MAX_SUGGESTIONS]
        if chosen or decision.outcome == "answer":
            return replace(decision, outcome="suggest", rule="tied", cause=None, chosen=chosen or decision.chosen)
        return decision


def _without_unresolved_pronoun(decision: Decision, typed: ParsedQuestion) -> Decision:
    """Take back an answer to a question whose pronoun no name replaced: "how old is she?" may be about anybody.

    It is weighed in context instead.
    """
    is_loose = decision.rule == "probable" and decision.question is typed and typed.pronoun is not None
    return replace(decision, outcome="suggest", rule="near") if is_loose else decision
