"""The OpenAPI document of the API says what the API does, and nothing else; so do the page and docs/api.md."""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from app.api import guide
from app.api.application import OPERATIONS, api_routes
from app.api.openapi import document
from app.api.operations import PREFIX
from app.api.parameters import DeliveryParameters
from register.home import Home
from tests.support_asgi import Client

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
DOCUMENT = document(OPERATIONS)
UNDOCUMENTED = {f"{PREFIX}/", f"{PREFIX}/openapi.json"}
_METHODS = ["get", "post"]
_TEXT = {"type": "string", "minLength": 1}
_CONTENT = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {
        "type": "object",
        "required": ["schema"],
        "properties": {"schema": {"type": "object"}, "example": {"type": "object"}},
        "additionalProperties": False,
    },
}
_OPERATION = {
    "type": "object",
    "required": ["operationId", "summary", "parameters", "responses"],
    "properties": {
        "operationId": {"type": "string", "pattern": "^[a-z_]+$"},
        "summary": _TEXT,
        "parameters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "in", "required", "description", "schema"],
                "properties": {
                    "name": _TEXT,
                    "in": {"enum": ["query", "path"]},
                    "required": {"type": "boolean"},
                    "description": _TEXT,
                    "schema": {"type": "object", "required": ["type"]},
                },
                "additionalProperties": False,
                "if": {"properties": {"in": {"const": "path"}}},
                "then": {"properties": {"required": {"const": True}}},
            },
        },
        "requestBody": {
            "type": "object",
            "required": ["required", "content"],
            "properties": {"required": {"type": "boolean"}, "content": _CONTENT},
            "additionalProperties": False,
        },
        "responses": {
            "type": "object",
            "propertyNames": {"pattern": "^[2345][0-9]{2}$"},
            "additionalProperties": {
                "type": "object",
                "required": ["description", "content"],
                "properties": {"description": _TEXT, "content": _CONTENT},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
OPENAPI_AS_WE_USE_IT = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["openapi", "info", "security", "paths", "components"],
    "properties": {
        "openapi": {"const": "3.1.0"},
        "info": {"type": "object", "required": ["title", "version"], "additionalProperties": _TEXT},
        "security": {"const": [{"token": []}]},
        "paths": {
            "type": "object",
            "propertyNames": {"pattern": "^/"},
            "additionalProperties": {
                "type": "object",
                "properties": dict.fromkeys(_METHODS, _OPERATION),
                "additionalProperties": False,
            },
        },
        "components": {
            "type": "object",
            "required": ["schemas", "securitySchemes"],
            "properties": {
                "schemas": {"additionalProperties": {"type": "object"}},
                "securitySchemes": {
                    "properties": {"token": {"properties": {"type": {"const": "http"}, "scheme": {"const": "bearer"}}}},
                    "required": ["token"],
                },
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
"""The part of OpenAPI 3.1 that the document uses (its own schema is not on this machine)."""


def documented() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            yield path, method.upper(), operation


def routes(found: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Address and method of everything that the site carries for the API, redirects to the page left out."""
    for route in found:
        if isinstance(route, Mount):
            yield from routes(route.routes or list(inner(route)), before + route.path)
        elif isinstance(route, Route) and before:
            yield from ((before + route.path, method) for method in route.methods or () if method != "HEAD")


def inner(mount: Mount) -> list[BaseRoute]:
    """The routes behind the wrapper that guards every answer."""
    application = mount.app._app  # type: ignore[attr-defined]
    assert isinstance(application, Starlette)
    return application.routes


def references(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        yield from (value for key, value in part.items() if key == "$ref")
        yield from (found for value in part.values() for found in references(value))
    elif isinstance(part, list):
        yield from (found for value in part for found in references(value))


def test_the_document_is_openapi_and_its_schemas_are_json_schema() -> None:
    Draft202012Validator(OPENAPI_AS_WE_USE_IT).validate(json.loads(json.dumps(DOCUMENT)))
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for _, _, operation in documented():
        for parameter in operation["parameters"]:
            Draft202012Validator.check_schema(parameter["schema"])


def test_every_reference_leads_somewhere_and_every_schema_is_used() -> None:
    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert set(references(DOCUMENT)) == known


def test_every_route_is_documented_and_the_other_way_round(tmp_path: Path) -> None:
    served = {place for place in routes(api_routes(Home(tmp_path))) if place[0] not in UNDOCUMENTED}
    assert served == {(path, method) for path, method, _ in documented()}


def test_names_of_operations_are_unique_and_parameters_of_paths_are_there() -> None:
    names = [operation["operationId"] for _, _, operation in documented()]
    assert len(names) == len(set(names))
    for path, _, operation in documented():
        in_path = {item["name"] for item in operation["parameters"] if item["in"] == "path"}
        assert in_path == set(re.findall(r"\{([a-z]+)\}", path))


def test_examples_are_what_their_schema_says() -> None:
    checked = 0
    for _, _, operation in documented():
        for response in operation["responses"].values():
            for content in response["content"].values():
                if "example" in content:
                    schema = {**content["schema"], "components": DOCUMENT["components"]}
                    Draft202012Validator(schema).validate(content["example"])
                    checked += 1
    assert checked == sum(answer.model is not None for operation in OPERATIONS for answer in operation.answers)


@pytest.mark.parametrize("status", [400, 401, 500])
def test_every_operation_tells_its_problems(status: int) -> None:
    for _, _, operation in documented():
        assert "application/problem+json" in operation["responses"][str(status)]["content"]


def test_parameters_come_from_the_model_that_reads_them() -> None:
    operation = DOCUMENT["paths"]["/api/v1/deliveries"]["post"]
    assert [item["name"] for item in operation["parameters"]] == list(DeliveryParameters.model_fields)
    assert [item["name"] for item in operation["parameters"] if item["required"]] == ["period"]


def test_the_document_and_the_page_need_no_token(tmp_path: Path) -> None:
    client = Client(Starlette(routes=api_routes(Home(tmp_path / "var"))), {})
    assert client.get(f"{PREFIX}/openapi.json").json == json.loads(json.dumps(DOCUMENT))
    page = client.get(f"{PREFIX}/")
    assert page.content.decode() == guide.text()
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert client.get("/api/v1").headers["location"] == f"{PREFIX}/"
    assert not (tmp_path / "var").exists()


def test_the_page_names_every_operation_and_asks_nothing_from_elsewhere() -> None:
    named = set(re.findall(r"<code>(GET|POST) ([^<?]+)</code>", guide.text()))
    assert named == {(method, path) for path, method, _ in documented()}
    assert not re.search(r"(src|href)=\"(https?:)?//|<script|url\(", guide.text())


def test_docs_name_every_operation() -> None:
    text = DOCS.read_text("utf-8")
    named = {(method, path.replace("12", "{number}").replace("2025Q4", "{period}"))
             for method, path in re.findall(r"`(GET|POST) (/[a-z0-9Q/]+)", text)}  # fmt: skip
    named.add(("POST", "/deliveries"))
    assert named == {(method, path.removeprefix(PREFIX)) for path, method, _ in documented()}


def test_page_and_docs_name_every_status_of_a_problem() -> None:
    statuses = {status for operation in OPERATIONS for status in operation.all_problems}
    text = DOCS.read_text("utf-8")
    assert [status for status in sorted(statuses) if str(HTTPStatus(status).value) not in text] == []
