"""Frictionless, in two ways: with its own constraints and checks, and with a check written in Python.

The second is as fast as it gets, and no longer a description that others can read.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bench.contenders import Report
from bench.contenders.codes import CODES, KEY, MARGIN, areas
from expectations.columns import Column

_NO_LIMIT: Final = 1_000_000_000
_ABOVE: Final = "Teller == None or Noemer == None or Teller <= Noemer"
_VALUE: Final = (
    "Waarde == None or not Teller or not Noemer or Teller < 0 or Teller > Noemer"
    f" or -{MARGIN} <= float(Waarde) - 100 * Teller / Noemer <= {MARGIN}"
)


class Frictionless:
    """A table schema with constraints and a primary key, and row constraints; every error."""

    def load(self) -> None:
        """Import it and make the schema."""
        import frictionless

        self._schema = frictionless.Schema.from_descriptor({"fields": self._fields(), "primaryKey": list(KEY)})

    def report(self, path: Path) -> Report:
        """The rows by type of error."""
        import frictionless

        dialect = frictionless.Dialect(controls=[frictionless.formats.CsvControl(delimiter=";")])
        resource = frictionless.Resource(
            path=path.name, basepath=str(path.parent), schema=self._schema, dialect=dialect, encoding="utf-8-sig"
        )
        told = resource.validate(frictionless.Checklist(checks=self._checks()), limit_errors=_NO_LIMIT)
        found: dict[str, list[int]] = {}
        for kind, row in told.flatten(["type", "rowNumber"]):
            found.setdefault(kind, []).append(row)
        return found

    def _fields(self) -> list[dict[str, Any]]:
        return [_field(column, {**CODES, Column.AREA_CODE: areas()}) for column in Column]

    def _checks(self) -> list[Any]:
        import frictionless

        return [frictionless.checks.row_constraint(formula=formula) for formula in (_ABOVE, _VALUE)]


class FrictionlessPython(Frictionless):
    """The same with a set of areas and the comparison of counts in Python."""

    def _fields(self) -> list[dict[str, Any]]:
        return [_field(column, CODES) for column in Column]

    def _checks(self) -> list[Any]:
        return [_check()]


def _field(column: Column, codes: Mapping[Column, Sequence[str]]) -> dict[str, Any]:
    if column in (Column.NUMERATOR, Column.DENOMINATOR):
        least = 0 if column is Column.NUMERATOR else 1
        return {"name": column.value, "type": "integer", "constraints": {"required": True, "minimum": least}}
    if column is Column.VALUE:
        return {"name": column.value, "type": "number", "decimalChar": ","}
    constraints = {"required": True, "enum": list(codes[column])} if column in codes else {}
    return {"name": column.value, "type": "string", "constraints": constraints}


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
