"""Readers of open data: one module per source, each from bytes to canonical rows.

Belongs here: the quirks of each source. Does not belong here: downloading, storing, converting gemeenten.
"""
