"""Reads YAML files into checked stories, and reloads them all or not at all."""
