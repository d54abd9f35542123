"""How fast this project is beside other tools, and how often its signals are right: `make bench`, one command.

Belongs here: what is measured, the tools beside which it is, and how times are taken and told. Nothing here is
installed with the service, and nothing of the service imports it.
"""
