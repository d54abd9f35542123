"""How YAML files become models: frozen, strict, and an unknown field is an error.

A YAML document is passed on as JSON, because pydantic's strict JSON mode knows that a list may be a tuple and
a text an enum member, and converts nothing else: `"1"` is no number and `yes` written as text is no boolean.
Does not belong here: any particular file or model.
"""

import json
from datetime import date
from importlib.resources.abc import Traversable
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator, ValidationError

from indicators.errors import DefinitionError
from indicators.periods import Period

ModelT = TypeVar("ModelT", bound="StrictModel")

WrittenPeriod = Annotated[Period, PlainValidator(lambda code: Period.parse(str(code))), PlainSerializer(str)]
"""A period that YAML and JSON write as its code."""


class StrictModel(BaseModel):
    """Base of everything read from YAML."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


def read_model(model: type[ModelT], file: Traversable) -> ModelT:
    """Read a file that holds one model.

    Raises:
        DefinitionError: the file is not YAML or breaks the model; every fault is named.
    """
    return _validated(model, _document(file), file.name)


def read_models(model: type[ModelT], file: Traversable) -> tuple[ModelT, ...]:
    """Read a file that holds a list of models.

    Raises:
        DefinitionError: the file is not a YAML list or an entry breaks the model; every fault of the entry is named.
    """
    entries = _document(file)
    if not isinstance(entries, list):
        raise DefinitionError(f"{file.name} must hold a list, not {type(entries).__name__}")
    return tuple(_validated(model, entry, f"{file.name}, entry {n}") for n, entry in enumerate(entries, start=1))


def _document(file: Traversable) -> object:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{file.name} is not YAML in UTF-8: {error}") from error


def _validated(model: type[ModelT], document: object, place: str) -> ModelT:
    try:
        return model.model_validate_json(json.dumps(document, default=_as_json))
    except ValidationError as error:
        raise DefinitionError(f"{place}: {error}") from error


def _as_json(value: object) -> str:
    """YAML's only scalar that JSON lacks is the date."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
