"""The process that reads: whatever a file does to it, the answer is a finding and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from expectations.columns import Column
from expectations.own_process import own_process
from expectations.reading import read_deliveries, read_delivery
from expectations.reading.kinds import MAXIMUM_BYTES
from expectations.reading.sandbox import Sandbox
from expectations.reading.sandbox_limits import Limits
from tests.support_processes import children, is_alive, peak_memory, wait_until
from tests.support_spreadsheets import HEADER, ROW, sheet_of, workbook

PLAIN = f"{';'.join(HEADER)}\r\n{';'.join(ROW)}\r\n".encode()
SLOW = f"{';'.join(HEADER)}\n{chr(34) * 2}{chr(10) * 5_000_000}".encode()
LARGE = workbook(sheet_of(HEADER, *[[*ROW[:8], f"{number}-{'x' * 4000}"] for number in range(20_000)]))
TREE = Path(__file__).resolve().parents[2]


@pytest.fixture
def small() -> Iterator[Sandbox]:
    """A sandbox with less memory than the real one."""
    sandbox = Sandbox(Limits(memory_bytes=140_000_000))
    yield sandbox
    sandbox.stop()


@pytest.fixture
def quick() -> Iterator[Sandbox]:
    """A sandbox with less time than the real one."""
    sandbox = Sandbox(Limits(cpu_seconds=1))
    yield sandbox
    sandbox.stop()


def _rules(sandbox: Sandbox, *contents: bytes) -> list[list[str]]:
    return [[finding.rule for finding in file.findings] for file in sandbox.read(contents)]


def test_what_comes_back_is_what_was_read() -> None:
    contents = [
        PLAIN,
        b"",
        workbook(sheet_of(HEADER, ROW)),
        PLAIN.replace(b";312;", b';"312;'),
        PLAIN[:-4] + b"111222333",
    ]
    for file, here in zip(read_deliveries(contents), map(read_delivery, contents), strict=True):
        assert file.cells.equals(here.cells)
        assert (file.findings, file.normalisations) == (here.findings, here.normalisations)
        assert (file.has_personal_data, file.unlisted) == (here.has_personal_data, here.unlisted)


def test_a_file_that_takes_too_much_memory_is_refused_and_the_others_are_read(small: Sandbox) -> None:
    assert _rules(small, PLAIN, LARGE, PLAIN) == [[], ["bestand.niet_leesbaar"], []]


def test_a_file_that_takes_too_long_is_refused_and_the_others_are_read(quick: Sandbox) -> None:
    began = time.monotonic()
    assert _rules(quick, PLAIN, SLOW, PLAIN) == [[], ["bestand.niet_leesbaar"], []]
    assert time.monotonic() - began < 10
    (file,) = read_deliveries([SLOW])
    assert file.findings[0].rule == "bestand.geen_rijen"


@pytest.mark.parametrize("quote", ["", '"'])
def test_the_largest_file_that_is_taken_fits_on_a_machine_with_many_cores(
    quote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "16")
    note = "een lang verhaal over de cijfers van dit kwartaal en hoe die tot stand kwamen"
    lines = (f"{';'.join(ROW)}{quote}{number} {note}{quote}" for number in range(660_000))
    content = "\n".join([";".join(HEADER), *lines]).encode()
    assert 0.95 < len(content) / MAXIMUM_BYTES < 1
    sandbox = Sandbox()
    reader = sandbox.fork()
    try:
        answer = reader.ask(content, 60, Limits().memory_bytes)
        assert answer is not None, "the reader died: it had too little memory or time"
        assert answer.cells.num_rows == 660_000
        some = answer.cells.take(list(range(0, 660_000, 997)))
        assert some["source_row"].to_pylist() == list(range(2, 660_002, 997))
        assert some[Column.NOTE].to_pylist() == [f"{number} {note}" for number in range(0, 660_000, 997)]
        assert peak_memory(reader.process_id) < 450_000_000, "too near to the limit: it differs between machines"
    finally:
        reader.end()
        sandbox.stop()


def test_a_file_that_is_too_large_is_not_even_sent(small: Sandbox) -> None:
    assert _rules(small, bytes(MAXIMUM_BYTES + 1)) == [["bestand.te_groot"]]
    assert not children(os.getpid(), "sandbox_server", *_arguments(small))


def test_nothing_is_left_behind_after_a_batch(small: Sandbox) -> None:
    _rules(small, PLAIN, LARGE)
    (server,) = children(os.getpid(), "sandbox_server", *_arguments(small))
    wait_until(lambda: not children(server))
    small.stop()
    assert not is_alive(server)


def test_a_server_that_was_killed_is_replaced(small: Sandbox) -> None:
    assert _rules(small, PLAIN) == [[]]
    (server,) = children(os.getpid(), "sandbox_server", *_arguments(small))
    os.kill(server, signal.SIGKILL)
    assert _rules(small, PLAIN) == [[]]


def test_threads_have_readers_of_their_own() -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: read_deliveries([PLAIN, PLAIN]), range(12)))
    assert {file.cells.num_rows for answer in answers for file in answer} == {1}


PROGRAM = """
import sys, time
from expectations.reading import read_deliveries
from expectations.reading.sandbox import _sandbox
assert read_deliveries([b"x"])[0].findings
if sys.argv[1:]:
    reader = _sandbox.fork()
    print(_sandbox._server.pid, reader.process_id, flush=True)
    {then}
print("klaar")
"""


def _program(*arguments: str, then: str = "pass") -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.replace("{then}", then), *arguments],
        cwd=TREE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_program_on_the_command_line_reads_and_ends_without_a_word() -> None:
    said, errors = _program().communicate(timeout=20)
    assert (said, errors) == ("klaar\n", "")


@pytest.mark.parametrize(
    "then",
    [
        "time.sleep(60)",
        "send = reader.connection.send_bytes; send(b'd'); send(bytes(90_000_000)); time.sleep(60)",
    ],
)
def test_server_and_reader_end_when_their_owner_is_killed(then: str) -> None:
    program = _program("x", then=then)
    assert program.stdout
    server, reader = map(int, program.stdout.readline().split())
    assert is_alive(server)
    assert is_alive(reader)
    program.kill()
    program.communicate()
    wait_until(lambda: not is_alive(server) and not is_alive(reader))


def test_it_works_in_the_worker_of_the_pages() -> None:
    with own_process() as pool:
        (file,) = pool.submit(read_deliveries, [PLAIN]).result()
        worker = pool.submit(os.getpid).result()
        servers = children(worker, "sandbox_server")
    assert file.cells.num_rows == 1
    assert len(servers) == 1
    wait_until(lambda: not is_alive(servers[0]))


def _arguments(sandbox: Sandbox) -> list[str]:
    return [str(limit) for limit in sandbox._limits]
