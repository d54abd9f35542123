"""How a result becomes an answer: JSON of a model, or a file to save.

Belongs here: bodies and headers of answers that are no problem. Does not belong here: which result it is.
"""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from pydantic import BaseModel
from starlette.responses import Response

from app.api.operations import JSON


def as_json(model: BaseModel, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None) -> Response:
    """A model as JSON."""
    return Response(model.model_dump_json(), status, headers, JSON)


def as_file(content: bytes, file_name: str, media_type: str) -> Response:
    """Bytes to save under a name (RFC 6266), which a browser never shows as a page."""
    disposition = f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
    return Response(content, headers={"Content-Disposition": disposition}, media_type=media_type)
