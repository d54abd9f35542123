"""The website: what readers, regions and programme staff see.

Belongs here: pages, their words, charts and tables, who is looking, and the server that carries them.
Does not belong here: a calculation (every number comes from a publication), a rule about who may do what
(`register.access`), a rule about a delivery (`expectations`, reached through `register.intake`).
"""
