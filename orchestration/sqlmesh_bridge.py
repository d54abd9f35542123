"""The thin bridge to SQLMesh: the only module that imports it, and only its public interface.

Belongs here: making a context for one gateway and one DuckDB file, filling landing tables, planning, and telling what
happened as plain dataclasses. `plan` is used and never `run`, which does not see a corrected delivery.
Does not belong here: what must be computed again (`transform.py`), how rows go in and out of an engine
(`engine_tables.py`), and any knowledge of indicators.
"""

import logging
import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
from pydantic import PydanticDeprecatedSince20

from indicators.errors import MonitorError
from orchestration.engine_tables import EngineTables, reached
from orchestration.gateways import Gateway
from orchestration.model_description import AuditOutcome, Column, ColumnSource, ModelDescription

if TYPE_CHECKING:
    from sqlmesh import Context
    from sqlmesh.core.config import Config
    from sqlmesh.core.model import Model

__all__ = [
    "PROJECT",
    "AuditOutcome",
    "Column",
    "ColumnSource",
    "ModelDescription",
    "ModelError",
    "SqlmeshBridge",
]

PROJECT: Final = Path(__file__).resolve().parents[1]
"""The folder with `config.yaml`, `external_models.yaml`, `models/` and `audits/`."""

LANDING_SCHEMA: Final = "landing"
_WORKERS_VARIABLE: Final = "MAX_FORK_WORKERS"
"""How many processes SQLMesh starts to parse the models: more cost time on a project of this size."""


class ModelError(MonitorError):
    """SQLMesh could not load or compute the models; the text says which one and why."""


