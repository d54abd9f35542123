"""Pandera: a lazy schema on a pandas frame, with the key as a unique combination of columns."""

from pathlib import Path
from typing import Any

from bench.contenders import Report
from bench.contenders.codes import CODES, KEY, MARGIN, areas
from bench.contenders.pandas_frame import DIFFERENCE, read_frame
from expectations.columns import Column


class Pandera:
    """One schema, every failure case."""

    def load(self) -> None:
        """Import pandera and make the schema."""
        self._schema = _schema()

    def report(self, path: Path) -> Report:
        """The rows of the failure cases by check."""
        from pandera.errors import SchemaErrors

        try:
            self._schema.validate(read_frame(path), lazy=True)
        except SchemaErrors as errors:
            cases = errors.failure_cases
            return {str(check): group["index"].to_numpy() for check, group in cases.groupby("check")}
        return {}


def _schema() -> Any:
    import pandera.pandas as pa

    columns = {name.value: pa.Column(str, pa.Check.isin(codes)) for name, codes in CODES.items()}
    columns[Column.AREA_CODE] = pa.Column(str, pa.Check.isin(areas()))
    columns[Column.NUMERATOR] = pa.Column(float, pa.Check.ge(0))
    columns[Column.DENOMINATOR] = pa.Column(float, pa.Check.gt(0))
    columns[DIFFERENCE] = pa.Column(float, pa.Check.le(MARGIN), nullable=True)
    above = pa.Check(
        lambda frame: ~(frame[Column.NUMERATOR] > frame[Column.DENOMINATOR]), name="numerator above denominator"
    )
    return pa.DataFrameSchema(columns, checks=above, unique=list(KEY), report_duplicates="exclude_first")
