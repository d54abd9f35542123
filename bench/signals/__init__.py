"""The subject `signals`: how often the rule against a target is right, by simulation.

Belongs here: simulated series, the rules as vectors over them, and the tables that come of it.
Does not belong here: the rule itself (`indicators/trend.py`), with which a test holds `vectors.py` together.
"""
