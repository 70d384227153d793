"""New lines reach who waits without a look at the database, and never in place of others."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any

import pytest

from bot.domain.conversations import Author, Message, Owner, TranscriptPage
from bot.hub.pages import FreshPage, Pages
from bot.hub.transcripts import Transcripts
from bot.hub.wakeups import LocalWakeups, conversation_topic
from bot.services.ports import UnitOfWork
from tests.hub.conftest import Scene

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=timezone.utc)


def fresh(follows: int) -> FreshPage:
    line = Message(follows + 1, "c1", Author.BOT, "好", NOW)
    return FreshPage(follows, TranscriptPage((line,), Owner.BOT, busy=False))


class Counted:
    """Opens real transactions and counts them."""

    def __init__(self, reading: Any) -> None:
        self._reading = reading
        self.opened = 0

    @contextmanager
    def open(self) -> Iterator[UnitOfWork]:
        self.opened += 1
        with self._reading() as unit:
            yield unit


@pytest.mark.parametrize(("has", "looks"), [(1, 1), (0, 2)])
async def test_a_page_is_taken_by_who_has_all_before_it(scene: Scene, has: int, looks: int) -> None:
    await scene.say("在吗")
    pages, wakeups = Pages(), LocalWakeups()
    counted = Counted(scene.unit_of_work)
    transcripts = Transcripts(reading=counted.open, wakeups=wakeups, pages=pages)
    name = scene.conversation_id
    waiting = asyncio.ensure_future(transcripts.wait(name, after=max(has, 1), wait_s=0.3))
    while not counted.opened:  # noqa: ASYNC110 - nothing rings for a first look
        await asyncio.sleep(0)
    pages.hand_out(name, fresh(has))
    wakeups.ring(conversation_topic(name))
    page = await waiting

    assert bool(page.messages) is (has == 1)
    assert counted.opened >= looks
    assert (counted.opened == 1) is (has == 1)


def test_a_page_is_given_once_and_only_to_those_who_wait() -> None:
    pages = Pages()
    pages.hand_out("c1", fresh(1))  # nobody there
    with pages.reader("c1") as slot, pages.reader("c2") as other:
        assert slot.take(1) is None
        pages.hand_out("c1", fresh(1))
        assert other.take(1) is None
        assert slot.take(1) is not None
        assert slot.take(1) is None
    assert not pages._slots
