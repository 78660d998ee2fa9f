"""YAML files to a checked story, and its atomic reload."""
