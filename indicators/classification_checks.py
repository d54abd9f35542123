"""What is wrong in the tables of other classifications than the zorgkantoorregio's, told at once.

Belongs here: what must hold of classification.csv, classification_area.csv and classification_member.csv. Does not
belong here: what they mean (`classifications.py`), and whether a fact is true (`tests/spec/test_reference_sources.py`).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources.abc import Traversable
from typing import Final, NamedTuple

from indicators.area_tables import Row, Span, fault, gaps_and_overlaps, read_area_tables, read_span
from indicators.kernset_finding import Finding
from indicators.reference_tables import rows_of

POSSIBLE: Final = "possible"
"""The basis of a membership that is one of several; the gemeente counts in none of them."""

_BASES: Final = ("list", "predecessors", "veiligheidsregio", POSSIBLE)
_LOWEST_LEVEL_NUMBER: Final = 5
_HIGHEST_LEVEL_NUMBER: Final = 99
_AREA_FORM: Final = re.compile(r"([A-Z]{2})[0-9]{2,4}")
_KNOWN_PREFIXES: Final = ("NL", "ZK", "GM", "WK")
_CLASSIFICATION: Final = "classification.csv"
_AREA: Final = "classification_area.csv"
_MEMBER: Final = "classification_member.csv"


class _Member(NamedTuple):
    """A membership that could be read."""

    area_code: str
    span: Span
    basis: str


def faults_of_classifications(folder: Traversable) -> list[Finding]:
    """Everything that is wrong in the three tables of a folder, beside the gemeenten that are there."""
    findings: list[Finding] = []
    gemeenten = read_area_tables(folder, []).spans
    rows = list(rows_of(folder.joinpath(_CLASSIFICATION)))
    findings += _faults_of_classifications(rows)
    prefixes = {row["area_prefix"] for row in rows}
    areas = [row["code"] for row in rows_of(folder.joinpath(_AREA))]
    findings += _faults_of_areas(areas, prefixes)
    members = _read_members(folder, findings)
    for (prefix, code), found in members.items():
        findings += _faults_of_members(code, found, frozenset(areas), gemeenten)
        if prefix in prefixes:
            findings += _faults_of_bases(code, found)
    for row in rows:
        findings += _faults_of_coverage(row, gemeenten, members)
    used = {item.area_code for found in members.values() for item in found}
    for code in areas:
        if code not in used:
            findings.append(fault(_AREA, code, "no gemeente is in it", "add its members, or remove it"))
    return findings


def _faults_of_classifications(rows: Sequence[Row]) -> Iterator[Finding]:
    """Codes, prefixes and level numbers are each used once."""
    for column in ("code", "area_prefix", "level_number"):
        given = [row[column] for row in rows]
        for text in sorted({text for text in given if given.count(text) > 1}):
            yield fault(_CLASSIFICATION, text, f"{column} is used twice", "give every classification its own")
    for row in rows:
        number = row["level_number"]
        if not (number.isdecimal() and _LOWEST_LEVEL_NUMBER <= int(number) <= _HIGHEST_LEVEL_NUMBER):
            remedy = f"choose a free number from {_LOWEST_LEVEL_NUMBER} to {_HIGHEST_LEVEL_NUMBER}; 1 to 4 are taken"
            yield fault(_CLASSIFICATION, row["code"], f"its level_number is '{number}'", remedy)
        if row["area_prefix"] in _KNOWN_PREFIXES or not re.fullmatch("[A-Z]{2}", row["area_prefix"]):
            rule = f"its area_prefix is '{row['area_prefix']}'"
            yield fault(_CLASSIFICATION, row["code"], rule, "choose two capitals that no other level has")
        if not row["source"]:
            yield fault(_CLASSIFICATION, row["code"], "it names no source", "say where its memberships come from")


def _faults_of_areas(codes: Sequence[str], prefixes: set[str]) -> Iterator[Finding]:
    """An area has the form of its classification, and one row."""
    for code in sorted(set(codes)):
        form = _AREA_FORM.fullmatch(code)
        if not form or form[1] not in prefixes:
            yield fault(_AREA, code, "it has the prefix of no classification", "correct it, or add the classification")
        if codes.count(code) > 1:
            yield fault(_AREA, code, "it has two rows", "keep one")


def _read_members(folder: Traversable, findings: list[Finding]) -> Mapping[tuple[str, str], Sequence[_Member]]:
    """The memberships by the prefix of the classification and the gemeente."""
    found = defaultdict(list)
    for row in rows_of(folder.joinpath(_MEMBER)):
        code, basis = row["gemeente_code"], row["basis"]
        if basis not in _BASES:
            findings.append(fault(_MEMBER, code, f"its basis is '{basis}'", f"choose one of {', '.join(_BASES)}"))
        if span := read_span(row, _MEMBER, code, findings):
            found[row["area_code"][:2], code].append(_Member(row["area_code"], span, basis))
    return found


def _faults_of_members(
    code: str, members: Sequence[_Member], areas: frozenset[str], gemeenten: Mapping[str, Span]
) -> Iterator[Finding]:
    """A known gemeente is in known areas, within its own days."""
    own = gemeenten.get(code)
    if own is None:
        yield fault(_MEMBER, code, "it is no gemeente of gemeente.csv", "add it there, or correct the code")
    for item in members:
        if item.area_code not in areas:
            rule = f"its area {item.area_code} is unknown"
            yield fault(_MEMBER, code, rule, "add it to classification_area.csv, or correct the code")
        if own is not None and not own.holds(item.span):
            rule = f"it is in {item.area_code} from {item.span}, and itself exists from {own}"
            yield fault(_MEMBER, code, rule, "shorten the membership")


def _faults_of_bases(code: str, members: Sequence[_Member]) -> Iterator[Finding]:
    """What is only possible is one of several on the same days."""
    possible = [item for item in members if item.basis == POSSIBLE]
    if len({item.area_code for item in possible}) == 1 or len({item.span for item in possible}) > 1:
        rule = "its possible memberships are not two or more areas on the same days"
        yield fault(_MEMBER, code, rule, "name every area in which it may be, or the one in which it is")


def _faults_of_coverage(
    row: Row, gemeenten: Mapping[str, Span], members: Mapping[tuple[str, str], Sequence[_Member]]
) -> Iterator[Finding]:
    """From the first day of a classification on every gemeente is in one area of it, or possibly in several."""
    try:
        first = date.fromisoformat(row["valid_from"])
    except ValueError as error:
        yield fault(_CLASSIFICATION, row["code"], f"a day cannot be read ({error})", "write it as 2023-01-01")
        return
    for code, life in gemeenten.items():
        if not code.startswith("GM") or life.last < first:
            continue
        found = members.get((row["area_prefix"], code), ())
        certain = [item.span for item in found if item.basis != POSSIBLE]
        spans = certain + list({item.span for item in found if item.basis == POSSIBLE})
        for place in gaps_and_overlaps(spans, Span(max(first, life.first), life.last)):
            rule = f"it is not in exactly one {row['code']} on every day of its life: {place}"
            yield fault(_MEMBER, code, rule, "let its memberships follow on, day by day")
