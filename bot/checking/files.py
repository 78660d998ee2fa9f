"""The rules for files and folders; bot/library reports violations while it reads them."""

from bot.checking.findings import Rule

NO_FOLDER = Rule(
    "knowledge.folder",
    "{reason}",
    "see ONRECORD_KNOWLEDGE",
    "The bot answers only from stories, so it does not start without one.",
)
NO_SEEDS = Rule(
    "seeds.folder",
    "there is no such folder, and the stories cite articles",
    "see ONRECORD_SEEDS",
    "The records of the articles are beside the knowledge folder unless a setting names another place.",
)
NO_FILES = Rule(
    "story.empty",
    "there is no .yml file in this folder",
    "add a story's files, or remove the folder",
    "Each folder in the knowledge folder is a story; an empty one is usually a wrong path or file name.",
)
SAME_STORY = Rule(
    "story.duplicate",
    "the folder {other!r} already has the story id {id!r}",
    "choose another id",
    "Bindings, buttons and the journal refer to a story by its id.",
)
TWICE_IN_STORY = Rule(
    "story.twice",
    "{key!r} is already in another file",
    "keep it in one of them",
    "The files of a story are merged, and only one of two values for a key can be used.",
)
FEWER_ANSWERED = Rule(
    "questions.fewer",
    "{now:.0%} of the questions of {story!r} are answered; before, it was {before:.0%}",
    "correct the facts that the questions miss, or change the questions",
    "A version that answers fewer of its questions is more often a mistake than intended.",
)
UNREADABLE = Rule(
    "file.unreadable",
    "the file cannot be read: {reason}",
    "allow the bot to read it",
    "Without one of its files, a story would answer as if those facts did not exist.",
)
SPECIAL = Rule(
    "file.special",
    "this is {kind}, not a file",
    "remove it, or give it a name that does not end with .yml",
    "Reading a pipe or a device may never end, and a story must not lack what its editors think is in it.",
)
NAME = Rule(
    "file.name",
    "the name {name!r} is not UTF-8 text",
    "rename it",
    "The name is stored with each version of the story and shown to editors, which only text can be.",
)
FOLDER_UNREADABLE = Rule(
    "folder.unreadable",
    "the folder cannot be read: {reason}",
    "give the path of a folder that the bot may read",
    "Without its files a story would answer as if those facts or articles did not exist.",
)
NOT_TEXT = Rule(
    "file.encoding",
    "the file is not UTF-8 text",
    "save it as UTF-8",
    "If the encoding were guessed, accents could be shown wrong.",
)
NO_MAPPING = Rule(
    "file.shape",
    "the file does not consist of sections",
    "begin it with the name of one, such as facts:",
    "A story file has sections by name, and an article's record has fields by name.",
)
IGNORED = Rule(
    "file.ignored",
    "this file is not read",
    "name it .yml",
    "A curator who saves a file with another extension expects it to be part of the story.",
    "warning",
)
SOURCE_NAME = Rule(
    "source.name",
    "the id differs from the file name {name!r}",
    "rename one of them",
    "Citations and the articles' texts are found by that name.",
)
SOURCE_UNUSED = Rule(
    "source.unused",
    "no story cites this article",
    "cite or remove it",
    "An unused record often means that a citation has the wrong source id.",
    "warning",
)
LARGE = Rule(
    "yaml.large",
    "the file has {size}; the limit is {most} characters",
    "split it",
    "Nobody can proofread a file that long, and without a limit a mistake could fill the memory.",
)
LONG_LIST = Rule(
    "yaml.list",
    "the list has {count} items; the limit is {most}",
    "divide it",
    "Nobody can proofread a list that long, and each item is compared with others.",
)
SYNTAX = Rule(
    "yaml.syntax",
    "{problem}",
    "{mend}",
    "If a line cannot be read, nothing in the file can be checked.",
)
ALIAS = Rule(
    "yaml.alias",
    "an unquoted * repeats a value from elsewhere, which is not allowed",
    "put the text in quotation marks, or write the value out",
    "A few lines of aliases can expand without end.",
)
DEEP = Rule(
    "yaml.deep",
    "lists and groups of keys are nested more than {most} deep",
    "remove the brackets that are too many",
    "No record is nested that deep, and a parser can run out of stack.",
)
TAG = Rule(
    "yaml.tag",
    "{tag}, which begins with an unquoted !, is not allowed",
    "put the text in quotation marks, or remove it",
    "A tag can construct an object of any class, and so run code.",
)
VALUE = Rule(
    "yaml.value",
    "{value!r} looks like a number or a date, but is not a possible one",
    "correct it, or put it in quotation marks",
    "Unquoted text that looks like a number or a date is read as one.",
)
CUT = Rule(
    "yaml.cut",
    "the text ends at « # »: what follows is not read",
    "put the text in quotation marks; if it is a comment, leave a space after #",
    "After a space, an unquoted # begins a comment, so readers would be shown half of the text.",
    "warning",
)
KEY = Rule(
    "yaml.key",
    "a key must be a plain word",
    "use a key that docs/writing-facts.md lists, or put the text in quotation marks",
    "Every key in a story is the name of a field, a language or a section.",
)
DUPLICATE_KEY = Rule(
    "yaml.duplicate",
    "the key {key!r} occurs twice",
    "remove one",
    "Only one of two values for a key can be used, and the other would be lost.",
)
