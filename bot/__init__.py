"""OnRecord: answers about a news story from curated, sourced facts."""

from importlib.metadata import version

__version__ = version("onrecord")
