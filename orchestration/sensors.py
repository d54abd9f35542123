"""The sensor that compares the ledger with the publication and starts the work that is missing.

Level-triggered: it looks at what is, never at what it remembers, so that a lost Dagster home loses nothing.
"""

import time
from collections.abc import Callable

import dagster as dg

from orchestration.backlog import Backlog, backlog
from orchestration.jobs import REFRESH
from orchestration.partitions import covering_range
from register.home import Home

INPUTS_TAG = "jzojp/inputs"
ATTEMPTS = 3
"""How often the same inputs are tried; after that a person must look."""
_LOOK_SECONDS = 4.0
_PAUSE_SECONDS = 0.25


@dg.sensor(
    job=REFRESH,
    minimum_interval_seconds=1,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Start de verwerking zodra het register verder is dan de laatste publicatie.",
)
def ledger_is_ahead(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Start one run when the publication lacks something that the ledger has.

    The daemon asks at most every five seconds; looking for four of them makes work start at once.
    """
    found = _look(lambda: backlog(Home.from_environment()))
    if not found.is_behind:
        return dg.SkipReason("De publicatie is bij met het register.")
    runs = context.instance.get_runs(dg.RunsFilter(job_name=REFRESH.name, tags={INPUTS_TAG: found.digest}))
    if any(not run.is_finished for run in runs):
        return dg.SkipReason("De verwerking van deze aanleveringen loopt al.")
    if len(runs) >= ATTEMPTS:
        return dg.SkipReason(f"{ATTEMPTS} keer niet gelukt; bekijk de laatste verwerking en start haar daarna zelf.")
    return _request(found)


def _look(look: Callable[[], Backlog]) -> Backlog:
    deadline = time.monotonic() + _LOOK_SECONDS
    found = look()
    while not found.is_behind and time.monotonic() < deadline:
        time.sleep(_PAUSE_SECONDS)
        found = look()
    return found


def _request(found: Backlog) -> dg.RunRequest:
    tags = {INPUTS_TAG: found.digest}
    if found.cells:
        first, last = covering_range(found.cells)
        tags |= {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
    return dg.RunRequest(tags=tags)
