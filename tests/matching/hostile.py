"""Texts that are meant to take long or to break something: short pieces that are repeated, and pieces in any order."""

from random import Random

MARKS = (
    *"%<>@#&*_~`|\\/:;=+^$€£()[]{}!?.,-…«»“”\"'’。？！、0123456789²½①Ⅳ",
    *(
        "</",
        "</a",
        "</a:",
        "<a:",
        "<:a",
        "<t:",
        "<@",
        "<@1>",
        "<@&1>",
        "<#1>",
        "@everyone",
        "@here",
        "<id:a",
        "[a](",
        "](",
    ),
    *(
        "http://",
        "https://a",
        "www.",
        "a@",
        "a@b",
        "a.b",
        "a.b/",
        "x.y.z/",
        "a-",
        "a_",
        "a'",
        "'a",
        "c++",
        "c#",
        "1.1.1.1",
    ),
    *(
        "1.",
        "1,",
        "1'0",
        ".1",
        "10%",
        "1 000 ",
        "+33",
        "00",
        "07",
        "(0",
        "1:",
        "a:b:",
        "aB1-",
        "1k",
        "$1",
        "€ 1",
        "-1",
        "--",
    ),
)
LETTERS = (
    *(
        "a",
        "A",
        "é",
        "É",
        "e\u0301",
        "ﷺ",
        "﷽",
        "ß",
        "İ",
        "ı",
        "ſ",
        "ﬁ",
        "æ",
        "ǆ",
        "ọ̣",
        "ع",
        "क",
        "日",
        "本日",
        "あ",
        "ア",
        "에",
    ),
    *(
        "ㅤ",
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\u0301",
        "\u00ad",
        "\xa0",
        "\u3000",
        "\u2028",
        "\x85",
        "\x00",
        "\x7f",
        "😀",
    ),
    *("👨‍👩‍👧", "🇫🇷", "1️⃣", "ʼ", "\ud83d"),
)
WORDS = (
    *(
        "I",
        "III",
        "IV",
        "M",
        "XVI",
        "AAA",
        "aaa",
        "eee",
        "www",
        "Mr.",
        "M.",
        "St.",
        "J.",
        "A.B.",
        "qui",
        "que",
        "quoi",
        "who",
    ),
    *(
        "what",
        "when",
        "why",
        "il",
        "elle",
        "he",
        "et",
        "and",
        "ou",
        "or",
        "de",
        "la",
        "the",
        "that",
        "est-ce que",
        "t-il",
    ),
    *(
        "combien",
        "pas",
        "not",
        "maire",
        "mayor",
        "pont",
        "bridge",
        "Anna Petit",
        "mille",
        "thousand",
        "million",
        "deux",
    ),
    *(
        "vingt",
        "quatre-vingt",
        "pour cent",
        "percent",
        "merci",
        "please",
        "bonjour",
        "parce que",
        "because",
        "qwzx",
        "je",
        "I",
    ),
)
PIECES = (*MARKS, *LETTERS, *WORDS)
SEPARATORS = ("", " ", "\n", ", ", ". ", "? ", "-")
INJECTIONS = (
    *(
        "[a](b) [c](https://evil.example)",
        "[a](<https://evil.example>)",
        "<https://evil.example>",
        "https://evil.example/a_b_",
    ),
    *(
        "**gras** __souligné__ ||caché|| `code` ~~barré~~",
        "> citation\n# titre\n- liste\n1. un",
        "```py\nprint()\n```",
        "-# petit",
    ),
    *(
        "@everyone",
        "@here",
        "<@123456789012345678>",
        "<@&123456789012345678>",
        "<#123>",
        "</ask:123>",
        "<:a:123>",
        "<t:0:R>",
    ),
    *(
        "\\[a](https://evil.example)",
        "[\n](https://evil.example)",
        "discord.gg/abc",
        "www.evil.example",
        "a@evil.example",
    ),
    *(
        "{question}",
        "%(name)s",
        "{0}",
        "'; DROP TABLE exchanges; --",
        "=1+1",
        "\u202egnp.exe",
        "[a]\u200b(https://evil.example)",
    ),
)


def repeated(most: int) -> list[str]:
    """Return each piece, with and without something between, repeated to a length."""
    units = [piece + separator for piece in PIECES for separator in SEPARATORS[:3]]
    return [(unit * (most // len(unit) + 1))[:most] for unit in dict.fromkeys(units)]


def generated(count: int, most: int, seed: int) -> list[str]:
    """Return texts of pieces in any order, some of them among words of a question; reproducible from the seed."""
    chance = Random(seed)
    return [_text(chance, most) for _ in range(count)]


def _text(chance: Random, most: int) -> str:
    kinds = (PIECES, WORDS, (*WORDS, *MARKS), INJECTIONS, (*INJECTIONS, *WORDS), LETTERS)
    pool = chance.sample(pieces := chance.choice(kinds), min(len(pieces), chance.choice((1, 2, 4, 30))))
    size = chance.choice((1, 2, 5, 12, 40, 300, 1_000))
    separator = chance.choice(SEPARATORS)
    text = separator.join(chance.choice(pool) for _ in range(size))[: chance.choice((30, 200, most, most))]
    return text if chance.random() < 0.8 else f"{chance.choice(('Qui a fermé le pont ? ', 'Who closed '))}{text}"[:most]
