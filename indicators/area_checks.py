"""What is wrong between the reference tables of areas, told at once: loading refuses them with every fault.

Belongs here: what must hold of regions, gemeenten, memberships and conversions together. Does not belong here: what is
wrong with a row by itself (`area_tables.py`), the other classifications (`classification_checks.py`), and whether
a fact is true (`tests/spec/test_reference_sources.py` holds the tables against their sources).
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources.abc import Traversable
from typing import Final

from indicators.area_tables import AreaTables, Span, fault, gaps_and_overlaps, read_area_tables
from indicators.errors import DefinitionError
from indicators.kernset_finding import Finding

_SHARE_TOLERANCE: Final = 1e-9


def refuse(findings: Sequence[Finding]) -> None:
    """Stop loading when anything is wrong.

    Raises:
        DefinitionError: with every fault, its file, code and remedy.
    """
    if findings:
        told = "\n".join(f"  {item.file}, {item.field}: {item.message}; {item.remedy}" for item in findings)
        raise DefinitionError(f"the reference tables of areas are refused, {len(findings)} fault(s):\n{told}")


def faults_of_areas(folder: Traversable, reporting_day: date) -> list[Finding]:
    """Everything that is wrong in region.csv, gemeente.csv, membership.csv and conversion.csv of a folder.

    Args:
        folder: the folder `indicators/reference/`, or a copy of it.
        reporting_day: the first day of the indeling to which ended gemeenten are converted.
    """
    findings: list[Finding] = []
    tables = read_area_tables(folder, findings)
    for code, circle in _circles(tables):
        rule = f"its counts come back to itself: {circle}"
        findings.append(fault("conversion.csv", code, rule, "name areas that still exist as targets"))
    for code, span in tables.spans.items():
        findings += _faults_of_successor(tables, code, span)
        findings += _faults_of_life(tables, code, span, reporting_day)
    for code, parts in tables.shares.items():
        findings += _faults_of_shares(tables, code, parts)
        findings += _faults_of_targets(tables, code, parts, reporting_day)
    for code, memberships in tables.memberships.items():
        findings += _faults_of_memberships(tables, code, memberships)
    return findings


def _circles(tables: AreaTables) -> Iterator[tuple[str, str]]:
    """The circles in conversions and successors together, each once: a code in it, and all its codes."""
    targets = {code: {to_code for to_code, _ in parts} for code, parts in tables.shares.items()}
    for code, successor in tables.successors.items():
        targets.setdefault(code, set()).add(successor)
    told: set[str] = set()
    for code in sorted(targets):
        circle = {other for other in _reached(targets, code) if code in _reached(targets, other)}
        if circle and code not in told:
            told |= circle
            yield code, ", ".join(sorted(circle))


def _reached(targets: Mapping[str, set[str]], code: str) -> set[str]:
    """Every area to which counts of `code` go, in any number of steps."""
    found: set[str] = set()
    ahead = set(targets.get(code, ()))
    while ahead:
        found |= ahead
        ahead = {later for step in ahead for later in targets.get(step, ())} - found
    return found


def _faults_of_successor(tables: AreaTables, code: str, span: Span) -> Iterator[Finding]:
    """A single successor exists on the day after; what still exists has none; a region that ended has one."""
    file = "region.csv" if code.startswith("ZK") else "gemeente.csv"
    successor = tables.successors.get(code)
    if successor is None:
        if not span.is_open and file == "region.csv":
            yield fault(file, code, "it ended and has no successor", "fill in the region that took it over")
    elif span.is_open:
        yield fault(file, code, f"it still exists and has successor {successor}", "fill in valid_until, or none")
    elif not tables.exists(successor, span.day_after):
        rule = f"its successor {successor} does not exist on {span.day_after}"
        yield fault(file, code, rule, "name an area that exists then, or correct the days of one of the two")


def _faults_of_life(tables: AreaTables, code: str, span: Span, reporting_day: date) -> Iterator[Finding]:
    """A gemeente is in exactly one region on every day of its life; the counts of one that ended go somewhere."""
    if not code.startswith("GM"):
        return
    for place in gaps_and_overlaps((days for _, days in tables.memberships.get(code, ())), span):
        rule = f"it is not in exactly one zorgkantoorregio on every day of {span}: {place}"
        yield fault("membership.csv", code, rule, "let its memberships follow on, day by day")
    if span.last < reporting_day and code not in tables.shares:
        rule = f"it ended on {span.last} and its counts go nowhere"
        yield fault("conversion.csv", code, rule, "add where they go, with shares that add to 1")


def _faults_of_shares(tables: AreaTables, code: str, parts: Sequence[tuple[str, float]]) -> Iterator[Finding]:
    """The counts of an ended gemeente go whole, once, and to where its successor says."""
    file, span, successor = "conversion.csv", tables.spans.get(code), tables.successors.get(code)
    if span is None or not code.startswith("GM"):
        yield fault(file, code, "it is no gemeente of gemeente.csv", "add it there, or correct the code")
    elif span.is_open:
        yield fault(file, code, "it still exists, so that nothing is to be converted", "remove the rows")
    total = math.fsum(share for _, share in parts)
    if not abs(total - 1) <= _SHARE_TOLERANCE:
        yield fault(file, code, f"its shares add to {total:.10g}, not to 1", "correct the shares")
    for to_code, count in Counter(to_code for to_code, _ in parts).items():
        if count > 1:
            yield fault(file, code, f"{to_code} is named {count} times", "keep one row with the whole share")
    if successor and {successor} != {to_code for to_code, _ in parts}:
        rule = f"gemeente.csv has successor {successor}, and the shares go elsewhere"
        yield fault(file, code, rule, "make both name the same; a split gemeente has no single successor")


def _faults_of_targets(
    tables: AreaTables, code: str, parts: Sequence[tuple[str, float]], reporting_day: date
) -> Iterator[Finding]:
    """A target is a gemeente on the day after and in the reporting indeling; a share is above 0 and at most 1."""
    span = tables.spans.get(code)
    days = [reporting_day] if span is None or span.is_open else [span.day_after, reporting_day]
    for to_code, share in parts:
        if not 0 < share <= 1:
            yield fault("conversion.csv", code, f"the share to {to_code} is {share:g}", "write one above 0, at most 1")
        missed = [day for day in days if not (to_code.startswith("GM") and tables.exists(to_code, day))]
        if missed:
            rule = f"its target {to_code} is no gemeente on {missed[0]}"
            remedy = f"name one that exists then and in the indeling of {reporting_day.year}"
            yield fault("conversion.csv", code, rule, remedy)


def _faults_of_memberships(tables: AreaTables, code: str, memberships: Sequence[tuple[str, Span]]) -> Iterator[Finding]:
    """A membership lies within the days of the gemeente and of the region."""
    file, own = "membership.csv", tables.spans.get(code)
    if own is None or not code.startswith("GM"):
        yield fault(file, code, "it is no gemeente of gemeente.csv", "add it there, or correct the code")
        return
    for region, span in memberships:
        around = tables.spans.get(region)
        if around is None or not region.startswith("ZK"):
            yield fault(file, code, f"its region {region} is unknown", "add it to region.csv, or correct the code")
        elif not around.holds(span):
            rule = f"it is in {region} from {span}, which exists from {around}"
            yield fault(file, code, rule, "shorten the membership, or correct the days of the region")
        if not own.holds(span):
            rule = f"it is in {region} from {span}, and itself exists from {own}"
            yield fault(file, code, rule, "shorten the membership, or correct the days of the gemeente")
