"""The terminal talks over the web chat API, as a channel of its own."""

import httpx

from bot.bootstrap import App
from bot.domain.deliveries import PULLED_CHANNELS
from tests.channels.web.test_chat_api import read_answer, send
from tests.fake_rasa import FakeRasa

BUTTONS = [{"title": "个体户", "payload": "/affirm"}, {"title": "公司", "payload": "/deny"}]


async def open_terminal(client: httpx.AsyncClient) -> dict[str, str]:
    opened = await client.post("/api/chat/conversations", json={"channel": "terminal"})
    assert opened.status_code == 201
    client.cookies.clear()
    return {"Authorization": f"Bearer {opened.json()['token']}"}


async def test_a_number_presses_the_button_that_it_stands_for(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.answer = lambda text: [{"text": text, "buttons": BUTTONS}] if text == "开店" else []
    headers = await open_terminal(client)
    asked = await send(client, headers, client_id="1", text="开店")
    await read_answer(client, headers, after=asked.json()["message_id"])
    answered = await send(client, headers, client_id="2", text="第二个")
    page = await read_answer(client, headers, after=answered.json()["message_id"] - 1)

    assert rasa.texts == ["开店", "/deny"]
    assert page["messages"][0]["text"] == "公司", "the transcript shows what was meant"


async def test_a_number_after_an_answer_without_choices_is_only_a_number(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.answer = lambda text: [{"text": text, "buttons": BUTTONS if text == "开店" else []}]
    headers = await open_terminal(client)
    for number, text in enumerate(("开店", "几个人", "2")):
        said = await send(client, headers, client_id=str(number), text=text)
        await read_answer(client, headers, after=said.json()["message_id"])

    assert rasa.texts == ["开店", "几个人", "2"]


async def test_on_the_web_a_number_stays_a_number(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.answer = lambda text: [{"text": text, "buttons": BUTTONS}]
    opened = await client.post("/api/chat/conversations")
    client.cookies.clear()
    headers = {"Authorization": f"Bearer {opened.json()['token']}"}
    for number, text in enumerate(("开店", "2")):
        said = await send(client, headers, client_id=str(number), text=text)
        await read_answer(client, headers, after=said.json()["message_id"])

    assert rasa.texts == ["开店", "2"]


async def test_a_channel_that_is_not_fetched_cannot_be_opened_here(
    client: httpx.AsyncClient, app: App
) -> None:
    assert "telegram" not in PULLED_CHANNELS
    for body in (b'{"channel": "telegram"}', b'{"channel": 7}', b"{", b"[]"):
        refused = await client.post("/api/chat/conversations", content=body)
        assert refused.status_code in {400, 422}
        assert refused.json()["error"]["code"] == "bad_request"
