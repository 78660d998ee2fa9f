"""Questions that depend on the last one, in each language: connectives, completions and pronouns."""

import pytest

from bot.matching.reading.completion import complete
from bot.matching.reading.dialogue_state import DialogueState, dialogue_state
from bot.matching.reading.followup import asks_for_counterpart, follow_up, without_return
from bot.matching.reading.lexicon import Lexicon
from bot.matching.reading.question import parse
from bot.story.model import Entity, Story, StoryHead
from bot.story.texts import Text

CODES = ("en", "fr", "de", "es", "it", "nl", "pt")
ENTITIES = (
    Entity(id="orion", kind="organisation", name=Text("Orion"), role=Text("Firm")),
    Entity(id="vega", kind="organisation", name=Text("Vega"), role=Text("Firm")),
    Entity(id="marlowe", kind="person", name=Text("Marlowe"), role=Text("Engineer")),
)


def a_story(code: str) -> Story:
    head = StoryHead(id="any", title=Text("Any"), languages=(code,), as_of="2020")
    return Story(story=head, entities=ENTITIES)


def asked(text: str, code: str) -> tuple[DialogueState, Lexicon, Story]:
    story = a_story(code)
    lexicon = Lexicon.of(story)
    return dialogue_state(parse(text, lexicon, code), None, story), lexicon, story


@pytest.mark.parametrize(
    ("code", "last", "text", "whole"),
    [
        ("en", "Who bought Orion?", "no, I meant Vega", "who bought vega"),
        ("en", "Who bought Orion?", "sorry, I was talking about Vega", "who bought vega"),
        ("fr", "Qui a acheté Orion ?", "non, je voulais dire Vega", "qui a achete vega"),
        ("fr", "Qui a acheté Orion ?", "pardon, je parlais de Vega", "qui a achete vega"),
        ("de", "Wer hat Orion gekauft?", "nein, ich meine Vega", "wer hat vega gekauft"),
        ("es", "¿Quién compró Orion?", "no, me refería a Vega", "quien compro vega"),
        ("it", "Chi ha comprato Orion?", "no, volevo dire Vega", "chi ha comprato vega"),
        ("nl", "Wie heeft Orion gekocht?", "nee, ik bedoelde Vega", "wie heeft vega gekocht"),
        ("pt", "Quem comprou a Orion?", "não, queria dizer Vega", "quem comprou a vega"),
    ],
)
def test_a_correction_replaces_the_name_of_the_last_question(code: str, last: str, text: str, whole: str) -> None:
    before, lexicon, story = asked(last, code)
    found = complete(parse(text, lexicon, code), before, lexicon, story)
    assert found is not None
    assert [question.text for question in found.questions] == [whole]


@pytest.mark.parametrize(
    ("code", "last", "text", "whole"),
    [
        ("en", "When was Orion bought?", "no, I meant the factory", "when the factory"),
        ("fr", "Quand Orion a-t-elle été achetée ?", "non, je parlais de l'usine", "quand l usine"),
        ("en", "When was Orion bought?", "no, I meant who bought the factory", None),  # it says what is asked
    ],
)
def test_a_correction_without_a_question_word_keeps_the_last_one(
    code: str, last: str, text: str, whole: str | None
) -> None:
    before, lexicon, story = asked(last, code)
    found = complete(parse(text, lexicon, code), before, lexicon, story)
    assert (found and " ".join(found.questions[0].tokens)) == whole


@pytest.mark.parametrize(
    ("code", "text", "is_meant"),
    [
        ("en", "And the other side?", True),
        ("en", "What does the other side say to that?", True),
        ("fr", "et l'autre camp, il en dit quoi ?", True),
        ("de", "Was sagt die Gegenseite dazu?", True),
        ("es", "¿Y la otra parte?", True),
        ("it", "E la controparte?", True),
        ("nl", "En de andere kant?", True),
        ("pt", "E o outro lado?", True),
        ("en", "Who is on the other side of the bridge?", False),
        ("en", "Does the other side own Vega?", False),
        ("en", "And the other one?", False),
    ],
)
def test_only_the_other_side_may_be_asked_for(code: str, text: str, is_meant: bool) -> None:
    assert asks_for_counterpart(parse(text, Lexicon.of(a_story(code)), code)) is is_meant


