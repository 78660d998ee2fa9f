"""Read a text as an article is read, and say of each quotation who speaks."""

from bot.checking.quotations import paragraphs_of
from bot.drafting.attributions import ReadSentence, read_sentences
from bot.drafting.grammar import grammar
from bot.drafting.names import find_names
from bot.drafting.quotations import quotations
from bot.drafting.sentences import sentences

NOBODY = "(nobody)"  # a title, or a word that the text sets apart
UNSURE = "(unsure)"  # somebody speaks, but the text does not say for sure who


def read(text: str, code: str) -> list[ReadSentence]:
    paragraphs, rules = paragraphs_of(text), grammar(code)
    quoted = quotations(paragraphs)
    split = [
        sentence
        for number, one in enumerate(paragraphs, start=1)
        for sentence in sentences(number, one, [item for item in quoted if item.paragraph == number], rules)
    ]
    return read_sentences(split, find_names(paragraphs, rules), rules)


def speakers(text: str, code: str) -> list[tuple[str, str]]:
    """Return each quotation's first two words with who says it."""
    return [
        (" ".join(spoken.quotation.text.split()[:2]), _who(spoken.is_speech, spoken.saying and spoken.saying.speaker))
        for sentence in read(text, code)
        for spoken in sentence.spoken
    ]


def _who(is_speech: bool, speaker: object) -> str:
    return getattr(speaker, "text", UNSURE) if is_speech else NOBODY


def sayings(text: str, code: str) -> list[tuple[str, str, str]]:
    """Return who says or denies something without quotation marks: (speaker, verb, kind)."""
    return [
        (saying.speaker.text if saying.speaker else UNSURE, saying.verb, saying.kind)
        for sentence in read(text, code)
        for saying in sentence.sayings
    ]
