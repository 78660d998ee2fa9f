"""The broken cases of the checker's rules: the small story with one thing wrong, and where the rule must point."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.checking.schema import MAX_LISTED
from bot.library.yamlfile import MAX_ITEMS
from tests.small_story import BRIDGE

STORY = "knowledge/bridge/story.yml"
FACTS = "knowledge/bridge/facts.yml"
QUESTIONS = "knowledge/bridge/questions.yml"
VOCABULARY = "knowledge/bridge/vocabulary.yml"
MORE = "knowledge/bridge/more.yml"
RECORD = "seeds/bridge-article.yml"
ARTICLE = "articles/bridge-article.txt"

DIGEST = "{paragraph: 3, digest: {fr: L'attente., en: The wait.}}"
COVERED = "\n    citations:\n      - {source: bridge-article, paragraph: 3, exact: que le conseil en décide}"
ALIASES = "aliases: {fr: [l'ingénieure], en: [the engineer]}"
CORRECTION = '{date: "2020-06-12", was: X, note: Y}'
CITED = "{source: bridge-article, paragraph: 1, exact: fermé le pont}"

NO_TEXT = os.fsdecode("café.yml".encode("latin-1"))

MANY = ", ".join(f"Le pont {number} ?" for number in range(1, 39))  # as many utterances as make 41 with three others


@dataclass(frozen=True)
class Broken:
    """A case in which one rule fires once: at the text `at` of a file, or at the start of it or of a folder."""

    rule: str
    file: str
    act: Callable[[Path], int]  # breaks the story below a folder; returns about where in the file
    at: str = ""
    mend: Callable[[Path], int] | None = None  # breaks nothing, if that teaches more than the small story as it is

    def break_(self, root: Path) -> tuple[Path, int, int]:
        """Break the story below a folder; return the file, line and column where the rule must fire."""
        near, path = self.act(root), root / self.file
        if not self.at:
            return path, 1, 1
        text = path.read_text("utf-8")
        starts = [at for at in range(len(text)) if text.startswith(self.at, at)]
        before = text[: min(starts, key=lambda at: abs(at - near))]
        return path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def replacing(file: str, old: str, new: str) -> Callable[[Path], int]:
    """Return what puts `new` in the place of the first `old` in a file."""

    def act(root: Path) -> int:
        text = (root / file).read_text("utf-8")
        place = text.index(old)
        (root / file).write_text(text[:place] + new + text[place + len(old) :], "utf-8")
        return place

    return act


def edited(
    rule: str,
    file: str,
    old: str,
    new: str,
    at: str | None = None,
    told: str | None = None,
    right: str | None = None,
) -> Broken:
    """Put `new` in the place of `old`; the rule fires where `new` begins, unless `at` and `told` say where else.

    With `right` instead of `new`, it does not fire.
    """
    mend = None if right is None else replacing(file, old, right)
    return Broken(rule, told or file, replacing(file, old, new), new.strip() if at is None else at, mend)


def writing(file: str, content: str | bytes) -> Callable[[Path], int]:
    """Return what writes a file."""

    def act(root: Path) -> int:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        return 0

    return act


def written(rule: str, file: str, content: str | bytes, at: str = "", told: str | None = None) -> Broken:
    """Write a file; the rule fires at its first `at`, or where `told` says."""
    return Broken(rule, told or file, writing(file, content), at)


def concept(rule: str, row: str, at: str, right: str = "{concept: girder, words: {en: [girder]}}") -> Broken:
    """Write a vocabulary with a second concept."""
    wrong, mended = (
        writing(VOCABULARY, f"vocabulary:\n  - {{concept: span, words: {{en: [span]}}}}\n  - {each}\n")
        for each in (row, right)
    )
    return Broken(rule, VOCABULARY, wrong, at, mended)


def fact(rule: str, text: str, french: str, english: str, at: str, right: str = "") -> Broken:
    """Write another fact about the town hall and Anna Petit; with `right` in it, if given, the rule does not fire."""
    wrong, mended = (
        writing(
            MORE,
            f"facts:\n  - id: another-fact\n    kind: report\n    about: [town-hall, anna-petit]\n{more}"
            f"    answers: [who, what, when, yes-no]\n    text: {text}\n"
            f"    asked:\n      fr: [{french}]\n      en: [{english}]\n"
            "    citations:\n      - {source: bridge-article, paragraph: 3, exact: les habitants attendent}\n",
        )
        for more in ("", right)
    )
    return Broken(rule, MORE, wrong, at, mended if right else None)


def _without_a_story(root: Path) -> int:
    shutil.rmtree(root / "knowledge")
    return 0


def _without_the_article(root: Path) -> int:
    (root / ARTICLE).unlink()
    return 0


def _with_an_empty_folder(root: Path) -> int:
    (root / "knowledge" / "empty").mkdir()
    return 0


def _copied(root: Path) -> int:
    shutil.copytree(root / "knowledge" / "bridge", root / "knowledge" / "copy")
    return 0


def _with_a_folder_for_a_file(root: Path) -> int:
    (root / "knowledge" / "bridge" / "more.yml").mkdir()
    return 0


def _without_records(root: Path) -> int:
    shutil.rmtree(root / "seeds")
    return 0


def _with_a_file_for_a_folder(root: Path) -> int:
    shutil.rmtree(root / "seeds")
    (root / "seeds").write_text("the records are in another folder\n", "utf-8")
    return 0


def _with_a_link_to_nowhere(root: Path) -> int:
    (root / "knowledge" / "bridge" / "more.yml").symlink_to("nowhere.yml")
    return 0


def _with_an_unmarked_quote(root: Path) -> int:
    replacing(FACTS, "kind: claim", "kind: quote")(root)
    return replacing(FACTS, ", quoted: true", "")(root)


BROKEN = [
    Broken("knowledge.folder", "knowledge", _without_a_story),
    Broken("story.empty", "knowledge/empty", _with_an_empty_folder),
    Broken("story.duplicate", "knowledge/copy", _copied),
    written("story.twice", "knowledge/bridge/two.yml", "story: {id: two}\n", "story"),
    edited("questions.fewer", QUESTIONS, "le pont est fermé depuis quand", "un pont et un bateau", "", "knowledge"),
    Broken("folder.unreadable", "seeds", _with_a_file_for_a_folder),
    Broken("seeds.folder", "seeds", _without_records),
    Broken("yaml.list", MORE, writing(MORE, f"facts: [{'{}, ' * (MAX_ITEMS + 1)}]"), "[{}"),
    Broken("schema.more", "knowledge/bridge", writing(MORE, f"facts: [{'1, ' * (MAX_LISTED + 7)}]")),
    Broken("file.unreadable", "knowledge/bridge/more.yml", _with_a_link_to_nowhere),
    Broken("file.special", "knowledge/bridge/more.yml", _with_a_folder_for_a_file),
    written("file.name", f"knowledge/bridge/{NO_TEXT}", "facts: []\n"),
    written("file.encoding", FACTS, b"\xff\xfe\x00"),
    written("file.shape", FACTS, "- one\n"),
    written("file.ignored", "knowledge/bridge/more.yaml", "facts: []\n"),
    edited("source.name", RECORD, "id: bridge-article", "id: bridge-paper", ""),
    written("yaml.large", FACTS, "facts: []\n" + "# much to say\n" * 150_000),
    edited("yaml.syntax", FACTS, "kind: denial", "kind: [denial", "[denial"),
    edited("yaml.syntax", FACTS, "{fr: Anna Petit affirme que", "{fr: Anna Petit affirme : que", ": que"),
    edited("yaml.alias", FACTS, "answers: [who, when, what]", "answers: &a [who]\n    about: *a", "*a"),
    edited("yaml.deep", FACTS, "kind: denial", f"kind: {'[' * 30}{']' * 30}", f"{'[' * 13}]"),
    edited("yaml.tag", FACTS, "kind: denial", "kind: !!python/name:os.system denial", "!!python"),
    edited("yaml.value", FACTS, '"2019"', "2024-02-31"),
    edited("yaml.key", FACTS, "kind: denial", "? [kind]\n    : denial", "[kind]"),
    edited("yaml.cut", RECORD, "title: null", "title: The bridge #1", "#1", right="title: 'The bridge #1'"),
    edited("yaml.duplicate", FACTS, "kind: denial", "kind: denial\n    kind: claim", "kind: claim"),
    edited("schema.missing", FACTS, "    kind: denial\n", "", "id: danger-denied"),
    edited("schema.extra_forbidden", FACTS, "kind: denial", "colour: red\n    kind: denial", "colour: red"),
    edited("schema.string_pattern_mismatch", FACTS, "id: danger-denied", "id: Danger denied"),
    edited("schema.string_pattern_mismatch", RECORD, "url: null", "url: ftp://here"),
    edited("schema.literal_error", FACTS, "kind: denial", "kind: opinion"),
    edited("schema.literal_error", FACTS, "answers: [who, when, what]", "answers: [who, whence]", "whence"),
    edited("schema.string_too_short", STORY, "role: {fr: Ingénieure, ", "role: {fr: '', ", "fr: ''"),
    edited("schema.string_too_long", FACTS, "id: danger-denied", f"id: {'a' * 41}"),
    edited("schema.greater_than_equal", FACTS, "paragraph: 1", "paragraph: 0"),
    edited("schema.value_error", FACTS, 'edtf: "2019"', "edtf: last week"),
    edited("schema.type", FACTS, "paragraph: 1", "paragraph: one"),
    edited("schema.type", FACTS, "about: [town-hall]", "about: {town-hall: yes}"),
    edited("id.duplicate", FACTS, "id: danger-denied", "id: bridge-closed"),
    edited("id.duplicate", STORY, "id: mayor\n    kind: role", "kind: role\n    id: town-hall", "id: town-hall"),
    edited("reference.unknown", FACTS, "by: anna-petit", "by: nobody"),
    edited("reference.unknown", FACTS, "about: [town-hall]", "about: [town-hall, harbour]"),
    edited("reference.unknown", FACTS, "replies_to: bridge-dangerous", "replies_to: bridge-open"),
    edited("reference.unknown", FACTS, "kind: claim", "roles: {agent: nobody, act: say}\n    kind: claim", "roles"),
    edited("reference.unknown", FACTS, "kind: claim", "roles: {act: say, patient: nobody}\n    kind: claim", "roles"),
    edited("reference.unknown", STORY, "name: Anna Petit", "speaks_for: nobody\n    name: Anna Petit", "speaks_for"),
    edited("reference.unknown", STORY, "facts: [bridge-closed]", "facts: [bridge-opened]"),
    edited(
        "reference.unknown",
        STORY,
        'when: {edtf: "2019"}',
        'when: {edtf: "2019", derived_from: {fact: nothing, offset: P1Y}}',
        "derived_from",
    ),
    edited("reference.unknown", QUESTIONS, "expect: bridge-closed", "expect: bridge-opened"),
    edited("translation.none", STORY, "languages: [fr, en]", "languages: [fr, en, de]"),
    edited("translation.missing", STORY, "title: {fr: Le pont, ", "title: {", "title"),
    edited("translation.missing", STORY, "name: {fr: La mairie, ", "name: {", "name"),
    edited("translation.missing", STORY, "role: {fr: La commune, ", "role: {", "role"),
    edited("translation.missing", STORY, "name: {fr: La fermeture du pont, ", "name: {", "name"),
    edited("translation.missing", FACTS, ", en: The town hall closed the bridge in 2019.", "", "text"),
    edited("translation.missing", STORY, '"2019"}', '"2019", stated: {fr: alors}}', "stated"),
    edited("translation.missing", RECORD, "digest: {fr: Le débat., ", "digest: {", "digest"),
    edited("text.long", FACTS, "fr: Le maire dément que", f"fr: {'mot ' * 130} que", "fr: mot"),
    edited("text.placeholder", FACTS, "fr: Le maire dément que le pont soit dangereux.", '"fr": "TODO: Le maire …"'),
    edited("correction.missing", FACTS, "kind: denial", "status: corrected\n    kind: denial", "status"),
    edited("correction.status", FACTS, "kind: denial", f"correction: {CORRECTION}\n    kind: denial", "correction"),
    edited(
        "schema.value_error",
        FACTS,
        "kind: denial",
        "correction: {date: 2020-06, was: a, note: b}\n    kind: denial",
        "date: 2020-06",
    ),
    edited(
        "translation.missing",
        FACTS,
        "kind: denial",
        f"status: corrected\n    correction: {CORRECTION.replace('was: X', 'was: {fr: X}')}\n    kind: denial",
        "was",
    ),
    edited("attribution.report", FACTS, "kind: report", "by: mayor\n    kind: report", "by: mayor"),
    edited("attribution.missing", FACTS, "    by: anna-petit\n", "", "id: bridge-dangerous"),
    edited("attribution.denial", FACTS, "    replies_to: bridge-dangerous\n", "", "id: danger-denied"),
    edited("attribution.self", FACTS, "replies_to: bridge-dangerous", "replies_to: danger-denied"),
    edited("asked.language", FACTS, "      en: [When was", "      de: [Wann?]\n      en: [When was", "de: [Wann?]"),
    edited("asked.count", FACTS, "fr: [Quand le pont a-t-il été fermé ?, ", "fr: ["),
    edited("asked.many", FACTS, "fr: [Quand le", f"fr: [{MANY}, Quand le", "fr: [Le pont 1"),
    edited("asked.ambiguous", FACTS, "Is the bridge dangerous?", "Is the bridge closed ?", "Is the bridge closed ?"),
    edited(
        "asked.repeated",
        FACTS,
        "Le pont est-il fermé ?",
        "le pont a t il été fermé quand",
    ),
    edited("date.after", FACTS, 'edtf: "2019"', 'edtf: "2020-07"'),
    edited("date.after", STORY, 'edtf: "2019"', 'edtf: "2021"'),
    edited("date.after", FACTS, 'edtf: "2019"', 'edtf: "2019/2022"'),
    edited("date.announced", FACTS, 'edtf: "2019"', 'edtf: "2019", announced: true', "announced"),
    edited("schema.value_error", RECORD, 'published: "2020-06"', 'published: "2020-21"', "published"),
    edited(
        "date.base",
        STORY,
        'when: {edtf: "2019"}',
        'when: {edtf: "2019", derived_from: {fact: danger-denied, offset: P1Y}}',
        "derived_from",
    ),
    edited(
        "date.offset",
        STORY,
        'when: {edtf: "2019"}',
        'when: {edtf: "2019", derived_from: {fact: bridge-closed, offset: a while}}',
        "offset",
    ),
    edited(
        "date.derived",
        STORY,
        'when: {edtf: "2019"}',
        'when: {edtf: "2019", derived_from: {fact: bridge-closed, offset: P1Y}}',
        "edtf",
    ),
    edited("citation.missing", FACTS, f"citations:\n      - {CITED}", "citations: []"),
    edited("citation.source", FACTS, "source: bridge-article, paragraph: 1", "source: no-article, paragraph: 1"),
    edited("citation.paragraph", FACTS, "paragraph: 1", "paragraph: 7"),
    edited("quotation.long", FACTS, "exact: le pont est dangereux", f"exact: {'mot ' * 16}", "exact: mot"),
    edited(
        "quotation.share",
        FACTS,
        CITED,
        f"{CITED}\n"
        "      - source: bridge-article\n        paragraph: 3\n"
        "        exact: Des travaux sont prévus depuis longtemps, et les habitants attendent que le conseil\n"
        "      - source: bridge-article\n        paragraph: 3\n"
        "        exact: prévus depuis longtemps, et les habitants attendent que le conseil en décide enfin\n"
        "      - source: bridge-article\n        paragraph: 2\n"
        "        exact: Anna Petit, ingénieure, affirme que « le pont est dangereux ». Le maire dément",
        "",
        RECORD,
    ),
    written(
        "source.unused", "seeds/other.yml", (BRIDGE / RECORD).read_text("utf-8").replace("bridge-article", "other")
    ),
    Broken("quotation.unverified", RECORD, _without_the_article),
    written("source.encoding", ARTICLE, b"\xff\xfe", told=RECORD),
    edited("source.sha256", RECORD, "sha256: ", f"sha256: a{'0' * 63} # ", "sha256"),
    edited("source.length", RECORD, "length: ", "length: 9", "length"),
    edited("source.paragraphs", RECORD, f"\n  - {DIGEST}", "", "paragraphs"),
    edited("quotation.missing", FACTS, "exact: fermé le pont", "exact: fermé la route"),
    edited(
        "quotation.missing", FACTS, "exact: fermé le pont", "exact: fermé le pont, prefix: 'a rouvert et '", "exact"
    ),
    edited("quotation.missing", FACTS, "exact: fermé le pont", "exact: fermé le pont, suffix: ' hier'", "exact"),
    edited("quotation.paragraph", FACTS, "paragraph: 1, exact", "paragraph: 2, exact", "paragraph: 2"),
    edited(
        "quotation.unmarked", FACTS, "exact: Le maire dément", "exact: Le maire dément, quoted: true", "quoted: true}"
    ),
    edited("quotation.unmarked", FACTS, "exact: le pont est", "exact: que « le pont est", "quoted: true"),
    Broken("quotation.unsaid", FACTS, _with_an_unmarked_quote, "exact: le pont est dangereux, trans"),
    edited("quotation.ambiguous", FACTS, "exact: Le maire dément", "exact: e"),
    edited("quotation.ambiguous", FACTS, "exact: Le maire dément", "exact: ng"),  # twice there, and not in the first
    concept("vocabulary.duplicate", "{concept: span, words: {en: [arch]}}", "concept: span, words: {en: [arch]}"),
    concept("vocabulary.empty", "{concept: girder, words: {}}", "words: {}"),
    concept("vocabulary.empty", "{concept: girder, words: {en: []}}", "en: []"),
    concept("vocabulary.language", "{concept: girder, words: {de: [Balken]}}", "de: [Balken]"),
    concept("vocabulary.unread", "{concept: girder, words: {en: [of the girder]}}", "of the girder"),
    concept("vocabulary.ambiguous", "{concept: girder, words: {en: [Span]}}", "Span"),
    edited("alias.ambiguous", STORY, ALIASES, "aliases: {fr: [Maire], en: []}", "name: {fr: Le maire"),
    edited("alias.function_word", STORY, ALIASES, "aliases: {fr: [], en: [the WHO]}", "the WHO"),
    edited("alias.everyday", STORY, ALIASES, "aliases: {fr: [], en: [the people]}", "the people"),
    written(
        "alias.concept", VOCABULARY, "vocabulary:\n  - {concept: job, words: {en: [engineer]}}\n", "the engineer", STORY
    ),
    edited(
        "text.quoted",
        FACTS,
        "fr: Anna Petit affirme que le pont est dangereux.",
        "fr: Anna Petit affirme que le pont est « très dangereux ».",
        right="fr: Anna Petit affirme que « le pont est dangereux ».",
    ),
    edited("text.said", FACTS, "fr: Le maire dément que", "fr: Le maire « dément » que"),
    edited(
        "text.figure",
        FACTS,
        "en: The town hall closed the bridge in 2019",
        "en: The town hall closed the bridge in 2018",
    ),
    edited("text.name", FACTS, "en: Anna Petit asserts", "en: She asserts"),
    edited(
        "answers.why",
        FACTS,
        "fr: La mairie a fermé le pont en 2019.",
        "fr: La mairie a fermé le pont en 2019 parce qu'il rouillait.",
    ),
    edited(
        "citation.figure",
        FACTS,
        "exact: fermé le pont",
        "exact: fermé le pont en 2018",
        right="exact: fermé le pont en 2019",
    ),
    edited(
        "citation.name",
        FACTS,
        CITED,
        CITED.replace("1, exact: fermé le pont", "2, exact: 'Anna Petit, ing'"),
        "exact: 'Anna",
    ),
    edited("citation.weak", FACTS, "exact: Le maire dément", "exact: dément"),
    edited("source.uncovered", STORY, COVERED, "", "{paragraph: 3", RECORD),
    edited("asked.alias", FACTS, "Qui dément le danger ?", "Que dit l'ingénieure du pont ?"),
    fact(
        "asked.alike",
        "{fr: Le pont est fermé., en: The bridge is closed.}",
        "Quand a-t-on fermé le pont ?, Qui a donc fermé le pont ?, Le pont a-t-il été fermé ?",
        "When did they close the bridge?, Who has closed the bridge?, Has the bridge been closed?",
        "asked",
    ),
    fact(
        "roles.missing",
        "{fr: La mairie accuse Anna Petit., en: The town hall accuses Anna Petit.}",
        "La mairie accuse-t-elle Anna Petit ?, La mairie a-t-elle accusé Anna Petit ?, Qui est mis en cause ?",
        "Does the town hall accuse Anna Petit?, Did the town hall accuse Anna Petit?, Who is blamed?",
        "id: another-fact",
        "    roles: {agent: town-hall, act: accuse, patient: anna-petit}\n",
    ),
    edited(
        "roles.act",
        FACTS,
        "kind: claim",
        "roles: {agent: anna-petit, act: accusse}\n    kind: claim",
        "roles",
        right="roles: {agent: anna-petit, act: accuse}\n    kind: claim",
    ),
    edited(
        "roles.both",
        FACTS,
        "kind: claim",
        "roles: {agent: [anna-petit, town-hall], act: accuse, patient: [town-hall, anna-petit]}\n    kind: claim",
        "roles",
        right="roles: {agent: anna-petit, act: accuse, patient: town-hall}\n    kind: claim",
    ),
    edited(
        "questions.none",
        QUESTIONS,
        "  - {ask: le pont est fermé depuis quand, expect: bridge-closed}\n",
        "",
        "questions",
    ),
    edited("question.asked", QUESTIONS, "le pont est fermé depuis quand", "qui a fermé le pont", "ask"),
    edited(
        "question.repeated",
        QUESTIONS,
        "  - {ask: Who is the president?, expect: abstain}",
        "  - {ask: le pont est fermé depuis quand ?, expect: bridge-closed}",
        "ask: le pont est fermé depuis quand ?",
    ),
    edited(
        "question.wrong",
        QUESTIONS,
        "expect: bridge-closed",
        "expect: [bridge-dangerous, danger-denied]",
        "ask: le pont",
    ),
    edited("question.answered", QUESTIONS, "expect: bridge-closed", "expect: abstain", "ask: le pont"),
    edited("question.missed", QUESTIONS, "le pont est fermé depuis quand", "un pont et un bateau", "ask"),
]

# What the message of a rule must say of its first case above, in this order; a rule without blanks is not here.
VALUES: dict[str, tuple[str, ...]] = {
    "knowledge.folder": ("folder",),
    "story.duplicate": ("bridge", "bridge"),
    "story.twice": ("story",),
    "questions.fewer": ("0%", "bridge", "100%"),
    "folder.unreadable": ("directory",),
    "yaml.list": ("5001", "5000"),
    "schema.more": ("7 more",),
    "file.unreadable": ("No such file",),
    "file.special": ("a folder",),
    "file.name": ("caf", "yml"),
    "source.name": ("bridge-article",),
    "yaml.large": ("2100010 characters", "2000000"),
    "yaml.syntax": ("'[' is not closed", "']'"),
    "yaml.deep": ("20",),
    "yaml.tag": ("os.system", "quotation marks"),
    "yaml.value": ("2024-02-31",),
    "yaml.duplicate": ("kind",),
    "schema.missing": ("kind",),
    "schema.extra_forbidden": ("colour", "kind"),
    "schema.string_pattern_mismatch": ("Danger denied", "'id'", "such as danger-denied"),
    "schema.literal_error": ("kind", "opinion", "report"),
    "schema.string_too_short": ("fr",),
    "schema.string_too_long": ("id", "41", "40"),
    "schema.greater_than_equal": ("paragraph", "1"),
    "schema.value_error": ("'edtf': 'last week'",),
    "schema.type": ("paragraph", "a whole number", "a text", "such as 1"),
    "id.duplicate": ("bridge-closed",),
    "reference.unknown": ("entity", "nobody", "entity"),
    "translation.none": ("de",),
    "translation.missing": ("fr",),
    "text.long": ("548", "500"),
    "attribution.missing": ("claim",),
    "correction.status": ("published",),
    "asked.language": ("de",),
    "asked.count": ("2", "fr", "3"),
    "asked.many": ("41", "fr", "40"),
    "asked.ambiguous": ("Is the bridge closed ?", "bridge-closed"),
    "asked.repeated": ("le pont a t il été fermé quand", "Quand le pont a-t-il été fermé ?"),
    "date.after": ("2020-07", "2020-06"),
    "date.announced": ("2019", "2020-06"),
    "date.base": ("danger-denied",),
    "date.offset": ("a while",),
    "date.derived": ("2019", "P1Y", "2020", "2019"),
    "citation.source": ("no-article", "seeds/no-article.yml"),
    "citation.paragraph": ("bridge-article", "7", "3"),
    "quotation.long": ("15",),
    "quotation.share": ("%", "30%", "«Des travaux sont …» in bridge-closed (83)", "«prévus", "«Anna Petit"),
    "quotation.unverified": ("4", "bridge-article"),
    "source.sha256": ("ed1837873b08", "a000"),
    "source.length": ("218", "9218"),
    "source.paragraphs": ("3", "2"),
    "quotation.missing": ("fermé la route",),
    "quotation.paragraph": ("fermé le pont", "1", "2"),
    "quotation.unmarked": ("Le maire dément",),
    "quotation.unsaid": ("le pont est dangereux", "anna-petit"),
    "quotation.ambiguous": ("«e»", "2"),
    "vocabulary.duplicate": ("span",),
    "vocabulary.empty": ("girder",),
    "vocabulary.language": ("de",),
    "vocabulary.unread": ("of the girder", "only 'girder' is not", "en", "list 'girder' alone"),
    "vocabulary.ambiguous": ("Span", "span"),
    "alias.ambiguous": ("Le maire", "anna-petit"),
    "alias.function_word": ("who", "WHO"),
    "alias.everyday": ("the people", "en"),
    "alias.concept": ("the engineer", "job"),
    "text.quoted": ("très dangereux",),
    "text.said": ("dément", "mayor"),
    "text.figure": ("2018 not in 'fr'", "2019 not in 'en'"),
    "text.name": ("en", "Anna Petit", "fr"),
    "answers.why": ("parce qu",),
    "citation.figure": ("2018",),
    "citation.name": ("Anna Petit",),
    "citation.weak": ("dément",),
    "source.uncovered": ("3",),
    "asked.alias": ("Que dit l'ingénieure du pont", "Que dit Anna Petit du pont", "bridge-dangerous", "anna-petit"),
    "asked.alike": ("6 utterances", "bridge-closed", "Is the bridge closed?"),
    "roles.missing": ("town-hall", "anna-petit", "accuse", "anna-petit"),
    "roles.both": ("'anna-petit', 'town-hall'", "'accuse'"),
    "roles.act": ("accusse", "did you mean 'accuse'?"),
    "question.asked": ("bridge-closed",),
    "question.wrong": ("le pont est fermé depuis quand", "bridge-closed", "'bridge-dangerous' or 'danger-denied'"),
    "question.answered": ("le pont est fermé depuis quand", "bridge-closed"),
    "question.missed": ("un pont et un bateau", "suggest", "bridge-closed"),
}
