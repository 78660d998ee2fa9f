"""What an editor does from an installed package to drafts that load: `init`, `new`, `import`, `suggest`."""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.library.read import read_story
from bot.library.scaffold import example_files
from bot.story.model import Story
from tests.conftest import ROOT
from tests.small_story import BRIDGE
from tests.test_settings import EXAMPLE

ARTICLES = ROOT / "tests" / "drafting" / "articles"
COPY = "run `make example`: the package has a copy of the story and of .env.example"


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    for key in ("KNOWLEDGE", "SEEDS", "ARTICLES", "ENCODER"):
        monkeypatch.delenv(f"ONRECORD_{key}", raising=False)
    return CliRunner()


def done(runner: CliRunner, *arguments: str) -> Result:
    result = runner.invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result


def article(name: str) -> str:
    """Copy an article into the folder, as a journalist has it, and return its name."""
    shutil.copy(ARTICLES / name, name)
    return name


def loaded(story: str) -> Story:
    result = read_story(Path("knowledge") / story, Path("seeds"), Path())
    assert [problem for problem in result.problems if problem.level != "warning"] == []
    assert result.edition is not None
    return result.edition.story


def warnings(checked: Result) -> set[str]:
    """Return the rules of the warnings; a story that is not finished has no questions."""
    return set(re.findall(r"warning\[([a-z._]+)\]", checked.stdout))


def refused(runner: CliRunner, *arguments: str) -> str:
    result = runner.invoke(app, list(arguments))
    assert result.exit_code == 2, result.output
    return " ".join(result.stderr.split())


def test_init_makes_a_folder_that_checks_and_answers(runner: CliRunner) -> None:
    assert "files written" in done(runner, "init").stdout
    assert done(runner, "check").stdout.splitlines()[-1] == "0 errors, 0 warnings"
    assert "1931" in done(runner, "ask", "Quand le pont a-t-il été construit ?").stdout
    assert "ONRECORD_ARTICLES=articles\n" in Path(".env").read_text("utf-8")


def test_init_keeps_what_is_there(runner: CliRunner) -> None:
    Path(".env").write_text("ONRECORD_OWNERS=7\n")
    assert ".env: kept, it was there" in done(runner, "init").stdout
    assert Path(".env").read_text() == "ONRECORD_OWNERS=7\n"
    done(runner, "init", "elsewhere")
    assert Path("elsewhere/knowledge/bridge/story.yml").is_file()


def test_the_example_is_the_story_that_the_tests_use() -> None:
    files = {path.as_posix(): content for path, content in example_files(Path()).items()}
    own = {path.relative_to(BRIDGE).as_posix(): path.read_bytes() for path in BRIDGE.rglob("*") if path.is_file()}
    assert {name: content for name, content in files.items() if not name.endswith((".json", ".env"))} == own, COPY
    assert (
        files[".env"].decode().replace("ONRECORD_ARTICLES=articles", "# ONRECORD_ARTICLES=") == EXAMPLE.read_text()
    ), COPY


def test_new_makes_commented_files_that_check_accepts(runner: CliRunner) -> None:
    done(runner, "new", "harbour", "--languages", "en,es", "--title", "The harbour: a story")
    assert warnings(done(runner, "check")) == set()
    story = loaded("harbour")
    assert (story.languages, story.story.title.get("es")) == (("en", "es"), "The harbour: a story")


def test_an_empty_story_that_is_later_than_its_first_article_is_noted(runner: CliRunner) -> None:
    done(runner, "new", "verger")
    told = done(runner, "import", article("verger.txt"), "--story", "verger", "--published", "2024-05")
    assert "story.yml: as_of says 20" in told.stderr
    assert "the article is of 2024-05; correct it" in told.stderr
    assert "0 facts, 16 drafts" in done(runner, "check").stdout


