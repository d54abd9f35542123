"""The SQL of the models as SQLMesh renders it for all of history, for those who run it without SQLMesh."""

from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from orchestration.sqlmesh_bridge import PROJECT, _config, _without_deprecations

_FIRST, _LAST = "2011-01-01", "2099-12-31"


class ModelQueries(NamedTuple):
    """Per model its query, in an order in which they can run; per audit, `model.audit`, the query of what fails."""

    models: dict[str, str]
    audits: dict[str, str]


def model_queries() -> ModelQueries:
    """Render them."""
    with _without_deprecations():
        from sqlmesh import Context

    with TemporaryDirectory() as folder:
        config = _config(PROJECT, Path(folder) / "warehouse.duckdb", Path(folder) / "cache")
        context = Context(paths=str(PROJECT), config=config)
        models = {_plain(model.fqn): model for model in context.models.values()}
        graph = {name: {_plain(parent) for parent in model.depends_on} for name, model in models.items()}
        ordered = [name for name in TopologicalSorter(graph).static_order() if not models[name].kind.is_external]
        queries = {name: _sql(models[name].render_query_or_raise(**_TIME)) for name in ordered}
        audits = {f"{name}.{number}": query for name in ordered for number, query in enumerate(_audits(models[name]))}
        context.close()
    return ModelQueries(queries, audits)


_TIME: Final[Any] = {"start": _FIRST, "end": _LAST, "execution_time": "2100-01-01"}


def _audits(model: Any) -> list[str]:
    return [_sql(model.render_audit_query(audit, **arguments, **_TIME)) for audit, arguments in model.audits_with_args]


def _sql(expression: Any) -> str:
    """Without the name of the database."""
    return str(expression.sql(dialect="duckdb")).replace('"warehouse".', "")


def _plain(name: str) -> str:
    return ".".join(name.replace('"', "").split(".")[-2:])
