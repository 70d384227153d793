"""The same message twice at one Rasa: the second waits for the first and hears the same."""

import asyncio
import uuid
from typing import Any

import httpx
import pytest

from bot.nlu.hub_channel import TOKEN_HEADER
from tests.stack import Stack

pytestmark = pytest.mark.model

FIELDS = {"start_business_district": "371581"}


async def say(
    rasa: httpx.AsyncClient, sender: str, text: str, message_id: str, **more: Any
) -> list[dict[str, Any]]:
    body = {"sender": sender, "message": text, "metadata": {"message_id": message_id, **more}}
    answer = await rasa.post("/webhooks/hub/webhook", json=body)
    answer.raise_for_status()
    return [{key: item.get(key) for key in ("text", "buttons", "custom")} for item in answer.json()]


async def test_a_message_that_comes_twice_at_once_moves_the_form_once(stack: Stack) -> None:
    """A hub died, its line is still open, and the next hub says the message again."""
    sender = uuid.uuid4().hex
    headers = {TOKEN_HEADER: stack.rasa_token}
    url = stack.settings.rasa_url
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as rasa:
        await say(rasa, sender, "我想开个饭馆", "1")
        first, second = await asyncio.gather(
            say(rasa, sender, "个体户", "2", fields=FIELDS),
            say(rasa, sender, "个体户", "2", fields=FIELDS),
        )
        later = await say(rasa, sender, "个体户", "2")
        found = await rasa.get(
            f"/conversations/{sender}/tracker", params={"token": stack.rasa_token}
        )

    assert first
    assert second == first
    assert later == first
    heard = [event for event in found.json()["events"] if event["event"] == "user"]
    assert [event["metadata"]["message_id"] for event in heard] == ["1", "2"]
    assert found.json()["slots"]["start_business_district"] == "371581"
