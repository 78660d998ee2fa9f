"""Present facts as text in the reader's language: sentences, dates, catalogues."""
