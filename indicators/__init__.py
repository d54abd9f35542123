"""The domain: periods, areas, measures, indicator definitions and how a value is calculated.

Belongs here: every rule that a reader of METHODS would look for, as pure Python and pydantic,
and the reference tables that those rules need (CSV and YAML beside the code).
Does not belong here: databases, data frames, files of users, anything that knows how the service runs.
"""
