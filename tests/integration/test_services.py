"""`jzojp up` starts everything, stops everything, and does so again on the same data directory."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from register.home import Home

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120


def free_ports() -> tuple[int, int]:
    """Two ports for site and Dagster; the one after Dagster's is for its code server."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def start_up(home: Home, app_port: int, dagster_port: int) -> "subprocess.Popen[str]":
    ports = ("--app-port", str(app_port), "--dagster-port", str(dagster_port))
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration", "up", *ports],
        cwd=ROOT,
        env={**os.environ, "JZOJP_HOME": str(home.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def is_up(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def wait_for(process: "subprocess.Popen[str]", port: int, path: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_up(port, path):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail(f"not up: {process.communicate()[0]}")
        time.sleep(0.3)


def test_everything_starts_stops_and_starts_again(demo_home: Home) -> None:
    for _ in range(2):
        app_port, dagster_port = free_ports()
        process = start_up(demo_home, app_port, dagster_port)
        wait_for(process, app_port, "/_stcore/health")
        wait_for(process, dagster_port, "/server_info")
        process.send_signal(signal.SIGINT)
        printed, _none = process.communicate(timeout=60)
        assert process.returncode == 0, printed
        assert f"http://127.0.0.1:{app_port}" in printed
        assert not is_up(app_port, "/_stcore/health")
        assert not is_up(dagster_port, "/server_info")
