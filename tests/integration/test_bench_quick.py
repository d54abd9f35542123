"""The benchmark measures the same thing everywhere: every tool calls exactly the planted rows bad. No times here."""

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from bench.contenders import bad_rows
from bench.contenders.duckdb_sql import DuckdbSql
from bench.deliveries import Delivery, Fault, cells, make_delivery
from bench.rounds import Job, OtherRowsError, run_once
from bench.watch import ProcessFailedError, watch
from bench.world import bench_world, gemeente_codes

ROWS = 2_000


@pytest.fixture(scope="module")
def world() -> Iterator[None]:
    with bench_world():
        yield


@pytest.fixture(scope="module")
def deliveries(world: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Delivery]:
    folder = tmp_path_factory.mktemp("bench")
    made = {share: make_delivery(folder, ROWS, share) for share in (0.0, 0.01, 0.5)}
    small = {"small": make_delivery(folder, 100, 0.1), "workbook": make_delivery(folder, 200, 0.5, suffix="xlsx")}
    return {f"{share:g}": delivery for share, delivery in made.items()} | small


@pytest.mark.parametrize(
    ("name", "share"),
    [
        (name, "0.5")
        for name in ("ours", "duckdb", "pandera", "great_expectations", "frictionless", "frictionless_python")
    ]
    + [("ours", "0"), ("duckdb", "0")],
)
def test_every_tool_finds_the_planted_rows(name: str, share: str, deliveries: dict[str, Delivery]) -> None:
    if name != "ours" and find_spec(name.removesuffix("_python")) is None:
        pytest.skip(f"{name} is only installed by `make bench`")
    run = run_once(Job(name, name, deliveries[share], deliveries["small"]))
    assert run.work_seconds > 0
    assert run.peak_mb > 20


def test_ours_finds_them_in_a_workbook_beside_earlier_quarters(deliveries: dict[str, Delivery]) -> None:
    run_once(Job("workbook", "ours", deliveries["workbook"], deliveries["small"], known_rows=ROWS))


def test_other_rows_are_told(deliveries: dict[str, Delivery]) -> None:
    wrong = deliveries["0.01"]._replace(bad_rows=deliveries["0.01"].bad_rows[1:])
    with pytest.raises(OtherRowsError, match=r"found .*20.*planted .*19"):
        run_once(Job("wrong", "duckdb", wrong, deliveries["small"]))


def test_every_fault_is_planted_and_found_by_its_rule(deliveries: dict[str, Delivery]) -> None:
    report = DuckdbSql().report(deliveries["0.5"].path)
    broken = {name for name, rows in report.items() if len(rows)}
    assert len(broken) == len(Fault)
    np.testing.assert_array_equal(bad_rows(report), deliveries["0.5"].bad_rows)


def test_equal_seeds_give_equal_files(deliveries: dict[str, Delivery], tmp_path: Path) -> None:
    again = make_delivery(tmp_path, ROWS, 0.5)
    assert again.path.read_bytes() == deliveries["0.5"].path.read_bytes()


def test_the_world_holds_a_million_different_rows_and_no_more(world: None) -> None:
    assert len(gemeente_codes()) * 100 * 228 > 1_000_000
    with pytest.raises(ValueError, match="different rows"):
        cells(2_000_000)


def test_children_are_watched_too() -> None:
    child = "x = bytearray(60_000_000); import time; s = time.process_time()\nwhile time.process_time() < s + 0.3: pass"
    begun = "import subprocess, sys; print('go', flush=True)"
    parent = f"{begun}; subprocess.run([sys.executable, '-c', {child!r}]); print('end')"
    watched = watch([sys.executable, "-c", parent], marks=("go", "end"), cores=1)
    assert watched.output == "end"
    assert watched.peak_mb > 60
    assert 0.25 < watched.work_cpu_seconds < 5


def test_a_process_that_fails_is_told() -> None:
    with pytest.raises(ProcessFailedError, match="ZeroDivisionError"):
        watch([sys.executable, "-c", "1 / 0"], marks=("go", "end"), cores=1)
