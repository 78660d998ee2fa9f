"""OnRecord: answers questions about a news story from curated, sourced facts.

Its errors:

    OnRecordError
    ├── DateError               a text that is not a date or duration that a fact may have
    ├── EditError               an edit of a story's files that was refused
    ├── YamlError               a file that is not the plain YAML that stories are written in
    ├── ArticleError            an article that cannot be imported
    ├── NewFileError            a file that is not written, because there is one
    ├── UnusableFileError       a file that is not read, by its kind or size; an OSError too
    ├── SchemaError             a database with tables that this release cannot use
    ├── BusyError               a question that is not answered, since too many others wait
    ├── ResponseLostError       a request that Discord may have carried out, without saying so
    └── StartError              something the admin must correct; the text says what
        ├── SettingsError
        ├── LibraryError
        ├── JournalError
        ├── JournalUnreachableError
        ├── RefusedError
        ├── DeskError
        ├── LeaseLostError
        ├── OperationsError
        └── PlaygroundError
"""


class OnRecordError(Exception):
    """The base of every error that this package defines; code catches the specific ones."""


class StartError(OnRecordError):
    """Something keeps the bot from starting; the text tells the admin what to correct."""

    status = 2  # of the process that ends with it


class JournalUnreachableError(StartError):
    """The journal's database cannot be reached now; nothing was stored, and it is worth trying again."""


class RefusedError(StartError):
    """Discord refuses the bot for good, at its start or later; the text tells the admin what to correct."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status
