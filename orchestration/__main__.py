"""`python -m orchestration` is `jzojp`, also where the script is not on the path."""

from orchestration.command_line import main

main()
