"""Reading a story: one that is right, and each way of being wrong with its rule, file and line."""

from pathlib import Path

import pytest

from bot.library.read import Reading, read_story
from tests.small_story import edit


def read(root: Path, *, articles: bool = True) -> Reading:
    return read_story(root / "knowledge" / "bridge", root / "seeds", root / "articles" if articles else None)


def rules(reading: Reading) -> list[str]:
    return [problem.rule for problem in reading.problems]


def test_a_story_without_problems_is_an_edition(small_story: Path) -> None:
    reading = read(small_story)
    assert reading.problems == ()
    assert reading.edition is not None
    assert [fact.id for fact in reading.edition.story.facts] == ["bridge-closed", "bridge-dangerous", "danger-denied"]
    assert reading.edition.answered == 1.0


def test_a_fact_may_stand_in_any_file(small_story: Path) -> None:
    folder = small_story / "knowledge" / "bridge"
    (folder / "facts.yml").rename(folder / "another-name.yml")
    assert read(small_story).problems == ()


def test_a_change_of_one_letter_is_another_version(small_story: Path) -> None:
    before = read(small_story).version
    edit(small_story, "facts.yml", "a fermé le pont en 2019.", "a fermé le pont en 2019 !")
    assert read(small_story).version != before


BROKEN = [
    # file, what stands there, what is put in its place, the rule, the line
    ("facts.yml", "by: anna-petit", "by: nobody", "reference.unknown", 15),
    ("facts.yml", "    by: anna-petit\n", "", "attribution.missing", 13),
    ("facts.yml", "kind: report", "kind: report\n    by: mayor", "attribution.report", 4),
    ("facts.yml", "    replies_to: bridge-dangerous\n", "", "attribution.denial", 23),
    ("facts.yml", "replies_to: bridge-dangerous", "replies_to: danger-denied", "attribution.self", 26),
    ("facts.yml", "paragraph: 1", "paragraph: 7", "citation.paragraph", 12),
    ("facts.yml", "source: bridge-article, paragraph: 1", "source: no-article, paragraph: 1", "citation.source", 12),
    (
        "facts.yml",
        "citations:\n      - {source: bridge-article, paragraph: 1, exact: fermé le pont}",
        "citations: []",
        "citation.missing",
        11,
    ),
    ("facts.yml", "exact: fermé le pont", "exact: fermé la route", "quotation.missing", 12),
    (
        "facts.yml",
        "paragraph: 1, exact: fermé le pont",
        "paragraph: 2, exact: fermé le pont",
        "quotation.paragraph",
        12,
    ),
    ("facts.yml", "exact: Le maire dément", "exact: e", "quotation.ambiguous", 33),
    ("facts.yml", "exact: le pont est dangereux", f"exact: {'mot ' * 16}", "quotation.long", 22),
    ("facts.yml", ", en: The town hall closed the bridge in 2019.", "", "translation.missing", 7),
    ("facts.yml", "fr: [Quand le pont a-t-il été fermé ?, ", "fr: [", "asked.count", 9),
    ("facts.yml", "Le pont est-il fermé ?", "le pont a t il été fermé quand", "asked.repeated", 9),
    ("facts.yml", "Is the bridge closed?", "Is the bridge dangerous?", "asked.ambiguous", 20),
    ("facts.yml", "id: danger-denied", "id: bridge-closed", "id.duplicate", 23),
    ("facts.yml", "id: danger-denied", "id: Danger denied", "schema.string_pattern_mismatch", 23),
    ("facts.yml", "kind: denial", "kind: opinion", "schema.literal_error", 24),
    ("facts.yml", "kind: denial", "kind: denial\n    colour: red", "schema.extra_forbidden", 25),
    ("facts.yml", "    kind: denial\n", "", "schema.missing", 23),
    ("facts.yml", 'when: {edtf: "2019"}', "when: {edtf: last week}", "schema.value_error", 6),
    ("facts.yml", 'when: {edtf: "2019"}', 'when: {edtf: "2031"}', "date.after", 6),
    (
        "facts.yml",
        'when: {edtf: "2019"}',
        'when: {edtf: "2019", derived_from: {fact: bridge-dangerous, offset: P1Y}}',
        "date.derived",
        6,
    ),
    ("facts.yml", "fr: Le maire dément que le pont soit dangereux.", f"fr: {'mot ' * 130}", "text.long", 28),
    ("facts.yml", "kind: denial", "kind: denial\n    kind: denial", "yaml.duplicate", 25),
    ("facts.yml", "kind: denial", "kind: [denial", "yaml.syntax", 25),
    ("facts.yml", "about: [town-hall]", "about: &a [town-hall]\n    answers: *a", "yaml.alias", 5),
    ("facts.yml", "kind: denial", "kind: !!python/name:os.system denial", "yaml.tag", 24),
    (
        "story.yml",
        "aliases: {fr: [l'ingénieure], en: [the engineer]}",
        "aliases: {fr: [Maire], en: []}",
        "alias.ambiguous",
        18,
    ),
    ("story.yml", "facts: [bridge-closed]", "facts: [bridge-opened]", "reference.unknown", 24),
    ("questions.yml", "expect: bridge-closed", "expect: bridge-opened", "reference.unknown", 2),
    ("questions.yml", "expect: bridge-closed", "expect: bridge-dangerous", "question.wrong", 2),
    ("questions.yml", "expect: bridge-closed", "expect: abstain", "question.answered", 2),
    ("questions.yml", "le pont est fermé depuis quand", "Qui a fermé le pont ?", "question.asked", 2),
    ("bridge-article.yml", "length: ", "length: 9", "source.length", 9),
    ("bridge-article.yml", "sha256: ", f"sha256: a{'0' * 63} # ", "source.sha256", 8),
    ("bridge-article.yml", "id: bridge-article", "id: bridge-paper", "source.name", 1),
    ("bridge-article.yml", "url: null", "url: ftp://here", "schema.string_pattern_mismatch", 7),
]


