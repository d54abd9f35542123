"""What Dagster loads: the assets, the job and the sensor."""

import dagster as dg

from orchestration.assets import build_models_asset, definitions, landing_delivery, publication
from orchestration.jobs import REFRESH
from orchestration.sensors import ledger_is_ahead

defs = dg.Definitions(
    assets=[landing_delivery, definitions, build_models_asset(), publication],
    jobs=[REFRESH],
    sensors=[ledger_is_ahead],
)
