import httpx
import pytest
from starlette.responses import PlainTextResponse

from bot.web_guard import SECURITY_HEADERS, SecurityHeaders


@pytest.mark.parametrize("is_https", [True, False])
async def test_browsers_are_told_to_stay_with_https_where_it_is_used(is_https: bool) -> None:
    guarded = SecurityHeaders(PlainTextResponse("ok"), is_https=is_https)
    transport = httpx.ASGITransport(guarded)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        headers = (await http.get("/")).headers

    assert ("strict-transport-security" in headers) is is_https
    assert {name for name in SECURITY_HEADERS if name not in headers} == set()
