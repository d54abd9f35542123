"""The sensor that compares the ledger with the publication and starts the work that is missing.

Level-triggered: it looks at what is, never at what it remembers, so that a lost Dagster home loses nothing.
"""

import time
from collections.abc import Callable

import dagster as dg

from indicators.areas import COUNTRY
from indicators.periods import Period
from orchestration.assets import LANDING, keys_after_landing
from orchestration.backlog import Backlog, backlog
from orchestration.jobs import REFRESH
from orchestration.partitions import cell_key, covering_range
from register.home import Home

INPUTS_TAG = "jzojp/inputs"
ATTEMPTS = 3
"""How often the same inputs are tried; after that a person must look."""
_RECENT_RUNS = 20
_TOLD_AT_ONCE = 31
_LOOK_SECONDS = 4.0
_PAUSE_SECONDS = 0.25


@dg.sensor(
    job=REFRESH,
    minimum_interval_seconds=1,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Start de verwerking zodra het register verder is dan de laatste publicatie.",
)
def ledger_is_ahead(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason | dg.SensorResult:
    """Start one run when the publication lacks something that the ledger has.

    The daemon asks at most every five seconds; looking for four of them makes work start at once.
    """
    found = _look(lambda: backlog(Home.from_environment()))
    if not found.is_behind:
        return dg.SensorResult(
            skip_reason="De publicatie is bij met het register.", asset_events=_unseen_cells(context.instance, found)
        )
    runs = context.instance.get_runs(dg.RunsFilter(job_name=REFRESH.name), limit=_RECENT_RUNS)
    if any(not run.is_finished for run in runs):
        return dg.SkipReason("Er loopt al een verwerking; daarna wordt opnieuw gekeken.")
    if sum(run.tags.get(INPUTS_TAG) == found.digest for run in runs) >= ATTEMPTS:
        return dg.SkipReason(f"{ATTEMPTS} keer niet gelukt; bekijk de laatste verwerking en start haar daarna zelf.")
    return _request(found)


def _look(look: Callable[[], Backlog]) -> Backlog:
    deadline = time.monotonic() + _LOOK_SECONDS
    found = look()
    while not found.is_behind and time.monotonic() < deadline:
        time.sleep(_PAUSE_SECONDS)
        found = look()
    return found


def _unseen_cells(instance: dg.DagsterInstance, found: Backlog) -> list[dg.AssetMaterialization]:
    """Tell Dagster, a few at a time, of cells that are published and that its own storage does not know."""
    cells = {cell_key(Period.parse(item.period), item.region) for item in found.published if item.region != COUNTRY}
    unseen = cells - instance.get_materialized_partitions(LANDING)
    return [dg.AssetMaterialization(LANDING, partition=key) for key in sorted(unseen)[:_TOLD_AT_ONCE]]


def _request(found: Backlog) -> dg.RunRequest:
    tags = {INPUTS_TAG: found.digest}
    if not found.cells:
        return dg.RunRequest(tags=tags, asset_selection=keys_after_landing())
    first, last = covering_range(found.cells)
    tags |= {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
    return dg.RunRequest(tags=tags)
