"""The records of a story: sources, entities, events, facts and imprecise dates."""
