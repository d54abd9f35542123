"""What runs when: Dagster, the SQLMesh bridge, publishing, the demo and the command line.

Belongs here: wiring that reads, calls one domain function, writes and reports.
Does not belong here: rules of the domain (`indicators/`), of a delivery (`expectations/`), of who may do what
(`register/`) or of a figure (`models/`).
"""
