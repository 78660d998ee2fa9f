"""Detect text in a language the story does not have, so that it is not corrected."""

from collections.abc import Callable, Iterable

from bot.matching.fold import words

# The most frequent words of pyspellchecker's lists, of at least two letters, and question words.
COMMON_WORDS = {
    "de": "ich ist die das nicht du und es der in sie ein wir zu mit den was dass mir er eine mich so für auf "
    "wie hat sind war habe dich haben einen bin noch sich dem uns nur hier wenn an als ihn ihr im auch um "
    "von wird kann wer wann warum wurde wo des zur zum bei nach welche welcher viele",
    "en": "the you to and it of that in is me what we this my for on do have are your not be no was he with but "
    "so just can all they there like right get if she him about how why who when did does her his has "
    "been from which where whose while",
    "es": "que de no la el en es un lo por una qué con los para se te su las del al como pero yo le todo esto "
    "ser este ha muy quién cuándo dónde cómo fue cuánto porque sus cuántos cuántas cuál quiénes tiene son",
    "fr": "de que le pas vous la je un est les ne on il ce en une des et tu ça pour qui dans du plus au avec se "
    "sur elle quand où comment pourquoi sont été cette ils par combien quel quelle quels quelles",
    "it": "di che non un la il per in una sono ha no con mi ho da le si lo cosa ti ma se come del qui ci io al "
    "della gli alla dei chi quando perché dove nel è stato quanti quante quanto quale hanno dal",
    "nl": "je de is het ik dat een niet van we en in te met voor er die op wat hij ze maar om als zijn naar was "
    "kan moet heeft dan dit wie waarom wanneer werd door bij hoe waar hoeveel welke",
    "pt": "que de não um para uma do com está se em da por os eu as no como na mais ele mas ao ser foi isso tem "
    "vai são quem quando onde pelo pela dos das quantos quantas quanto qual quais",
}
_FORMS = {code: frozenset(text.split()) | frozenset(words(text)) for code, text in COMMON_WORDS.items()}


def is_foreign(typed: Iterable[str], is_home: Callable[[str], bool]) -> bool:
    """Return whether one other language has more common words of a lower-case text than the home languages."""
    longer = {word for word in typed if len(word) > 1}
    at_home = set(filter(is_home, longer))
    return any(len(longer & common - at_home) > len(at_home - common) for common in _FORMS.values())
