"""What kernsets must keep to: what they list exists, and from one to the next nothing vanishes unsaid.

Every check returns faults, so that a reader is told all of them at once; each names place, value, rule and remedy.
Does not belong here: reading files (`definitions.py`), and what definitions must keep to (`definition_checks.py`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from indicators.definition_model import IndicatorDefinition
from indicators.kernset_model import Kernset, Retirement


def faults_of_kernset(kernset: Kernset, file_name: str, known: Collection[str]) -> list[str]:
    """Where one kernset has another name than its file, lists what does not exist, or an indicator more than once."""
    missing = [name for name in kernset.indicators if name not in known]
    counted = Counter(name.split("@")[0] for name in kernset.indicators)
    twice = sorted(code for code, count in counted.items() if count > 1)
    both = sorted({item.indicator for item in kernset.retired} & counted.keys())
    return [
        *([f"holds {kernset.version}; a file is named VERSION.yaml"] if file_name != f"{kernset.version}.yaml" else []),
        *([f"names definitions that do not exist: {missing}; write CODE@VERSION of a file"] if missing else []),
        *([f"lists an indicator twice: {twice}; keep the version that is in force"] if twice else []),
        *([f"both lists and retires {both}; it does one of the two"] if both else []),
    ]


def faults_of_history(kernsets: Sequence[Kernset], known: Mapping[str, IndicatorDefinition]) -> list[str]:
    """Where kernsets, in the order of their numbers, do not follow from each other.

    Args:
        kernsets: each without faults of its own.
        known: the definitions by id.
    """
    faults = [*_faults_of_numbers(kernsets)]
    gone: set[str] = set()
    for earlier, later in pairwise(kernsets):
        faults += [f"{later.version}.yaml {fault}" for fault in _faults_of_step(earlier, later, gone, known)]
        gone |= {item.indicator for item in later.retired}
    if kernsets and kernsets[0].retired:
        faults.append(
            f"{kernsets[0].version}.yaml retires indicators, but is the first kernset; empty its list retired"
        )
    return faults


def _faults_of_numbers(kernsets: Sequence[Kernset]) -> Iterator[str]:
    for expected, kernset in enumerate(kernsets):
        if kernset.number != expected:
            yield (
                f"{kernset.version}.yaml has number {kernset.number} where {expected} comes next; kernsets are "
                "numbered 0, 1, 2, ... and each number is used once"
            )
            return


def _faults_of_step(
    earlier: Kernset, later: Kernset, gone: Collection[str], known: Mapping[str, IndicatorDefinition]
) -> Iterator[str]:
    before, after = earlier.versions(), later.versions()
    retired = {item.indicator: item for item in later.retired}
    for code in sorted(before.keys() & after.keys()):
        if after[code] < before[code]:
            yield (
                f"goes back from {code}@{before[code]} to {code}@{after[code]}; to return to what a version said, make "
                f"a new version of it ('jzojp kernset new {code} --from {code}@{after[code]}')"
            )
    for code in sorted(before.keys() - after.keys() - retired.keys()):
        yield f"no longer lists {code}; list it, or name it under retired with its last period and the reason"
    for code in sorted(after.keys() & set(gone)):
        yield f"lists {code}, which was retired; a code is not used again: make an indicator with another code"
    for code, item in sorted(retired.items()):
        yield from _faults_of_retirement(item, f"{code}@{before[code]}" if code in before else None, after, known)


def _faults_of_retirement(
    item: Retirement, last_version: str | None, after: Mapping[str, int], known: Mapping[str, IndicatorDefinition]
) -> Iterable[str]:
    if last_version is None:
        yield f"retires {item.indicator}, which the kernset before does not list; correct the code"
        return
    definition = known[last_version]
    if item.last_period.kind.value != definition.frequency.value:
        yield (
            f"retires {item.indicator} after {item.last_period}, which is no {definition.frequency.value}; "
            "write the last period for which there is a figure"
        )
    elif item.last_period.start < definition.valid_from.start:
        yield (
            f"retires {item.indicator} after {item.last_period}, before {last_version} is valid "
            f"({definition.valid_from}); write the last period for which there is a figure"
        )
    if item.successor is not None and item.successor not in after:
        yield f"names {item.successor} as successor of {item.indicator} and does not list it; list it, or write null"
