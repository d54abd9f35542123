"""The jobs: what is done together, from landing to publication."""

import dagster as dg

REFRESH = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Van de geaccepteerde aanleveringen in het register tot een nieuwe conceptpublicatie.",
)
