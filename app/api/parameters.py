"""What a request may say beside its file: the models of path, query and JSON body, and what is told when they fail.

Belongs here: names, forms and the Dutch words for a wrong one. A parameter that does not exist is refused, because
`?dryrun=true` must not deliver. Does not belong here: what an operation does with them.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Annotated, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, WithJsonSchema

from app.api.problems import ProblemError
from indicators.periods import Period, read_period
from register.event_fields import Reason
from register.templates import TemplateFormat

AnyPeriod: TypeAlias = Annotated[
    Period,
    PlainValidator(lambda text: read_period(str(text))),
    WithJsonSchema({"type": "string", "examples": ["2025Q4"]}),
]
Format: TypeAlias = Annotated[TemplateFormat, WithJsonSchema({"type": "string", "enum": [*TemplateFormat]})]
Number: TypeAlias = Annotated[int, Field(ge=1, lt=2**63, description="The number on the receipt.")]


class Said(BaseModel):
    """What all of them share: an unknown name is an error, and names are checked as they are written."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NoParameters(Said):
    """Nothing may be said."""


class NumberParameters(Said):
    """One submission."""

    number: Number


class PeriodParameters(Said):
    """One period."""

    period: AnyPeriod = Field(description="A quarter, in any usual spelling.")


class ListParameters(Said):
    """Which submissions are listed."""

    period: AnyPeriod | None = Field(default=None, description="Only of this quarter.")


class DeliveryParameters(PeriodParameters):
    """How a file is delivered."""

    file_name: str = Field(
        default="levering", max_length=1_000, description="The name of the file, to show; never used as a path."
    )
    dry_run: bool = Field(default=False, description="Only check; nothing is stored.")
    confirm: Reason | None = Field(
        default=None, description="Confirm at once, with this reason, when the file has only warnings."
    )


class TemplateParameters(PeriodParameters):
    """Which template."""

    format: Format = Field(default=TemplateFormat.XLSX, description="As which kind of file.")


class RequiredReason(Said):
    """Why something is done."""

    reason: Reason


class OptionalReason(Said):
    """Why something is done; null where no reason is asked."""

    reason: Reason | None = None


SaidT = TypeVar("SaidT", bound=Said)


def read_parameters(model: type[SaidT], path: Mapping[str, str], query: Iterable[tuple[str, str]]) -> SaidT:
    """The parameters of a request.

    Raises:
        ProblemError: one is missing, unknown, said twice or wrong; all of them are named.
    """
    given = [*path.items(), *query]
    names = [name for name, _ in given]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _wrong(f"Parameter '{name}' staat er meer dan eens." for name in twice)
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        raise _wrong(_sentences("Parameter", model, error)) from error


def read_json(model: type[SaidT], body: bytes) -> SaidT:
    """The JSON body of a request; an empty body says nothing.

    Raises:
        ProblemError: it is no JSON, or says something that is unknown or wrong.
    """
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise _wrong(_sentences("Veld", model, error)) from error


def _wrong(sentences: Iterable[str]) -> ProblemError:
    return ProblemError(HTTPStatus.BAD_REQUEST, " ".join(sentences))


def _sentences(kind: str, model: type[Said], error: ValidationError) -> Iterable[str]:
    for item in error.errors(include_url=False):
        name = ".".join(str(part) for part in item["loc"][:1])
        match item["type"]:
            case "missing":
                yield f"{kind} '{name}' ontbreekt."
            case "extra_forbidden":
                yield f"{kind} '{name[:50]}' bestaat niet; wel: {', '.join(model.model_fields) or 'geen'}."
            case "json_invalid":
                yield 'Stuur JSON, bijvoorbeeld {"reason": "..."}.'
            case "value_error":
                yield f"{kind} '{name}': {item['ctx']['error']}"
            case "string_too_long" | "string_too_short":
                yield f"{kind} '{name}' is leeg of te lang."
            case _:
                yield f"{kind} '{name}' heeft een waarde die niet kan: {str(item['input'])[:50]!r}."
