"""The rules for texts and readings fire where an editor would agree, and not at what only looks alike."""

from pathlib import Path

import pytest

from bot.checking.marks import quotations_in
from bot.checking.texts import because_in
from bot.library.read import read_story
from bot.matching.reading.language import language
from tests.small_story import edit

CLOSED_FR = "fr: La mairie a fermé le pont en 2019."
CLOSED_EN = "en: The town hall closed the bridge in 2019."


def fired(root: Path) -> list[str]:
    reading = read_story(root / "knowledge" / "bridge", root / "seeds", root / "articles")
    assert reading.edition is not None, reading.problems
    return [problem.rule.id for problem in reading.problems]


@pytest.mark.parametrize(
    ("french", "english", "rules"),
    [
        ("le pont en 2019", "the bridge in 2019", []),
        ("le pont en 2019", "the bridge in 2018", ["text.figure"]),
        ("les 49 % du pont", "49% of the bridge", []),
        ("les 49 % du pont", "48% of the bridge", ["text.figure"]),
        ("pour 1,4 million d'euros", "for 1.4 million euros", []),
        ("pour 1,4 million d'euros", "for 1.5 million euros", ["text.figure"]),
        ("les 46 000 pierres", "46,000 stones", []),
        ("les sept arches", "the 7 arches", []),
        ("les deux côtés", "both sides", []),
        ("une quinzaine d'arches", "some fifteen arches", []),
        ("le 1er mai 2019", "on May 1, 2019", []),
        ("à 3 h 12", "at 03:12", []),
        ("à 18 h", "at 6 p.m.", []),
        ("à 18 h", "at 7 p.m.", ["text.figure"]),
    ],
)
def test_figures_are_compared_by_what_they_say(small_story: Path, french: str, english: str, rules: list[str]) -> None:
    edit(small_story, "facts.yml", CLOSED_FR, f"fr: 'La mairie a fermé {french.replace(chr(39), chr(39) * 2)}.'")
    edit(small_story, "facts.yml", CLOSED_EN, f"en: 'The town hall closed {english}.'")
    assert fired(small_story) == rules


@pytest.mark.parametrize(
    ("french", "english", "said"),
    [
        ("de 3,8 à 2,4 millions", "from 3.8 million to 2.4 million", "different figures: 3800000 not in 'fr'; "),
        ("le 4 juin 2019", "4 June 2018", "different figures: 2018 not in 'fr' and 2019 not in 'en'; "),
    ],
)
def test_the_text_that_lacks_a_figure_is_named(small_story: Path, french: str, english: str, said: str) -> None:
    edit(small_story, "facts.yml", CLOSED_FR, f"fr: 'La mairie a fermé {french}.'")
    edit(small_story, "facts.yml", CLOSED_EN, f"en: 'The town hall closed {english}.'")
    reading = read_story(small_story / "knowledge" / "bridge", small_story / "seeds")
    (message,) = (problem.message for problem in reading.problems if problem.rule.id == "text.figure")
    assert said in message


@pytest.mark.parametrize(
    ("quoted", "rules"),
    [
        ("« le pont est dangereux »", []),
        ("« Le pont […] dangereux »", []),
        ("« dangereux »", []),
        ("« danger »", ["text.quoted"]),
        ("« très dangereux »", ["text.quoted"]),
        ("« Grand Pont »", []),  # a name
        ("« le maire »", []),  # the name of an entity
        ("“dangereux”", []),
        ("“horrible”", ["text.quoted"]),
    ],
)
def test_what_is_quoted_must_be_cited(small_story: Path, quoted: str, rules: list[str]) -> None:
    edit(
        small_story, "facts.yml", "fr: Anna Petit affirme que le pont est dangereux.", f"fr: 'Anna Petit dit {quoted}.'"
    )
    assert fired(small_story) == rules


def test_a_claim_quotes_only_what_is_marked_as_said_in_each_language(small_story: Path) -> None:
    edit(small_story, "facts.yml", "asserts that the bridge is dangerous", "calls the bridge “dangerous”")
    edit(small_story, "facts.yml", "affirme que le pont est dangereux", "affirme que « le pont est dangereux »")
    edit(small_story, "facts.yml", "quoted: true, ", "")
    assert fired(small_story) == ["text.said", "text.said"]


def test_a_denial_may_quote_what_it_denies(small_story: Path) -> None:
    denied = "exact: le pont est dangereux"
    edit(
        small_story,
        "facts.yml",
        "Le maire dément que le pont soit dangereux",
        "Le maire dément que « le pont est dangereux »",
    )
    edit(
        small_story,
        "facts.yml",
        "exact: Le maire dément}",
        f"exact: Le maire dément}}\n      - {{source: bridge-article, paragraph: 2, {denied}}}",
    )
    assert fired(small_story) == []
    edit(small_story, "facts.yml", "quoted: true, ", "")
    assert fired(small_story) == ["text.said"]


def test_a_quotation_in_translation_is_not_compared_with_the_article(small_story: Path) -> None:
    edit(small_story, "facts.yml", "asserts that the bridge is dangerous", "calls the bridge “dangerous”")
    assert fired(small_story) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("« un » et “deux”", ["un", "deux"]),
        ("Er nannte es „bemerkenswert“.", ["bemerkenswert"]),
        ("Er sagte: »Nie«.", ["Nie"]),
        ("He said 'no', \"never\" and ‘don’t ask’.", ["never", "don’t ask"]),
        ("l'eau d'ici, d’ici l’été et 5\" de pluie", []),
    ],
)
def test_quotation_marks_of_several_languages_are_read(text: str, found: list[str]) -> None:
    assert quotations_in(text) == found


