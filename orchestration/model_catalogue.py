"""What Dagster shows of the models, kept in a file so that loading the code needs no SQLMesh.

Reading the project takes SQLMesh seconds; the description changes only with the models, so it is kept per hash.
"""

import tempfile
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from orchestration.sqlmesh_bridge import ModelDescription, SqlmeshBridge
from orchestration.warehouse_state import models_hash
from register.durable import replace_durably
from register.home import Home
from register.locks import scratch

_MODELS: Final = TypeAdapter(tuple[ModelDescription, ...])


def model_descriptions(home: Home) -> tuple[ModelDescription, ...]:
    """Every model of the project, in order of name; from the cache of this data directory where it has them."""
    path = home.model_catalogue_path(models_hash())
    if not path.is_file():
        with scratch(home) as tmp:
            replace_durably(path, _MODELS.dump_json(_described_by_sqlmesh()), tmp)
    return _MODELS.validate_json(path.read_bytes())


def _described_by_sqlmesh() -> tuple[ModelDescription, ...]:
    with (
        tempfile.TemporaryDirectory() as folder,
        SqlmeshBridge(Path(folder) / "warehouse.duckdb", cache=Path(folder) / "cache") as bridge,
    ):
        return tuple(bridge.models())
