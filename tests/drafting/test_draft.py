"""An article becomes drafts that an editor can finish: cited exactly, attributed with care, in no words of its own."""

from pathlib import Path

import pytest

from bot.checking.citations import MAX_QUOTATION_WORDS
from bot.checking.quotations import paragraphs_of
from bot.drafting.draft import ArticleDraft, dateline, draft_article, language_of_text
from bot.drafting.stubs import ArticleText
from bot.story.model import Story
from bot.story.texts import PLACEHOLDER
from tests.stories import FOLDER

ARTICLES = Path(__file__).parent / "articles"
TEXTS = [*sorted(ARTICLES.glob("*.txt")), *sorted(FOLDER.glob("*/article.txt"))]


def drafted(text: str, story: Story | None = None, published: str = "2024-05") -> ArticleDraft:
    code = language_of_text(text) or "en"
    return draft_article(ArticleText("an_article", text, code, published), ("fr", "en"), story, ())


@pytest.mark.parametrize("path", TEXTS, ids=[f"{path.parent.name}-{path.stem}" for path in TEXTS])
def test_every_citation_is_exact_short_and_occurs_once(path: Path) -> None:
    text = path.read_text("utf-8")
    paragraphs = paragraphs_of(text)
    draft = drafted(text)
    assert draft.stubs
    for stub in draft.stubs:
        found = stub.cited
        assert paragraphs[stub.place[0] - 1].count(found.prefix + found.exact + found.suffix) == 1, stub
        assert 0 < len(found.exact.split()) <= MAX_QUOTATION_WORDS
    assert len({stub.id for stub in draft.stubs}) == len(draft.stubs)
    assert len(draft.digests) == len(paragraphs)


@pytest.mark.parametrize("path", TEXTS, ids=[f"{path.parent.name}-{path.stem}" for path in TEXTS])
def test_no_draft_says_what_the_article_says(path: Path) -> None:
    text = path.read_text("utf-8")
    draft = drafted(text)
    for stub in draft.stubs:
        for told in stub.text.values():
            assert told.startswith(PLACEHOLDER)
            said = stub.speaker.text if stub.speaker else ""
            assert len(told.lower().replace(said.lower(), "").split()) <= 5
    assert not any(sentence in text for digest in draft.digests for sentence in digest.values())


def test_what_a_sentence_says_becomes_one_draft_for_each_claimant() -> None:
    draft = drafted("Anne Petit a réfuté la thèse de Marc Roux qui affirmait que le pont était « sûr ».")
    assert [(stub.kind, stub.by) for stub in draft.stubs] == [("claim", "marc-roux"), ("denial", "anne-petit")]
    assert draft.stubs[0].about == ("anne-petit",)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("« Le pont est sûr », dit Marc Roux.", ["quote"]),
        ("Marc Roux dit que le pont est « sûr ».", ["claim"]),
        ("Marc Roux dément que le pont soit sûr.", ["denial"]),
        ("Le pont a été fermé en 2019.", ["report"]),
        ("Le pont est-il sûr ?", []),
        ("Un pont sur la rivière", []),
        ("La mairie dément la fermeture du pont", []),  # a headline, which the article says again
    ],
)
def test_the_kind_of_a_draft_is_whose_voice_it_is_in(text: str, kinds: list[str]) -> None:
    assert [stub.kind for stub in drafted(text).stubs] == kinds


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("Two of the patients were in hospital, according to Ann Lee.", "Two of the patients were in hospital"),
        ("Ann Lee denied that the germs had come from his milk.", "come from his milk"),
        ("Ann Lee accuses a haulier, Pell Varrow, of a lie.", "Ann Lee accuses a haulier, Pell Varrow"),
    ],
)
def test_a_citation_ends_with_a_word_that_says_something(text: str, exact: str) -> None:
    (stub,) = drafted(text).stubs
    assert stub.cited.exact.endswith(exact)


def test_a_digest_lists_no_date_among_the_figures() -> None:
    (digest,) = drafted("On 12 May 2025 Ann Lee closed 34 piers.").digests
    assert digest["en"] == "Names and figures: Ann Lee, 34."


def test_a_speaker_who_is_not_one_entity_is_named_but_has_no_by() -> None:
    (stub,) = drafted("Anne Petit et Marc Roux ont promis un pont « neuf ».").stubs
    assert stub.speaker is not None
    assert (stub.by, stub.speaker.text) == (None, "Anne Petit et Marc Roux")


def test_a_date_is_given_only_if_it_is_the_only_one_and_not_after_the_story() -> None:
    def when(text: str) -> tuple[str | None, bool] | None:
        found = drafted(text).stubs[0].when
        return (found.edtf, found.is_relative) if found else None

    assert when("Le pont a été fermé jeudi dernier.") == ("2024-05~", True)
    assert when("Le pont a été fermé en 2019.") == ("2019", False)
    assert when("Le pont a été fermé en 2019 et rouvert en 2021.") is None
    assert when("Le pont doit rouvrir en 2031.") is None


def test_the_entities_of_the_story_are_used_again(story: Story) -> None:
    draft = drafted("« Le pont tient », dit Anna Petit. Le maire a démenti : « Il tombe. » Paul Roux conteste.", story)
    assert [stub.by for stub in draft.stubs] == ["anna-petit", "mayor", "paul-roux"]
    assert [entity.id for entity in draft.entities] == ["paul-roux"]


def test_a_surname_that_two_people_have_is_nobodys_alias() -> None:
    draft = drafted("Erwan Tanguy et Marie Roux ont vu Maëlle Tanguy. Paul Tanguy est parti.")
    aliases = {entity.id: entity.aliases for entity in draft.entities}
    assert aliases["marie-roux"] == ("Roux",)
    assert aliases["paul-tanguy"] == ()


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        (" date 2024-03 Dans une note", "fr", ("2024-03", 14)),
        ("Published 2024-03-04: The pier", "en", ("2024-03-04", 22)),
        ("Le 4 mars, le pont", "fr", (None, 0)),
        ("The pier", "en", (None, 0)),
        ("date 2024-03 Der Pier", "de", (None, 0)),
    ],
)
def test_a_date_at_the_start_of_a_text_is_read(text: str, code: str, found: tuple[str | None, int]) -> None:
    assert dateline(text, code) == found


def test_a_language_without_a_file_still_gets_drafts() -> None:
    draft = drafted("Die Brücke ist seit 2019 gesperrt, weil sie nach Ansicht der Stadt nicht mehr sicher ist.")
    assert [(stub.kind, stub.by) for stub in draft.stubs] == [("report", None)]
