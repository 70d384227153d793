"""The desk inside the whole web application: what an agent does is what the applicant sees."""

from dataclasses import replace

import httpx
from sqlalchemy.engine import Engine

from bot.asgi import create_app
from bot.domain.conversations import Owner, Reply, TurnOutcome
from tests.desk.conftest import ORIGIN, login
from tests.desk_cast import Cast, FakeClock
from tests.desk_server import build_app


async def test_an_applicant_of_the_web_chat_and_an_agent_talk_to_each_other(
    sqlite_engine: Engine,
) -> None:
    app = build_app(sqlite_engine, FakeClock())
    web = create_app(replace(app, settings=replace(app.settings, testing=True)))
    cast = Cast(app.unit_of_work)
    cast.agent()
    transport = httpx.ASGITransport(app=web)
    async with (
        httpx.AsyncClient(transport=transport, base_url=ORIGIN) as page,
        httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"origin": ORIGIN}) as desk,
    ):
        opened = (await page.post("/api/chat/conversations")).json()
        page.headers["authorization"] = f"Bearer {opened['token']}"
        sent = {"client_id": "c1", "text": "我要找人工"}
        assert (await page.post("/api/chat/messages", json=sent)).status_code == 202
        cast.turn(TurnOutcome(replies=(Reply("请稍候"),), owner=Owner.WAITING))

        await login(desk, "hanmeimei")
        address = f"/desk/api/conversations/{opened['conversation_id']}"
        assert (await desk.post(f"{address}/claim")).status_code == 200
        words = {"text": "您好，我是韩梅梅", "client_id": "0123456789"}
        assert (await desk.post(f"{address}/reply", json=words)).status_code == 200
        seen = (await page.get("/api/chat/messages")).json()
        await page.post("/api/chat/messages", json={"client_id": "c2", "text": "您好"})
        transcript = (await desk.get(address)).json()["messages"]

    assert seen["owner"] == "agent"
    assert [(line["author"], line["text"]) for line in seen["messages"]][-1] == (
        "agent",
        "您好，我是韩梅梅",
    )
    assert any("客服韩梅梅已接入" in line["text"] for line in seen["messages"])
    assert transcript.index("我要找人工") < transcript.index("我是韩梅梅")
    assert transcript.rindex(">您好<") > transcript.index("我是韩梅梅")
