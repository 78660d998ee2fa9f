"""An article is read from text, Markdown or HTML, with what the file says about it and nothing made up."""

from pathlib import Path

import pytest

from bot.library import articles
from bot.library.articles import Article, ArticleError, read_article

MARKDOWN = """---
title: The pier
author: Ann Lee
date: 2024-03-04
url: https://example.org/pier
---
# The *pier*

It has [closed](https://example.org)
since `Monday`.

- One item

> "Never," she said.

```
code
```
"""
HTML = """<html lang="en"><head><title>The pier</title><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2024-03-04"><meta property="og:site_name" content="The Gazette"></head>
<body><nav>Home</nav><article><h1>The pier</h1>
<p>The pier has been closed since Monday, the town said in a statement.</p>
<p>Nobody knows when it will open <b>again</b>, and the town does not say who will pay for the work that it needs.</p>
</article><footer>Imprint</footer></body></html>"""


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_stays_as_it_is(tmp_path: Path) -> None:
    content = b"Le pont.\r\n\r\n  Fin."
    assert read_article(written(tmp_path, "a.txt", content)) == Article(content)


def test_markdown_loses_its_marks(tmp_path: Path) -> None:
    article = read_article(written(tmp_path, "a.md", MARKDOWN))
    assert article.text == 'The pier\n\nIt has closed since Monday.\n\nOne item\n\n"Never," she said.\n'
    assert (article.title, article.author, article.publisher) == ("The pier", "Ann Lee", None)
    assert (article.url, article.published) == ("https://example.org/pier", "2024-03-04")


def test_markdown_has_its_first_heading_as_its_title(tmp_path: Path) -> None:
    assert read_article(written(tmp_path, "a.md", b"# The *pier*\n\nIt has closed.")).title == "The pier"
    assert read_article(written(tmp_path, "a.md", b"It has closed.\n\n# The pier")).title is None


@pytest.mark.parametrize("head", ["", "---\n: [\n---\n", "---\nno end\n\n"])
def test_markdown_without_usable_front_matter_says_nothing_about_itself(tmp_path: Path, head: str) -> None:
    article = read_article(written(tmp_path, "a.md", head + "The pier."))
    assert article.text.endswith("The pier.\n")
    assert (article.title, article.published) == (None, None)


def test_html_is_reduced_to_its_article(tmp_path: Path) -> None:
    article = read_article(written(tmp_path, "a.html", HTML))
    assert "closed since Monday" in article.text
    assert "open again" in article.text
    assert "Imprint" not in article.text
    assert (article.title, article.author, article.publisher) == ("The pier", "Ann Lee", "The Gazette")
    assert article.published == "2024-03-04"


def test_what_does_not_fit_a_record_is_left_out(tmp_path: Path) -> None:
    head = f"---\ntitle: {'long ' * 50}\nurl: ftp://example.org\ndate: last week\n---\n"
    article = read_article(written(tmp_path, "a.md", head + "The pier."))
    assert (article.title, article.url, article.published) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"\xff\xfe", "not UTF-8 text"),
        ("a.txt", b" \n", "there is no text in it"),
        ("a.md", b"", "there is no text in it"),
        ("a.html", b"<html></html>", "no article was found"),
    ],
)
def test_a_file_without_an_article_is_a_sentence(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    with pytest.raises(ArticleError, match=told):
        read_article(written(tmp_path, name, content))


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="cannot be read"):
        read_article(tmp_path / "none.txt")


def test_html_without_the_extra_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "find_spec", lambda _name: None)
    with pytest.raises(ArticleError, match=r"pip install 'onrecord\[import\]'"):
        read_article(written(tmp_path, "a.html", HTML))
