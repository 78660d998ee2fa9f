"""Answer a question: read the story once, decide, show, and hand the exchange to the journal."""

import asyncio
from dataclasses import replace
from secrets import token_hex

from bot.answering.catalogue import Catalogue, language_of
from bot.answering.conversation import Conversations
from bot.answering.ports import Clock, Edition, Journal, Library
from bot.answering.values import Exchange, Explanation, FactView, Outcome, Reply, Suggestion, Utterance
from bot.answering.views import Views
from bot.matching.decide import ANSWER, Candidate, Cause, Decision

SHORT_QUESTION = 200  # characters that are read in a few milliseconds
LONGEST_QUESTION = 1000  # characters that are read; the rest of a longer text is not


class Assistant:
    """The use cases around one question."""

    def __init__(self, library: Library, journal: Journal, clock: Clock, catalogue: Catalogue) -> None:
        self._library = library
        self._journal = journal
        self._clock = clock
        self._catalogue = catalogue
        self._conversations = Conversations()

    async def ask(self, utterance: Utterance) -> Reply:
        """Answer from the curated facts, suggest up to three, or say why not.

        A question that goes on from this person's last one in this channel is understood with it.
        """
        started, edition = self._clock.perf(), self._library.current
        decision = await self._decide(edition, utterance)
        locale = self._locale(utterance, edition, decision.language)
        if decision.outcome == "answer":
            fact = edition.story.shown_facts[decision.chosen[0].fact]
            score = round(decision.chosen[0].score, 4)
            facts = Views(edition.story, locale, self._catalogue).thread(fact, score)
            return self._reply(utterance, edition, locale, started, "answer", facts=facts, score=score)
        suggestions = tuple(self._suggestion(edition, candidate, locale) for candidate in decision.chosen)
        return self._reply(
            utterance, edition, locale, started, decision.outcome, cause=decision.cause, suggestions=suggestions
        )

    async def explain(self, utterance: Utterance) -> Explanation:
        """Say why the question gets what it gets; nothing is journalled, since nobody asked the story."""
        decision = await self._decide(self._library.current, utterance)
        return Explanation(utterance.text, decision.text, decision.outcome, decision.cause, ANSWER, decision.ranking)

    async def _decide(self, edition: Edition, utterance: Utterance) -> Decision:
        """Decide at once, or in a thread where the text is long enough to hold up the event loop."""
        text, locale = utterance.text[:LONGEST_QUESTION], language_of(utterance.locale)
        before = self._conversations.last(utterance)
        if len(text) <= SHORT_QUESTION:
            decision = edition.decider.decide(text, locale, before)
        else:
            decision = await asyncio.to_thread(edition.decider.decide, text, locale, before)
        fact = decision.chosen[0].fact if decision.outcome == "answer" else None
        self._conversations.keep(utterance, edition.decider.said(decision.text, fact))
        return decision

    async def choose(self, utterance: Utterance, follows: str, fact: str) -> Reply | None:
        """Answer with the fact picked among the suggestions of an exchange; None where it is no longer shown."""
        started, edition = self._clock.perf(), self._library.current
        locale = self._locale(utterance, edition, None)
        chosen = edition.story.shown_facts.get(fact)
        if chosen is None:
            return None
        self._conversations.keep(utterance, edition.decider.said(chosen.asked.get(locale)[0], fact))
        facts = Views(edition.story, locale, self._catalogue).thread(chosen)
        return self._reply(utterance, edition, locale, started, "answer", facts=facts, follows=follows)

    async def choose_none(self, utterance: Utterance, follows: str) -> Reply:
        """Note that no suggestion of an exchange was meant: its question is one that the story could not answer."""
        started, edition = self._clock.perf(), self._library.current
        locale = self._locale(utterance, edition, None)
        return self._reply(utterance, edition, locale, started, "abstain", cause="no_fact", follows=follows)

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
        suggestions: tuple[Suggestion, ...] = (),
        score: float | None = None,
        follows: str | None = None,
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
            as_of=edition.story.story.as_of,
            story=edition.story.id,
            version=edition.version,
            elapsed_ms=(self._clock.perf() - started) * 1000,
        )
        self._record(utterance, reply, follows)
        return reply

    def _locale(self, utterance: Utterance, edition: Edition, spoken: str | None) -> str:
        """Choose the language: the one asked for, else the question's, else the user's, else the story's."""
        wanted = [utterance.reply_in, spoken, language_of(utterance.locale)]
        return next((code for code in wanted if code in edition.story.languages), edition.story.languages[0])

    @staticmethod
    def _suggestion(edition: Edition, candidate: Candidate, locale: str) -> Suggestion:
        """Tell a fact by one of its utterances: the matched one where it is in the reply's language."""
        asked = edition.story.shown_facts[candidate.fact].asked.get(locale)
        text = candidate.utterance if candidate.utterance in asked else asked[0]
        return Suggestion(candidate.fact, text, round(candidate.score, 4))

    def _record(self, utterance: Utterance, reply: Reply, follows: str | None) -> None:
        self._journal.record(
            Exchange(
                id=reply.exchange,
                follows=follows,
                utterance=replace(utterance, text=utterance.text[:LONGEST_QUESTION]),
                locale=reply.locale,
                outcome=reply.outcome,
                cause=reply.cause,
                facts=tuple(view.id for view in reply.facts) or tuple(item.id for item in reply.suggestions),
                score=reply.score,
                story=reply.story,
                version=reply.version,
                elapsed_ms=reply.elapsed_ms,
            )
        )
