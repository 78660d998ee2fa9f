"""Write a feed as Atom (RFC 4287)."""

from datetime import UTC, datetime
from html import escape
from xml.etree import ElementTree

from bot.answering.feed import Feed, FeedEntry, entry_id
from bot.answering.languages import title_of, told_in
from bot.answering.telling.amended import amendment, amendment_lines
from bot.answering.telling.catalogue import Catalogue
from bot.answering.telling.dates import day_text

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PUBLISHER = "OnRecord"


def atom_xml(feed: Feed, locale: str, catalogue: Catalogue) -> str:
    """Return the feed as XML; each story is told in the locale if the story has it, else in its own language."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(_name("feed"), {XML_LANG: locale})
    _add(root, "id", feed.id)
    titles = ", ".join(title_of(story, locale) for story in feed.stories)
    _add(root, "title", catalogue.text(locale, "changes.title", title=titles))
    _add(root, "updated", _rfc3339(feed.updated))
    _add(ElementTree.SubElement(root, _name("author")), "name", PUBLISHER)
    if feed.address.url:
        ElementTree.SubElement(root, _name("link"), {"rel": "self", "href": feed.address.url})
    for entry in feed.entries:
        _add_entry(root, entry, feed, locale, catalogue)
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'


def _add_entry(root: ElementTree.Element, entry: FeedEntry, feed: Feed, locale: str, catalogue: Catalogue) -> None:
    story, revision = entry.story, entry.revision
    language = told_in(story.languages, locale)
    element = ElementTree.SubElement(root, _name("entry"), {XML_LANG: language})
    _add(element, "id", entry_id(entry, feed.address))
    day = day_text(revision.at, language)
    _add(element, "title", catalogue.text(language, "feed.entry", title=story.story.title.get(language), date=day))
    _add(element, "updated", _rfc3339(revision.at))
    told = [amendment_lines(amendment(change, language, catalogue), language, catalogue) for change in revision.changes]
    items = "".join(f"<li>{'<br/>'.join(escape(line.strip()) for line in lines)}</li>" for lines in told)
    _add(element, "content", f"<ul>{items}</ul>", type="html")


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, _name(name), attributes).text = text


def _name(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _rfc3339(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
