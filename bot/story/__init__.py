"""The model of a story: sources, entities, events, facts, imprecise dates and what must hold between them."""
