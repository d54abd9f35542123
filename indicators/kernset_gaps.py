"""What is missing between files that are each right: figures, definitions, checks by a second person, reviews.

Belongs here: what a kernset needs beside files that can be loaded.
Does not belong here: reading those files and what the loader refuses (`kernset_check.py`).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from indicators.definition_model import IndicatorDefinition
from indicators.kernset_finding import Finding, Severity
from indicators.kernset_model import Kernset
from indicators.measures import Catalogue
from indicators.reviews import Review, review_state
from indicators.targets import Target
from indicators.uitvraag import Uitvraag
from indicators.validity import retirements

NOT_CHECKED: Final = "nog niet"
"""How the field `checker` begins where nobody repeated the worked example."""


class ReadKernset(NamedTuple):
    """The kernsets and what they rest on, as far as it could be read; mappings are by file name."""

    definitions: Mapping[str, IndicatorDefinition]
    catalogue: Catalogue | None
    kernsets: Mapping[str, Kernset]
    uitvragen: Mapping[str, Uitvraag]
    targets: tuple[Target, ...]
    loaded: frozenset[str]
    reviews: tuple[Review, ...]

    @property
    def ordered_kernsets(self) -> list[Kernset]:
        """The kernsets in the order of their numbers."""
        return sorted(self.kernsets.values(), key=lambda kernset: kernset.number)

    @property
    def kernset(self) -> Kernset | None:
        """The kernset in force; None where none could be read."""
        return self.ordered_kernsets[-1] if self.kernsets else None

    @property
    def filled(self) -> set[str]:
        """The datasets that have figures: asked in any uitvraag, or loaded as open data."""
        return {asked.code for uitvraag in self.uitvragen.values() for asked in uitvraag.asks} | self.loaded

    @property
    def used_measures(self) -> set[str]:
        """The measures that any definition reads."""
        return {code for definition in self.definitions.values() for code in definition.measure_codes()}


def gaps(read: ReadKernset, *, today: date) -> Iterator[Finding]:
    """Everything that is missing on a day."""
    yield from _definitions_without_figures(read)
    yield from _datasets_without_definition(read)
    yield from _versions_outside_the_kernset(read)
    yield from _reviews(read, today)
    yield from _unchecked_examples(read)
    yield from _unused_measures(read)


def _definitions_without_figures(read: ReadKernset) -> Iterator[Finding]:
    for name, definition in read.definitions.items():
        if read.catalogue is None or not set(definition.measure_codes()) <= read.catalogue.measures.keys():
            continue
        lacking = sorted({read.catalogue.dataset_of(code).code for code in definition.measure_codes()} - read.filled)
        if lacking and definition.not_filled is None:
            message = f"is empty, and nobody supplies {', '.join(lacking)}: readers would see no figure and no reason"
            remedy = "write the reason in not_filled, ask the dataset in indicators/uitvraag/, or load its open data"
            yield Finding(Severity.ERROR, f"definitions/{name}", "not_filled", message, remedy)
        if not lacking and definition.not_filled is not None:
            message = "gives a reason why there are no figures, but all its datasets are supplied"
            yield Finding(Severity.WARNING, f"definitions/{name}", "not_filled", message, "write null in a new version")


def _datasets_without_definition(read: ReadKernset) -> Iterator[Finding]:
    used = {code.split(".")[0] for code in read.used_measures}
    for name, uitvraag in read.uitvragen.items():
        for asked in uitvraag.asks:
            if read.catalogue is not None and asked.code not in read.catalogue.datasets:
                message = f"asks {asked.code}, which is in no measures.yaml"
                yield Finding(
                    Severity.ERROR, f"uitvraag/{name}", "asks", message, "add the dataset or correct the code"
                )
            elif asked.code not in used:
                message = f"asks {asked.code}, but no definition uses it: regions count for nothing"
                remedy = f"add a definition that reads it ('jzojp kernset new {asked.code}'), or ask it no longer"
                yield Finding(Severity.WARNING, f"uitvraag/{name}", "asks", message, remedy)


def _versions_outside_the_kernset(read: ReadKernset) -> Iterator[Finding]:
    if read.kernset is None:
        return
    listed = read.kernset.versions()
    retired = {item.indicator for item in retirements(read.ordered_kernsets)}
    newest: dict[str, int] = {}
    for definition in read.definitions.values():
        newest[definition.code] = max(definition.version, newest.get(definition.code, 0))
    for code, version in newest.items():
        if listed.get(code) != version and code not in retired:
            now = f"lists {code}@{listed[code]}" if code in listed else f"does not list {code}"
            message = (
                f"{now}, and there is a definition {code}@{version}: as long as no kernset lists it, it is a draft"
            )
            remedy = f"list {code}@{version} in a next kernset ('jzojp kernset next {code}@{version}')"
            yield Finding(Severity.WARNING, f"kernsets/{read.kernset.version}.yaml", "indicators", message, remedy)


def _reviews(read: ReadKernset, today: date) -> Iterator[Finding]:
    for name, definition in _in_force(read):
        due = review_state(definition, read.reviews).due
        if due < today:
            message = f"was {due}, and today is {today}"
            remedy = (
                "read it again and add what you found to indicators/reviews.yaml; what must change, makes a new version"
            )
            yield Finding(Severity.WARNING, f"definitions/{name}", "review_date", message, remedy)


def _unchecked_examples(read: ReadKernset) -> Iterator[Finding]:
    for name, definition in _in_force(read):
        checker = review_state(definition, read.reviews).checker
        if checker.lower().startswith(NOT_CHECKED):
            message = f"says '{checker}'"
            remedy = "have somebody else repeat the worked example, and add that to indicators/reviews.yaml"
            yield Finding(Severity.NOTE, f"definitions/{name}", "checker", message, remedy)


def _unused_measures(read: ReadKernset) -> Iterator[Finding]:
    for dataset in read.catalogue.datasets.values() if read.catalogue else ():
        unused = [measure.code for measure in dataset.measures if measure.code not in read.used_measures]
        if unused:
            message = f"no definition reads {', '.join(unused)}"
            yield Finding(Severity.NOTE, "measures.yaml", dataset.code, message, "nothing, where it is kept for later")


def _in_force(read: ReadKernset) -> Iterator[tuple[str, IndicatorDefinition]]:
    """The definitions that the kernset lists; all, where it cannot be read."""
    for name, definition in read.definitions.items():
        if read.kernset is None or definition.id in read.kernset.indicators:
            yield name, definition
