"""The real server in a process of its own, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from register.home import Home

_PATIENCE_SECONDS = 60


@contextmanager
def serve(home: Home, **variables: str) -> Iterator[int]:
    """The port of a server on this data directory, which is stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {**os.environ, "JZOJP_HOME": str(home.path), **variables}
    command = [sys.executable, "-m", "app.server", "--address", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, env=environment)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield port
    finally:
        server.terminate()
        server.wait(_PATIENCE_SECONDS)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped before it answered"
        try:
            with urlopen(address, timeout=1):  # noqa: S310 - our own loopback address
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"no answer from {address}")
