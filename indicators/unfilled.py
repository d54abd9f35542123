"""The mark in a new definition file that says: somebody must fill this in.

Belongs here: the mark, and where it stands in a file. Does not belong here: how a new file is made
(`definition_scaffold.py`) and what a filled-in definition must say (`definitions.py`).
"""

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Final

import yaml

MARK: Final = "INVULLEN"
"""Every text in a definition file that begins so is still to be filled in."""


def unfilled_fields(file: Traversable) -> list[str]:
    """The fields of a definition file that still carry the mark (`worked_example.value`); none if it is no YAML."""
    text = file.read_bytes().decode("utf-8", errors="replace")
    if MARK not in text:
        return []
    try:
        return list(dict.fromkeys(_marked(yaml.safe_load(text), "")))
    except yaml.YAMLError:
        return []


def _marked(value: object, place: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _marked(inner, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _marked(inner, place)
    elif isinstance(value, str) and value.startswith(MARK):
        yield place
