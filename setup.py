"""What an index shows of the package: the README with absolute addresses, in the repository that REPO_URL names."""

import os
import re
from pathlib import Path

from setuptools import setup

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?://|#)([^)]+)\)")  # to a file beside the README
README = Path(__file__).with_name("README.md").read_text("utf-8")


def shown_on_an_index(readme: str, repository: str) -> str:
    """Return the README with absolute links; without a repository, with words for links and without pictures."""

    def absolute(link: re.Match[str]) -> str:
        picture, words, path = link.groups()
        if not repository:
            return "" if picture else words
        return f"{picture}[{words}]({repository}/{'raw' if picture else 'blob'}/main/{path})"

    return LINK.sub(absolute, readme)


def urls_of(repository: str) -> dict[str, str]:
    """Return the addresses that an index lists."""
    if not repository:
        return {}
    return {
        "Source": repository,
        "Documentation": f"{repository}/blob/main/docs/index.md",
        "Issues": f"{repository}/issues",
        "Changelog": f"{repository}/blob/main/CHANGELOG.md",
    }


REPOSITORY = os.environ.get("REPO_URL", "").rstrip("/")  # as in mkdocs.yml

setup(
    long_description=shown_on_an_index(README, REPOSITORY),
    long_description_content_type="text/markdown",
    project_urls=urls_of(REPOSITORY),
)