def test_the_comments_of_a_new_story_are_records_that_fit(runner: CliRunner) -> None:
    done(runner, "new", "harbour")
    for name in ("entities", "facts", "questions"):
        text = Path(f"knowledge/harbour/{name}.yml").read_text("utf-8")
        whole = re.sub(r"^  # ", "  ", text, flags=re.MULTILINE).replace("…", "x")
        assert all(yaml.safe_load(whole).values()), name


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["new", "Le Port"], "try le-port"),
        (["new", "harbour", "--languages", "french"], "two-letter codes"),
        (["import", "none.txt"], "cannot be read"),
        (["import", "none.txt", "--published", "last week"], "--published: 'last week' is not an EDTF"),
        (["import", "none.txt", "--url", "example.org"], "--url: 'example.org' is not an address"),
        (["import", "a.txt", "b.txt", "--id", "one"], "import it alone"),
        (["import", "a.txt", "--id", "Mon Article"], "try mon-article"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(runner: CliRunner, arguments: list[str], told: str) -> None:
    assert told in refused(runner, *arguments)


def test_new_never_overwrites_a_story(runner: CliRunner) -> None:
    done(runner, "new", "harbour")
    assert "nothing is overwritten" in refused(runner, "new", "harbour")


def test_import_records_the_article_and_drafts_facts_that_load(runner: CliRunner) -> None:
    result = done(runner, "import", article("verger.txt"), "--published", "2024-05", "--url", "https://example.org/gel")
    assert "16 drafts, 9 quotations (8 with a speaker)" in result.stdout
    story = loaded("verger")
    (source,) = story.sources
    assert (source.language, source.published, source.url) == ("fr", "2024-05", "https://example.org/gel")
    assert story.shown_facts == {}
    assert {fact.status for fact in story.facts} == {"draft"}
    spoken = next(fact for fact in story.facts if fact.citations[0].exact == "Aucun dossier n'est bloqué")
    assert (spoken.kind, spoken.by) == ("quote", "dessaigne")
    assert warnings(done(runner, "check", "--articles", ".")) == set()
    assert "not" in done(runner, "ask", "--locale", "en", "Who is Agathe Morvan?").stdout


def test_drafts_are_published_only_when_they_are_written(runner: CliRunner) -> None:
    done(runner, "import", article("verger.txt"), "--published", "2024-05")
    drafts = Path("knowledge/verger/drafts.yml")
    drafts.write_text(drafts.read_text("utf-8").replace("status: draft", "status: published", 1), "utf-8")
    told = runner.invoke(app, ["check"]).stdout
    assert "error[text.placeholder] the text still has to be written" in told
    assert "error[asked.count]" in told


def test_a_second_article_joins_the_story_and_uses_its_entities(runner: CliRunner) -> None:
    done(runner, "import", article("verger.txt"), "--published", "2024-05")
    Path("suite.md").write_text("« Rien n'est réglé », a dit Agathe Morvan. Luc Petit le conteste.\n", "utf-8")
    done(runner, "import", "suite.md", "--story", "verger", "--published", "2024-05")
    story = loaded("verger")
    assert Path("knowledge/verger/drafts-suite.yml").is_file()
    assert [fact.by for fact in story.facts if fact.citations[0].source == "suite"] == ["agathe-morvan", "luc-petit"]
    assert sum(entity.id == "agathe-morvan" for entity in story.entities) == 1


def test_many_articles_are_imported_at_once(runner: CliRunner) -> None:
    names = [article(name) for name in ("verger.txt", "phare.txt", "library.txt")]
    done(runner, "import", *names, "--story", "three", "--published", "2024-05")
    assert {source.id for source in loaded("three").sources} == {"verger", "phare", "library"}


def test_import_never_overwrites(runner: CliRunner) -> None:
    name = article("verger.txt")
    done(runner, "import", name, "--published", "2024-05")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    assert "seeds/verger.yml" in refused(runner, "import", name, "--story", "verger", "--published", "2024-05")
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_an_article_without_a_date_is_recorded_as_uncertain_and_the_editor_is_told(runner: CliRunner) -> None:
    result = done(runner, "import", article("verger.txt"))
    assert "no date found" in " ".join(result.stderr.split())
    assert re.search(r'^published: "\d{4}\?"$', Path("seeds/verger.yml").read_text("utf-8"), re.MULTILINE)
    loaded("verger")


def test_html_is_stored_as_text_where_the_articles_are(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_ARTICLES", "articles")
    body = "<p>The pier has been closed since Monday, the town said in a long statement about the sea.</p>" * 3
    Path("page.html").write_text(f"<html><body><article>{body}</article></body></html>", "utf-8")
    done(runner, "import", "page.html", "--id", "pier", "--story", "pier", "--published", "2024-03-04")
    assert Path("articles/pier.txt").read_text("utf-8").startswith("The pier has been closed")
    assert warnings(done(runner, "check", "--articles", "articles")) == set()


def test_a_story_with_errors_gets_no_drafts(runner: CliRunner) -> None:
    done(runner, "new", "harbour")
    Path("knowledge/harbour/facts.yml").write_text("facts: [{id: Bad}]\n")
    assert "Correct these first" in refused(runner, "import", article("verger.txt"), "--story", "harbour")
    assert not Path("seeds/verger.yml").exists()


def test_a_language_without_a_file_is_told(runner: CliRunner) -> None:
    Path("bruecke.txt").write_text(
        "Die Brücke ist seit 2019 gesperrt, weil sie nach Ansicht der Stadt nicht sicher ist."
    )
    result = done(runner, "import", "bruecke.txt", "--published", "2024")
    assert "speakers and dates are found in en, fr, not in de" in " ".join(result.stderr.split())
    assert loaded("bruecke").languages == ("de", "fr", "en")


def test_suggest_prints_lines_to_paste_and_says_what_each_does(runner: CliRunner) -> None:
    done(runner, "init")
    lines = done(runner, "suggest", "danger-denied").stdout
    asked = yaml.safe_load(lines)["asked"]
    assert "Que dément le maire ?" in asked["fr"]
    assert "What does the mayor deny?" in asked["en"]
    assert "# no fact answers it yet" in lines


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["suggest", "danger-denid"], "danger-denid: there is no such fact; did you mean danger-denied?"),
        (["suggest", "xyz"], "xyz: there is no such fact."),
        (["suggest", "danger-denied", "--story", "none"], "--story: there is no story 'none'."),
    ],
)
def test_an_unknown_fact_is_a_sentence(runner: CliRunner, arguments: list[str], told: str) -> None:
    done(runner, "init")
    assert refused(runner, *arguments) == told


def test_two_stories_with_the_same_fact_need_the_story(runner: CliRunner) -> None:
    done(runner, "init")
    shutil.copytree("knowledge/bridge", "knowledge/twin")
    head = Path("knowledge/twin/story.yml")
    head.write_text(head.read_text("utf-8").replace("id: bridge", "id: twin", 1), "utf-8")
    assert "bridge, twin have a fact of that id" in refused(runner, "suggest", "danger-denied")
    assert "asked:" in done(runner, "suggest", "danger-denied", "--story", "twin").stdout


def test_a_draft_has_suggestions_before_it_is_published(runner: CliRunner) -> None:
    done(runner, "import", article("verger.txt"), "--published", "2024-05")
    assert "Agathe Morvan" in done(runner, "suggest", "verger-p2-1").stdout


def test_a_fact_that_says_too_little_gets_no_suggestion_but_a_reason(runner: CliRunner) -> None:
    done(runner, "import", article("verger.txt"), "--published", "2024-05")
    assert "Nothing to propose: give the fact by, about, roles" in done(runner, "suggest", "verger-p9-1").stdout
