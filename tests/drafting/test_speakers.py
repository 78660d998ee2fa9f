"""Each quotation gets its speaker, or none: a wrong one is worse than none."""

from pathlib import Path

import pytest

from tests.drafting.reading import NOBODY, UNSURE, sayings, speakers

ARTICLES = Path(__file__).parent / "articles"
MIN_RIGHT = 0.8  # of the quotations that somebody says, in an article

EXPECTED = {
    ("verger", "fr"): [
        ("compter les", "Agathe Morvan"),
        ("Nous avons", "Agathe Morvan"),
        ("Aucun dossier", "Dessaigne"),
        ("On ne", UNSURE),  # two men before "il"
        ("Le préfet", "Yann Salaün"),  # another quotation inside
        ("Le Dernier", NOBODY),  # a title
        ("Je planterai", "Mathurin Le Goff"),  # over two paragraphs
        ("Et si", "Mathurin Le Goff"),
        ("près de", "la chambre d'agriculture"),
        ("catastrophe naturelle", NOBODY),  # the ministry did not say so
        ("avant l'hiver", "Odile Ravier"),
        ("À vendre", NOBODY),  # a sign
    ],
    ("phare", "fr"): [
        ("mineure", "La commune"),
        ("Je naviguais", "Maëlle Tanguy"),  # "elle", after a man and a woman
        ("Encore une", "Maëlle Tanguy"),
        ("avait été", "Joël Kerbrat"),
        ("sans prévenir", "Joël Kerbrat"),  # and not the mayor, whom he accuses
        ("C'est la", "Armand Lucas"),
        ("hors d'âge", UNSURE),  # "celui-ci"
        ("la Veilleuse", NOBODY),
        ("possible", UNSURE),
    ],
    ("library", "en"): [
        ("We cannot", "Joan Petrie"),
        ("It is", "Marcus Odell"),
        ("I queue", "Marcus Odell"),
        ("creative", "Marcus Odell"),
        ("a rumour", "Leila Brandt"),
        ("kept with", "Leila Brandt"),
        ("They will", UNSURE),  # two women before "she"
        ("I learned", "Priya Nair"),
        ("My daughter", "Priya Nair"),
        ("The Quiet", NOBODY),
        ("Save Our", NOBODY),
        ("about right", NOBODY),  # she would not say so
        ("will be", "Marcus Odell"),
    ],
}


@pytest.mark.parametrize(("name", "code"), EXPECTED)
def test_the_quotations_of_an_article_get_their_speakers(name: str, code: str) -> None:
    assert speakers((ARTICLES / f"{name}.txt").read_text("utf-8"), code) == EXPECTED[name, code]


@pytest.mark.parametrize(
    ("code", "text", "who"),
    [
        ("fr", "« Rien n'est décidé », a réfuté Mme Kervella, avant de quitter la salle.", ["Kervella"]),
        ("fr", "Marc Roux l'a dit : « Non. »", ["Marc Roux"]),
        ("fr", "L'avocat de Marc Roux affirme que son client « n'a rien vu ».", ["L'avocat de Marc Roux"]),
        ("fr", "La maire Anne Petit, lundi, a parlé d'un « oubli ».", ["Anne Petit"]),
        ("fr", "Le maire Jean Talec quitte la salle et Anne Petit déclare « bravo ».", ["Anne Petit"]),
        ("fr", "Marc Roux a réfuté la thèse d'Anne Petit qui affirmait que le pont était « sûr ».", ["Anne Petit"]),
        ("fr", "Le pont, que Marc Roux qualifie de « ruine », a été fermé.", ["Marc Roux"]),
        ("fr", "Anne Petit a dénoncé un « oubli », avant d'ajouter que le pont était « vieux ».", ["Anne Petit"] * 2),
        ("fr", "Tandis que Marc Roux assurait que tout allait bien, la tour était « en feu ».", [NOBODY]),
        ("fr", "Marc Roux, accusé par Anne Petit de « trahison », se tait.", [NOBODY]),
        ("fr", "Anne Petit et Marc Roux ont promis un pont « neuf ».", ["Anne Petit et Marc Roux"]),
        ("fr", "« Vraiment ? », s'étonne Marc Roux. « Vraiment », dit-on.", ["Marc Roux", UNSURE]),
        ("fr", "« Non », a dit Marc Roux. « Jamais. »", ["Marc Roux", "Marc Roux"]),
        ("fr", "Le « cadeau » du maire a choqué.", [NOBODY]),
        ("fr", "Une opération dite « Ponts neufs », selon Marc Roux.", [NOBODY]),
        ("en", 'Ann Lee said the mayor, Tom Price, had called her "a liar".', ["Tom Price"]),
        ("en", 'The report, which Price called "a joke", was written by Lee.', ["Price"]),
        ("en", 'Ann Lee, 34, a nurse who lives nearby, described "a bang".', ["Ann Lee"]),
        ("en", 'The inspectorate has opened an inquiry, and its head, Ann Lee, warned of "delays".', ["Ann Lee"]),
        ("en", '"I did," Price said, "and I would again."', ["Price", "Price"]),
        ("en", '"Never!" Price said on Monday. Nobody believes Price.', ["Price"]),
        ("en", 'Lee was accused of "cheating".', [NOBODY]),
        ("en", 'Lee would not say whether it was "over".', [NOBODY]),
        ("en", 'Neither Lee nor Price said "sorry".', [NOBODY]),
        ("en", 'The word "no" is short.', [NOBODY]),
        ("en", 'Ann Lee, said that the van had stayed cool all day, and called this "a joke".', ["Ann Lee"]),
        ("en", 'Ann Lee said that the council had paid, and called this "a joke".', [UNSURE]),
        ("en", 'Ann Lee advised everybody to "wait".', ["Ann Lee"]),
        ("fr", "« Tout va bien », a-t-il rappelé, selon Marc Roux.", [UNSURE]),
        ("en", '"It is false," said the mayor, Tom Price, on Monday.', ["Tom Price"]),
        ("en", '"It is false," according to Tom Price.', ["Tom Price"]),
        ("en", "‘It’s the teachers’ fault,’ said Ann Lee.", ["Ann Lee"]),
        ("en", '"We will," said Ms. Lee, the club\'s owner, who denied that it was "over".', ["Lee", "Lee"]),
    ],
)
def test_a_quotation_has_the_speaker_that_grammar_gives_it(code: str, text: str, who: list[str]) -> None:
    assert [speaker for _, speaker in speakers(text, code)] == who


