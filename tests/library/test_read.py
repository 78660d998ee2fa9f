"""Reading a story: a correct one, and how mistakes are reported; each rule is tested in tests/checking."""

from pathlib import Path
from typing import get_args

import pytest

from bot.library.read import StoryResult, read_story
from bot.story.model import FactKind
from tests.small_story import BRIDGE, edit


def read(root: Path, *, articles: bool = True) -> StoryResult:
    return read_story(root / "knowledge" / "bridge", root / "seeds", root / "articles" if articles else None)


def rules(reading: StoryResult) -> list[str]:
    return [problem.rule.id for problem in reading.problems]


def test_a_story_without_problems_is_an_edition(small_story: Path) -> None:
    reading = read(small_story)
    assert reading.problems == ()
    assert reading.edition is not None
    assert [fact.id for fact in reading.edition.story.facts] == ["bridge-closed", "bridge-dangerous", "danger-denied"]
    assert reading.edition.answered == 1.0


def test_the_whole_story_that_tests_use_has_no_problem_and_every_kind_of_fact() -> None:
    reading = read(BRIDGE)
    assert reading.problems == ()
    assert reading.edition is not None
    assert {fact.kind for fact in reading.edition.story.facts} == set(get_args(FactKind))
    assert reading.edition.answered == 1.0


def test_a_fact_may_stand_in_any_file(small_story: Path) -> None:
    folder = small_story / "knowledge" / "bridge"
    (folder / "facts.yml").rename(folder / "another-name.yml")
    assert read(small_story).problems == ()


def test_a_change_of_one_letter_is_another_version(small_story: Path) -> None:
    before = read(small_story).version
    edit(small_story, "facts.yml", "a fermé le pont en 2019.", "a fermé le pont en 2019 !")
    assert read(small_story).version != before


def test_all_problems_are_told_at_once(small_story: Path) -> None:
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    edit(small_story, "facts.yml", "paragraph: 1", "paragraph: 7")
    edit(small_story, "story.yml", "facts: [bridge-closed]", "facts: [bridge-opened]")
    assert sorted(rules(read(small_story))) == [
        "citation.paragraph",
        "quotation.paragraph",
        "reference.unknown",
        "reference.unknown",
    ]


def test_a_problem_is_printed_so_that_editors_can_jump_to_it(small_story: Path) -> None:
    edit(small_story, "facts.yml", "by: anna-petit", "by: nobody")
    path = small_story / "knowledge" / "bridge" / "facts.yml"
    assert [str(problem) for problem in read(small_story).problems] == [
        f"{path}:15:5: error[reference.unknown] there is no entity 'nobody'; correct the id or add the entity"
    ]


def test_without_the_article_the_quotations_are_said_to_be_unverified(small_story: Path) -> None:
    reading = read(small_story, articles=False)
    assert [(problem.level, problem.rule.id) for problem in reading.problems] == [("note", "quotation.unverified")]
    assert "4 quotations" in reading.problems[0].message
    assert reading.edition is not None


SPAN = "{concept: span, words: {fr: [travée], en: [span]}}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "of the Span",
            "because only 'Span' is not a function word in 'en'; list 'Span' alone if it always means this, or",
        ),
        ("which of them", "because it has only function words in 'en'; remove it, and write what readers ask"),
        ("upon", "because it is a function word in 'en'; remove it, and write what readers ask"),
        ("?!", "because it has no word in 'en'; remove it, and write what readers ask"),
    ],
)
def test_words_of_the_vocabulary_that_the_matcher_does_not_read_are_a_warning(
    small_story: Path, text: str, said: str
) -> None:
    path = small_story / "knowledge" / "bridge" / "vocabulary.yml"
    path.write_text(f"vocabulary: [{{concept: span, words: {{en: ['{text}']}}}}]\n", "utf-8")
    problems = read(small_story).problems
    assert [(problem.level, problem.rule.id) for problem in problems] == [("warning", "vocabulary.unread")]
    assert said in problems[0].message