@pytest.mark.parametrize(
    ("code", "text", "phrase"),
    [
        ("fr", "Il part parce qu'il a peur.", "parce qu"),
        ("fr", "Il part, car il a peur.", "car"),
        ("fr", "Il prend le car.", None),
        ("fr", "Un car est parti.", None),
        ("fr", "Il est là depuis un an.", None),
        ("en", "He leaves because he is afraid.", "because"),
        ("en", "He is due to leave.", None),
        ("de", "Er geht, weil er Angst hat.", "weil"),
        ("es", "Se va porque tiene miedo.", "porque"),
        ("it", "Se ne va perché ha paura.", "perche"),
        ("nl", "Hij gaat omdat hij bang is.", "omdat"),
        ("pt", "Ele sai porque tem medo.", "porque"),
    ],
)
def test_a_text_says_why_in_the_words_of_its_language(code: str, text: str, phrase: str | None) -> None:
    assert because_in(text, language(code)) == phrase


@pytest.mark.parametrize(
    ("english", "rules"),
    [
        ("She asserts that the bridge is dangerous.", ["text.name"]),
        ("The engineer asserts that the bridge is dangerous.", []),  # an alias
        ("Petit asserts that the bridge is dangerous.", []),  # a part of the name
    ],
)
def test_a_name_must_be_in_each_language(small_story: Path, english: str, rules: list[str]) -> None:
    edit(small_story, "facts.yml", "en: Anna Petit asserts that the bridge is dangerous.", f"en: {english}")
    assert fired(small_story) == rules


@pytest.mark.parametrize(
    ("exact", "rules"),
    [
        ("dément", ["citation.weak"]),
        ("Le maire dément", []),
        ("est", ["citation.weak", "quotation.ambiguous"]),
    ],
)
def test_a_citation_needs_words_with_content(small_story: Path, exact: str, rules: list[str]) -> None:
    edit(small_story, "facts.yml", "exact: Le maire dément", f"exact: {exact}")
    reading = read_story(small_story / "knowledge" / "bridge", small_story / "seeds")
    assert [problem.rule.id for problem in reading.problems if problem.level == "warning"] == [
        rule for rule in rules if rule == "citation.weak"
    ]


@pytest.mark.parametrize(
    ("exact", "rules"),
    [
        ("fermé le pont en 2019", []),
        ("fermé le pont en 2018", ["citation.figure"]),
        ("2 ans après 2019", []),  # more than the text says
        ("La mairie et Anna Petit", []),
        ("dit Anna Petit, ing", ["citation.name"]),
    ],
)
def test_a_citation_may_say_more_than_the_fact_but_nothing_else(
    small_story: Path, exact: str, rules: list[str]
) -> None:
    edit(small_story, "facts.yml", "exact: fermé le pont", f'exact: "{exact}"')
    reading = read_story(small_story / "knowledge" / "bridge", small_story / "seeds")
    assert [problem.rule.id for problem in reading.problems if problem.level == "warning"] == rules


def test_a_cited_name_is_told_in_the_storys_first_language(small_story: Path) -> None:
    edit(small_story, "facts.yml", "exact: fermé le pont", 'exact: "le maire a fermé le pont"')
    reading = read_story(small_story / "knowledge" / "bridge", small_story / "seeds")
    assert any("the cited words name 'Le maire'" in problem.message for problem in reading.problems)


def test_a_weak_citation_is_enough_beside_a_better_one(small_story: Path) -> None:
    cited = "{source: bridge-article, paragraph: 2, exact: Le maire dément}"
    edit(small_story, "facts.yml", cited, f"{cited}\n      - {cited.replace('Le maire ', '')}")
    assert fired(small_story) == []


def test_a_heading_needs_no_fact(small_story: Path) -> None:
    article = small_story / "articles" / "bridge-article.txt"
    article.write_text(article.read_text("utf-8").replace("en décide enfin.", "en décide enfin"), "utf-8")
    edit(
        small_story,
        "story.yml",
        "\n    citations:\n      - {source: bridge-article, paragraph: 3, exact: que le conseil en décide}",
        "",
    )
    reading = read_story(small_story / "knowledge" / "bridge", small_story / "seeds", small_story / "articles")
    assert "source.uncovered" not in {problem.rule.id for problem in reading.problems}


@pytest.mark.parametrize(
    ("alias", "rules"),
    [("the people", ["alias.everyday"]), ("the engineer", []), ("the old people", []), ("l'ingénieur en chef", [])],
)
def test_only_a_word_that_is_frequent_in_its_language_is_an_everyday_one(
    small_story: Path, alias: str, rules: list[str]
) -> None:
    edit(small_story, "story.yml", "en: [the engineer]", f'en: ["{alias}"]')
    assert fired(small_story) == rules


def test_a_claim_and_its_denial_may_be_alike(small_story: Path) -> None:
    facts = small_story / "knowledge" / "bridge" / "facts.yml"
    text = facts.read_text("utf-8")
    asked = (
        "      fr: [Le pont est-il vraiment dangereux ?, Que dit-on du pont ?, Qui trouve le pont dangereux ?]\n"
        "      en: [Is the bridge really dangerous?, What is said about the bridge?, Who finds the bridge dangerous?]\n"
    )
    start = text.index("      fr: [Que répond le maire ?")
    end = text.index("    citations:", start)
    facts.write_text(text[:start] + asked + text[end:], "utf-8")
    assert "asked.alike" not in fired(small_story)
    facts.write_text(
        facts.read_text("utf-8").replace("replies_to: bridge-dangerous", "replies_to: bridge-closed"), "utf-8"
    )
    assert "asked.alike" in fired(small_story)
