"""The page docs/benchmarks.md: the last report of each subject, with how to read it."""

from enum import StrEnum
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


class Section(StrEnum):
    """A part of the page: a subject, by its title."""

    INTAKE = "Intake of deliveries"
    COMPUTE = "From landing tables to marts"


def write_section(section: Section, report: str) -> None:
    """Replace one section; the others stay as they were measured."""
    kept = _sections(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    kept[section] = f"{report.strip()}\n\n{_HOW_TO_READ[section].strip()}"
    parts = [f"## {each}\n\n{kept[each]}\n" for each in Section if each in kept]
    PAGE.write_text("\n".join([_BEFORE, *parts]), encoding="utf-8")


def _sections(page: str) -> dict[Section, str]:
    found: dict[Section, str] = {}
    for part in page.split("\n## ")[1:]:
        title, _, text = part.partition("\n")
        found[Section(title)] = text.strip()
    return found


_BEFORE: Final = """\
# Benchmarks

`make bench` writes this page (`make bench BENCH=--write`; one subject with `--subject intake` or `--subject compute`).
One command, one machine: it makes deliveries and facts from a seed, has this project and other tools do the same work
in turn, and compares what they found before it compares times. The subject `signals` takes no
times: it simulates how often the rule that says an indicator stalls is right, on [a page of its own](signals.md).
"""
_INTAKE: Final = """
### How to read the intake

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
_COMPUTE: Final = """
### How to read the computation

- The facts are made by DuckDB in `landing.observation`: 12 quarterly indicators with 20 counts, per gemeente (342) or
  per wijk (3,400), in 18 age bands by sex, up to 2025Q4, and a population a year. One cell in 5,000 is delivered as
  `<10`. 40 quarters per gemeente are 10 million rows, 40 quarters per wijk 99 million. The definitions are the real
  ones; that they are counted in age bands by sex, and per wijk, is the benchmark's. The models know no figures
  per wijk, so a wijk is carried to its gemeente as an ended gemeente is (`landing.conversion`).
- *Everything* is from landing tables to marts whose checks passed. Ours are the models through SQLMesh with all audits,
  as the service computes them, without reading files (that is the intake). *Hand-written SQL* is one script
  (`bench/compute/contenders/hand_written.sql`) that keeps nothing but the counts per area and the marts; formulas and
  definitions are the text of the models, because another text of the same formulas would be the same text. It sums
  in decimals as ours do, and runs the checks of what it keeps. dbt builds the same queries as tables, one at a time,
  and runs the audits as tests.
- *One region-quarter again*: a region delivers the last quarter again. Ours is the whole `transform`: deciding, loading
  the rows, SQLMesh, audits. *Copying* is copying the warehouse and putting the new one in its place; it is not in the
  time. The hand-written script counts the quarter again in the file in force, without a way back. dbt has no
  counterpart.
- *Nothing changed*: `transform` finds that out from what the warehouse says it was computed from, without SQLMesh.
- Each runs in a fresh process on the same two cores. *Before* is what a process that did this before need not do again:
  imports, parsed models, the rows to come, dbt's parsed project. The DuckDB of the others may use 5 GB; ours has no
  limit of its own, as in the service.
- A time counts only when the marts are equal to ours: every row and text, numbers to nine digits.
- Ratios are of medians, with the 95 % bootstrap interval over the rounds; «contended» says that others used
  the machine.
"""
_HOW_TO_READ: Final = {Section.INTAKE: _INTAKE, Section.COMPUTE: _COMPUTE}
