"""Answer a question: read the stories once, decide, present, and journal the exchange."""

import asyncio
from functools import partial

from bot.answering.cited import Sides
from bot.answering.context import Context, Surface, Utterance
from bot.answering.conversation import Conversations, Turn
from bot.answering.editions import Edition, Shelf
from bot.answering.exchange import Exchange
from bot.answering.languages import first_of, told_in
from bot.answering.ports import Journal
from bot.answering.redaction import without_labels
from bot.answering.related import utterance_for
from bot.answering.reply import Explanation, Reply, Suggestion
from bot.answering.stories import Stories, locale_for
from bot.answering.telling.catalogue import LANGUAGES, language_of
from bot.answering.verdict import Pick, Verdict, settle
from bot.answering.workload import Workload
from bot.matching.deciding.decision import Decision, Rule
from bot.matching.fold import clipped
from bot.matching.reading.dialogue_state import DialogueState

MAX_QUESTION_CHARACTERS = 1000  # the rest of a longer question is ignored


class Assistant:
    """The use cases for questions."""

    def __init__(self, stories: Stories, journal: Journal, workload: Workload | None = None) -> None:
        self._stories = stories
        self._journal = journal
        self._workload = workload or Workload()
        self._conversations = Conversations()

    async def ask(self, utterance: Utterance) -> Reply:
        """Answer with a curated fact, else suggest up to three, else abstain with the cause.

        A follow-up to this user's last question in this channel is completed from it. Raises BusyError, and journals
        nothing, if too many others wait.
        """
        started, context = self._stories.clock.perf(), utterance.context
        try:
            verdict = await self._decide(context, utterance.text, in_conversation=True)
        except asyncio.CancelledError:  # the bot stops
            self._record_unanswered(utterance, started)
            raise
        decision, is_answer = verdict.decision, verdict.outcome == "answer"
        locale = _locale(context, verdict.edition, utterance.reply_in, decision.language)
        if not verdict.picks:  # no fact is shown, so the language need not be one of the story's
            locale = first_of(LANGUAGES, utterance.reply_in, decision.language, language_of(context.locale))
        nearest, also = self._presented(verdict, locale)
        reply = Reply(
            head=self._stories.localized(verdict.edition, locale).head,
            question=utterance.text,
            outcome=verdict.outcome,
            elapsed_ms=self._elapsed_ms(started),
            cause=decision.cause,
            facts=nearest if is_answer else (),
            suggestions=()
            if is_answer
            else tuple(_suggestion(pick, locale, verdict.edition) for pick in verdict.picks),
            score=nearest[0].score if is_answer else None,
            nearest=() if is_answer else nearest,
            is_tied=verdict.is_tied,
            is_unsaid=verdict.is_unsaid,
            searched=len(self._stories.answering(context)),
            also=also,
        )
        self._record(reply, context, utterance.surface, understood=decision.understood, rule=decision.rule)
        return reply

    async def explain(self, context: Context, question: str, *, in_conversation: bool = False) -> Explanation:
        """Explain the reply to a question, without journalling it.

        The question can be a follow-up, and be followed up, only with `in_conversation`.
        """
        verdict = await self._decide(context, without_labels(question), in_conversation=in_conversation)
        decision = verdict.decision
        return Explanation(
            question=question,
            understood=decision.understood,
            outcome=verdict.outcome,
            cause=decision.cause,
            rule=decision.rule,
            answer=verdict.edition.decider.min_probability_for(decision),
            candidates=decision.ranking,
            nearest=next((pick.candidate for pick in verdict.picks), next(iter(decision.ranking), None)),
            is_tied=verdict.is_tied,
            is_fitted=verdict.edition.decider.is_fitted,
        )

    async def answer_known(self, utterance: Utterance, story: str, fact: str) -> Reply | None:
        """Answer a question that had no answer with the fact that an editor confirmed; None if it is not shown."""
        started, context = self._stories.clock.perf(), utterance.context
        edition = self._stories.library.current.by_id.get(story)
        confirmed = edition.story.shown_facts.get(fact) if edition else None
        if edition is None or confirmed is None:
            return None
        locale = _locale(context, edition, utterance.reply_in)
        facts = self._stories.localized(edition, locale).presenter.with_replies(confirmed)
        return self._answer(utterance, edition, locale, started, facts)

    async def choose(self, utterance: Utterance, follows: str, fact: str, story: str) -> Reply | None:
        """Answer with the suggestion picked in the exchange `follows`; return None if the fact is no longer shown.

        `story` is the mark of the fact's story.
        """
        started, context = self._stories.clock.perf(), utterance.context
        found = self._stories.library.current.find(story, fact)
        if found is None:
            return None
        edition, chosen = found
        locale = _locale(context, edition, utterance.reply_in)
        state = edition.decider.recalled_state(utterance_for(chosen, told_in(edition.story.languages, locale)), fact)
        self._conversations.remember(context, state, edition.story.id)
        facts = self._stories.localized(edition, locale).presenter.with_replies(chosen)
        return self._answer(utterance, edition, locale, started, facts, follows=follows)

    async def choose_none(self, context: Context, follows: str, reply_in: str | None = None) -> Reply:
        """Record that the user meant no suggestion of the exchange `follows`, so that its question counts as a gap."""
        started, edition = self._stories.clock.perf(), self._stories.answering(context)[0]
        head = self._stories.localized(edition, _locale(context, edition, reply_in)).head
        reply = Reply(head, "", "abstain", self._elapsed_ms(started), cause="no_fact")
        self._record(reply, context, "button", follows=follows)
        return reply

    def recall(self, context: Context, story: str, fact: str) -> None:
        """Make the next question a follow-up to the fact in the message it replies to, if the fact is still shown."""
        edition = self._stories.library.current.by_id.get(story)
        shown = edition.story.shown_facts.get(fact) if edition else None
        if edition and shown:
            language = told_in(edition.story.languages, context.locale)
            state = edition.decider.recalled_state(utterance_for(shown, language), fact)
            self._conversations.remember(context, state, story)

    def language(self, context: Context, text: str) -> str:
        """Return the language that a text is in, by its function words; the user's if they do not tell."""
        decider = self._stories.answering(context)[0].decider
        return first_of(
            LANGUAGES, decider.language_of(clipped(text, MAX_QUESTION_CHARACTERS)), language_of(context.locale)
        )

    def take_back(self, context: Context) -> None:
        """Forget the last question, so that its edited version is no follow-up to it."""
        self._conversations.end(context)

    def forget(self, user: int) -> None:
        """Forget a user's conversations."""
        self._conversations.forget(user)

    async def _decide(self, context: Context, question: str, *, in_conversation: bool) -> Verdict:
        """Decide in a thread.

        A question takes 2 to 20 ms; the first one in a language that no story has takes a second to load the language.
        """
        shelf, bound = self._stories.library.current, self._stories.bound_to(context)
        turn = self._conversations.last(context) if in_conversation else None
        text = clipped(question, MAX_QUESTION_CHARACTERS)
        verdict, state = await self._workload.run(partial(_settled, text, context.locale, shelf, bound, turn))
        if in_conversation:
            self._conversations.remember(context, state, verdict.edition.story.id)
        return verdict

    def _presented(self, verdict: Verdict, locale: str) -> tuple[Sides, tuple[Sides, ...]]:
        """Return the nearest fact, if any, and the answers to further questions in the text, each fact once."""
        if not verdict.picks:
            return (), ()
        local = self._stories.localized(verdict.edition, locale)
        best, *further = (verdict.picks[0].candidate, *verdict.further)
        nearest = local.presenter.with_replies(local.story.shown_facts[best.fact], round(best.probability, 4))
        also, shown = [], {fact.id for fact in nearest}
        for item in further:
            if item.fact not in shown:
                also.append(local.presenter.with_replies(local.story.shown_facts[item.fact], round(item.score, 4)))
                shown.update(fact.id for fact in also[-1])
        return nearest, tuple(also)

    def _answer(
        self,
        utterance: Utterance,
        edition: Edition,
        locale: str,
        started: float,
        facts: Sides,
        follows: str | None = None,
    ) -> Reply:
        """Return and journal an answer with the given facts."""
        head, elapsed = self._stories.localized(edition, locale).head, self._elapsed_ms(started)
        reply = Reply(head, utterance.text, "answer", elapsed, facts=facts)
        self._record(reply, utterance.context, utterance.surface, follows=follows)
        return reply

    def _record(
        self,
        reply: Reply,
        context: Context,
        surface: Surface,
        *,
        follows: str | None = None,
        understood: str | None = None,
        rule: Rule | None = None,
    ) -> None:
        """Journal the exchange; the journal never waits or raises."""
        exchange = Exchange(
            id=reply.exchange,
            follows=follows,
            head=reply.head,
            context=context,
            surface=surface,
            question=reply.question[:MAX_QUESTION_CHARACTERS],
            understood=(understood or reply.question)[:MAX_QUESTION_CHARACTERS],
            outcome=reply.outcome,
            cause=reply.cause,
            facts=reply.answering or tuple(item.id for item in reply.suggestions),
            score=reply.score,
            elapsed_ms=reply.elapsed_ms,
            rule=rule,
        )
        self._journal.record(exchange)

    def _record_unanswered(self, utterance: Utterance, started: float) -> None:
        """Journal a question for whose reply there was no time."""
        edition = self._stories.answering(utterance.context)[0]
        locale = _locale(utterance.context, edition, utterance.reply_in)
        exchange = Exchange(
            head=self._stories.localized(edition, locale).head,
            context=utterance.context,
            surface=utterance.surface,
            question=utterance.text[:MAX_QUESTION_CHARACTERS],
            understood=utterance.text[:MAX_QUESTION_CHARACTERS],
            outcome="unanswered",
            cause=None,
            facts=(),
            score=None,
            elapsed_ms=self._elapsed_ms(started),
        )
        self._journal.record(exchange)

    def _elapsed_ms(self, started: float) -> float:
        return (self._stories.clock.perf() - started) * 1000


