"""The option with which `make evening` rewrites the scenes."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-scenes", action="store_true", help="write what is seen into the scenes, for review")
