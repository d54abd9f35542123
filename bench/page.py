"""The page docs/benchmarks.md: the last report, with how to read it."""

from pathlib import Path
from typing import Final

from bench.report import Results, markdown

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
_BEFORE: Final = """\
# Benchmarks

`make bench` writes this page (`make bench BENCH=--write`). One command, one machine: it makes deliveries from a seed,
has this project and four other tools judge the same file, and compares.

## Intake of deliveries

"""
_AFTER: Final = """
## How to read this

- Every tool runs in a fresh process, on the same two cores, and first judges a file of 500 rows. Import and that
  warm-up are counted apart (pandas and numpy are loaded already); *seconds* is from the bytes on disk to the rows per
  rule. Rounds run A B C, then C B A.
- A time counts only when the tool found exactly the rows that were made wrong: those with an error. The faults are a
  negative numerator, text in a number, a numerator above its denominator, an unknown area, another period, a value
  that does not fit, and a repeated row.
- The ratio is that of the medians; between brackets its 95 % bootstrap interval over the rounds. Ratios survive a busy
  machine, seconds do not: «contended» says that others used it when the benchmark began.
- *Processor* is user and system time of the process and its children during the work. *Peak* is the most memory
  that they held at one moment, looked at every 20 ms; libraries count once, pages that a fork shares count twice.
- Ours does more than the others: it reads spellings as people write them, looks for personal data, reads in a process
  of its own under limits, words its findings, checks completeness, and makes the canonical rows. The others check
  eleven rules on one fixed spelling: code lists, areas, counts, value and key.
- DuckDB SQL reads with types and has a query per rule. Pandera and Great Expectations check a pandas frame whose
  numbers are converted first. Great Expectations is told to give complete results. Frictionless is too slow for a
  million rows; its time on 100,000 is multiplied by ten, because it grows with the rows. The goal is about its own
  constraints and checks; a check written in Python makes it a few times faster, and that time is in the list too.
- No uitvraag asks a million different rows of one region, so the benchmark has a uitvraag of its own: six indicators
  per wijk, in 38 strata, for two regions taken as one (`bench/world.py`).
"""


def write_page(results: Results) -> None:
    """Replace the page."""
    PAGE.write_text(_BEFORE + markdown(results) + _AFTER, encoding="utf-8")
