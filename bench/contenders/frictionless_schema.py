"""Frictionless: a table schema with constraints and a primary key, and one check on rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench.contenders import Report
from bench.contenders.codes import CODES, KEY, MARGIN, areas
from expectations.columns import Column

_NO_LIMIT: Final = 1_000_000_000


class Frictionless:
    """Row by row, every error."""

    def load(self) -> None:
        """Import it and make the schema."""
        import frictionless

        self._schema = frictionless.Schema.from_descriptor({"fields": list(_fields()), "primaryKey": list(KEY)})

    def report(self, path: Path) -> Report:
        """The rows by type of error."""
        import frictionless

        dialect = frictionless.Dialect(controls=[frictionless.formats.CsvControl(delimiter=";")])
        resource = frictionless.Resource(
            path=path.name, basepath=str(path.parent), schema=self._schema, dialect=dialect, encoding="utf-8-sig"
        )
        told = resource.validate(frictionless.Checklist(checks=[_check()]), limit_errors=_NO_LIMIT)
        found: dict[str, list[int]] = {}
        for kind, row in told.flatten(["type", "rowNumber"]):
            found.setdefault(kind, []).append(row)
        return found


def _fields() -> Iterator[dict[str, Any]]:
    for column in Column:
        constraints: dict[str, Any] = {}
        if column in CODES:
            constraints = {"required": True, "enum": list(CODES[column])}
        if column is Column.NUMERATOR:
            yield {"name": column, "type": "integer", "constraints": {"required": True, "minimum": 0}}
        elif column is Column.DENOMINATOR:
            yield {"name": column, "type": "integer", "constraints": {"required": True, "minimum": 1}}
        elif column is Column.VALUE:
            yield {"name": column, "type": "number", "decimalChar": ","}
        else:
            yield {"name": column, "type": "string", "constraints": constraints}


def _check() -> Any:
    import frictionless
    from frictionless import errors

    known = frozenset(areas())

    class CountsCheck(frictionless.Check):  # type: ignore[misc, unused-ignore]
        """Area known, numerator at most the denominator, value as it follows from both."""

        type = "counts"
        Errors = [errors.RowConstraintError]  # noqa: RUF012 - the signature is not ours

        def validate_row(self, row: Any) -> Iterator[Any]:
            """Every error of one row."""
            if row[Column.AREA_CODE] not in known:
                yield errors.RowConstraintError.from_row(row, note="area")
            numerator, denominator, value = row[Column.NUMERATOR], row[Column.DENOMINATOR], row[Column.VALUE]
            if numerator is None or denominator is None or numerator < 0 or denominator <= 0:
                return
            if numerator > denominator:
                yield errors.RowConstraintError.from_row(row, note="numerator above denominator")
            elif value is not None and abs(float(value) - 100 * numerator / denominator) > MARGIN:
                yield errors.RowConstraintError.from_row(row, note="value")

    return CountsCheck()
