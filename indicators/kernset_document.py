"""The kernset as one JSON document, for programs of others.

The form is that of the models; `schema_version` rises when a field changes its meaning or goes away.
Does not belong here: the page for people (`methods_page.py`).
"""

from collections.abc import Mapping
from typing import Any, Final

from indicators.definitions import IndicatorDefinition, Kernset
from indicators.protection import POLICY

SCHEMA: Final = "jzojp-kernset"
SCHEMA_VERSION: Final = 1


def kernset_document(kernset: Kernset, definitions: Mapping[str, IndicatorDefinition]) -> Mapping[str, Any]:
    """Kernset, every version of every definition, and how small numbers are protected."""
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "kernset": kernset.model_dump(mode="json"),
        "small_numbers": {
            "policy_version": POLICY.version,
            "threshold": POLICY.threshold,
            "rounding_base": POLICY.rounding_base,
        },
        "definitions": [
            {
                "id": name,
                "is_in_kernset": name in kernset.indicators,
                "has_interval": definition.has_interval(),
                **definition.model_dump(mode="json"),
            }
            for name, definition in sorted(definitions.items())
        ],
    }