@pytest.mark.parametrize(("name", "old", "new", "rule", "line"), BROKEN, ids=[row[3] for row in BROKEN])
def test_a_mistake_is_told_with_its_rule_and_place(
    small_story: Path, name: str, old: str, new: str, rule: str, line: int
) -> None:
    edit(small_story, name, old, new)
    reading = read(small_story)
    found = [problem for problem in reading.problems if problem.rule == rule]
    assert found, [str(problem) for problem in reading.problems]
    assert (found[0].path.name, found[0].position.line) == (name, line), str(found[0])
    assert reading.edition is None


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
    assert [(problem.level, problem.rule) for problem in reading.problems] == [("note", "quotation.unverified")]
    assert "3 quotations" in reading.problems[0].message
    assert reading.edition is not None


SPAN = "{concept: span, words: {fr: [travée], en: [span]}}"
BROKEN_VOCABULARY = [
    # the second concept, the rule, the column of its line
    ("{concept: span, words: {en: [arch]}}", "vocabulary.duplicate", 6),
    ("{concept: girder, words: {en: [Span]}}", "vocabulary.ambiguous", 36),
    ("{concept: girder, words: {}}", "vocabulary.empty", 23),
    ("{concept: girder, words: {en: []}}", "vocabulary.empty", 31),
    ("{concept: girder, words: {en: ['']}}", "schema.string_too_short", 36),
    ("{concept: girder, words: {de: [Balken]}}", "vocabulary.language", 31),
    ("{concept: Main girder, words: {en: [girder]}}", "schema.string_pattern_mismatch", 6),
]


@pytest.mark.parametrize(("concept", "rule", "column"), BROKEN_VOCABULARY)
def test_a_mistake_in_the_vocabulary_is_told_with_its_rule_and_place(
    small_story: Path, concept: str, rule: str, column: int
) -> None:
    path = small_story / "knowledge" / "bridge" / "vocabulary.yml"
    path.write_text(f"vocabulary:\n  - {SPAN}\n  - {concept}\n", "utf-8")
    reading = read(small_story)
    found = [
        (problem.path, problem.rule, problem.position.line, problem.position.column) for problem in reading.problems
    ]
    assert found == [(path, rule, 3, column)]
    assert reading.edition is None


@pytest.mark.parametrize("text", ["of the span", "which of them", "?!"])
def test_words_of_the_vocabulary_that_the_matcher_does_not_read_are_a_warning(small_story: Path, text: str) -> None:
    path = small_story / "knowledge" / "bridge" / "vocabulary.yml"
    path.write_text(f"vocabulary: [{{concept: span, words: {{en: ['{text}']}}}}]\n", "utf-8")
    assert [(problem.level, problem.rule) for problem in read(small_story).problems] == [
        ("warning", "vocabulary.unread")
    ]


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
    assert [(problem.level, problem.rule) for problem in reading.problems] == [("warning", "question.missed")]
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
    assert [(problem.level, problem.rule) for problem in reading.problems] == [("warning", "alias.function_word")]
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


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    assert rules(read_story(tmp_path, tmp_path)) == ["story.empty"]


def test_a_file_that_is_a_list_is_told(small_story: Path) -> None:
    (small_story / "knowledge" / "bridge" / "facts.yml").write_text("- one\n")
    assert "file.shape" in rules(read(small_story))


def test_a_date_worked_out_from_a_fact_that_is_not_shown_is_told(small_story: Path) -> None:
    derived = 'when: {edtf: "2020", derived_from: {fact: bridge-closed, offset: P1Y}}\n    kind: denial'
    edit(small_story, "facts.yml", "kind: denial", derived)
    assert "reference.unknown" not in rules(read(small_story))
    edit(small_story, "facts.yml", "id: bridge-closed", "id: bridge-closed\n    status: withdrawn")
    assert "reference.unknown" in rules(read(small_story))


def test_a_file_with_another_ending_is_said_not_to_be_read(small_story: Path) -> None:
    (small_story / "knowledge" / "bridge" / "more.yaml").write_text("facts: []\n")
    assert rules(read(small_story)) == ["file.ignored"]


def test_an_article_that_is_not_text_is_told(small_story: Path) -> None:
    (small_story / "articles" / "bridge-article.txt").write_bytes(b"\xff\xfe")
    assert rules(read(small_story)) == ["source.encoding"]
