"""What the models read, put together from the ledger, the rows of its batches and the definitions."""

import pandas as pd

from indicators.areas import area_key
from indicators.measures import catalogue
from orchestration.agreed_paths import all_paths, path_tables
from orchestration.landing_tables import definition_tables
from orchestration.transform import LandingTables
from register.home import Home
from register.in_force import BatchInForce, batches_in_force
from register.ledger import Ledger
from register.rows import canonical_rows

_BATCH_COLUMNS = ("batch_number", "period_start", "period_key", "region_key", "dataset_key", "is_correction")


def landing_tables(home: Home) -> LandingTables:
    """The landing tables as the ledger and the definitions are now; rows are read when they are asked for."""
    events = Ledger(home).events()
    batches = batches_in_force(events)
    by_number = {batch.number: batch for batch in batches}
    return LandingTables(
        definitions=definition_tables() | path_tables(all_paths(events)),
        batches=batch_frame(batches),
        rows_of=lambda number: canonical_rows(home, by_number[number]),
    )


def batch_frame(batches: list[BatchInForce]) -> pd.DataFrame:
    """`landing.batch_in_force`: one row per batch, region, period and dataset in force."""
    datasets = catalogue().datasets
    rows = [
        (b.number, b.period.start, b.period.key, area_key(b.region_code), datasets[b.dataset_code].key, b.is_correction)
        for b in batches
    ]
    return pd.DataFrame.from_records(rows, columns=list(_BATCH_COLUMNS))
