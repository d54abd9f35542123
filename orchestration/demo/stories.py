"""The stories that a reviewer can find in the demo, and nothing about how files are made.

One dataclass per kind of story, one line per story in `STORIES`; docs/demo.md tells them to readers and a
test holds the two together. Time is counted in quarters before the last one of the demo.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class CourseStory:
    """A region whose indicator follows a set course instead of wandering around the country.

    `points` are (quarters ago, level in the unit of the definition, on a yearly basis), oldest first, with
    straight lines between them.
    """

    title: str
    region_code: str
    dataset_code: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class MissingQuarter:
    """A region that delivered nothing for one quarter."""

    title: str
    region_code: str
    quarters_ago: int


@dataclass(frozen=True)
class RejectedFile:
    """A first file with several faults, followed by the right one for the same region and quarter."""

    title: str
    region_code: str
    quarters_ago: int


@dataclass(frozen=True)
class Correction:
    """A file that counts one gemeente twice, and a later one that replaces it after the first publication."""

    title: str
    region_code: str
    quarters_ago: int
    dataset_code: str
    gemeente_code: str


@dataclass(frozen=True)
class ProvisionalQuarter:
    """A region that calls one quarter provisional."""

    title: str
    region_code: str
    quarters_ago: int


@dataclass(frozen=True)
class SmallGemeenten:
    """Gemeenten so small that their counts are hidden on publication; nothing is done for it."""

    title: str
    gemeente_codes: tuple[str, ...]
    dataset_code: str


FileStory: TypeAlias = MissingQuarter | RejectedFile | Correction | ProvisionalQuarter
Story: TypeAlias = CourseStory | FileStory | SmallGemeenten

STORIES: Sequence[Story] = (
    CourseStory("stagneert: op koers naar 14 %, daarna vlak", "ZK22", "PRE02", ((19, 7.3), (9, 10.9), (0, 10.9))),
    CourseStory("verbetert: minder wachtenden boven de norm", "ZK09", "GGZ03", ((19, 39.0), (0, 24.0))),
    CourseStory("verslechtert: steeds meer SEH-bezoeken", "ZK31", "OUD01", ((19, 285.0), (9, 290.0), (0, 345.0))),
    MissingQuarter("een kwartaal niet aangeleverd", "ZK24", 7),
    RejectedFile("eerst afgekeurd, daarna goed aangeleverd", "ZK20", 0),
    Correction("een gemeente telde dubbel en is later gecorrigeerd", "ZK06", 1, "PRE02", "GM0106"),
    ProvisionalQuarter("laatste kwartaal voorlopig", "ZK27", 0),
    SmallGemeenten("kleine gemeenten: 1 tot en met 9 wordt afgeschermd", ("GM0088", "GM0096", "GM0277"), "PRE02"),
)


def course_story(region_code: str, dataset_code: str) -> CourseStory | None:
    """The set course of a region's dataset, if it has one."""
    named = (region_code, dataset_code)
    courses = (story for story in STORIES if isinstance(story, CourseStory))
    return next((story for story in courses if (story.region_code, story.dataset_code) == named), None)


def file_story(region_code: str, quarters_ago: int) -> FileStory | None:
    """What is special about the delivery of a region for one quarter, if anything."""
    for story in STORIES:
        if isinstance(story, FileStory) and (story.region_code, story.quarters_ago) == (region_code, quarters_ago):
            return story
    return None