class SqlmeshBridge:
    """One SQLMesh context on one gateway; use it as a context manager, so that everything is closed.

    What SQLMesh remembers is in the DuckDB file `database`; on the gateway DuckDB the tables are there too.

    Raises:
        ModelError: the models cannot be read.
        EngineUnreachableError: the engine does not answer.
    """

    def __init__(
        self, database: Path, *, cache: Path, project: Path = PROJECT, gateway: Gateway = Gateway.DUCKDB
    ) -> None:
        os.environ.setdefault(_WORKERS_VARIABLE, "1")
        with _without_deprecations():
            from sqlmesh import Context
            from sqlmesh.core.console import set_console
            from sqlmesh.utils.errors import SQLMeshError

        logging.getLogger("sqlmesh").setLevel(logging.ERROR)
        self._problems: list[str] = []
        self._computed: set[str] = set()
        self._failures: list[AuditOutcome] = []
        set_console(_collecting_console(self._problems, self._computed))
        config = _config(project, database, cache, gateway)
        if gateway.is_external:
            reached(config.get_connection(gateway.value).create_engine_adapter, gateway).close()
        try:
            self._context: Context = Context(
                paths=str(project),
                config=config,
                notification_targets=[_audit_listener(self._keep_failure)],
            )
        except SQLMeshError as error:
            raise ModelError(f"De modellen in {project} kunnen niet worden gelezen: {error}") from error
        self._tables = EngineTables(self._context.engine_adapter, gateway)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database file."""
        self._context.close()

    def models(self) -> list[ModelDescription]:
        """Every model, landing tables left out, in order of name."""
        return [_description(self._context, model) for model in self._own_models()]

    def model_names(self) -> list[str]:
        """The name of every model, landing tables left out, in order."""
        return [model.name for model in self._own_models()]

    def create_landing_table(self, table: str) -> None:
        """Make `landing.<table>` empty, unless it exists."""
        self._tables.create(f"{LANDING_SCHEMA}.{table}", self._landing_types(table))

    def replace_landing(self, table: str, frame: pd.DataFrame) -> None:
        """Put the rows of `frame` in the place of all rows of `landing.<table>`."""
        self._tables.replace(f"{LANDING_SCHEMA}.{table}", frame, self._landing_types(table))

    def append_landing(self, table: str, frame: pd.DataFrame) -> None:
        """Add the rows of `frame` to `landing.<table>`."""
        self._tables.append(f"{LANDING_SCHEMA}.{table}", frame, self._landing_types(table))

    def read(self, name: str) -> pa.Table:
        """The rows of a model or landing table, by its name with the schema."""
        return self._tables.read(name)

    def start_empty(self) -> None:
        """Drop every table that an earlier computation left in the engine.

        Raises:
            OccupiedEngineError: there are tables that this service did not make.
        """
        schemas = sorted({_plain_name(name).split(".")[0] for name in self._context.models})
        self._tables.clear([*schemas, *(f"sqlmesh__{name}" for name in schemas)])

    def mark(self, text: str) -> None:
        """Keep in the engine from what its tables were computed; see `mark_of`."""
        self._tables.write_mark(text)

    def build(self, *, known_until: date) -> list[AuditOutcome]:
        """Compute every model from the start of its history up to and including `known_until`.

        Returns:
            The outcome of every audit. Where one fails the models after it are not computed, and their audits
            are left out.

        Raises:
            ModelError: a model cannot be loaded or computed.
        """
        return self._plan(known_until)

    def restate(self, tables: Sequence[str], *, start: date, end: date, known_until: date) -> list[AuditOutcome]:
        """Compute again what depends on these landing tables, in the models by quarter only from `start` to `end`.

        Raises:
            ModelError: as `build`; also when `start` is before the models begin, which SQLMesh ignores in silence.
        """
        beginning = self.first_day()
        if start < beginning:
            raise ModelError(
                f"Gegevens vanaf {start} liggen voor het begin van de modellen ({beginning}). "
                "Zet in config.yaml model_defaults.start eerder."
            )
        names = [f"{LANDING_SCHEMA}.{table}" for table in tables]
        return self._plan(known_until, restate_models=names, start=start.isoformat(), end=end.isoformat())

    def audit(self, *, start: date, end: date) -> bool:
        """Run every audit again on what is there; whether all pass."""
        return bool(self._context.audit(start=start.isoformat(), end=end.isoformat()))

    def first_day(self) -> date:
        """The day from which the models know figures: `model_defaults.start` of `config.yaml`."""
        return date.fromisoformat(str(self._context.config.model_defaults.start))

    def _plan(self, known_until: date, **restatement: Any) -> list[AuditOutcome]:
        from sqlmesh.utils.errors import SQLMeshError

        self._failures.clear()
        self._problems.clear()
        self._computed.clear()
        try:
            self._context.plan(
                auto_apply=True,
                no_prompts=True,
                skip_tests=True,
                execution_time=(known_until + timedelta(days=1)).isoformat(),
                **restatement,
            )
        except SQLMeshError as error:
            if not self._failures:
                raise ModelError(_problem_text(error, self._problems)) from error
        return self._outcomes()

    def _outcomes(self) -> list[AuditOutcome]:
        """Every audit after a plan that went well; after a failure only those of the models that were computed."""
        failed = {(outcome.model, outcome.name): outcome for outcome in self._failures}
        reached = self._computed | {outcome.model for outcome in self._failures}
        models = [model for model in self._own_models() if not failed or model.name in reached]
        every = [(model.name, name) for model in models for name in _audit_names(model)]
        return [failed.get(key, AuditOutcome(*key, failing_count=0)) for key in every]

    def _keep_failure(self, model_name: str, arguments: Mapping[str, Any], audit_name: str, count: int) -> None:
        model = next(item for item in self._own_models() if item.name == model_name)
        name = _name_of_audit(model, audit_name, arguments)
        self._failures.append(AuditOutcome(model_name, name, count))

    def _own_models(self) -> list["Model"]:
        found = [model for model in self._context.models.values() if not model.kind.is_external]
        return sorted(found, key=lambda model: model.name)

    def _landing_types(self, table: str) -> dict[str, Any]:
        model = self._context.get_model(f"{LANDING_SCHEMA}.{table}")
        if model is None:
            raise ModelError(f"Tabel {LANDING_SCHEMA}.{table} staat niet in external_models.yaml; beschrijf haar daar.")
        return dict(model.columns_to_types or {})


@contextmanager
def _without_deprecations() -> Iterator[None]:
    """SQLMesh is built on a part of pydantic that will be removed; that is not for us to warn about."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PydanticDeprecatedSince20)
        yield


