"""`docs/api.md` says what the code does."""

import json
import re

from starlette.routing import Route

from bot.asgi import create_app
from bot.bootstrap import build
from bot.channels.web.routes import COOKIE, MAX_WAIT_S
from bot.domain.conversations import MAX_TEXT_LENGTH
from bot.domain.hub_texts import ERROR_CODES
from bot.services.conversations.conversations import MAX_MESSAGES_PER_WINDOW, PAGE_SIZE
from bot.settings import ROOT, Settings

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
DOCUMENTED = ("/api/chat/", "/healthz", "/readyz")


def test_every_route_is_documented_and_every_documented_one_exists() -> None:
    web = create_app(build(Settings(database_url="sqlite://")))
    there = {
        f"{method} {route.path}"
        for route in web.routes
        if isinstance(route, Route) and route.path.startswith(DOCUMENTED)
        for method in route.methods or ()
        if method != "HEAD"
    }

    assert set(re.findall(r"^### `([A-Z]+ [^`?]+)", TEXT, re.MULTILINE)) == there


def test_every_error_code_is_documented() -> None:
    assert set(re.findall(r"^\| `([a-z_]+)` \|", TEXT, re.MULTILINE)) == ERROR_CODES


def test_the_limits_are_the_ones_in_the_code() -> None:
    for fact in (
        f"1 to {MAX_TEXT_LENGTH:,} characters",
        f"at most {PAGE_SIZE};",
        f"at most {MAX_WAIT_S:.0f})",
        f"more than {MAX_MESSAGES_PER_WINDOW} new messages within 10 seconds",
        f"the cookie `{COOKIE}`",
    ):
        assert fact in TEXT


def test_every_example_is_json() -> None:
    examples = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)

    assert len(examples) >= 6
    for example in examples:
        json.loads(example)
