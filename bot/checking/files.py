"""The rules of files and folders; bot/library, which reads them, finds what breaks these."""

from bot.checking.findings import Rule

NO_FOLDER = Rule(
    "knowledge.folder",
    "{reason}",
    "see ONRECORD_KNOWLEDGE",
    "The bot answers from stories alone, so it does not start without one.",
)
NO_FILES = Rule(
    "story.empty",
    "no .yml file of a story here",
    "see the README",
    "A folder of the knowledge is a story; an empty one is a mistake in a path or a file name.",
)
SAME_STORY = Rule(
    "story.duplicate",
    "{other!r} is already the story {id!r}",
    "choose another id",
    "Bindings, buttons and the journal name a story by its id.",
)
TWICE_IN_STORY = Rule(
    "story.twice",
    "{key!r} is already in another file",
    "keep it in one of them",
    "The files of a story are merged, and of two values for one key only one could count.",
)
FEWER_ANSWERED = Rule(
    "questions.fewer",
    "{now:.0%} of the questions of {story!r} are answered, and it was {before:.0%}",
    "correct what the questions missed, or change them",
    "A reload that answers less than the version before is more often a mistake than a wish.",
)
UNREADABLE = Rule(
    "file.unreadable",
    "the file cannot be read: {reason}",
    "make it a file that the bot may read",
    "A story with a file left out would answer as if its facts did not exist.",
)
NOT_TEXT = Rule(
    "file.encoding",
    "the file is not UTF-8 text",
    "save it as UTF-8",
    "Accents guessed from another encoding would be shown wrong.",
)
NO_MAPPING = Rule(
    "file.shape",
    "the file is not a mapping of keys to values",
    "begin it with a key, such as facts:",
    "Each file of a story holds sections by their names, and each record of an article its fields.",
)
IGNORED = Rule(
    "file.ignored",
    "this file is not read",
    "name it .yml",
    "A curator who saves a file with another ending believes it to be part of the story.",
    "warning",
)
SOURCE_NAME = Rule(
    "source.name",
    "the id is not the file's name, {name}",
    "rename one of them",
    "Citations and the texts of articles are found by that name.",
)
SOURCE_UNUSED = Rule(
    "source.unused",
    "no story cites this article",
    "cite or remove it",
    "A record that nothing rests on is often a citation with a mistake in its source.",
    "warning",
)
LARGE = Rule(
    "yaml.large",
    "the file has {size} characters, and {most} is the most",
    "split it",
    "No file that somebody can proofread is that long; a limit keeps a mistake from filling the memory.",
)
SYNTAX = Rule(
    "yaml.syntax",
    "{problem}",
    "correct the YAML",
    "What is not YAML has no meaning that could be checked.",
)
ALIAS = Rule(
    "yaml.alias",
    "aliases (*name) are not allowed",
    "write the value out",
    "A few lines of aliases can expand without end.",
)
DEEP = Rule(
    "yaml.deep",
    "more than {most} nested collections",
    "write it flatter; a story has none so deep",
    "Deep nesting can exhaust the stack of whatever reads it.",
)
TAG = Rule(
    "yaml.tag",
    "the tag {tag} is not allowed",
    "remove it",
    "Tags can build objects of any class, which is a way to run code.",
)
VALUE = Rule(
    "yaml.value",
    "{value!r} cannot be read: {reason}",
    "correct it, or put it in quotes",
    "YAML reads an unquoted date or number as one, and this is none.",
)
KEY = Rule(
    "yaml.key",
    "a key is not a plain word",
    "name a key of the record",
    "Every key of a story is the name of a field, a language or a section.",
)
DUPLICATE_KEY = Rule(
    "yaml.duplicate",
    "the key {key!r} is there twice",
    "remove one",
    "Of two values for one key, YAML silently drops the first.",
)
