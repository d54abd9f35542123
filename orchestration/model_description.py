"""What is said about models and audits, as plain dataclasses: who reads them needs no SQLMesh.

Does not belong here: where it comes from (`sqlmesh_bridge.py`) and who shows it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class AuditOutcome:
    """The result of one audit of one model."""

    model: str
    name: str
    failing_count: int

    @property
    def passed(self) -> bool:
        """Whether no row breaks the rule."""
        return self.failing_count == 0


@dataclass(frozen=True)
class ColumnSource:
    """A column from which another column is made."""

    model: str
    column: str


@dataclass(frozen=True)
class Column:
    """One column of a model, with the comment that stands after it in the SQL."""

    name: str
    type: str
    description: str
    sources: tuple[ColumnSource, ...] = ()


@dataclass(frozen=True)
class ModelDescription:
    """One model as SQLMesh knows it, without a SQLMesh type."""

    name: str
    description: str
    kind: str
    data_hash: str
    columns: tuple[Column, ...]
    grain: tuple[str, ...]
    depends_on: tuple[str, ...]
    audits: tuple[str, ...]
    """The names of the audits, each once."""

    @property
    def layer(self) -> str:
        """`reference`, `staging`, `core` or `mart`."""
        return self.name.split(".")[0]
