"""How fast this project is beside other tools: `make bench`, one command, one machine, one report.

Belongs here: what is measured, the tools beside which it is, and how times are taken and told. Nothing here is
installed with the service, and nothing of the service imports it.
"""
