"""What Dagster loads: the assets, the job and the sensor."""

import dagster as dg

from orchestration.assets import all_assets
from orchestration.jobs import REFRESH
from orchestration.sensors import ledger_is_ahead

defs = dg.Definitions(
    assets=all_assets(),
    jobs=[REFRESH],
    sensors=[ledger_is_ahead],
)
