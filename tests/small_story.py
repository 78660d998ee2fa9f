"""A small story in YAML, with the article it rests on: about a bridge, so that nothing of the real story helps."""

from hashlib import sha256
from pathlib import Path

ARTICLE = (
    "La mairie a fermé le pont en 2019.\n\n"
    "Anna Petit, ingénieure, affirme que « le pont est dangereux ». Le maire dément.\n\n"
    "Des travaux sont prévus depuis longtemps, et les habitants attendent que le conseil en décide enfin.\n"
)
SOURCE = f"""\
id: bridge-article
language: fr
published: "2020-06"
title: null
publisher: null
author: null
url: null
sha256: {sha256(ARTICLE.encode()).hexdigest()}
length: {len(ARTICLE)}
paragraphs:
  - {{paragraph: 1, digest: {{fr: La fermeture., en: The closing.}}}}
  - {{paragraph: 2, digest: {{fr: Le débat., en: The debate.}}}}
  - {{paragraph: 3, digest: {{fr: L'attente., en: The wait.}}}}
"""
STORY = """\
story:
  id: bridge
  title: {fr: Le pont, en: The bridge}
  languages: [fr, en]
  as_of: "2020-06"
entities:
  - id: town-hall
    kind: organisation
    name: {fr: La mairie, en: The town hall}
    role: {fr: La commune, en: The municipality}
  - id: anna-petit
    kind: person
    name: Anna Petit
    aliases: {fr: [l'ingénieure], en: [the engineer]}
    role: {fr: Ingénieure, en: Engineer}
  - id: mayor
    kind: role
    name: {fr: Le maire, en: The mayor}
    role: {fr: Chef de la commune, en: Head of the municipality}
events:
  - id: closing
    when: {edtf: "2019"}
    name: {fr: La fermeture du pont, en: The closing of the bridge}
    facts: [bridge-closed]
"""
FACTS = """\
facts:
  - id: bridge-closed
    kind: report
    about: [town-hall]
    answers: [who, when, what]
    when: {edtf: "2019"}
    text: {fr: La mairie a fermé le pont en 2019., en: The town hall closed the bridge in 2019.}
    asked:
      fr: [Quand le pont a-t-il été fermé ?, Qui a fermé le pont ?, Le pont est-il fermé ?]
      en: [When was the bridge closed?, Who closed the bridge?, Is the bridge closed?]
    citations:
      - {source: bridge-article, paragraph: 1, exact: fermé le pont}
  - id: bridge-dangerous
    kind: claim
    by: anna-petit
    answers: [who, what, why]
    text: {fr: Anna Petit affirme que le pont est dangereux., en: Anna Petit asserts that the bridge is dangerous.}
    asked:
      fr: [Le pont est-il dangereux ?, Que dit Anna Petit du pont ?, Qui juge le pont dangereux ?]
      en: [Is the bridge dangerous?, What does Anna Petit say about the bridge?, Who thinks the bridge is dangerous?]
    citations:
      - {source: bridge-article, paragraph: 2, exact: le pont est dangereux}
  - id: danger-denied
    kind: denial
    by: mayor
    replies_to: bridge-dangerous
    answers: [who, what]
    text: {fr: Le maire dément que le pont soit dangereux., en: The mayor denies that the bridge is dangerous.}
    asked:
      fr: [Que répond le maire ?, Qui dément le danger ?, Le maire reconnaît-il un danger ?]
      en: [What does the mayor answer?, Who denies the danger?, Does the mayor admit any danger?]
    citations:
      - {source: bridge-article, paragraph: 2, exact: Le maire dément}
"""
QUESTIONS = """\
questions:
  - {ask: le pont est fermé depuis quand, expect: bridge-closed}
  - {ask: Who is the president?, expect: abstain}
"""


def write_small_story(root: Path) -> None:
    """Write the story, the record of its article, and the article."""
    folders = {name: root / name for name in ("knowledge/bridge", "seeds", "articles")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    (folders["knowledge/bridge"] / "story.yml").write_text(STORY, "utf-8")
    (folders["knowledge/bridge"] / "facts.yml").write_text(FACTS, "utf-8")
    (folders["knowledge/bridge"] / "questions.yml").write_text(QUESTIONS, "utf-8")
    (folders["seeds"] / "bridge-article.yml").write_text(SOURCE, "utf-8")
    (folders["articles"] / "bridge-article.txt").write_text(ARTICLE, "utf-8")


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Change one place of one file; the place must be there, once or more."""
    path = next(root.rglob(name))
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new), "utf-8")
