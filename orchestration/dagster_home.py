"""Dagster's own folder: its settings, where its code is, and what an interrupted evening left behind."""

import json
from typing import Final

from orchestration.services import LOOPBACK
from register.home import Home

_SETTINGS: Final = """\
telemetry: {enabled: false}
run_coordinator:
  module: dagster.core.run_coordinator
  class: DefaultRunCoordinator
concurrency:
  pools: {default_limit: 1}
event_log_storage:
  module: dagster.core.storage.event_log
  class: ConsolidatedSqliteEventLogStorage
  config: {base_dir: %(folder)s}
retention:
  sensor: {purge_after_days: {skipped: 1, success: 90, failure: 90}}
"""


def prepare(home: Home, *, code_port: int) -> None:
    """Write the settings and the workspace; both are derived, so they are written every time."""
    home.dagster_path.mkdir(parents=True, exist_ok=True)
    settings = _SETTINGS % {"folder": json.dumps(str(home.dagster_path))}
    (home.dagster_path / "dagster.yaml").write_text(settings, encoding="utf-8")
    server = f"{{host: {LOOPBACK}, port: {code_port}, location_name: orchestration.definitions}}"
    workspace = f"load_from:\n  - grpc_server: {server}\n"
    (home.dagster_path / "workspace.yaml").write_text(workspace, encoding="utf-8")


def end_interrupted_runs(home: Home) -> int:
    """Mark runs as failed of which no process is left, so that the sensor may try again; returns how many.

    Only after `prepare`, and when no Dagster service runs on this data directory.
    """
    import dagster as dg

    with dg.DagsterInstance.from_config(str(home.dagster_path)) as instance:
        unfinished = [run for run in instance.get_runs() if not run.is_finished]
        for run in unfinished:
            instance.report_run_failed(run, "De services zijn gestopt terwijl deze verwerking liep.")
        return len(unfinished)
