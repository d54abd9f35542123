"""Which way a series of quarters goes, whatever was agreed: the code list of `mart.trend`.

Does not belong here: the state against an agreed target (`trend_states.py`), and when a direction holds
(`models/mart/trend.sql`).
"""

from enum import StrEnum


class TrendDirection(StrEnum):
    """Where the slope over the last eight quarters points, with 90 % confidence."""

    RISING = "rising"
    FALLING = "falling"
    LEVEL = "level"
    """Standing still is not excluded."""
    INSUFFICIENT = "insufficient"
    """Fewer than five comparable quarters."""
