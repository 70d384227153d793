"""The description of the public interface for programs: `data/api/openapi.yml`, as JSON."""

from pathlib import Path

import msgspec
import yaml
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PATH = "/api/openapi.json"


def routes(data_dir: Path) -> list[Route]:
    """Return the one route; the file is read once, when the hub starts."""
    text = (data_dir / "api" / "openapi.yml").read_text(encoding="utf-8")
    content = yaml.load(text, yaml.CSafeLoader)
    body = msgspec.json.encode(content)

    async def show(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    return [Route(PATH, show, methods=["GET"])]
