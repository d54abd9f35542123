"""Running all services in one terminal: start in order, wait until each answers, stop all together.

Belongs here: processes, ports and their logs. Does not belong here: what the services do.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import MonitorError

LOOPBACK = "127.0.0.1"
_PATIENCE_SECONDS = 120
_GRACE_SECONDS = 10


class ServiceError(MonitorError):
    """A service that cannot start or that stopped by itself."""


@dataclass(frozen=True)
class Service:
    """One process: what to call it, how to start it, and the loopback port on which it answers (if any)."""

    name: str
    command: Sequence[str]
    port: int | None = None


@dataclass(frozen=True)
class Place:
    """Where services run and write: the folder of their logs, their working folder, their environment."""

    log_folder: Path
    folder: Path
    environment: Mapping[str, str]


@dataclass(frozen=True)
class RunningService:
    """A started process and the file to which it writes."""

    service: Service
    process: "subprocess.Popen[bytes]"
    log_path: Path

    def check(self) -> None:
        """Do nothing while the process runs.

        Raises:
            ServiceError: it ended; the message has the end of its log.
        """
        if self.process.poll() is None:
            return
        tail = "\n".join(self.log_path.read_text("utf-8", errors="replace").splitlines()[-15:])
        raise ServiceError(
            f"{self.service.name} is gestopt (code {self.process.returncode}). Het einde van {self.log_path}:\n{tail}"
        )

    def wait_until_it_answers(self) -> None:
        """Return when the port of the service accepts a connection.

        Raises:
            ServiceError: the process ended, or did not answer within two minutes.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self.service.port is not None and not _answers(self.service.port):
            self.check()
            if time.monotonic() > deadline:
                raise ServiceError(
                    f"{self.service.name} antwoordt niet op poort {self.service.port}; zie {self.log_path}."
                )
            time.sleep(0.1)

    def stop(self) -> None:
        """End the process and the children it made; first politely, then firmly."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            if self._ends_after(sign):
                return

    def _ends_after(self, sign: signal.Signals) -> bool:
        try:
            os.killpg(self.process.pid, sign)
            self.process.wait(_GRACE_SECONDS)
        except ProcessLookupError:
            return True
        except subprocess.TimeoutExpired:
            return False
        return True


@contextmanager
def running(service: Service, place: Place) -> Iterator[RunningService]:
    """Start one service with its output in a log file, and stop it at the end.

    Raises:
        ServiceError: its port is taken.
    """
    if service.port is not None and _answers(service.port):
        raise ServiceError(
            f"Poort {service.port} voor {service.name} is al in gebruik. Stop het andere programma of kies een andere "
            f"poort met --app-port of --dagster-port."
        )
    place.log_folder.mkdir(parents=True, exist_ok=True)
    log_path = place.log_folder / f"{service.name}.log"
    with log_path.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - the commands are ours
            list(service.command),
            cwd=place.folder,
            env=dict(place.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    started = RunningService(service, process, log_path)
    try:
        yield started
    finally:
        started.stop()


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Turn SIGINT and SIGTERM into a question that a loop can ask: must we stop?"""
    asked: list[int] = []
    previous = {sign: signal.signal(sign, lambda number, _frame: asked.append(number)) for sign in _STOP_SIGNALS}
    try:
        yield lambda: bool(asked)
    finally:
        for sign, handler in previous.items():
            signal.signal(sign, handler)


_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def supervise(services: Sequence[RunningService], must_stop: Callable[[], bool]) -> None:
    """Watch the services until somebody asks to stop.

    Raises:
        ServiceError: one of them ended by itself.
    """
    while not must_stop():
        for service in services:
            service.check()
        time.sleep(0.3)


def start_all(stack: ExitStack, services: Sequence[Service], place: Place) -> list[RunningService]:
    """Start services one after the other, each when the one before answers; the stack stops them in reverse."""
    started = []
    for service in services:
        one = stack.enter_context(running(service, place))
        one.wait_until_it_answers()
        started.append(one)
    return started


def _answers(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as attempt:
        attempt.settimeout(0.5)
        return attempt.connect_ex((LOOPBACK, port)) == 0
