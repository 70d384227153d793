"""Invites people to review what is over: one of the loops of the clock."""

import asyncio

import structlog

from bot.domain.case_rules import CaseRules
from bot.domain.danger import DangerWords
from bot.hub.wakeups import DESK, OUTBOX, Wakeups, conversation_topic
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.reviews.invitations import InvitationTexts, invite_all

LOOK_EVERY_S = 300.0
"""Nobody waits for being asked; the news of the case itself come at once."""

log = structlog.get_logger()


async def run_review_invitations(
    unit_of_work: OpenUnitOfWork,
    reading: OpenUnitOfWork,
    wakeups: Wakeups,
    *,
    texts: InvitationTexts,
    rules: CaseRules,
    danger: DangerWords,
    now: Clock,
) -> None:
    """Look until cancelled, first after a pause; several hubs doing so at once invite once."""
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        try:
            told = await asyncio.to_thread(
                invite_all,
                unit_of_work,
                reading,
                texts=texts,
                rules=rules,
                danger=danger,
                now=now(),
            )
            for conversation_id in told:
                wakeups.ring(OUTBOX, DESK, conversation_topic(conversation_id))
        except Exception:  # a database that is away now is back at the next round
            log.exception("review_invitations_failed")