@pytest.mark.parametrize(
    ("code", "text", "rest"),
    [
        ("en", "Back to the trial: when is it?", "the trial when is it"),
        ("en", "ok, going back to the trial, when is it?", "the trial when is it"),
        ("fr", "Pour revenir au procès, c'est quand ?", "proces quand"),
        ("de", "Zurück zum Prozess: wann ist er?", "prozess wann ist er"),
        ("es", "Volviendo al juicio, ¿cuándo es?", "juicio cuando es"),
        ("it", "Tornando al processo, quando si tiene?", "processo quando si tiene"),
        ("nl", "Terug naar het proces: wanneer is dat?", "het proces wanneer is dat"),
        ("pt", "Voltando ao processo, quando é?", "processo quando e"),
    ],
)
def test_a_return_to_an_earlier_subject_is_read_without_the_last_question(code: str, text: str, rest: str) -> None:
    lexicon = Lexicon.of(a_story(code))
    found = without_return(parse(text, lexicon, code), lexicon)
    assert found is not None
    assert " ".join(found.tokens) == rest


@pytest.mark.parametrize("code", CODES)
def test_a_question_without_a_return_phrase_is_not_a_return(code: str) -> None:
    lexicon = Lexicon.of(a_story(code))
    assert without_return(parse("Orion?", lexicon, code), lexicon) is None


@pytest.mark.parametrize(
    ("code", "last", "text", "whole"),
    [
        ("en", "Did Vega buy Orion?", "why not?", "why did vega buy orion"),
        ("en", "Why did Vega not buy Orion?", "since when not?", "since when not did vega not buy orion"),
        ("fr", "Orion a-t-elle été achetée ?", "et pourquoi pas ?", "pourquoi orion a t elle ete achetee"),
        ("de", "Hat Vega Orion gekauft?", "warum nicht?", "warum hat vega orion gekauft"),
        ("es", "¿Compró Vega a Orion?", "¿por qué no?", "por que compro vega a orion"),
        ("it", "Vega ha comprato Orion?", "perché no?", "perche vega ha comprato orion"),
        ("nl", "Heeft Vega Orion gekocht?", "waarom niet?", "waarom heeft vega orion gekocht"),
        ("pt", "A Vega comprou a Orion?", "porque não?", "porque a vega comprou a orion"),
    ],
)
def test_why_not_is_completed_without_the_negation(code: str, last: str, text: str, whole: str) -> None:
    before, lexicon, story = asked(last, code)
    found = complete(parse(text, lexicon, code), before, lexicon, story)
    assert found is not None
    assert [question.text for question in found.questions] == [whole]


@pytest.mark.parametrize(
    ("code", "text", "is_resolved"),
    [
        ("en", "and the factory, it closes when?", True),
        ("en", "and when does it close?", False),
        ("fr", "et l'usine, elle ferme quand ?", True),
        ("fr", "et les ouvriers, ils partent ?", True),
        ("fr", "et quand ferme-t-elle ?", False),
        ("fr", "et ferme-t-elle ?", False),
        ("fr", "non, je voulais dire lui, il part quand ?", False),
        ("es", "¿y la fábrica, ella cierra?", True),
        ("it", "e la fabbrica, lei chiude?", True),
        ("pt", "e a fábrica, ela fecha?", True),
        ("de", "und die Fabrik, sie schließt?", True),
        ("nl", "en de fabriek, zij sluit?", True),
    ],
)
def test_a_pronoun_after_a_comma_stands_for_the_topic_before_it(code: str, text: str, is_resolved: bool) -> None:
    before, lexicon, story = asked("When was Orion sold?", code)
    found = follow_up(parse(text, lexicon, code), before, lexicon, story)
    assert found is not None
    assert (found.own.pronoun is None) is is_resolved


@pytest.mark.parametrize(
    ("code", "last", "text", "slot"),
    [
        ("en", "Who bought Orion?", "from when?", "when"),
        ("en", "Who bought Orion?", "and where?", "where"),
        ("en", "Did Orion pay a bank?", "which one?", "what"),
        ("fr", "Qui a acheté Orion ?", "à partir de quand ?", "when"),
        ("fr", "Qui a acheté Orion ?", "c'était quand, ça ?", "when"),
        ("de", "Wer hat Orion gekauft?", "ab wann?", "when"),
        ("de", "Wer hat Orion gekauft?", "und warum?", "why"),
        ("es", "¿Quién compró Orion?", "¿y por qué?", "why"),
        ("it", "Chi ha comprato Orion?", "e quando?", "when"),
        ("nl", "Wie heeft Orion gekocht?", "en waarom?", "why"),
        ("pt", "Quem comprou a Orion?", "e quando?", "when"),
    ],
)
def test_a_question_word_alone_depends_on_the_last_question(code: str, last: str, text: str, slot: str) -> None:
    before, lexicon, story = asked(last, code)
    found = follow_up(parse(text, lexicon, code), before, lexicon, story)
    assert found is not None
    assert (found.own.slot, found.own.units, "orion" in found.whole.keys) == (slot, (), True)