def _settled(
    text: str, locale: str, shelf: Shelf, bound: str | None, turn: Turn | None
) -> tuple[Verdict, DialogueState | None]:
    """Decide on the question in each story that may answer; only the last turn's may treat it as a follow-up."""
    decided: list[tuple[Edition, Decision]] = []
    for edition in shelf.asked(bound, text, turn.story if turn else None):
        before = turn.state if turn and turn.story == edition.story.id else None
        assumed = told_in(edition.story.languages, locale)
        decided.append((edition, edition.decider.decide(text, assumed, before)))
    verdict = settle(decided)
    nearest = verdict.picks[0].candidate.fact if verdict.picks else None
    return verdict, verdict.edition.decider.dialogue_state(verdict.decision.question, verdict.answer, nearest)


def _locale(context: Context, edition: Edition, reply_in: str | None, spoken: str | None = None) -> str:
    """Return the wanted language, else that of the question if the story has it, else the user's.

    A story may be in a language without a catalogue: its texts are told in it if the user's words are, too.
    """
    languages, usual = edition.story.languages, locale_for(edition.story, context)
    is_told = spoken in languages and (spoken in LANGUAGES or spoken != told_in(languages, usual))
    return first_of((*LANGUAGES, *languages), reply_in, spoken if is_told else None, usual)


def _suggestion(pick: Pick, locale: str, shown: Edition) -> Suggestion:
    """Suggest a fact by the utterance that matched if it is in the reply's language, else by another utterance.

    A fact of another story than the one shown names its story.
    """
    fact, candidate = pick.edition.story.shown_facts[pick.candidate.fact], pick.candidate
    language = told_in(pick.edition.story.languages, locale)
    text = candidate.utterance if candidate.utterance in fact.asked.get(language) else utterance_for(fact, language)
    title = None if pick.edition is shown else pick.edition.story.story.title.get(language)
    return Suggestion(pick.edition.story.id, candidate.fact, text, round(candidate.probability, 4), title)
