"""Reviews of released definitions: who read one again, when, and when it is read next.

A definition file is locked once it is released, and says who checked it by then and when it is due. What came after
stands in `reviews.yaml`: a review that changes nothing needs no new version.
Does not belong here: what a definition says (`definition_model.py`), what is overdue (`kernset_gaps.py`).
"""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from indicators.definition_model import IndicatorDefinition
from indicators.yaml_models import StrictModel, read_models


class Review(StrictModel):
    """One reading of one definition version."""

    definition: str = Field(pattern=r"^[A-Z]{3}\d{2}@[1-9]\d*$")
    """Its id: `PRE02@1`."""
    reviewed_on: date
    reviewer: str
    is_example_repeated: bool
    """Whether the reviewer repeated the worked example by hand."""
    remark: str
    """What was found, in Dutch."""
    next_review: date

    @model_validator(mode="after")
    def _next_comes_later(self) -> Self:
        if self.next_review <= self.reviewed_on:
            raise ValueError("next_review comes after reviewed_on")
        return self


class ReviewState(NamedTuple):
    """How a definition version stands now."""

    checker: str
    """Who last repeated the worked example; what the definition says where nobody did since."""
    due: date


@cache
def reviews() -> tuple[Review, ...]:
    """The reviews shipped here, oldest first."""
    return load_reviews(files("indicators").joinpath("reviews.yaml"))


def load_reviews(file: Traversable) -> tuple[Review, ...]:
    """Read reviews, oldest first.

    Raises:
        DefinitionError: an entry breaks the model; every fault of the entry is named.
    """
    return tuple(sorted(read_models(Review, file), key=lambda review: review.reviewed_on))


def review_state(definition: IndicatorDefinition, found: Iterable[Review]) -> ReviewState:
    """Who checked a definition, and when it is due; `found` in order of date."""
    state = ReviewState(definition.checker, definition.review_date)
    for review in found:
        if review.definition == definition.id:
            checker = review.reviewer if review.is_example_repeated else state.checker
            state = ReviewState(checker, review.next_review)
    return state


def faults_of_reviews(found: Iterable[Review], known: Collection[str]) -> list[str]:
    """The reviews of definitions that do not exist."""
    return [
        f"reviews {review.definition}, which does not exist; write CODE@VERSION of a definition"
        for review in found
        if review.definition not in known
    ]