@pytest.mark.parametrize(
    ("code", "last", "text"),
    [
        ("en", "When did Marlowe leave Orion?", "did she apologise?"),
        ("fr", "Quand Marlowe a-t-elle quitté Orion ?", "elle s'est excusée ?"),
        ("fr", "Quand Marlowe a-t-il quitté Orion ?", "et lui, il en pense quoi ?"),
        ("de", "Wann hat Marlowe Orion verlassen?", "hat er sich entschuldigt?"),
        ("es", "¿Cuándo dejó Marlowe Orion?", "¿ella se disculpó?"),
        ("it", "Quando ha lasciato Orion Marlowe?", "lui si è scusato?"),
        ("nl", "Wanneer heeft Marlowe Orion verlaten?", "heeft hij zich verontschuldigd?"),
        ("pt", "Quando é que Marlowe deixou a Orion?", "ele pediu desculpa?"),
    ],
)
def test_a_pronoun_for_a_person_refers_to_the_one_named(code: str, last: str, text: str) -> None:
    before, lexicon, story = asked(last, code)
    found = follow_up(parse(text, lexicon, code), before, lexicon, story)
    assert found is not None
    assert "marlowe" in found.referents


@pytest.mark.parametrize("text", ["did Vega agree to pay?", "has Marlowe left the factory?"])
def test_a_short_question_may_depend_on_the_last_one_though_it_names_somebody(text: str) -> None:
    before, lexicon, story = asked("Who bought Orion?", "en")
    assert follow_up(parse(text, lexicon, "en"), before, lexicon, story) is not None


@pytest.mark.parametrize(
    ("code", "last", "text"),
    [
        ("en", "Who bought Orion?", "What does Marlowe say to that?"),
        ("fr", "Qui a acheté Orion ?", "Que dit Marlowe de ça ?"),
        ("de", "Wer hat Orion gekauft?", "Was sagt Marlowe dazu?"),
        ("es", "¿Quién compró Orion?", "¿Qué dice Marlowe de eso?"),
        ("it", "Chi ha comprato Orion?", "Che dice Marlowe di questo?"),
        ("nl", "Wie heeft Orion gekocht?", "Wat zegt Marlowe daarover?"),
        ("pt", "Quem comprou a Orion?", "O que diz Marlowe sobre isso?"),
    ],
)
def test_a_demonstrative_depends_on_the_last_answer(code: str, last: str, text: str) -> None:
    before, lexicon, story = asked(last, code)
    found = follow_up(parse(text, lexicon, code), before, lexicon, story)
    assert found is not None
    assert {"joined", "typed"} <= {kind for kind, _ in found.readings}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "When did Vega open the new bridge?"),
        ("fr", "Quand Vega a-t-elle ouvert le nouveau pont ?"),
        ("de", "Wann hat Vega die neue Brücke eröffnet?"),
        ("es", "¿Cuándo abrió Vega el puente nuevo?"),
        ("it", "Quando ha aperto Vega il ponte nuovo?"),
        ("nl", "Wanneer heeft Vega de nieuwe brug geopend?"),
        ("pt", "Quando é que a Vega abriu a ponte nova?"),
        ("en", "thanks"),
        ("en", "and?"),
        ("fr", "merci"),
    ],
)
def test_a_complete_or_empty_question_does_not_depend_on_the_last_one(code: str, text: str) -> None:
    before, lexicon, story = asked("Orion?", code)
    assert follow_up(parse(text, lexicon, code), before, lexicon, story) is None


def test_a_name_alone_repeats_the_last_question() -> None:
    before, lexicon, story = asked("When was Orion sold?", "en")
    found = follow_up(parse("and Vega?", lexicon, "en"), before, lexicon, story)
    assert found is not None
    assert {question.slot for _, question in found.readings} == {"when"}
