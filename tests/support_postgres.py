"""A PostgreSQL server of our own for a test: in a folder that goes away, on a free port, as a user that is not root."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

USER = "jzojp"
_LIGHT = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories=")


@dataclass(frozen=True)
class PostgresServer:
    """A running server; `database` makes one in it."""

    programs: Path
    port: int

    def database(self, name: str) -> Mapping[str, str]:
        """Make an empty database; the environment with which the gateway finds it."""
        place = ["-h", "127.0.0.1", "-p", str(self.port), "-U", USER]
        subprocess.run([self.programs / "createdb", *place, name], check=True, timeout=30)
        return {
            "JZOJP_POSTGRES_HOST": "127.0.0.1",
            "JZOJP_POSTGRES_PORT": str(self.port),
            "JZOJP_POSTGRES_USER": USER,
            "JZOJP_POSTGRES_DATABASE": name,
        }


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server and stop it at the end; skips where PostgreSQL or its driver is not installed."""
    pytest.importorskip("psycopg2", reason="the driver of PostgreSQL is not installed: uv sync --group engines")
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="jzojp_postgres_"))
    runs_as: dict[str, Any] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        runs_as = {"user": "postgres", "group": "postgres", "extra_groups": []}
    data, port = str(folder / "data"), _free_port()
    settings = [part for setting in (*_LIGHT, "listen_addresses=127.0.0.1") for part in ("-c", setting)]
    making = [str(programs / "initdb"), "-D", data, "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    try:
        subprocess.run(making, check=True, capture_output=True, cwd=folder, timeout=60, **runs_as)
        with (folder / "log").open("wb") as log:
            command = [str(programs / "postgres"), "-D", data, "-p", str(port), *settings]
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **runs_as)
        try:
            _wait_for(programs, port, folder / "log")
            yield PostgresServer(programs, port)
        finally:
            server.send_signal(signal.SIGINT)  # at once, whoever is still connected
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or ([Path(on_path).resolve().parent] if on_path else [])
    if not found:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(programs: Path, port: int, log: Path) -> None:
    asking = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(150):
        if subprocess.run(asking, check=False, timeout=10).returncode == 0:
            return
        time.sleep(0.2)
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))
