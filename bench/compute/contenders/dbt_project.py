"""dbt with DuckDB: the same queries as models of a dbt project, the audits as its tests, `dbt build`.

dbt lives in an environment of its own, because its dependencies are not ours; `make bench` makes it.
"""

import json
import re
import subprocess
import time
from pathlib import Path
from typing import Final

from bench.compute.contenders import SETTINGS, Steps, warehouse_in
from bench.compute.facts import Size
from bench.compute.queries import ModelQueries, model_queries
from orchestration.sqlmesh_bridge import PROJECT

DBT: Final = PROJECT / ".cache" / "bench-dbt" / "bin" / "dbt"
_REFERENCE: Final = re.compile(r'"(reference|staging|core|mart)"\."(\w+)"')
_SCHEMAS: Final = """\
{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or target.schema }}{% endmacro %}
"""


class Dbt:
    """Every model a table, every audit a test; it has nothing for a quarter that is delivered again."""

    def load(self, folder: Path, size: Size) -> None:  # noqa: ARG002 - as every contender
        """Write the project, and have dbt parse it."""
        self._project = folder / "dbt"
        _write_project(self._project, warehouse_in(folder), model_queries())
        self._dbt("parse")

    def full(self, folder: Path) -> Steps:  # noqa: ARG002 - as every contender
        """Build and test."""
        began = time.perf_counter()
        self._dbt("build")
        return {"building": time.perf_counter() - began}

    def _dbt(self, command: str) -> None:
        where = ["--project-dir", str(self._project), "--profiles-dir", str(self._project)]
        done = subprocess.run(  # noqa: S603 - our own command
            [str(DBT), "--no-use-colors", command, *where],
            cwd=self._project,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(done.stdout[-2000:])


def _write_project(project: Path, database: Path, queries: ModelQueries) -> None:
    """Names of models carry their schema, because names are unique in dbt."""
    for name, query in queries.models.items():
        schema, table = name.split(".")
        settings = f"{{{{ config(materialized='table', schema='{schema}', alias='{table}') }}}}\n"
        _write(project / "models" / f"{schema}__{table}.sql", settings + _with_references(query))
    for name, query in queries.audits.items():
        _write(project / "tests" / f"{name.replace('.', '__')}.sql", _with_references(query))
    _write(project / "macros" / "generate_schema_name.sql", _SCHEMAS)
    connection = {"type": "duckdb", "path": str(database), "threads": 1, "config_options": dict(SETTINGS)}
    profile = {"bench": {"target": "bench", "outputs": {"bench": {**connection, "schema": "main"}}}}
    _write(project / "profiles.yml", json.dumps(profile))
    described = {
        "name": "bench",
        "version": "1.0.0",
        "profile": "bench",
        "flags": {"send_anonymous_usage_stats": False},
    }
    _write(project / "dbt_project.yml", json.dumps(described))


def _with_references(query: str) -> str:
    return _REFERENCE.sub(r"{{ ref('\1__\2') }}", query)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
