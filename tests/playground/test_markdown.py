"""Discord's markdown on the playground's page: what people read, and that nothing of theirs becomes HTML."""

import pytest

from bot.playground.markdown import html

MESSAGE = "https://discord.com/channels/1/2/3"


class Named:
    def user(self, number: int) -> str:
        return {7: "OnRecord"}.get(number, str(number))

    def channel(self, _number: int) -> str:
        return "questions"

    def jump(self, address: str) -> tuple[str, str]:
        return ("#m3", "the message") if address == MESSAGE else (address, address)


EPOCH = "1970-01-01T00:00:00+00:00"
OUT = 'target="_blank" rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\n\ntwo", '<p class="line">one</p><p class="gap"></p><p class="line">two</p>'),
        (
            "## Title\n-# small\n> said",
            '<p class="heading">Title</p><p class="small">small</p><p class="quote">said</p>',
        ),
        ("- one\n2. two", '<p class="item">• one</p><p class="item">2. two</p>'),
        ("**a _b_** ~~c~~ __d__", '<p class="line"><strong>a <em>b</em></strong> <s>c</s> <u>d</u></p>'),
        (r"\*not\* a snake_case_name", '<p class="line">*not* a snake_case_name</p>'),
        ("```py\n**x** <b>\n```", "<pre><code>**x** &lt;b&gt;</code></pre>"),
        ("`*x*` ||who||", '<p class="line"><code>*x*</code> <span class="spoiler" tabindex="0">who</span></p>'),
        ("<@7> <#2> </who:9>", '<p class="line">{@OnRecord} {#questions} {/who}</p>'),
        ("see https://a.test/b.", f'<p class="line">see <a href="https://a.test/b" {OUT}>https://a.test/b</a>.</p>'),
        ("[*here*](<https://a.test>)", f'<p class="line"><a href="https://a.test" {OUT}><em>here</em></a></p>'),
        (MESSAGE, '<p class="line"><a href="#m3">the message</a></p>'),
        ("<t:0:R>", f'<p class="line"><time datetime="{EPOCH}" data-style="R">{EPOCH}</time></p>'),
    ],
)
def test_marks_are_shown(text: str, shown: str) -> None:
    for name in ("@OnRecord", "#questions", "/who"):
        shown = shown.replace(f"{{{name}}}", f'<span class="mention">{name}</span>')
    assert html(text, Named()) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "**<b onclick=x>**",
        "[<i>x](https://a.test/\"onmouseover='x')",
        "[x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "```</code><script>alert(1)</script>```",
        "> `<script>`",
        '<t:1:R"><script>',
        "</<script>:1>",
    ],
)
def test_nothing_that_is_typed_becomes_html(text: str) -> None:
    shown = html(text, Named())
    assert "<script" not in shown
    assert "<i" not in shown
    assert "<b" not in shown
    assert 'href="j' not in shown
    assert '" on' not in shown
