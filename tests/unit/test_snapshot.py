"""The definitions in a publication: every field, with a type that does not depend on what is filled."""

import json

import pyarrow as pa  # type: ignore[import-untyped]

from indicators.definitions import definitions, kernset
from orchestration.snapshot import indicator_table


def test_optional_fields_have_their_type_also_where_no_definition_fills_them() -> None:
    schema = indicator_table().schema
    for name in ("open_source", "choices", "not_filled"):
        assert schema.field(name).type == pa.string()
    assert schema.field("comparable_with_previous").type == pa.bool_()


def test_a_publication_carries_every_definition_whole() -> None:
    rows = indicator_table().to_pylist()
    assert {f"{row['indicator_code']}@{row['indicator_version']}" for row in rows if row["is_current"]} == set(
        kernset().indicators
    )
    for row in rows:
        definition = definitions()[f"{row['indicator_code']}@{row['indicator_version']}"]
        assert json.loads(row["definition_json"]) == definition.model_dump(mode="json")
        for name in ("plain_name", "why", "how_to_read", "delivered_by", "open_source", "standardisation", "choices"):
            assert row[name] == getattr(definition, name)
        assert row["not_filled"] == definition.not_filled