def mark_of(gateway: Gateway, *, project: Path = PROJECT) -> str | None:
    """The text that was last kept in the engine with `SqlmeshBridge.mark`, asked without reading the models."""
    with _without_deprecations():
        config = _config(project, Path(), Path(), gateway)
        adapter = reached(config.get_connection(gateway.value).create_engine_adapter, gateway)
    try:
        return EngineTables(adapter, gateway).mark()
    finally:
        adapter.close()


def _config(project: Path, database: Path, cache: Path, gateway: Gateway = Gateway.DUCKDB) -> "Config":
    """The settings of `config.yaml` for one gateway, with this DuckDB file and cache directory."""
    from sqlmesh.core.config import Config
    from sqlmesh.core.config.loader import load_config_from_yaml

    settings = load_config_from_yaml(project / "config.yaml")
    chosen = settings["gateways"][gateway.value]
    chosen.get("state_connection", chosen["connection"])["database"] = str(database)
    changed = {"gateways": {gateway.value: chosen}, "default_gateway": gateway.value, "cache_dir": str(cache)}
    return Config.parse_obj({**settings, **changed})


def _description(context: "Context", model: "Model") -> ModelDescription:
    comments, types = model.column_descriptions, model.columns_to_types or {}
    return ModelDescription(
        name=model.name,
        description=model.description or "",
        kind=model.kind.name.value,
        data_hash=model.data_hash,
        columns=tuple(
            Column(name, kind.sql(), comments.get(name, ""), _sources(context, model, name))
            for name, kind in types.items()
        ),
        grain=tuple(column.sql() for grain in model.grains for column in grain.expressions or [grain.unnest()]),
        depends_on=tuple(sorted(_plain_name(name) for name in model.depends_on)),
        audits=tuple(_audit_names(model)),
    )


def _sources(context: "Context", model: "Model", column: str) -> tuple[ColumnSource, ...]:
    from sqlmesh.core.lineage import column_dependencies

    found = column_dependencies(context, model.name, column)
    return tuple(
        ColumnSource(_plain_name(table), name) for table, names in sorted(found.items()) for name in sorted(names)
    )


def _plain_name(name: str) -> str:
    """`"warehouse"."core"."part"` as `core.part`."""
    return ".".join(name.replace('"', "").split(".")[-2:])


def _audit_names(model: "Model") -> list[str]:
    return [_audit_name(name, arguments) for name, arguments in model.audits]


def _name_of_audit(model: "Model", audit_name: str, arguments: Mapping[str, Any]) -> str:
    name = _audit_name(audit_name, arguments)
    if name not in _audit_names(model):
        raise ModelError(f"SQLMesh meldt een controle {name} die {model.name} niet heeft.")
    return name


def _audit_name(name: str, arguments: Mapping[str, Any]) -> str:
    """The audit and, where it is about one column, that column: a model has each at most once."""
    column = arguments.get("column") or arguments.get("key_column")
    return f"{name}_{column.sql()}" if column is not None else name


def _problem_text(error: Exception, problems: Sequence[str]) -> str:
    return "; ".join([*problems, *([str(error)] if not problems else [])])


def _collecting_console(problems: list[str], computed: set[str]) -> Any:
    """A console that shows nothing, and keeps why models failed and which ones were computed."""
    from sqlmesh.core.console import NoopConsole

    class CollectingConsole(NoopConsole):
        def log_failed_models(self, errors: list[Any]) -> None:
            problems.extend(f"{error.node}: {error.__cause__}" for error in errors)

        def log_error(self, message: str) -> None:
            problems.append(message)

        def update_snapshot_evaluation_progress(self, snapshot: Any, *_: Any, **__: Any) -> None:
            computed.add(_plain_name(snapshot.name))

    return CollectingConsole()


def _audit_listener(keep: Callable[[str, Mapping[str, Any], str, int], None]) -> Any:
    """A notification target that hands every failed audit to `keep`."""
    from sqlmesh.core.notification_target import BaseNotificationTarget, NotificationEvent

    class AuditListener(BaseNotificationTarget, frozen=True):
        type_: str = "audit_listener"

        def notify_audit_failure(self, audit_error: Any, *_: Any, **__: Any) -> None:
            keep(audit_error.model_name, audit_error.audit_args, audit_error.audit_name, audit_error.count)

    return AuditListener(notify_on=frozenset({NotificationEvent.AUDIT_FAILURE}))
