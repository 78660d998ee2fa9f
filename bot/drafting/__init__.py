"""Drafts from an article: its sentences, quotations, speakers, dates and names, for editors to turn into facts."""