@pytest.mark.parametrize(
    ("code", "text", "who"),
    [
        ("fr", "Anne Petit a vu Marc Roux. Elle a dit : « Oui. » Il a dit : « Non. »", ["Anne Petit", "Marc Roux"]),
        ("fr", "Luc Petit a vu Marc Roux. Il a dit : « Oui. »", [UNSURE]),
        ("fr", "Marc Roux aime ce pont. Luc n'est pas venu. « Il tient », a-t-il dit.", ["Luc"]),
        ("fr", "Marc Roux affirme que le pont tient. Il l'a dit « cent fois ».", ["Marc Roux"]),
        ("fr", "La mairie dément. Elle parle d'une « rumeur ».", ["La mairie"]),
        ("en", 'Tom Price told Ann Lee to go. She laughed. "No," she said.', ["Ann Lee"]),
        ("en", 'Ann Lee met Ruth Cole. "No," she said.', [UNSURE]),
        ("en", '"No," he said.', [UNSURE]),
        ("en", 'Ann Lee is away. A team of nine waits. "We wait," she said.', ["Ann Lee"]),
        ("en", 'Tom Price left. He blames Pell Varrow for it: according to him, it "sank".', ["Tom Price"]),
        ("en", 'Tom Price left. He blames Mr Cole for it: according to him, it "sank".', [UNSURE]),
        ("fr", "Anne Petit est partie. Une équipe de neuf attend. « On attend », a-t-elle dit.", [UNSURE]),
    ],
)
def test_a_pronoun_means_the_only_person_who_fits(code: str, text: str, who: list[str]) -> None:
    assert [speaker for _, speaker in speakers(text, code)] == who


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("fr", "Le site pollue, ce que la direction conteste.", [("la direction", "conteste", "deny")]),
        ("fr", "Marc Roux n'a pas dit que le pont fermait.", []),
        ("fr", "La note du juge est une critique.", []),
        ("fr", "Le pont est trop étroit, se plaignent les riverains.", [("les riverains", "plaignent", "say")]),
        ("fr", "Anne Petit accuse Marc Roux.", [("Anne Petit", "accuse", "accuse")]),
        ("en", "The club denies that it knew.", [("The club", "denies", "deny")]),
        ("en", "The claims were made in reports.", []),
        ("en", "According to the fire service, it took six minutes.", [("the fire service", "According to", "say")]),
        ("en", "They could not deny it.", []),
        ("en", "The firm has recalled every car.", []),
        ("fr", "La laiterie a rappelé ses fromages.", []),
        ("fr", "La mairie a rappelé que le pont est fermé.", [("La mairie", "rappelé", "say")]),
        ("fr", "Le pont tient, rappelle la mairie.", [("la mairie", "rappelle", "say")]),
        ("en", "The plan, announced on 12 May, has failed.", []),
    ],
)
def test_who_says_or_denies_something_is_found_without_quotation_marks(
    code: str, text: str, said: list[tuple[str, str, str]]
) -> None:
    assert sayings(text, code) == said


@pytest.mark.parametrize(("name", "code"), EXPECTED)
def test_most_of_what_somebody_says_has_a_speaker(name: str, code: str) -> None:
    spoken = [who for _, who in EXPECTED[name, code] if who != NOBODY]
    assert sum(who != UNSURE for who in spoken) >= MIN_RIGHT * (len(spoken) - 1)


def test_a_language_without_a_file_has_quotations_and_no_speakers() -> None:
    assert speakers("»Nein«, sagte er. „Nie“, sagte Anna Roth.", "de") == [("Nein", NOBODY), ("Nie", NOBODY)]
