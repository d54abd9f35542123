"""The OpenAPI 3.1 document of the API, made from the operations and the models of what they take and give.

Belongs here: how an operation is written down for a machine. Does not belong here: what is true of one operation only.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from app.api.operations import BYTES, JSON, PREFIX, Answer, Operation
from app.api.problems import MEDIA_TYPE, Problem, title_of

Document: TypeAlias = dict[str, Any]
_SCHEMAS: Final = "#/components/schemas/"
_SCHEME: Final = "token"
_INTRODUCTION: Final = (
    "Deliver figures to the JZOJP monitor from a region's own system. Every request needs a token of the region; the "
    "texts in answers are Dutch. A file that is judged gets a receipt, also when it is rejected: read `outcome`."
)


def document(operations: Sequence[Operation]) -> Document:
    """The whole document, as JSON can hold it."""
    paths: dict[str, Document] = {}
    for operation in operations:
        paths.setdefault(f"{PREFIX}{operation.path}", {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "JZOJP-monitor: aanleveren", "version": "1", "description": _INTRODUCTION},
        "security": [{_SCHEME: []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(operations),
            "securitySchemes": {_SCHEME: {"type": "http", "scheme": "bearer", "description": "A token of a region."}},
        },
    }


def _operation(operation: Operation) -> Document:
    said: Document = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": list(_parameters(operation)),
        "responses": {str(answer.status.value): _answer(answer) for answer in operation.answers}
        | {str(status.value): _problem(title_of(status)) for status in operation.all_problems},
    }
    if operation.takes_file or operation.body:
        said["requestBody"] = {"required": operation.is_body_required, "content": _body(operation)}
    return said


def _parameters(operation: Operation) -> Iterator[Document]:
    schema = operation.said.model_json_schema()
    for name, form in schema.get("properties", {}).items():
        is_in_path = f"{{{name}}}" in operation.path
        yield {
            "name": name,
            "in": "path" if is_in_path else "query",
            "required": is_in_path or name in schema.get("required", ()),
            "description": form["description"],
            "schema": _without_null(form),
        }


def _without_null(form: Document) -> Document:
    """The schema of one value: what is left out of a query is not sent as null."""
    kept = {name: value for name, value in form.items() if name not in {"title", "description", "anyOf"}}
    if kept.get("default", "") is None:
        del kept["default"]
    choices = [choice for choice in form.get("anyOf", ()) if choice.get("type") != "null"]
    return kept | (choices[0] if choices else {})


def _body(operation: Operation) -> Document:
    return {JSON: {"schema": _reference(operation.body)}} if operation.body else {BYTES: {"schema": {}}}


def _answer(answer: Answer) -> Document:
    if answer.model is None:
        return {"description": answer.description, "content": {kind: {"schema": {}} for kind in answer.media_types}}
    content: Document = {"schema": _reference(answer.model)}
    if answer.example is not None:
        content["example"] = answer.example.model_dump(mode="json")
    return {"description": answer.description, "content": {JSON: content}}


def _problem(title: str) -> Document:
    return {"description": title, "content": {MEDIA_TYPE: {"schema": _reference(Problem)}}}


def _reference(model: type[BaseModel]) -> Document:
    return {"$ref": f"{_SCHEMAS}{model.__name__}"}


def _schemas(operations: Sequence[Operation]) -> Mapping[str, Any]:
    sent = {operation.body for operation in operations if operation.body}
    given: set[type[BaseModel]] = {Problem}
    given |= {answer.model for operation in operations for answer in operation.answers if answer.model}
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(model, "validation") for model in sent]
    models += [(model, "serialization") for model in given]
    _, definitions = models_json_schema(models, ref_template=f"{_SCHEMAS}{{model}}")
    return dict(sorted(definitions["$defs"].items()))
