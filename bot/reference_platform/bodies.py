"""Bodies of the reference platform's requests and answers, and its refusals."""

import json
from typing import Any

from starlette.responses import Response


class Refused(Exception):
    """A request that the contract refuses."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def read_object(body: bytes) -> dict[str, Any]:
    """Return the object that a body holds.

    Raises:
        Refused: It holds none.
    """
    try:
        content = json.loads(body)
    except ValueError:
        raise Refused(422, "json") from None
    if not isinstance(content, dict):
        raise Refused(422, "json")
    return content


def read_text(wanted: dict[str, Any], name: str) -> str:
    """Return a text of an object.

    Raises:
        Refused: There is none.
    """
    value = wanted.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(422, name)
    return value


def json_answer(status: int, content: object) -> Response:
    """Return an answer that nobody signs."""
    body = json.dumps(content, ensure_ascii=False)
    return Response(body, status_code=status, media_type="application/json")
