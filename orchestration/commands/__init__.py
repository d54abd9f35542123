"""The commands of `jzojp`, one module each.

A command reads its arguments, calls one use case and prints the answer; heavy libraries are imported when the
command runs, so that `--help` and a command with nothing to do answer at once.
"""
