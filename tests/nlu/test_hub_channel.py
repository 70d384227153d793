"""The channel between hub and Rasa, as Sanic serves it. Imports Rasa, which takes a while."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace

import httpx
import pytest
import pytest_asyncio
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from bot.nlu.hub_channel import TOKEN_HEADER, HubInput

TOKEN = "rasa-secret"
WEBHOOK = "/webhooks/hub/webhook"


class Bot:
    """Stands where Rasa's agent stands: answers, or fails."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.error: Exception | None = None

    async def handle_message(self, message: UserMessage) -> None:
        if self.error is not None:
            raise self.error
        self.heard.append(message)
        await message.output_channel.send_text_message(message.sender_id, f"听到：{message.text}")


@pytest.fixture(scope="module")
def server() -> Sanic:
    """Sanic with the channel; started once, as it rewrites its own classes when it starts."""
    app = Sanic("rasa_hub_channel", configure_logging=False)
    register([HubInput.from_credentials({"token": TOKEN})], app, "/webhooks/")
    asyncio.run(app._startup())
    return app


@pytest.fixture
def bot(server: Sanic) -> Bot:
    server.ctx.agent = Bot()
    return server.ctx.agent  # type: ignore[no-any-return]


@pytest_asyncio.fixture
async def client(server: Sanic, bot: Bot) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=server)  # type: ignore[arg-type]  # Sanic's types are loose
    async with httpx.AsyncClient(transport=transport, base_url="http://rasa") as made:
        yield made


def body(text: str = "在吗") -> dict[str, object]:
    return {"sender": "c1", "message": text, "metadata": {"message_id": "7"}}


async def test_a_message_is_answered_and_its_id_passed_on(
    client: httpx.AsyncClient, bot: Bot
) -> None:
    response = await client.post(WEBHOOK, json=body(), headers={TOKEN_HEADER: TOKEN})

    assert response.status_code == 200
    assert response.json() == [{"recipient_id": "c1", "text": "听到：在吗"}]
    (message,) = bot.heard
    assert message.metadata == {"message_id": "7"}
    assert message.input_channel == "hub"


@pytest.mark.parametrize("headers", [{}, {TOKEN_HEADER: ""}, {TOKEN_HEADER: "wrong"}])
async def test_without_the_secret_nobody_is_heard(
    client: httpx.AsyncClient, bot: Bot, headers: dict[str, str]
) -> None:
    response = await client.post(WEBHOOK, json=body(), headers=headers)

    assert response.status_code == 401
    assert bot.heard == []


async def test_a_failed_turn_is_told_as_such(client: httpx.AsyncClient, bot: Bot) -> None:
    bot.error = RuntimeError("database is locked")
    response = await client.post(WEBHOOK, json=body(), headers={TOKEN_HEADER: TOKEN})

    assert response.status_code == 503
    assert "locked" not in response.text


@pytest.mark.parametrize("broken", [[], {}, {"sender": "c1"}, {"message": "在吗"}])
async def test_a_body_without_sender_or_message_is_refused(
    client: httpx.AsyncClient, broken: object
) -> None:
    response = await client.post(WEBHOOK, json=broken, headers={TOKEN_HEADER: TOKEN})

    assert response.status_code == 400


@pytest.mark.parametrize("credentials", [None, {}, {"token": ""}, {"token": None}])
@pytest.mark.parametrize("given", ["", "None", TOKEN])
def test_a_channel_without_a_secret_refuses_everybody(
    credentials: dict[str, str] | None, given: str
) -> None:
    channel = HubInput.from_credentials(credentials)
    request = SimpleNamespace(headers={TOKEN_HEADER: given})

    assert isinstance(channel, HubInput)
    assert not channel._is_hub(request)  # type: ignore[arg-type]
