"""Answer a question: read the stories once, decide, show, and hand the exchange to the journal."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from secrets import token_hex

from bot.answering.cited import FactView, Pair
from bot.answering.context import Utterance
from bot.answering.conversation import Conversations, Turn
from bot.answering.editions import Edition
from bot.answering.exchange import Exchange
from bot.answering.head import AsOf
from bot.answering.places import asked_at
from bot.answering.ports import Bindings, Clock, Journal, Library
from bot.answering.related import related
from bot.answering.reply import Explanation, Outcome, Reply, Suggestion
from bot.answering.stories import Pick, Verdict, settle
from bot.answering.telling.catalogue import LANGUAGES, Catalogue, code_of, first_of, language_of
from bot.answering.telling.views import Views
from bot.matching.deciding.decision import Cause, Decision
from bot.matching.reading.followup import DialogueState
from bot.story.model import Fact

LONGEST_QUESTION = 1000  # characters that are read; the rest of a longer text is not


class Assistant:
    """The use cases around one question."""

    def __init__(
        self, library: Library, bindings: Bindings, journal: Journal, clock: Clock, catalogue: Catalogue
    ) -> None:
        self._library = library
        self._bindings = bindings
        self._journal = journal
        self._clock = clock
        self._catalogue = catalogue
        self._conversations = Conversations()

    async def ask(self, utterance: Utterance) -> Reply:
        """Answer from the curated facts, else show the nearest of them with up to two others, else say why not.

        A question that goes on from this person's last one in this channel is understood with it.
        """
        started = self._clock.perf()
        verdict = await self._decide(utterance, in_conversation=True)
        edition, decision = verdict.edition, verdict.decision
        locale = self._locale(utterance, edition, decision.language)
        if not verdict.picks:  # nothing of the story is told, so that it need not be in one of its languages
            locale = first_of(LANGUAGES, utterance.reply_in, decision.language, language_of(utterance.locale))
        thread, is_answer = self._nearest(verdict, locale), verdict.outcome == "answer"
        further = self._further(verdict, thread, locale)
        return self._reply(
            utterance,
            edition,
            locale,
            started,
            verdict.outcome,
            cause=decision.cause,
            facts=thread if is_answer else (),
            nearest=() if is_answer else thread,
            is_tied=verdict.is_tied,
            suggestions=() if is_answer else tuple(self._suggestion(pick, locale) for pick in verdict.picks),
            score=thread[0].score if is_answer else None,
            understood=decision.understood,
            also=further,
        )

    async def explain(self, utterance: Utterance, *, in_conversation: bool = False) -> Explanation:
        """Say why the question gets what it gets; nothing is journalled, since nobody asked the story.

        It goes on from what was asked before, and is gone on from, only where it is itself part of the conversation.
        """
        verdict = await self._decide(utterance, in_conversation=in_conversation)
        decision = verdict.decision
        return Explanation(
            question=utterance.text,
            understood=decision.understood,
            outcome=verdict.outcome,
            cause=decision.cause,
            rule=decision.rule,
            answer=verdict.edition.decider.min_probability_for(decision),
            candidates=decision.ranking,
            nearest=next((pick.candidate for pick in verdict.picks), next(iter(decision.ranking), None)),
            is_tied=verdict.is_tied,
        )

    async def answer_known(self, utterance: Utterance) -> Reply | None:
        """Answer a question that was asked before, where that is possible now; None where it is not."""
        started = self._clock.perf()
        verdict = await self._decide(utterance, in_conversation=False)
        if verdict.answer is None:
            return None
        edition = verdict.edition
        locale = self._locale(utterance, edition, None)
        facts = self._nearest(verdict, locale)
        further = self._further(verdict, facts, locale)
        return self._reply(utterance, edition, locale, started, "answer", facts=facts, also=further)

    def related(self, story: str, fact: str, locale: str) -> tuple[Suggestion, ...]:
        """Suggest the facts that are nearest to one; the story is named by its mark."""
        found = self._library.current.find(story, fact)
        if found is None:
            return ()
        edition, first = found
        return tuple(
            Suggestion(edition.story.id, other.id, _asked_by(other, locale), 0.0)
            for other in related(edition.story, first)
        )

    def recall(self, utterance: Utterance, story: str, fact: str) -> None:
        """Let a question go on from a fact that it is a reply to, whoever asked for that; nothing where it is gone."""
        edition = self._library.current.by_id.get(story)
        shown = edition.story.shown_facts.get(fact) if edition else None
        if edition and shown:
            said = edition.decider.recalled_state(_asked_by(shown, language_of(utterance.locale)), fact)
            self._conversations.keep(utterance, said, story)

    def forget(self, user: int) -> None:
        """Forget what a user was talking about."""
        self._conversations.forget(user)

    async def choose(self, utterance: Utterance, follows: str, fact: str, story: str) -> Reply | None:
        """Answer with the fact picked among the suggestions of an exchange; None where it is no longer shown.

        `story` is the mark of the story that holds the fact.
        """
        started = self._clock.perf()
        found = self._library.current.find(story, fact)
        if found is None:
            return None
        edition, chosen = found
        locale = self._locale(utterance, edition, None)
        said = edition.decider.recalled_state(chosen.asked.get(locale)[0], fact)
        self._conversations.keep(utterance, said, edition.story.id)
        facts = Views(edition.story, locale, self._catalogue).thread(chosen)
        return self._reply(utterance, edition, locale, started, "answer", facts=facts, follows=follows)

    async def choose_none(self, utterance: Utterance, follows: str) -> Reply:
        """Note that no suggestion of an exchange was meant: its question is one that no story could answer."""
        started, edition = self._clock.perf(), asked_at(utterance, self._library, self._bindings)[0]
        locale = self._locale(utterance, edition, None)
        return self._reply(utterance, edition, locale, started, "abstain", cause="no_fact", follows=follows)

    async def _decide(self, utterance: Utterance, *, in_conversation: bool) -> Verdict:
        """Decide in a thread.

        A question takes 2 to 20 ms; the first in a language that no story has takes a second, while its words are read.
        """
        editions = asked_at(utterance, self._library, self._bindings)
        turn = self._conversations.last(utterance) if in_conversation else None
        verdict, said = await asyncio.to_thread(self._settled, utterance, editions, turn)
        if in_conversation:
            self._conversations.keep(utterance, said, verdict.edition.story.id)
        return verdict

    @staticmethod
    def _settled(
        utterance: Utterance, editions: Sequence[Edition], turn: Turn | None
    ) -> tuple[Verdict, DialogueState | None]:
        """Ask each story; one that the last question was not about does not go on from it."""
        text, locale = utterance.text[:LONGEST_QUESTION], language_of(utterance.locale)
        decided: list[tuple[Edition, Decision]] = []
        for edition in editions:
            before = turn.said if turn and turn.story == edition.story.id else None
            decided.append((edition, edition.decider.decide(text, locale, before)))
        verdict = settle(decided)
        nearest = verdict.picks[0].candidate.fact if verdict.picks else None
        return verdict, verdict.edition.decider.dialogue_state(verdict.decision.question, verdict.answer, nearest)

    def _reply(
        self,
        utterance: Utterance,
        edition: Edition,
        locale: str,
        started: float,
        outcome: Outcome,
        *,
        cause: Cause | None = None,
        facts: tuple[FactView, ...] = (),
        nearest: tuple[FactView, ...] = (),
        is_tied: bool = False,
        suggestions: tuple[Suggestion, ...] = (),
        score: float | None = None,
        follows: str | None = None,
        understood: str | None = None,
        also: tuple[Pair, ...] = (),
    ) -> Reply:
        """Make the reply and give its exchange to the journal, which neither waits nor fails."""
        reply = Reply(
            exchange=token_hex(6),
            question=utterance.text,
            locale=locale,
            outcome=outcome,
            cause=cause,
            facts=facts,
            suggestions=suggestions,
            score=score,
            as_of=AsOf.of(edition.story, self._clock.now()),
            story=edition.story.id,
            title=edition.story.story.title.get(locale),
            version=edition.version,
            elapsed_ms=(self._clock.perf() - started) * 1000,
            nearest=nearest,
            is_tied=is_tied,
            also=also,
        )
        self._record(utterance, reply, follows, understood or utterance.text)
        return reply

    def _locale(self, utterance: Utterance, edition: Edition, spoken: str | None) -> str:
        """Choose the language: the one asked for, else the question's, else the user's, else the story's."""
        user = utterance.locale
        return first_of(edition.story.languages, utterance.reply_in, spoken, code_of(user), language_of(user))

    def _nearest(self, verdict: Verdict, locale: str) -> tuple[FactView, ...]:
        """Show the fact that comes nearest, with what must stand beside it; nothing if none is near."""
        if not verdict.picks:
            return ()
        pick = verdict.picks[0]
        fact = pick.edition.story.shown_facts[pick.candidate.fact]
        return Views(pick.edition.story, locale, self._catalogue).thread(fact, round(pick.candidate.probability, 4))

    def _further(self, verdict: Verdict, shown: Pair, locale: str) -> tuple[Pair, ...]:
        """Show the answers after the first; a fact that is shown beside an earlier answer is not shown again."""
        story = verdict.edition.story
        views, threads, seen = Views(story, locale, self._catalogue), [], {view.id for view in shown}
        for item in verdict.further:
            if item.fact not in seen:
                threads.append(views.thread(story.shown_facts[item.fact], round(item.score, 4)))
                seen.update(view.id for view in threads[-1])
        return tuple(threads)

    @staticmethod
    def _suggestion(pick: Pick, locale: str) -> Suggestion:
        """Tell a fact by one of its utterances: the matched one where it is in the reply's language."""
        fact, candidate = pick.edition.story.shown_facts[pick.candidate.fact], pick.candidate
        text = candidate.utterance if candidate.utterance in fact.asked.get(locale) else _asked_by(fact, locale)
        return Suggestion(pick.edition.story.id, candidate.fact, text, round(candidate.probability, 4))

    def _record(self, utterance: Utterance, reply: Reply, follows: str | None, understood: str) -> None:
        self._journal.record(
            Exchange(
                id=reply.exchange,
                follows=follows,
                utterance=replace(utterance, text=utterance.text[:LONGEST_QUESTION]),
                understood=understood[:LONGEST_QUESTION],
                locale=reply.locale,
                outcome=reply.outcome,
                cause=reply.cause,
                facts=reply.answering or tuple(item.id for item in reply.suggestions),
                score=reply.score,
                story=reply.story,
                version=reply.version,
                elapsed_ms=reply.elapsed_ms,
            )
        )


def _asked_by(fact: Fact, locale: str) -> str:
    """Return an utterance that asks for a fact, in a language where there is one."""
    return (fact.asked.get(locale) or next(iter(fact.asked.root.values())))[0]
