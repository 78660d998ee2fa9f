"""The grammar of phrases that are put together from a catalogue's parts, for the languages that need any."""

import re

_CONTRACTIONS: dict[str, tuple[tuple[str, str], ...]] = {  # of prepositions before the names of dates, in this order
    "de": (  # the names of dates are in the dative; "für" and "um" take the accusative
        (r": (\d.*) nach etwa (?=de[mnr]\b)", r": etwa \1 nach "),
        (r"\b(von|vom|für|seit|ab) etwa (?=de[mnr]\b)", r"etwa \1 "),  # not between a preposition and its article
        (r"\bvom etwa (?=[A-Z])", "etwa vom "),
        (r"\bum den (?=\d+er-Jahren\b)", "etwa in den "),
        (r"\bum den Jahren (\d+) bis (\d+)\b", r"etwa zwischen \1 und \2"),
        (r"\bum dem (?=Frühjahr|Sommer|Herbst|Winter)", "etwa im "),
        (r"\bfür den (\d+er-Jahre)n\b", r"für die \1"),
        (r"\bfür den Jahren\b", "für die Jahre"),
        (r"\bfür der Zeit\b", "für die Zeit"),
        (r"\bfür dem (?=Frühjahr)", "für das "),
        (r"\b(für|um) dem\b", r"\1 den"),
        (r"\bbis( etwa)? dem\b", r"bis\1 zum"),
        (r"\bbis( etwa)? (den|der)\b", r"bis\1 zu \2"),
        (r"\bvo[nm] dem\b", "vom"),
        (r"\bvom (den|der)\b", r"aus \1"),
        (r"\bvom (?=\d{4}\b|etwa\b)", "von "),
        (r"\bin dem\b", "im"),
    ),
    "es": (
        (r"\bhacia los años (\d+) a (\d+)", r"aproximadamente entre \1 y \2"),
        (r"\bde el\b", "del"),
        (r"\ba el\b", "al"),
    ),
    "fr": (
        (r"\bvers les années (\d+) à (\d+)", r"entre \1 et \2 environ"),
        (r"\bde le\b", "du"),
        (r"\bde les\b", "des"),
        (r"\bde (?=[aeo])", "d'"),
        (r"\bà le\b", "au"),
        (r"\bà les\b", "aux"),
    ),
}
_FIRST_OF_MONTH = {"fr": (r"^1\b(?!er)", "1er")}  # an ordinal, which CLDR does not have


def contracted(text: str, language: str) -> str:
    """Contract the prepositions of a phrase: in French "de le 4 mars" is "du 4 mars"."""
    for long, short in _CONTRACTIONS.get(language, ()):
        text = re.sub(long, short, text)
    return text


def named_day(text: str, language: str) -> str:
    """Return the name of a day as a language writes it: in French "1 mars" is "1er mars"."""
    return re.sub(*_FIRST_OF_MONTH[language], text) if language in _FIRST_OF_MONTH else text
