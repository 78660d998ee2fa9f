"""The journal's one error, apart from the database, which takes half a second to import."""


class JournalError(Exception):
    """A database that cannot be used; the text is a sentence for the admin."""
