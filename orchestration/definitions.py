"""What Dagster loads: the assets, the jobs, the sensor and the schedule."""

import dagster as dg

from orchestration.assets import all_assets
from orchestration.jobs import REFRESH
from orchestration.schedules import due_dates, every_morning
from orchestration.sensors import ledger_is_ahead

defs = dg.Definitions(
    assets=all_assets(),
    jobs=[REFRESH, due_dates],
    schedules=[every_morning],
    sensors=[ledger_is_ahead],
)
