"""`python -m orchestration` is `jzojp`, also where the script is not on the path."""

from orchestration.command_line import main

if __name__ == "__main__":  # the judge process imports this module again
    main()
