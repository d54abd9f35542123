"""What commands print and where: answers on stdout, progress and errors on stderr, fixed exit codes."""

import getpass
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from typing import Any, Final
from unicodedata import category

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from register.access import Actor, Role

errors = Console(stderr=True, highlight=False, soft_wrap=True)
answers = Console(highlight=False, soft_wrap=True)

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
Report = Callable[[str], None]
"""A function that tells a person which step is under way."""


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    REFUSED_INPUT = 1
    WRONG_USE = 2
    FAILURE = 3


class Format(StrEnum):
    """For whom an answer is printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def operator() -> Actor:
    """The person at this machine's command line."""
    return Actor(name=getpass.getuser(), role=Role.OPERATOR)


@contextmanager
def progress(first: str) -> Iterator[Report]:
    """A line on stderr that tells which step runs and for how long."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(pulse_style="cyan"), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task(first, total=None)
        yield lambda step: bar.update(task, description=step)


def print_json(value: object) -> None:
    """Print one JSON document for a machine."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table for a person; None is shown as a dash."""
    table = Table(*columns, title=title or None, title_justify="left")
    for row in rows:
        table.add_row(*("-" if cell is None else Text(visible(str(cell))) for cell in row))
    answers.print(table)


def print_pairs(pairs: Mapping[str, object]) -> None:
    """Print names with their values, one a line."""
    for name, value in pairs.items():
        print_text(f"{name:<22} {value}")


def print_text(text: str) -> None:
    """Print a sentence for a person."""
    answers.print(visible(text), markup=False)


def visible(text: str) -> str:
    """A text in which nothing steers the terminal: it may repeat what is in a file of somebody else."""
    return "".join(
        "\ufffd" if category(character) in _UNSEEN and character != "\n" else character for character in text
    )
