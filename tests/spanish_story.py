"""A story in Spanish alone, with the article it rests on: about the closing of a port, and all of it invented."""

from hashlib import sha256
from pathlib import Path

ARTICLE = (
    "El puerto de Brañas no recibe barcos. La Naviera Solmar lo cerró en abril de 2022 y, con el cierre, quedaron "
    "suspendidos los tres ferris diarios a la isla de Garza.\n\n"
    "La empresa conoce bien el lugar: compró la terminal en 2019 por doce millones de euros, y desde entonces ha "
    "pintado los almacenes, cambiado los carteles y poco más.\n\n"
    "El sindicato Estibadores Unidos había convocado una huelga en marzo, un mes antes. Los huelguistas piden una "
    "subida salarial del 8 % y más seguridad en los muelles.\n\n"
    "Tomás Iturbe, secretario general del sindicato, sostiene que la naviera cerró «para castigar a los huelguistas». "
    "Inés Quiroga, directora de Solmar, lo niega: habla de una grúa averiada que hacía imposible descargar sin riesgo."
    "\n\n"
    "Iturbe afirma además que la compañía despidió a veinte trabajadores por afiliarse. «Nadie ha sido despedido», "
    "replica Quiroga.\n\n"
    "La directora escribió después una carta a la plantilla. «Volveremos a navegar juntos», prometía en la última "
    "línea.\n\n"
    "Mientras tanto, los vecinos de Garza cruzan en las barcas de los pescadores cuando el viento lo permite, el "
    "mercado abre dos mañanas por semana y el médico pasa los martes, si puede.\n"
)
SOURCE = f"""\
id: puerto-article
language: es
published: "2022-05"
title: null
publisher: null
author: null
url: null
sha256: {sha256(ARTICLE.encode()).hexdigest()}
length: {len(ARTICLE)}
paragraphs:
  - {{paragraph: 1, digest: {{es: El puerto se cierra y la isla se queda sin barcos.}}}}
  - {{paragraph: 2, digest: {{es: La naviera y la compra de la terminal.}}}}
  - {{paragraph: 3, digest: {{es: La huelga y lo que pide.}}}}
  - {{paragraph: 4, digest: {{es: Dos motivos para un mismo cierre.}}}}
  - {{paragraph: 5, digest: {{es: Los despidos que unos denuncian y otros niegan.}}}}
  - {{paragraph: 6, digest: {{es: La carta a los empleados.}}}}
  - {{paragraph: 7, digest: {{es: La espera en la isla.}}}}
"""
STORY = """\
story:
  id: puerto
  title: {es: El cierre del puerto de Brañas}
  languages: [es]
  as_of: "2022-05"
entities:
  - id: tomas-iturbe
    kind: person
    name: Tomás Iturbe
    aliases: {es: [Iturbe, el secretario general, el líder sindical, el secretario general del sindicato]}
    role: {es: Secretario general de Estibadores Unidos}
    speaks_for: estibadores-unidos
    citations:
      - {source: puerto-article, paragraph: 4, exact: secretario general del sindicato}
  - id: ines-quiroga
    kind: person
    name: Inés Quiroga
    aliases: {es: [Quiroga, la directora, la directora de Solmar, la directora de la naviera, la jefa de Solmar]}
    role: {es: Directora de Naviera Solmar}
    speaks_for: naviera-solmar
    citations:
      - {source: puerto-article, paragraph: 4, exact: directora de Solmar}
  - id: estibadores-unidos
    kind: organisation
    name: Estibadores Unidos
    aliases: {es: [el sindicato, los estibadores, el sindicato de estibadores, los huelguistas]}
    role: {es: El sindicato de los estibadores de Brañas}
  - id: naviera-solmar
    kind: organisation
    name: Naviera Solmar
    aliases: {es: [Solmar, la naviera, la empresa, la compañía]}
    role: {es: La empresa dueña de la terminal}
  - id: puerto-branas
    kind: place
    name: El puerto de Brañas
    aliases: {es: [el puerto, Brañas]}
    role: {es: Puerto de ferris y de carga}
events:
  - id: port-closing
    when: {edtf: "2022-04"}
    name: {es: El cierre del puerto}
    aliases: {es: [clausura del puerto]}
    facts: [port-closed, ferries-suspended, closure-motive, closure-motive-denied]
  - id: strike
    when: {edtf: "2022-03"}
    name: {es: La huelga de los estibadores}
    aliases: {es: [el paro]}
    facts: [strike-called, strike-demands]
  - id: terminal-purchase
    when: {edtf: "2019"}
    name: {es: La compra de la terminal}
    facts: [terminal-bought]
"""
VOCABULARY = """\
vocabulary:
  - {concept: ship, words: {es: [barco, buque, ferri, ferris, ferry, transbordador, embarcación]}}
"""
FACTS = """\
facts:
  - id: port-closed
    kind: report
    about: [naviera-solmar, puerto-branas]
    roles: {agent: [naviera-solmar, puerto-branas], act: close, patient: puerto-branas}
    answers: [who, what, when, yes-no]
    when: {edtf: "2022-04"}
    text: {es: Naviera Solmar cerró el puerto de Brañas en abril de 2022.}
    asked:
      es:
        - ¿Cuándo cerró el puerto de Brañas?
        - ¿Quién cerró el puerto?
        - ¿Está cerrado el puerto?
        - ¿Qué hizo Naviera Solmar con el puerto?
        - ¿Desde qué fecha está clausurado Brañas?
    citations:
      - {source: puerto-article, paragraph: 1, exact: lo cerró en abril de 2022}
  - id: ferries-suspended
    kind: report
    about: [naviera-solmar, puerto-branas]
    answers: [what, where, how-many, yes-no]
    text: {es: Con el cierre quedaron suspendidos los tres ferris diarios a la isla de Garza.}
    asked:
      es:
        - ¿Cuántos ferris diarios se suspendieron?
        - ¿Qué barcos canceló la naviera?
        - ¿Hay todavía transbordadores a la isla de Garza?
        - ¿Adónde iban los ferris?
    citations:
      - {source: puerto-article, paragraph: 1, exact: los tres ferris diarios}
  - id: terminal-bought
    kind: report
    about: [naviera-solmar]
    roles: {agent: naviera-solmar, act: buy}
    answers: [who, what, when, how-many, yes-no]
    when: {edtf: "2019"}
    text: {es: Naviera Solmar compró la terminal en 2019 por doce millones de euros.}
    asked:
      es:
        - ¿Cuándo compró Solmar la terminal?
        - ¿Cuánto pagó la naviera por la terminal?
        - ¿Quién adquirió la terminal?
        - ¿Cuántos millones costó la terminal?
        - ¿Qué compró la empresa en 2019?
    citations:
      - {source: puerto-article, paragraph: 2, exact: compró la terminal en 2019}
      - {source: puerto-article, paragraph: 2, exact: doce millones de euros}
  - id: strike-called
    kind: report
    about: [estibadores-unidos]
    roles: {agent: estibadores-unidos, act: strike}
    answers: [who, what, when, yes-no]
    when: {edtf: "2022-03"}
    text: {es: 'El sindicato Estibadores Unidos convocó una huelga en marzo de 2022, un mes antes del cierre.'}
    asked:
      es:
        - ¿Quién convocó la huelga?
        - ¿Cuándo empezó la huelga de los estibadores?
        - ¿Están en paro los estibadores?
        - ¿Qué hizo el sindicato un mes antes del cierre?
    citations:
      - {source: puerto-article, paragraph: 3, exact: convocado una huelga en marzo}
  - id: strike-demands
    kind: report
    about: [estibadores-unidos]
    roles: {agent: estibadores-unidos, act: demand}
    answers: [what, why, yes-no]
    text: {es: Los huelguistas piden una subida salarial del 8 % y más seguridad en los muelles.}
    asked:
      es:
        - ¿Qué piden los estibadores?
        - ¿Por qué están en huelga?
        - ¿Qué subida salarial reclama el sindicato?
        - ¿Qué mejoras quieren los huelguistas?
        - ¿Exige el sindicato más seguridad en los muelles?
    citations:
      - {source: puerto-article, paragraph: 3, exact: una subida salarial del 8 %}
  - id: closure-motive
    kind: claim
    by: tomas-iturbe
    about: [naviera-solmar, puerto-branas, estibadores-unidos]
    roles:
      agent: [naviera-solmar, puerto-branas]
      act: [close, punish]
      patient: [puerto-branas, estibadores-unidos]
    answers: [who, what, why, yes-no]
    text: {es: Tomás Iturbe sostiene que la naviera cerró el puerto «para castigar a los huelguistas».}
    asked:
      es:
        - ¿Por qué cerró Solmar el puerto, según Iturbe?
        - ¿Qué dice Iturbe del cierre?
        - ¿Quién afirma que el cierre es un castigo?
        - ¿Fue una represalia contra los huelguistas?
        - ¿De qué acusa Tomás Iturbe a la naviera?
    citations:
      - {source: puerto-article, paragraph: 4, exact: para castigar a los huelguistas, quoted: true}
  - id: closure-motive-denied
    kind: denial
    by: ines-quiroga
    replies_to: closure-motive
    about: [naviera-solmar, puerto-branas]
    answers: [who, what, why, yes-no]
    text: {es: Inés Quiroga niega que el cierre sea un castigo y lo atribuye a una grúa averiada.}
    asked:
      es:
        - ¿Cómo explica Quiroga el cierre?
        - ¿Qué responde Inés Quiroga a la acusación de castigo?
        - ¿Se cerró el puerto por la avería de una grúa?
        - ¿Quién niega que el cierre sea una represalia?
        - ¿Por qué cerró el puerto, según la directora?
    citations:
      - {source: puerto-article, paragraph: 4, exact: una grúa averiada}
  - id: dismissals-claim
    kind: claim
    by: tomas-iturbe
    about: [naviera-solmar]
    roles: {agent: naviera-solmar, act: dismiss}
    answers: [who, what, why, how-many, yes-no]
    text: {es: Tomás Iturbe afirma que la empresa despidió a veinte trabajadores por afiliarse.}
    asked:
      es:
        - ¿A cuántos trabajadores despidió Solmar?
        - ¿Por qué fueron despedidos, según Iturbe?
        - ¿Qué despidos denuncia el líder sindical?
        - ¿Quién habla de veinte empleados despedidos?
        - ¿Echó la naviera a gente por afiliarse?
    citations:
      - {source: puerto-article, paragraph: 5, exact: despidió a veinte trabajadores}
  - id: dismissals-denied
    kind: denial
    by: ines-quiroga
    replies_to: dismissals-claim
    about: [naviera-solmar]
    answers: [who, what, yes-no]
    text: {es: Inés Quiroga replica que «nadie ha sido despedido».}
    asked:
      es:
        - ¿Qué dice Quiroga de los despidos?
        - ¿Reconoce Solmar los despidos?
        - ¿Quién desmiente que hubiera despedidos?
        - ¿Admite la directora que echó a trabajadores?
    citations:
      - {source: puerto-article, paragraph: 5, exact: Nadie ha sido despedido, quoted: true}
  - id: letter-promise
    kind: quote
    by: ines-quiroga
    about: [ines-quiroga]
    roles: {agent: ines-quiroga, act: [write, promise]}
    answers: [who, what, yes-no]
    text: {es: 'En una carta a la plantilla, Inés Quiroga escribió: «Volveremos a navegar juntos».'}
    asked:
      es:
        - ¿Qué escribió Quiroga a la plantilla?
        - ¿Quién envió una carta a los trabajadores?
        - ¿Qué pone en la carta de la directora?
        - ¿Promete Inés Quiroga que volverán a navegar?
    citations:
      - {source: puerto-article, paragraph: 6, exact: Volveremos a navegar juntos, quoted: true}
"""
QUESTIONS = """\
questions:
  - {ask: el puerto d brañas cuándo lo cerraron, expect: port-closed}
  - {ask: cuántos barcos al día iban a Garza, expect: ferries-suspended}
  - {ask: en qué año fue la compra de la terminal, expect: terminal-bought}
  - {ask: '¿Qué precio tuvo la terminal?', expect: terminal-bought}
  - {ask: '¿Qué sindicato fue a la huelga?', expect: strike-called}
  - {ask: '¿Cuándo se declararon en huelga los estibadores?', expect: strike-called}
  - {ask: xq hay huelga, expect: strike-demands}
  - {ask: cuáles son las reivindicaciones del sindicato, expect: strike-demands}
  - {ask: '¿Cuál es la razón del cierre según Iturbe?', expect: closure-motive}
  - {ask: '¿Niega la directora que cerraran como represalia?', expect: closure-motive-denied}
  - {ask: por q se cerró el puerto según Quiroga, expect: closure-motive-denied}
  - {ask: cuántos empleados echó la empresa, expect: dismissals-claim}
  - {ask: '¿Qué contesta Quiroga sobre los despidos?', expect: dismissals-denied}
  - {ask: qué prometió la directora en su carta, expect: letter-promise}
  - {ask: '¿Qué opina la alcaldesa Robledo del cierre?', expect: abstain}
  - {ask: '¿Quién es el ministro de Transportes?', expect: abstain}
  - {ask: '¿Qué pasó con el puerto en 2024?', expect: abstain}
  - {ask: '¿Habrá ferris mañana?', expect: abstain}
  - {ask: '¿Por qué despidió Iturbe a la directora?', expect: abstain}
  - {ask: '¿Por qué cerró el sindicato la naviera?', expect: abstain}
  - {ask: '¿Quién compró Solmar?', expect: abstain}
  - {ask: '¿Qué respondió Iturbe sobre la grúa?', expect: abstain}
  - {ask: '¿Cuándo fueron despedidos los veinte trabajadores?', expect: abstain}
  - {ask: '¿Dónde nació Inés Quiroga?', expect: abstain}
  - {ask: '¿Cuántos estibadores están en huelga?', expect: abstain}
  - {ask: cuánto cuesta el billete del ferri, expect: abstain}
  - {ask: 'gracias, crack', expect: abstain}
"""
# What readers ask, and the fact that answers; None where the story does not hold it. Nothing was written to fit them.
QUESTIONS_OF_READERS: list[tuple[str, str | None]] = [
    ("cuando se cerro el puerto??", "port-closed"),
    ("sabes si el puerto sigue cerrado", "port-closed"),
    ("¿Qué compañía echó el cierre en Brañas?", "port-closed"),
    ("desde q mes no entra nadie al puerto", "port-closed"),
    ("oye y los ferris a garza q paso con ellos", "ferries-suspended"),
    ("cuanto le costo la terminal a solmar", "terminal-bought"),
    ("¿En qué año se hizo la naviera con la terminal?", "terminal-bought"),
    ("qn llamo a la huelga", "strike-called"),
    ("¿Fueron los estibadores a la huelga antes de que cerraran el puerto?", "strike-called"),
    ("xq protestan los estibadores", "strike-demands"),
    ("¿Cuánto aumento de sueldo exigen?", "strike-demands"),
    ("q kieren los huelguistas", "strike-demands"),
    ("¿Para Iturbe, qué hay detrás del cierre?", "closure-motive"),
    ("iturbe dice q cerraron pa castigarlos?", "closure-motive"),
    ("¿Por qué cerró el puerto la naviera, según el sindicato?", "closure-motive"),
    ("q dice quiroga de por q cerraron", "closure-motive-denied"),
    ("¿La directora le echa la culpa a una grúa rota?", "closure-motive-denied"),
    ("¿Es verdad que largaron a veinte personas por sindicarse?", "dismissals-claim"),
    ("cuantos despidos hubo segun iturbe", "dismissals-claim"),
    ("¿La empresa admite que despidió gente?", "dismissals-denied"),
    ("q le contesto quiroga a iturbe sobre los despedidos", "dismissals-denied"),
    ("¿Qué les escribió la jefa de Solmar a sus trabajadores?", "letter-promise"),
    ("¿Cuándo reabrirá el puerto?", None),
    ("cuantos estibadores hay en el sindicato", None),
    ("¿Qué dice el alcalde de Brañas del cierre?", None),
    ("cuánto gana Inés Quiroga al mes", None),
    ("¿Por qué demandó Quiroga a Iturbe?", None),
    ("¿A quién le vendió Solmar la terminal?", None),
    ("q tal va el dia, alguien juega luego?", None),
    ("¿Qué pasará con los ferris en 2025?", None),
]


def write_spanish_story(root: Path) -> None:
    """Write the story, the record of its article, and the article; another story may be there already."""
    folders = {name: root / name for name in ("knowledge/puerto", "seeds", "articles")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    (folders["knowledge/puerto"] / "story.yml").write_text(STORY, "utf-8")
    (folders["knowledge/puerto"] / "vocabulary.yml").write_text(VOCABULARY, "utf-8")
    (folders["knowledge/puerto"] / "facts.yml").write_text(FACTS, "utf-8")
    (folders["knowledge/puerto"] / "questions.yml").write_text(QUESTIONS, "utf-8")
    (folders["seeds"] / "puerto-article.yml").write_text(SOURCE, "utf-8")
    (folders["articles"] / "puerto-article.txt").write_text(ARTICLE, "utf-8")
