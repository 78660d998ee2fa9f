"""A fact as a reader is told it: words, dates and the sentences of the catalogues."""
