"""Act on a gap: let a fact answer it, expect no answer to it, or draft a fact; each is tried before it is written."""

import asyncio
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.answering.answer_changes import IS_WORSE, AnswerChange, answer_changes, answer_to
from bot.answering.drafts import Written, draft_fact
from bot.answering.editions import Edition
from bot.answering.edits import EditError, NewFact, NewQuestion, NewUtterances, Proposal, StoryEdit
from bot.answering.gaps import Gap
from bot.answering.ports import Editing, Feedback, QuestionLog
from bot.answering.wordings import LeftOut, SortedWordings, choose, wordings
from bot.matching.fold import fold
from bot.story.model import Fact

MAX_ABSTENTIONS = 3  # wordings of a gap that become questions to abstain on
MAX_RECENT_QUESTIONS = 1000  # of the journal, tried before and after an edit
TOKEN_DIGITS = 12  # hexadecimal
MAX_TRIED = 10  # wordings of a gap that a trial tries


@dataclass(frozen=True)
class Tried:
    """A wording of the gap, and the fact that answers it with the edit; None if none does."""

    text: str
    fact: str | None


@dataclass(frozen=True)
class Trial:
    """What acting on a gap would do; nothing is written yet."""

    gap: Gap
    proposal: Proposal  # without files if there is nothing to write
    fact: str | None  # the fact that answers from now on, for whoever waits; None if none does
    tried: tuple[Tried, ...] = ()
    changes: tuple[AnswerChange, ...] = ()  # of other questions, the story's own and the journal's
    left_out: tuple[LeftOut, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether the story can be loaded with the edit."""
        return self.proposal.after is not None

    @property
    def worse(self) -> tuple[AnswerChange, ...]:
        """The changes for the worse, which an editor must agree to."""
        return tuple(change for change in self.changes if IS_WORSE[change.effect])

    @property
    def needs_consent(self) -> bool:
        """Whether something gets worse, or the checker finds something new."""
        return bool(self.worse or self.proposal.problems)

    @property
    def token(self) -> str:
        """A short checksum of what an editor is asked to confirm."""
        files = [(file.path, sha256(file.after).hexdigest()) for file in self.proposal.files]
        asked = self.gap.story, self.fact, files, self.worse, self.proposal.problems
        return sha256(repr(asked).encode()).hexdigest()[:TOKEN_DIGITS]


@dataclass(frozen=True)
class Attaching:
    """The use cases of an editor who acts on a gap."""

    editing: Editing
    question_log: QuestionLog
    feedback: Feedback

    async def attach(self, gap: Gap, fact: str) -> Trial:
        """Try to add the gap's most frequent wording in each language to a fact, and another one as a question.

        A wording becomes a question only if it gets the fact. Raises EditError if there is no such fact.
        """
        now = await self.editing.propose(StoryEdit(gap.story, ()))
        found = next((one for one in now.before.story.facts if one.id == fact), None)
        if found is None:
            raise EditError("no_fact", fact=fact)
        chosen = await asyncio.to_thread(choose, now.before, found, gap.questions)
        added = [NewUtterances(fact, code, (text,)) for code, text in chosen.added.items()]
        proposal = await self._propose(now, gap, *added)
        if proposal.after:
            question = await asyncio.to_thread(_question, proposal.after, found, chosen)
            if question:
                proposal = await self._propose(now, gap, *added, question)
        texts = (*chosen.added.values(), *chosen.others)
        return await self._try_questions(Trial(gap, proposal, fact, left_out=chosen.left_out), texts)

    async def not_ours(self, gap: Gap) -> Trial:
        """Try to add up to three of the gap's wordings as questions that the story must not answer."""
        now = await self.editing.propose(StoryEdit(gap.story, ()))
        story, decider = now.before.story, now.before.decider
        rows = await asyncio.to_thread(wordings, decider, story, gap.questions)
        there = {fold(question.ask) for question in story.questions}
        owners = {fold(text): one.id for one in story.facts for _, text in one.asked.values()}
        left_out = tuple(
            LeftOut(row.text, "other_fact", owners[fold(row.text)]) for row in rows if fold(row.text) in owners
        )
        texts = [row.text for row in rows if fold(row.text) not in there | owners.keys()][:MAX_ABSTENTIONS]
        proposal = await self._propose(now, gap, *(NewQuestion(text, "abstain") for text in texts))
        return await self._try_questions(Trial(gap, proposal, None, left_out=left_out), texts)

    async def draft(self, gap: Gap, written: Written | None = None) -> Trial:
        """Try to add a draft of a fact with the gap's wordings as its utterances."""
        now = await self.editing.propose(StoryEdit(gap.story, ()))
        fact = await asyncio.to_thread(_draft, now.before, gap, written or Written())
        proposal = await self._propose(now, gap, NewFact(fact))
        return Trial(gap, proposal, str(fact["id"]))

    async def confirm(self, trial: Trial) -> int:
        """Write the edit, and store that its fact is the answer; return how many readers wait for it.

        Raises EditError, and does nothing, if a file has changed since the trial or the story would have errors.
        """
        if not trial.is_possible:
            raise EditError("impossible")
        if trial.proposal.files:
            await self.editing.apply(trial.proposal)
        if trial.fact is None:
            return 0
        return await self.feedback.confirm(trial.gap.exchanges, trial.gap.story, trial.fact)

    async def _propose(self, now: Proposal, gap: Gap, *additions: NewUtterances | NewQuestion | NewFact) -> Proposal:
        return await self.editing.propose(StoryEdit(gap.story, additions)) if additions else now

    async def _try_questions(self, trial: Trial, texts: tuple[str, ...] | list[str]) -> Trial:
        """Ask the gap's wordings, the story's own questions and the journal's last ones before and after the edit."""
        before, after = trial.proposal.before, trial.proposal.after
        if after is None:
            return trial
        recent = [
            row.understood
            for row in await self.question_log.recent(MAX_RECENT_QUESTIONS)
            if row.story == after.story.id
        ]
        return await asyncio.to_thread(_tried, trial, before, after, texts[:MAX_TRIED], recent)


def _tried(
    trial: Trial, before: Edition, after: Edition, texts: tuple[str, ...] | list[str], recent: list[str]
) -> Trial:
    tried = tuple(Tried(text, answer_to(after.decider, text)) for text in texts)
    own = {fold(row.text) for row in tried if row.fact == trial.fact}
    changes = answer_changes(before, after, recent) if trial.proposal.files else ()
    others = tuple(change for change in changes if fold(after.decider.as_utterance(change.question)) not in own)
    return replace(trial, tried=tried, changes=others)


def _question(after: Edition, fact: Fact, chosen: SortedWordings) -> NewQuestion | None:
    """Return the first other wording that gets the fact as a question; one that does not would lower the share."""
    there = {fold(question.ask) for question in after.story.questions}
    there |= {fold(text) for one in after.story.facts for _, text in one.asked.values()}
    others = (text for text in chosen.others[:MAX_TRIED] if fold(text) not in there)
    found = next((text for text in others if answer_to(after.decider, text) == fact.id), None)
    return NewQuestion(found, fact.id) if found else None


def _draft(edition: Edition, gap: Gap, written: Written) -> dict[str, object]:
    story = edition.story
    rows = wordings(edition.decider, story, gap.questions)
    taken = {record.id for records in (story.facts, story.entities, story.events) for record in records}
    owners = {fold(text) for one in story.facts for _, text in one.asked.values()}
    stop = edition.decider.read(rows[0].text).spoken.stop if rows else ()
    free = [row for row in rows if fold(row.text) not in owners]
    return draft_fact(free or rows, story.languages, taken, stop, written)
