"""A hook of MkDocs: the repository's own pages are pages of the site too, and no link leads to what the site lacks."""

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
OUTSIDE = {  # what stands in docs/ under the second name only points to the first
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "README.md": "index.md",
}
LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)")


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Return the text of a page as the site shows it."""
    place = Path(config.docs_dir, page.file.src_uri)
    outside = next((name for name, inside in OUTSIDE.items() if inside == place.name != "index.md"), None)
    if outside and place.parent == Path(config.docs_dir):
        markdown, place = (ROOT / outside).read_text("utf-8"), ROOT / outside
    up = "../" * page.file.src_uri.count("/")

    def led(link: re.Match[str]) -> str:
        """Lead to a page of the site, else to the repository; if it has no address, leave the words alone."""
        words, path, anchor = link.groups(default="")
        file = (place.parent / path).resolve()
        name = file.relative_to(ROOT).as_posix()
        inside = name.removeprefix("docs/") if file.suffix and name.startswith("docs/") else OUTSIDE.get(name)
        if inside:
            return f"[{words}]({up}{inside}{anchor})"
        if not file.exists():
            return link[0]  # for MkDocs to warn of
        return f"[{words}]({config.repo_url}/blob/main/{name})" if config.repo_url else words

    return LINK.sub(led, markdown)
