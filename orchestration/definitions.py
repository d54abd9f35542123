"""What Dagster loads: the assets, the jobs, the sensor and the schedules."""

import dagster as dg

from orchestration.assets import all_assets
from orchestration.jobs import REFRESH
from orchestration.schedules import (
    due_dates,
    every_five_minutes,
    every_morning,
    every_week,
    notices,
    open_data_releases,
)
from orchestration.sensors import ledger_is_ahead

defs = dg.Definitions(
    assets=all_assets(),
    jobs=[REFRESH, due_dates, notices, open_data_releases],
    schedules=[every_morning, every_five_minutes, every_week],
    sensors=[ledger_is_ahead],
)
