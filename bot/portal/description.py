"""The description of the public interface for programs: `data/api/openapi.yml`, as JSON."""

from pathlib import Path

import msgspec
import yaml
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.store.read_once import read_files_once

PATH = "/api/openapi.json"


def routes(data_dir: Path) -> list[Route]:
    """Return the one route; the file is read once, when the hub starts."""
    body = _description(data_dir)

    async def show(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    return [Route(PATH, show, methods=["GET"])]


@read_files_once("api/openapi.yml")
def _description(data_dir: Path) -> bytes:
    file = data_dir / "api" / "openapi.yml"
    return msgspec.json.encode(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
