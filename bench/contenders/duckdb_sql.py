"""Plain DuckDB: a typed `read_csv`, and a query per rule that gives its rows.

It reads one spelling of everything: no Dutch or English numbers, no clean-up, no words.
"""

from pathlib import Path
from typing import Any, Final

from bench.contenders import Report
from bench.contenders.codes import CODES, KEY, MARGIN, areas
from expectations.columns import Column

_TYPES: Final = {column.value: "double" if column is Column.VALUE else "varchar" for column in Column}
_READ: Final = f"""
create temp table delivered as
select row_number() over () + 1 as source_row, * exclude (Teller, Noemer),
    try_cast(Teller as bigint) as numerator, try_cast(Noemer as bigint) as denominator
from read_csv(?, delim = ';', header = true, quote = '"', decimal_separator = ',', columns = {_TYPES})
"""  # noqa: S608 - each part is ours
_KEY: Final = ", ".join(KEY)
_REPEATED: Final = f"""
select source_row
from delivered semi join (select {_KEY} from delivered group by all having count(*) > 1) using ({_KEY})
qualify row_number() over (partition by {_KEY} order by source_row) > 1
"""  # noqa: S608 - each part is ours
_CONDITIONS: Final = {
    "numerator no count": "numerator is null",
    "numerator negative": "numerator < 0",
    "denominator no count": "denominator is null or denominator <= 0",
    "numerator above denominator": "numerator > denominator",
    "value": f"abs(Waarde - 100 * numerator / denominator) > {MARGIN} and numerator between 0 and denominator",
}
_OTHER_THAN: Final = "coalesce({} not in (select unnest(?)), true)"
_WHERE: Final = "select source_row from delivered where "


class DuckdbSql:
    """Hand-written SQL on two threads."""

    def load(self) -> None:
        """Import and connect."""
        import duckdb

        duckdb.connect().close()

    def report(self, path: Path) -> Report:
        """The rows of every rule, a query each."""
        import duckdb

        with duckdb.connect(config={"threads": 2}) as connection:
            connection.execute(_READ, [str(path)])
            found = {"repeated": _rows(connection, _REPEATED)}
            for name, condition in _CONDITIONS.items():
                found[name] = _rows(connection, _WHERE + condition)
            for column, codes in {**CODES, Column.AREA_CODE: areas()}.items():
                found[column] = _rows(connection, _WHERE + _OTHER_THAN.format(column), list(codes))
        return found


def _rows(connection: Any, query: str, *parameters: Any) -> Any:
    return connection.execute(query, list(parameters)).fetchnumpy()["source_row"]
