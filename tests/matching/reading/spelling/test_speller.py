"""Misspelt questions are corrected, and correct ones are unchanged."""

import time

import pytest

from bot.matching.fold import words
from tests.matching.reading.spelling.bridge import TEXTS, speller

MISSPELT = [
    ("fr", "qui a fremé le pont", "qui a fermé le pont"),
    ("fr", "combien coute la repparation", "combien coute la réparation"),
    ("fr", "pourqoi valdès attaque l'agense", "pourquoi valdès attaque l'agence"),
    ("fr", "qui a decouver les fisures", "qui a découvert les fissures"),
    ("en", "who closd the brigde", "who closed the bridge"),
    ("en", "how mutch does the reapir cost", "how much does the repair cost"),
    ("en", "why is karim valdes sueing the agancy", "why is karim valdes suing the agency"),
    ("es", "quien cerro el puentte", "quien cerro el puente"),
    ("es", "cuanto cuesta la reparasion", "cuanto cuesta la reparación"),
    ("de", "wer hat die brüke geschlosen", "wer hat die Brücke geschlossen"),
    ("de", "was kostet die reperatur", "was kostet die Reparatur"),
]
CHAT = [
    ("fr", "pk valdès attaque", "pourquoi valdès attaque"),
    ("fr", "c ki ki a ataqué l'agence", "c'est qui qui a attaqué l'agence"),
    ("fr", "cki okonkwo", "c'est qui okonkwo"),
    ("fr", "kan le pon a été fermé", "quand le pont a été fermé"),
    ("en", "wen was teh bridge closed", "when was the bridge closed"),
    ("en", "y is valdes suing", "why is valdes suing"),
]
APART = [
    ("fr", "que fait lentreprise", "que fait l'entreprise"),
    ("fr", "au jourdhui le pont est fermé", "aujourd'hui le pont est fermé"),
    ("fr", "le procès delagence", "le procès de l'agence"),
    ("fr", "cest quand la réparation", "c'est quand la réparation"),
    ("fr", "qu'est-ce quil a dit", "qu'est-ce qu'il a dit"),
    ("fr", "jai vu le pont", "j'ai vu le pont"),
    ("fr", "le directeur dopenspan", "le directeur d'OpenSpan"),
    ("en", "whois okonkwo", "who is okonkwo"),
]
NAMES = [
    ("fr", "qui est okonkow", "qui est Okonkwo"),
    ("en", "what did lindkvist discover", "what did Lindqvist discover"),
    ("en", "who runs opnespan", "who runs OpenSpan"),
    ("en", "who runs open spann", "who runs OpenSpan"),
    ("en", "who runs open spoon", "who runs OpenSpan"),
]


@pytest.mark.parametrize(("code", "typed", "meant"), MISSPELT + CHAT + APART + NAMES)
def test_a_misspelt_text_is_corrected_and_the_corrections_are_marked(code: str, typed: str, meant: str) -> None:
    spelled = speller(code).correct(typed)
    assert words(spelled.text) == words(meant)
    assert spelled.tokens == tuple(words(meant))
    assert {spelled.tokens[at] for at in spelled.guessed} >= set(spelled.tokens) - set(words(typed))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("combien coute la repparation", "combien coute la réparation"),
        ("wer hat die brüke geschlossen ?", "wer hat die Brücke geschlossen ?"),
        ("Lentreprise, c'est quoi ?", "L'entreprise, c'est quoi ?"),
    ],
)
def test_a_corrected_word_is_written_with_its_accents_and_the_rest_as_typed(typed: str, written: str) -> None:
    code = "de" if "brüke" in typed else "fr"
    assert speller(code).correct(typed).text == written


