"""Each rule of the checker has a broken case, fires once in it, and points to the right place."""

import re
from pathlib import Path

import pytest

from bot.answering.editions import Shelf
from bot.checking.rules import RULES
from bot.library.library import KnowledgeResult, fewer_answered, read_knowledge
from bot.library.problems import Problem, has_errors
from tests.checking.broken import BROKEN, VALUES, Broken
from tests.conftest import ROOT
from tests.small_story import write_small_story

FIRST = {case.rule: case for case in reversed(BROKEN)}
VALUES_IN = {rule: re.compile(".*".join(map(re.escape, VALUES.get(rule, ())))) for rule in RULES}


def read(root: Path) -> KnowledgeResult:
    return read_knowledge(root / "knowledge", root / "seeds", root / "articles")


def test_the_small_story_breaks_no_rule(small_story: Path) -> None:
    assert read(small_story).problems == ()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The small story before it is broken; it is the same for each case."""
    folder = tmp_path_factory.mktemp("before")
    write_small_story(folder)
    shelf = read(folder).shelf
    assert shelf is not None
    return shelf


@pytest.mark.parametrize("case", BROKEN, ids=[case.rule for case in BROKEN])
def test_a_rule_fires_once_at_what_breaks_it(small_story: Path, before: Shelf, case: Broken) -> None:
    path, line, column = case.break_(small_story)
    after = read(small_story)
    found: list[Problem] = []
    if after.shelf:
        found += fewer_answered(small_story / "knowledge", after.shelf, before.by_id)
    found += after.problems
    fired = [problem for problem in found if problem.rule.id == case.rule]
    assert [(one.path, one.position.line, one.position.column) for one in fired] == [(path, line, column)], found
    assert (after.shelf is None) == has_errors(after.problems)
    assert "None" not in fired[0].message
    if case is FIRST[case.rule]:
        assert VALUES_IN[case.rule].search(fired[0].message), fired[0].message


MENDED = [case for case in BROKEN if case.mend]


@pytest.mark.parametrize("case", MENDED, ids=[case.rule for case in MENDED])
def test_a_rule_does_not_fire_at_its_right_example(small_story: Path, case: Broken) -> None:
    assert case.mend is not None
    case.mend(small_story)
    assert [problem for problem in read(small_story).problems if problem.rule.id == case.rule] == []


def test_the_values_of_a_message_are_listed_for_each_rule_whose_message_has_some() -> None:
    with_blanks = {rule.id for rule in RULES.values() if "{" in rule.what + rule.mend}
    assert VALUES.keys() == with_blanks


def test_each_rule_has_a_broken_case() -> None:
    assert {case.rule for case in BROKEN} == RULES.keys()


def test_each_rule_that_the_code_makes_is_registered_under_an_id_of_its_own() -> None:
    made = [
        found
        for file in (ROOT / "bot").rglob("*.py")
        for found in re.findall(r"""(?<![\w.])Rule\(\s*["']([^"']*)["']""", file.read_text("utf-8"))
    ]
    assert sorted(made) == sorted(RULES)


def test_each_rule_says_in_words_what_is_wrong_why_it_matters_and_how_to_mend_it() -> None:
    assert [rule.id for rule in RULES.values() if not rule.why.endswith(".")] == []
    assert [rule.id for rule in RULES.values() if rule.what.endswith(".") or rule.mend.endswith(".")] == []
