"""The hub put together: everything that a web application needs to carry messages."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import structlog

from bot.domain.channels import Abilities
from bot.domain.hub_texts import HubTexts
from bot.hub.files import FileSource
from bot.hub.first_try import FirstTry
from bot.hub.inbox import Inbox
from bot.hub.linking import LinkRouter
from bot.hub.outbox import SEND_TIMEOUT, Outbox, Sender
from bot.hub.pages import Pages
from bot.hub.privacy import PrivacyRouter, TurnRouter
from bot.hub.rasa_client import RasaClient
from bot.hub.recent_talks import RecentTalks
from bot.hub.redis_wakeups import RedisWakeups
from bot.hub.router import Router
from bot.hub.switches import SwitchRouter
from bot.hub.talks import TalkRouter
from bot.hub.threads import InThreads
from bot.hub.transcripts import Transcripts
from bot.hub.wakeups import LocalWakeups, Wakeups
from bot.hub.worker import GRACE_S, Worker
from bot.services.conversations.known_talks import AtOnce
from bot.services.conversations.turns import LEASE
from bot.services.learning.model_choices import rasa_place
from bot.services.ports import Clock, OpenUnitOfWork
from bot.settings import BadSetting, Settings

log = structlog.get_logger()
ASK, ELSEWHERE = "ask", "elsewhere"
TEST_LEASE = timedelta(seconds=1)
TEST_SEND_TIMEOUT = timedelta(seconds=10)


@dataclass(frozen=True)
class Hub:
    """The parts of one hub; `run_hub` sets them to work."""

    inbox: Inbox
    transcripts: Transcripts
    wakeups: Wakeups
    rasa: RasaClient
    texts: HubTexts
    files: Mapping[str, FileSource]
    worker: Worker = field(repr=False)
    outbox: Outbox = field(repr=False)
    at_once: AtOnce | None = field(default=None, repr=False)


def build_hub(
    settings: Settings,
    *,
    unit_of_work: OpenUnitOfWork,
    reading: OpenUnitOfWork,
    now: Clock,
    texts: HubTexts,
    senders: Mapping[str, Sender] | None = None,
    channels: Mapping[str, Abilities] | None = None,
    files: Mapping[str, FileSource] | None = None,
    forget: Callable[[str], None] | None = None,
    messages: OpenUnitOfWork | None = None,
    at_once: AtOnce | None = None,
) -> Hub:
    """Build a hub; opens no connection yet.

    Args:
        settings: Where Rasa, the actions and Redis are.
        unit_of_work: Opens transactions.
        reading: Opens those that only read.
        now: The clock.
        texts: What the hub itself says.
        senders: Senders of the push channels that are on, by channel name.
        channels: Abilities of all channels, by name.
        files: Where channels that are on keep what people sent, by channel name.
        forget: Deletes what Rasa remembers of a conversation.
        messages: Opens those of messages and answers; `unit_of_work` when None.
        at_once: Makes those that are one journey; None where there are none.

    Raises:
        BadSetting: It is not clear whether to ask for consent.
    """
    wakeups = _wakeups(settings)
    rasa = _rasa(settings, unit_of_work)
    shared = _Shared(wakeups, now, Pages(), RecentTalks(), at_once)
    router = _router(
        settings, rasa, unit_of_work, reading, wakeups=wakeups, texts=texts, forget=forget, now=now
    )
    worker = _worker(shared, settings, router, unit_of_work, reading, messages=messages)
    return Hub(
        inbox=Inbox(
            beside=InThreads(messages or unit_of_work, 1),
            wakeups=wakeups,
            now=now,
            texts=texts,
            channels=channels,
            hands=worker,
            first=_first_try(shared, texts, channels or {}),
        ),
        transcripts=_transcripts(shared, reading),
        wakeups=wakeups,
        rasa=rasa,
        texts=texts,
        at_once=at_once,
        files=files or {},
        worker=worker,
        outbox=_outbox(
            settings, unit_of_work, senders or {}, channels, wakeups=wakeups, texts=texts, now=now
        ),
    )


def _wakeups(settings: Settings) -> RedisWakeups | LocalWakeups:
    return RedisWakeups(settings.redis_url) if settings.redis_url else LocalWakeups()


@dataclass(frozen=True)
class _Shared:
    """What the parts of a hub share.

    Attributes:
        wakeups: Rung after commits.
        now: The clock.
        pages: New lines for those who wait.
        recent: How conversations were left.
        at_once: Makes the transactions that are one journey; None where there are none.
    """

    wakeups: Wakeups
    now: Clock
    pages: Pages
    recent: RecentTalks
    at_once: AtOnce | None


def _worker(
    shared: _Shared,
    settings: Settings,
    router: TurnRouter,
    unit_of_work: OpenUnitOfWork,
    reading: OpenUnitOfWork,
    *,
    messages: OpenUnitOfWork | None,
) -> Worker:
    return Worker(
        unit_of_work=unit_of_work,
        router=router,
        wakeups=shared.wakeups,
        now=shared.now,
        lease=TEST_LEASE if settings.testing else LEASE,
        grace_s=0.2 if settings.testing else GRACE_S,
        run_id=settings.run_id,
        reading=None if settings.database_url.startswith("postgresql") else reading,
        pages=shared.pages,
        messages=messages,
        at_once=shared.at_once,
        recent=shared.recent,
    )


def _transcripts(shared: _Shared, reading: OpenUnitOfWork) -> Transcripts:
    return Transcripts(
        reading=reading,
        wakeups=shared.wakeups,
        now=shared.now,
        pages=shared.pages,
        at_once=shared.at_once,
    )


def _first_try(
    shared: _Shared, texts: HubTexts, channels: Mapping[str, Abilities]
) -> FirstTry | None:
    if shared.at_once is None:
        return None
    return FirstTry(
        shared.at_once,
        shared.recent,
        now=shared.now,
        danger=texts.danger,
        channels=channels,
        pages=shared.pages,
    )


def _outbox(
    settings: Settings,
    unit_of_work: OpenUnitOfWork,
    senders: Mapping[str, Sender],
    channels: Mapping[str, Abilities] | None,
    *,
    wakeups: Wakeups,
    texts: HubTexts,
    now: Clock,
) -> Outbox:
    return Outbox(
        unit_of_work=unit_of_work,
        senders=senders,
        wakeups=wakeups,
        now=now,
        words=texts.choices,
        channels=channels,
        base_url=settings.base_url,
        send_timeout=TEST_SEND_TIMEOUT if settings.testing else SEND_TIMEOUT,
    )


def _router(
    settings: Settings,
    rasa: RasaClient,
    unit_of_work: OpenUnitOfWork,
    reading: OpenUnitOfWork,
    *,
    wakeups: Wakeups,
    texts: HubTexts,
    forget: Callable[[str], None] | None,
    now: Clock,
) -> TurnRouter:
    """Put around Rasa what is answered before it."""
    talks = TalkRouter(
        Router(rasa, texts),
        texts.talks,
        unit_of_work=unit_of_work,
        reading=reading,
        base_url=settings.base_url,
        now=now,
    )
    answers = SwitchRouter(talks, texts.switches, reading)
    asks = is_asking_consent(settings)
    rights = PrivacyRouter(answers, texts.privacy, reading, forget, is_asking=asks)
    return LinkRouter(rights, texts.linking, unit_of_work=unit_of_work, wakeups=wakeups, now=now)


def _rasa(settings: Settings, unit_of_work: OpenUnitOfWork) -> RasaClient:
    return RasaClient(
        rasa_url=settings.rasa_url,
        rasa_token=settings.rasa_token,
        actions_url=settings.actions_url,
        turn_timeout_s=settings.turn_timeout_s,
        where=partial(rasa_place, unit_of_work, settings.run_id) if settings.run_id else None,
    )


def is_asking_consent(settings: Settings) -> bool:
    """Tell whether people are asked here, or by another page; raises `BadSetting`."""
    if settings.consent not in {ASK, ELSEWHERE}:
        raise BadSetting(f"XIAOER_CONSENT: expected {ASK} or {ELSEWHERE}")
    return settings.consent == ASK


@asynccontextmanager
async def run_hub(hub: Hub) -> AsyncIterator[None]:
    """Keep the worker, the outbox and the wake-ups running within the block."""
    tasks = [
        asyncio.create_task(job.run(), name=type(job).__name__)
        for job in (hub.wakeups, hub.worker, hub.outbox)
    ]
    for task in tasks:
        task.add_done_callback(_report)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await hub.rasa.close()
        if hub.at_once is not None:
            await hub.at_once.close()


def _report(task: "asyncio.Task[None]") -> None:
    # each of them is made to go on whatever happens; should one end, staff must hear of it
    if not task.cancelled() and task.exception() is not None:
        log.critical("hub_task_died", task=task.get_name(), error=repr(task.exception()))
