"""Every rule of the checker by its id, and the check of a story against all of them."""

from collections.abc import Mapping

from bot.checking import (
    citations,
    dates,
    facts,
    files,
    quotations,
    records,
    regression,
    schema,
    vocabulary,
    wording,
)
from bot.checking.findings import Finding, Rule
from bot.story.model import Story

MODULES = (files, schema, records, facts, dates, citations, quotations, vocabulary, wording, regression)
RULES = {rule.id: rule for module in MODULES for rule in vars(module).values() if isinstance(rule, Rule)}


def check_story(story: Story, articles: Mapping[str, bytes]) -> list[Finding]:
    """Check the records of a story, and its quotations in the articles whose text is given (see `check_quotations`)."""
    return [
        *records.check_records(story),
        *facts.check_facts(story),
        *dates.check_dates(story),
        *citations.check_citations(story),
        *vocabulary.check_vocabulary(story),
        *wording.check_wording(story),
        *quotations.check_quotations(story, articles),
    ]
