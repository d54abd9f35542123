"""Sending the demo through the real line: ingest, receive, compute, publish, phase by phase.

Every phase is safe to repeat: what the ledger already has is skipped by its file name, without making it again.
Does not belong here: what is in the files (`files.py`).
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Final

from indicators.errors import MonitorError
from indicators.periods import Period, last_complete_quarter
from orchestration.demo.agreements import make_agreements
from orchestration.demo.files import DemoFile, DemoFiles, Phase, generate
from orchestration.pipeline import publish
from register.access import Actor, Role
from register.events import DemoStarted, Event, Ingested, Received
from register.home import Home
from register.in_force import is_fictitious
from register.ingest import ingest
from register.intake import Confirmation, Delivery, receive
from register.ledger import Clock, Ledger, utc_now
from register.publications import PublicationStatus
from register.submissions import SubmissionState, submissions

SEED: Final = 20_260_101
FIRST_PAGE: Final = (Phase.OPEN_DATA, Phase.RECENT)
"""What must be there before a page can be shown; it is published together."""
BEHIND_THE_PAGE: Final = (Phase.OLDER, Phase.CORRECTION)
"""What follows while somebody already looks; each is published, so that the correction changes a published figure."""

_DEMO: Final = Actor(name="demo", role=Role.OPERATOR)
_CONFIRMATION: Final = Confirmation("Gecontroleerd: de cijfers kloppen (fictief).")
_WORDS: Final = {
    Phase.OPEN_DATA: "open data (fictief)",
    Phase.RECENT: "de laatste acht kwartalen",
    Phase.OLDER: "de oudere kwartalen",
    Phase.CORRECTION: "de gecorrigeerde aanleveringen",
}

Say = Callable[[str], None]


class NotADemoError(MonitorError):
    """The data directory holds real data."""


def load(home: Home, phases: Sequence[Phase], *, say: Say) -> None:
    """Send the files of some phases that the ledger does not have yet, and publish what is new.

    Raises:
        NotADemoError: the data directory holds data that are not a demo.
    """
    files = start(home)
    for phase in phases:
        missing = _missing(files.of(phase), Ledger(home).events())
        if missing:
            say(f"Demo: {_WORDS[phase]} maken en aanleveren ({len(missing)} bestanden)")
            _send(home, files, missing)
        if phase is not Phase.OPEN_DATA:
            make_agreements(home, files.setting.last, _DEMO)
            publish(home, status=PublicationStatus.VOORLOPIG, actor=_DEMO, say=say)


def start(home: Home) -> DemoFiles:
    """Mark an empty data directory as a demo, or find the demo that is in it; returns its files.

    Raises:
        NotADemoError: the data directory holds data that are not a demo.
    """
    ledger = Ledger(home)
    events = ledger.events()
    if events and not is_fictitious(events):
        raise NotADemoError(
            f"In {home.path} staan echte gegevens; een demo komt daar niet bij. Kies met JZOJP_HOME een lege map."
        )
    if not events:
        ledger.append([DemoStarted(seed=SEED)], actor=_DEMO)
    return generate(home.demo_path, seed=_seed(events), last=_last_quarter(events))


def is_complete(home: Home, phases: Sequence[Phase]) -> bool:
    """Whether the ledger has every file of these phases."""
    files, events = start(home), Ledger(home).events()
    return not any(_missing(files.of(phase), events) for phase in phases)


def _seed(events: Sequence[Event]) -> int:
    return next((event.content.seed for event in events if isinstance(event.content, DemoStarted)), SEED)


def _last_quarter(events: Sequence[Event]) -> Period:
    """The quarter at which the demo ended when it was begun, so that it stays the same demo."""
    delivered = [Period.parse(event.content.period) for event in events if isinstance(event.content, Received)]
    return max((period for period in delivered), default=last_complete_quarter(date.today()))  # noqa: DTZ011


def _missing(files: Sequence[DemoFile], events: Sequence[Event]) -> list[DemoFile]:
    """What the ledger does not have, and what a crash left waiting for confirmation: sending it again confirms it."""
    known = {event.content.file_name for event in events if isinstance(event.content, Received | Ingested)}
    waiting = SubmissionState.AWAITING_CONFIRMATION
    known -= {item.delivery.file_name for item in submissions(events).values() if item.state is waiting}
    return [file for file in files if file.path.name not in known]


def _send(home: Home, files: DemoFiles, missing: Sequence[DemoFile]) -> None:
    written = list(files.write(missing))
    for file in written:
        if file.source is not None:
            ingest(home, file.source, file.path.read_bytes(), file.path.name, _DEMO, period=file.period)
    deliveries = [file for file in written if file.source is None]
    for moment, together in groupby(sorted(deliveries, key=files.moment), key=files.moment):
        batch = [_delivery(file) for file in together]
        receive(home, batch, _DEMO, confirmation=_CONFIRMATION, clock=_at(moment))


def _at(moment: datetime) -> Clock:
    """The clock as it stood when the demo's regions delivered; never ahead of the real one."""
    return lambda: min(moment, utc_now())


def _delivery(file: DemoFile) -> Delivery:
    return Delivery(file.path.read_bytes(), file.path.name, file.region_code or "", file.period)
