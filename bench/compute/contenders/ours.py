"""This project: the models through SQLMesh, with every audit.

Everything is computed as `orchestration.transform` does it, but for the rows, which are in the landing table already.
What is delivered again goes through `transform` as it is; what has not changed too.
"""

import time
from collections import defaultdict
from pathlib import Path
from typing import Final

import pandas as pd

from bench.compute.contenders import COPYING, Steps, warehouse_in
from bench.compute.facts import LAST, Facts, Size, corrected, delivered_again, facts
from orchestration.garbage import without_collecting
from orchestration.restatement import BATCHES
from orchestration.sqlmesh_bridge import SqlmeshBridge
from orchestration.transform import _RUN, LandingTables, transform
from orchestration.warehouse_state import WarehouseState, frame_hash, models_hash, write_state
from register.home import Home

_COPYING: Final = ("warehouse kopiëren", "warehouse vervangen")


class Ours:
    """What the service does."""

    def load(self, folder: Path, size: Size) -> None:
        """Import, have SQLMesh keep the parsed models, and make the rows to come.

        SQLMesh keeps them for the path of a database; the service always computes on the same one.
        """
        self._facts: Facts = facts(size)
        self._rows = delivered_again(size)
        work = Home(folder).work_path(_RUN)
        work.parent.mkdir(parents=True, exist_ok=True)
        for database in (warehouse_in(folder), work):
            with SqlmeshBridge(database, cache=_cache(folder)) as bridge:
                bridge.models()

    def full(self, folder: Path) -> Steps:
        """Everything, from landing tables; then the state that lets a later run start from it."""
        began = time.perf_counter()
        with without_collecting(), SqlmeshBridge(warehouse_in(folder), cache=_cache(folder)) as bridge:
            read = time.perf_counter()
            audits = bridge.build(known_until=LAST.end)
        if not all(audit.passed for audit in audits):
            raise AssertionError([audit for audit in audits if not audit.passed])
        hashes = {name: frame_hash(frame) for name, frame in self._small_tables().items()}
        numbers = tuple(sorted({int(number) for number in self._facts.batches["batch_number"]}))
        names = tuple((audit.model, audit.name) for audit in audits)
        write_state(warehouse_in(folder), WarehouseState(models_hash(), hashes, numbers, names))
        return {"reading models": read - began, "computing": time.perf_counter() - read}

    def again(self, folder: Path) -> Steps:
        """A transformation on what is in force afterwards."""
        after, number = corrected(self._facts.batches)
        rows = {number: self._rows}
        return self._transform(folder, LandingTables(self._facts.definitions, after, rows.__getitem__))

    def nothing(self, folder: Path) -> Steps:
        """A transformation when nothing changed since `again`."""
        after, _ = corrected(self._facts.batches)
        return self._transform(
            folder, LandingTables(self._facts.definitions, after, dict[int, pd.DataFrame]().__getitem__)
        )

    def _transform(self, folder: Path, tables: LandingTables) -> Steps:
        steps: dict[str, float] = defaultdict(float)
        at, since = "deciding", time.perf_counter()

        def say(step: str) -> None:
            nonlocal at, since
            now = time.perf_counter()
            steps[at] += now - since
            at, since = COPYING if step in _COPYING else step, now

        report = transform(Home(folder), tables, say=say)
        say("")
        if not report.is_accepted:
            raise AssertionError([audit for audit in report.audits if not audit.passed])
        return steps

    def _small_tables(self) -> dict[str, pd.DataFrame]:
        return {**self._facts.definitions, BATCHES: self._facts.batches}


def _cache(folder: Path) -> Path:
    return warehouse_in(folder).parent / "sqlmesh_cache"
