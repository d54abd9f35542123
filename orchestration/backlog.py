"""What the publication still lacks, found by comparing it with the ledger.

A pure comparison of what is, cheap enough to ask several times a second; it imports neither SQLMesh nor
Great Expectations.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from indicators.areas import COUNTRY
from indicators.definitions import kernset, released_definitions
from indicators.lock import locked_hashes
from indicators.periods import Period
from orchestration.agreed_paths import all_paths, paths_hash
from orchestration.code_version import code_version
from register.events import Event
from register.home import Home
from register.in_force import batches_in_force
from register.ledger import Ledger
from register.publications import Manifest, ManifestInput, latest, read_manifest


@dataclass(frozen=True)
class Backlog:
    """The difference between what should be published and what the latest publication holds."""

    inputs: frozenset[ManifestInput]
    published: frozenset[ManifestInput]
    definitions_changed: bool
    agreed: str
    """The hash of everything that is agreed and can be followed."""
    is_agreed_changed: bool

    @property
    def is_behind(self) -> bool:
        """Whether a new publication is needed; an empty ledger needs none."""
        return bool(self.changed) or self.definitions_changed or self.is_agreed_changed

    @property
    def changed(self) -> frozenset[ManifestInput]:
        """The inputs that came or went since the latest publication."""
        return self.inputs ^ self.published

    @property
    def cells(self) -> list[tuple[Period, str]]:
        """The cells of landing (period and region) of the changed inputs; open data has none."""
        return sorted({(Period.parse(item.period), item.region) for item in self.changed if item.region != COUNTRY})

    @property
    def digest(self) -> str:
        """One text for what should be published: the same ledger, definitions and code give the same."""
        lines = [code_version(), self.agreed]
        lines += sorted(item.model_dump_json() for item in self.inputs)
        lines += [f"{name} {sha256}" for name, sha256 in sorted(definition_hashes().items())]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def definition_hashes() -> Mapping[str, str]:
    """The SHA-256 of every released definition by its id (`PRE02@1`), and of the kernset in force by its version."""
    locked = locked_hashes(files("indicators").joinpath("definitions"))
    listed = locked_hashes(files("indicators").joinpath("kernsets"))
    released = (validity.definition for validity in released_definitions().values())
    hashes = {item.id: locked[f"{item.code}.v{item.version}.yaml"] for item in released}
    return {**hashes, kernset().version: listed[f"{kernset().version}.yaml"]}


def inputs_in_force(events: Sequence[Event]) -> frozenset[ManifestInput]:
    """Every batch that counts, as a manifest names it."""
    return frozenset(
        ManifestInput(
            number=batch.number,
            region=batch.region_code,
            period=batch.period.code,
            dataset=batch.dataset_code,
            sha256=batch.sha256,
        )
        for batch in batches_in_force(events)
    )


def backlog(home: Home) -> Backlog:
    """Compare the ledger with the latest publication; asking again while both stand still costs a millisecond."""
    return _backlog_at(home.path, Ledger(home).head(), latest(home))


@lru_cache(maxsize=1)
def _backlog_at(path: Path, head: int, publication_id: str | None) -> Backlog:
    home = Home(path)
    manifest = read_manifest(home, publication_id) if publication_id else None
    return compare([event for event in Ledger(home).events() if event.sequence <= head], manifest)


def compare(events: Sequence[Event], manifest: Manifest | None) -> Backlog:
    """Compare events with a publication; without a publication everything is lacking."""
    agreed = paths_hash(all_paths(events))
    return Backlog(
        inputs=inputs_in_force(events),
        published=frozenset(manifest.inputs) if manifest else frozenset(),
        definitions_changed=manifest is not None and dict(manifest.definitions) != dict(definition_hashes()),
        agreed=agreed,
        is_agreed_changed=manifest is not None and manifest.agreed_paths not in {None, agreed},
    )


def latest_manifest(home: Home) -> Manifest | None:
    """The manifest of the latest publication, if there is one."""
    publication_id = latest(home)
    return read_manifest(home, publication_id) if publication_id else None