RIGHT = [
    ("en", "Will the authorisation favour the neighbours of the theatre?"),
    ("en", "Did Elon Musk cross the bridge?"),
    ("en", "Jasper and openair are not in the story"),
    ("fr", "Bruno Lestrade nie-t-il tout ?"),
    ("en", "was the agency fined by the town hall?"),
    ("en", "Does the bridge have a deadline?"),
    ("en", "did Marie Lindqvist see the cracks"),
    ("en", "Who is Marie?"),
    ("fr", "La réputation du pont en souffre-t-elle ?"),
    ("fr", "faut-il dépendre d'OpenSpan ou se défendre"),
    ("fr", "Les habitants se réappropriaient-ils le pont ?"),
    ("fr", "Y a-t-il un tas de gravats ?"),
    ("fr", "l'agence a ouvert en 2O19 ou le 3e jour ?"),
    ("de", "Wer bezahlt die Reparaturen der Brücke?"),
    ("es", "¿Quién pagó las reparaciones del puente?"),
    ("en", "hey bot who closed the bridge"),
    ("en", "lol does the app have emoji and dms"),
    ("fr", "le bot a une app avec des emojis ?"),
    ("fr", "mdr osef du lien du podcast"),
    ("es", "el bot tiene una app y un blog"),
    ("de", "hat der bot eine app für memes"),
]


@pytest.mark.parametrize(("code", "text"), RIGHT)
def test_a_text_of_real_words_is_unchanged(code: str, text: str) -> None:
    spelled = speller(code).correct(text)
    assert (spelled.text, spelled.guessed, spelled.tokens) == (text, frozenset(), tuple(words(text)))


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in TEXTS.items() for text in texts])
def test_a_curated_text_is_unchanged(code: str, text: str) -> None:
    assert speller(*TEXTS).correct(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "wer hat die brücke geschlossen und warum",
        "quem fechou a ponte e por que",
        "perché hanno chiuso il ponte",
        "кто закрыл мост",
        "¿Cuántos hijos tiene Karim?",
    ],
)
def test_a_text_in_a_foreign_language_is_unchanged(text: str) -> None:
    assert speller("fr", "en").correct(text).text == text


@pytest.mark.parametrize(
    ("typed", "code"),
    [("who closd the brigde", "en"), ("ki a fremé le pont", "fr"), ("whois okonkow", "en"), ("pk c fermé", "fr")],
)
def test_the_likeliest_language_is_assumed(typed: str, code: str) -> None:
    assert speller("fr", "en").correct(typed).language == code


def test_a_given_language_is_used() -> None:
    assert speller("fr", "en").correct("Okonkwo ?", "en").language == "en"
    assert speller("fr", "en").correct("Okonkwo ?", "nl").language == "fr"


@pytest.mark.parametrize("typed", ["Who is Karim Valdess?", "Who is Ines Okonkow?"])
def test_a_corrected_name_of_a_person_is_marked(typed: str) -> None:
    spelled = speller("en").correct(typed)
    assert spelled.guessed == {len(spelled.tokens) - 1}


@pytest.mark.parametrize("typed", ["Who is Karim Valdun?", "Did Mario Lindqvist see it?", "Who is Ines Okimbo?"])
def test_a_capitalised_word_too_unlike_a_name_is_another_name(typed: str) -> None:
    assert speller("en").correct(typed).text == typed


LONG = "je voulais savoir pourqoi le pont a été fermé et combien coute la repparation "


def test_a_long_text_is_corrected_like_its_parts() -> None:
    assert speller("fr").correct(LONG * 40).tokens == speller("fr").correct(LONG).tokens * 40


@pytest.mark.clock
def test_time_is_proportional_to_the_length_of_the_text() -> None:
    speller("fr").correct(LONG)
    times = []
    for size in (10, 80):
        start = time.process_time()
        speller("fr").correct(LONG * size)
        times.append(time.process_time() - start)
    assert times[1] < 16 * times[0]


@pytest.mark.clock
def test_a_clean_question_takes_well_under_a_millisecond_and_a_misspelt_one_a_few() -> None:
    """The limits are several times the usual times (0.1 and 2 ms), because the machine may be busy."""
    for text, most in (("Why is Karim Valdès suing the agency?", 0.001), ("who closd the brigde of bremme", 0.02)):
        speller("fr", "en").correct(text)
        start = time.process_time()
        for _ in range(10):
            speller("fr", "en").correct(text)
        assert (time.process_time() - start) / 10 < most
