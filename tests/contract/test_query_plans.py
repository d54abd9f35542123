"""What DuckDB makes of the models that read every count: joins by hash, never row by row.

A condition on one side of an outer join that stands in its ON turned half a second into ten at ten million rows, and
no figure shows it.
"""

import pytest

from tests.support_models import ToyLanding, rendered_models

LARGE = ("staging.observation", "core.component", "core.area_part", "core.area_component", "core.basis")
ROW_BY_ROW = ("BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN")


def _plan(model: str) -> str:
    landing = ToyLanding()
    landing.indicator("isr", {"numerator": 1, "denominator": 2})
    landing.figure(20231, landing.gemeente(), 1, 5)
    landing.figure(20231, landing.gemeente(), 2, 50)
    models = rendered_models()
    with models.run(landing.frames(), until=model) as connection:
        found = connection.execute(f"EXPLAIN {models.queries[model]}").fetchone()
    assert found is not None
    return str(found[1])


@pytest.mark.parametrize("model", LARGE)
def test_large_models_join_by_hash(model: str) -> None:
    assert [name for name in ROW_BY_ROW if name in _plan(model)] == []
