"""What a delivery, an open-data file and a publication must satisfy.

Belongs here: reading raw files to canonical rows, the rules, the Great Expectations suites, and findings in Dutch.
Does not belong here: storing files, verdicts over time, who may do what (`register/`).
"""
