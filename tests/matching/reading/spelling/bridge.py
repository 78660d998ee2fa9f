"""A made-up story about a bridge, in as many languages as a test needs."""

from functools import lru_cache

from bot.matching.reading.language import language
from bot.matching.reading.spelling import Speller

PERSONS = ("Karim Valdès", "Valdès", "Ines Okonkwo", "Okonkwo", "Maria Lindqvist")
NAMES = (*PERSONS, "Pont de Brême", "Brême Bridge", "OpenSpan", "Agence des ponts", "Bridge Agency")
TEXTS = {
    "fr": (
        "La mairie a fermé le pont de Brême en 2019.",
        "Qui a fermé le pont ?",
        "Quand le pont a-t-il été fermé ?",
        "Karim Valdès attaque l'agence des ponts en justice.",
        "Pourquoi Karim Valdès attaque-t-il l'agence ?",
        "L'entreprise OpenSpan, d'Ines Okonkwo, est chargée de la réparation.",
        "Combien coûte la réparation du pont ?",
        "Qui est Ines Okonkwo ?",
        "Maria Lindqvist a vu les fissures la première.",
        "Qu'est-ce que Maria Lindqvist a découvert ?",
    ),
    "en": (
        "The town hall closed the Brême bridge in 2019.",
        "Who closed the bridge?",
        "When was the bridge closed?",
        "Karim Valdès is suing the Bridge Agency.",
        "Why is Karim Valdès suing the agency?",
        "OpenSpan, the company of Ines Okonkwo, is in charge of the repair.",
        "How much does the repair cost?",
        "Who is Ines Okonkwo?",
        "Maria Lindqvist saw the cracks first.",
        "What did Maria Lindqvist discover?",
    ),
    "es": (
        "El ayuntamiento cerró el puente en 2019.",
        "¿Quién cerró el puente?",
        "¿Cuándo se cerró el puente?",
        "¿Por qué Karim Valdès demanda a la agencia?",
        "¿Cuánto cuesta la reparación?",
    ),
    "de": (
        "Die Stadt hat die Brücke 2019 geschlossen.",
        "Wer hat die Brücke geschlossen?",
        "Wann wurde die Brücke geschlossen?",
        "Warum verklagt Karim Valdès die Behörde?",
        "Was kostet die Reparatur?",
    ),
}


@lru_cache
def speller(*codes: str) -> Speller:
    """Return a speller for the story in these languages."""
    texts = {code: TEXTS[code] for code in codes}
    return Speller(texts, NAMES, PERSONS, {code: language(code).chat for code in codes})
