"""The subject `compute`: from landing tables to marts, beside hand-written SQL and dbt.

Belongs here: the facts, what is measured and what must hold; each contender has a module of its own.
"""
