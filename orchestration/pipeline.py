"""The steps from register to publication, as Dagster, the command line and the demo call them.

Belongs here: the order of steps and the lock around them. Does not belong here: how a step is done.
A step with nothing to do finds that out from the ledger, before it imports anything heavy.
"""

import shutil
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final, NamedTuple

from indicators.areas import COUNTRY
from indicators.periods import Period
from orchestration.gateways import Gateway, chosen_gateway
from register.access import OPERATOR, Action, Actor, require
from register.home import Home
from register.in_force import batches_in_force
from register.ledger import Ledger
from register.locks import writer_lock
from register.publications import PublicationStatus
from register.submissions import today_in_the_netherlands

if TYPE_CHECKING:
    from orchestration.publishing import PublishReport
    from orchestration.transform import TransformReport

Say = Callable[[str], None]
"""A function that tells a person which step is under way."""

PATIENCE_SECONDS: Final = 600
"""How long a step waits for another process that is writing."""


class Landed(NamedTuple):
    """What landing found for some cells; `read_count` files were not in the cache."""

    batch_count: int
    read_count: int


def land(home: Home, cells: Collection[tuple[Period, str]]) -> Landed:
    """Make sure that the canonical rows of every delivery in force in these cells are there and right.

    Raises:
        DamagedFileError: a raw file is gone or damaged.
        ReadDifferenceError: a raw file now reads differently than when it was accepted.
    """
    from register.rows import refresh_rows

    wanted = set(cells)
    batches = [b for b in batches_in_force(Ledger(home).events()) if (b.period, b.region_code) in wanted]
    return Landed(len(batches), refresh_rows(home, batches))


def compute(home: Home, *, say: Say, gateway: Gateway | None = None) -> "TransformReport":
    """Bring the warehouse up to date with the ledger and the definitions, by the gateway that the environment names.

    Raises:
        LockedError: another process kept writing for ten minutes.
        ModelError: a model cannot be computed; the warehouse in force is as it was.
    """
    with writer_lock(home, purpose="jzojp compute", wait_seconds=PATIENCE_SECONDS):
        return _compute(home, say, gateway)


def publish(
    home: Home, *, status: PublicationStatus, actor: Actor, say: Say, gateway: Gateway | None = None
) -> "PublishReport":
    """Bring the warehouse up to date, judge the figures, publish them, judge the signals and tell people.

    Raises:
        AccessDeniedError: `actor` may not publish.
        LockedError, ModelError: as `compute`.
    """
    require(actor, Action.PUBLISH, COUNTRY)
    with writer_lock(home, purpose="jzojp publish", wait_seconds=PATIENCE_SECONDS):
        _compute(home, say, gateway)
        from orchestration.publishing import publish_marts

        say("controleren en publiceren")
        report = publish_marts(home, status=status, actor=actor)
        if report.manifest is not None:
            from orchestration.signals import judge_signals

            say("signalen beoordelen")
            judge_signals(home, today=today_in_the_netherlands(), actor=OPERATOR)
    if report.manifest is not None:
        from orchestration.notifying import notify_afterwards

        notify_afterwards(home, actor=OPERATOR, say=say)
    return report


def rebuild(home: Home, *, say: Say, gateway: Gateway | None = None) -> "TransformReport":
    """Throw away every cache and make it again from raw files and ledger; publications stay as they are.

    Raises:
        LedgerBrokenError: the ledger is damaged; nothing was thrown away.
    """
    from register.rows import refresh_rows

    Ledger(home).verify()
    with writer_lock(home, purpose="jzojp rebuild", wait_seconds=PATIENCE_SECONDS):
        say("oude bestanden weggooien")
        for path in (home.rows_path, home.warehouse_path.parent):
            shutil.rmtree(path, ignore_errors=True)
        home.create()
        say("aanleveringen opnieuw lezen")
        refresh_rows(home, batches_in_force(Ledger(home).events()))
        return _compute(home, say, gateway)


def _compute(home: Home, say: Say, gateway: Gateway | None) -> "TransformReport":
    from orchestration.landing import landing_tables
    from orchestration.transform import transform

    return transform(home, landing_tables(home), gateway=gateway or chosen_gateway(), say=say)
