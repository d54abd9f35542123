"""The README's table of commands is the command line's own list."""

import re
from pathlib import Path

from orchestration.command_line import app

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_lists_every_command_and_no_other() -> None:
    listed = re.findall(r"^\| `([a-z]+)` \|", README.read_text("utf-8"), re.MULTILINE)
    named = [command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands]
    groups = [group.typer_instance.info.name for group in app.registered_groups if group.typer_instance]
    assert listed == [*named, *groups]
