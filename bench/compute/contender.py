"""One task of one contender in a process of its own: `python -m bench.compute.contender NAME TASK FOLDER SIZE`.

It prints a line when the work begins and when it ends, and then how long each step took, as JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from bench.compute.contenders import COPYING, keep_marts
from bench.compute.contenders.dbt_project import Dbt
from bench.compute.contenders.hand_written import HandWritten
from bench.compute.contenders.ours import Ours
from bench.compute.facts import Size
from bench.contender import BEGINS, ENDS

CONTENDERS: Final[Mapping[str, Callable[[], Any]]] = {"ours": Ours, "hand": HandWritten, "dbt": Dbt}
KEPT: Final = "marts"


def main(name: str, task: str, folder: Path, size: Size) -> None:
    """Do one task and keep the marts."""
    contender = CONTENDERS[name]()
    began = time.perf_counter()
    contender.load(folder, size)
    load_seconds = time.perf_counter() - began
    _say(BEGINS)
    steps = dict(getattr(contender, task)(folder))
    _say(ENDS)
    if task != "nothing":
        keep_marts(folder, folder / KEPT)
    copying = steps.pop(COPYING, 0.0)
    found = {"load_seconds": load_seconds, "work_seconds": sum(steps.values()), "copy_seconds": copying, "steps": steps}
    _say(json.dumps(found))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Size.parse(sys.argv[4]))
