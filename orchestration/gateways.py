"""The engines that can run the models, by the name of their gateway in `config.yaml`.

Belongs here: which gateways there are, how one is chosen, and what a transformation may expect of it.
Does not belong here: how an engine is reached (`config.yaml`), or how rows go in and out (`engine_tables.py`).
"""

import os
from enum import StrEnum
from typing import Final

from indicators.errors import MonitorError

GATEWAY_VARIABLE: Final = "JZOJP_GATEWAY"


class Gateway(StrEnum):
    """A gateway of `config.yaml`."""

    DUCKDB = "duckdb"
    POSTGRES = "postgres"
    SPARK = "spark"

    @property
    def is_external(self) -> bool:
        """Whether the tables are elsewhere than in the warehouse file, and the marts are fetched from there."""
        return self is not Gateway.DUCKDB

    @property
    def can_restate(self) -> bool:
        """Whether a part of the history can be computed again.

        On Spark a quarter is replaced by overwriting the partitions of the new rows: a quarter of which no rows are
        left would keep its old ones.
        """
        return self is not Gateway.SPARK

    @property
    def libraries(self) -> tuple[str, ...]:
        """The packages of which the version is part of what the marts were computed with."""
        return {Gateway.DUCKDB: ("duckdb",), Gateway.POSTGRES: (), Gateway.SPARK: ("pyspark",)}[self]


class UnknownGatewayError(MonitorError):
    """The environment names a gateway that does not exist."""


def chosen_gateway() -> Gateway:
    """The gateway named by the environment; DuckDB where none is.

    Raises:
        UnknownGatewayError: there is no such gateway.
    """
    name = os.environ.get(GATEWAY_VARIABLE) or Gateway.DUCKDB.value
    try:
        return Gateway(name)
    except ValueError:
        known = ", ".join(Gateway)
        raise UnknownGatewayError(
            f"{GATEWAY_VARIABLE} is '{name}', en die rekenmachine is er niet. Kies uit: {known}."
        ) from None
