"""What we rely on in DuckDB: decimal sums with nine decimals give whole counts back whole, in any order of rows."""

import duckdb
import pytest


def _sum_as_double(amounts: list[float], scale: int) -> float:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE figure AS SELECT unnest(?::DOUBLE[]) AS amount", [amounts])
        query = f"SELECT CAST(SUM(CAST(amount AS DECIMAL(38, {scale}))) AS DOUBLE) FROM figure"  # noqa: S608
        row = connection.execute(query).fetchone()
        assert row is not None
        return float(row[0])


@pytest.mark.parametrize("count", [0, 1, 9, 10, 42_192, 17_590_672, 2**31, 4_600_000_000])
def test_a_count_comes_back_whole(count: int) -> None:
    assert _sum_as_double([float(count)], 9) == count


def test_eighteen_decimals_would_not_do() -> None:
    assert _sum_as_double([42_192.0], 18) != 42_192


def test_the_order_of_rows_does_not_matter() -> None:
    amounts = [0.1, 1e9 + 0.07, -3.33, 2_642.74] * 250
    assert _sum_as_double(amounts, 9) == _sum_as_double(amounts[::-1], 9) == _sum_as_double(sorted(amounts), 9)
