"""Every rule of the checker by its id, and the check of a story against all of them."""

from collections.abc import Collection, Mapping

from bot.checking import (
    aliases,
    citations,
    dates,
    facts,
    files,
    quotations,
    readings,
    records,
    regression,
    schema,
    texts,
    vocabulary,
    wording,
)
from bot.checking.findings import Finding, Rule, gathered
from bot.story.model import Story

MODULES = (
    *(files, schema, records, facts, dates, citations, quotations, texts),
    *(vocabulary, aliases, wording, readings, regression),
)
RULES = {rule.id: rule for module in MODULES for rule in vars(module).values() if isinstance(rule, Rule)}


def check_story(story: Story, articles: Mapping[str, bytes], recorded: Collection[str]) -> list[Finding]:
    """Check the records of a story, and its quotations in the articles whose text is given (see `check_quotations`).

    `recorded` are the ids of all articles on record, whether the story cites them or not.
    """
    found = [
        *records.check_records(story),
        *facts.check_facts(story),
        *dates.check_dates(story),
        *citations.check_citations(story, recorded),
        *vocabulary.check_vocabulary(story),
        *aliases.check_aliases(story),
        *texts.check_texts(story),
        *wording.check_wording(story),
        *quotations.check_quotations(story, articles),
    ]
    return [*gathered(found)]
