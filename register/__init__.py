"""The operational record: the raw files, the ledger of events, and the use cases on them.

Belongs here: everything that must survive (ledger, raw files), who may do what, and what follows from the ledger
alone. Does not belong here: what a file must satisfy (`expectations/`), figures and their calculation (`models/`),
and when work is started (`orchestration/`). SQLAlchemy types never leave this folder.
"""
