"""One contender in a process of its own: `python -m bench.contender NAME FILE SMALL_FILE [KNOWN_ROWS]`.

It prints a line when the work begins and when it ends, for whoever watches it, and then what it found and how long that
took, as JSON.
"""

import hashlib
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bench.contenders import Contender, bad_rows
from bench.contenders.duckdb_sql import DuckdbSql
from bench.contenders.frictionless_schema import Frictionless, FrictionlessPython
from bench.contenders.great_expectations_suite import GreatExpectations
from bench.contenders.ours import Ours
from bench.contenders.pandera_schema import Pandera
from bench.world import bench_world

CONTENDERS: Final[Mapping[str, Callable[[], Contender]]] = {
    "ours": Ours,
    "duckdb": DuckdbSql,
    "pandera": Pandera,
    "great_expectations": GreatExpectations,
    "frictionless": Frictionless,
    "frictionless_python": FrictionlessPython,
}
BEGINS: Final = "begins"
ENDS: Final = "ends"


def main(name: str, path: Path, small_path: Path, known_rows: int = 0) -> None:
    """Judge a file once, warm, and print what was found."""
    with bench_world():
        contender = Ours(known_rows) if known_rows else CONTENDERS[name]()
        import_seconds = _seconds(contender.load)
        warm_up_seconds = _seconds(lambda: contender.report(small_path))
        _say(BEGINS)
        began = time.perf_counter()
        report = contender.report(path)
        work_seconds = time.perf_counter() - began
        _say(ENDS)
    found = {"import_seconds": import_seconds, "warm_up_seconds": warm_up_seconds, "work_seconds": work_seconds}
    _say(json.dumps(found | fingerprint(bad_rows(report))))


def fingerprint(rows: "npt.NDArray[np.int64]") -> dict[str, str | int]:
    """How many rows, and a hash of their numbers."""
    return {"bad_count": len(rows), "bad_hash": hashlib.sha256(rows.astype("<i8").tobytes()).hexdigest()[:16]}


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    name, path, small_path, *known = sys.argv[1:]
    main(name, Path(path), Path(small_path), *map(int, known))