def test_the_vocabularies_of_all_files_are_put_together(small_story: Path) -> None:
    folder = small_story / "knowledge" / "bridge"
    (folder / "vocabulary.yml").write_text(f"vocabulary: [{SPAN}]\n", "utf-8")
    (folder / "more.yml").write_text("vocabulary: [{concept: toll, words: {fr: [péage]}}]\n", "utf-8")
    reading = read(small_story)
    assert reading.problems == ()
    assert reading.edition is not None
    assert [row.concept for row in reading.edition.story.vocabulary] == ["toll", "span"]


@pytest.mark.parametrize("act", ["deny", "span", "démentir", "give a flat denial"])
def test_an_act_is_any_concept_or_word(small_story: Path, act: str) -> None:
    (small_story / "knowledge" / "bridge" / "vocabulary.yml").write_text(f"vocabulary: [{SPAN}]\n", "utf-8")
    edit(small_story, "facts.yml", "kind: denial", f"kind: denial\n    roles: {{agent: mayor, act: {act}}}")
    assert read(small_story).problems == ()


def test_a_question_that_is_missed_is_a_warning(small_story: Path) -> None:
    edit(small_story, "questions.yml", "le pont est fermé depuis quand", "une histoire de pont et de bateau")
    reading = read(small_story)
    assert [(problem.level, problem.rule.id) for problem in reading.problems] == [("warning", "question.missed")]
    assert reading.edition is not None
    assert reading.edition.answered == 0.0


def test_a_name_that_is_a_function_word_is_a_warning(small_story: Path) -> None:
    edit(
        small_story,
        "story.yml",
        "aliases: {fr: [l'ingénieure], en: [the engineer]}",
        "aliases: {fr: [], en: [the WHO]}",
    )
    reading = read(small_story)
    assert [(problem.level, problem.rule.id) for problem in reading.problems] == [("warning", "alias.function_word")]
    assert "'WHO'" in reading.problems[0].message
    assert reading.edition is not None


@pytest.mark.parametrize("aliases", ["fr: [Maire+]", "fr: ['!!!']", "en: [May], fr: [MAY]"])
def test_names_that_a_sign_or_capitals_tell_apart_are_no_mistake(small_story: Path, aliases: str) -> None:
    edit(small_story, "story.yml", "name: {fr: La mairie, en: The town hall}", "name: {fr: Les ???, en: The town hall}")
    edit(small_story, "story.yml", "aliases: {fr: [l'ingénieure], en: [the engineer]}", f"aliases: {{{aliases}}}")
    assert "alias.ambiguous" not in rules(read(small_story))


def test_a_draft_and_a_withdrawn_fact_are_not_shown(small_story: Path) -> None:
    edit(small_story, "facts.yml", "id: danger-denied", "id: danger-denied\n    status: withdrawn")
    edition = read(small_story).edition
    assert edition is not None
    assert list(edition.story.shown_facts) == ["bridge-closed", "bridge-dangerous"]
    assert edition.decider.decide("Qui dément le danger ?").outcome != "answer"


@pytest.mark.parametrize("name", ["facts.yml", "bridge-article.yml"])
def test_a_file_that_is_not_text_is_told(small_story: Path, name: str) -> None:
    next(small_story.rglob(name)).write_bytes(b"\xff\xfe\x00")
    assert "file.encoding" in rules(read(small_story))


def test_a_date_worked_out_from_a_fact_that_is_not_shown_is_told(small_story: Path) -> None:
    derived = 'when: {edtf: "2020", derived_from: {fact: bridge-closed, offset: P1Y}}\n    kind: denial'
    edit(small_story, "facts.yml", "kind: denial", derived)
    assert "reference.unknown" not in rules(read(small_story))
    edit(small_story, "facts.yml", "id: bridge-closed", "id: bridge-closed\n    status: withdrawn")
    assert "reference.unknown" in rules(read(small_story))


def test_a_draft_may_lack_what_a_fact_must_have_and_its_publication_may_not(small_story: Path) -> None:
    folder = small_story / "knowledge" / "bridge"
    text = "facts:\n  - {id: stub, status: draft, kind: denial, text: …, asked: {fr: [Qui ?]}, citations: []}\n"
    (folder / "drafts.yml").write_text(text, "utf-8")
    assert read(small_story).problems == ()
    (folder / "drafts.yml").write_text(text.replace("draft", "published"), "utf-8")
    found = set(rules(read(small_story)))
    assert found == {"attribution.missing", "attribution.denial", "asked.count", "citation.missing"}
