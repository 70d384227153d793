"""Opening a plan in another conversation: by its number and proof, or by its link."""

import re
import unicodedata
from datetime import datetime

from bot.domain.identity import TAIL_LENGTH, compact, proves
from bot.domain.plan_errors import NotLive
from bot.domain.plan_life import PlanEventKind, PlanLife
from bot.domain.plans import UnknownPlan, token_hash
from bot.services.operating.numbers import (
    FULL_WIDTH,
    LONGEST_RUNNING_NUMBER,
    MIN_DIGITS,
    NumberKind,
)
from bot.services.plans.life_ports import PlanEvent
from bot.services.ports import OpenUnitOfWork
from bot.services.privacy.identity import judge

LINK = re.compile(r"[/／]plans/([A-Za-z0-9_-]{20,64})")
"""A typed text that begins with a stroke reaches us with a full-width one."""

NUMBER = re.compile(
    rf"(?<![A-Z]){NumberKind.PLAN.value}[\s\-:：号]*(\d{{8}})[\s\-]*"
    rf"(\d{{1,{LONGEST_RUNNING_NUMBER}}})(?!\d)"
)


def normalise_plan_number(text: str) -> str | None:
    """Return the plan number in `text` as it is written, or None; "fa 20261123 1" is understood."""
    plain = unicodedata.normalize("NFKC", text.translate(FULL_WIDTH)).upper()
    found = NUMBER.search(plain)
    if not found:
        return None
    day, running = found.groups()
    return f"{NumberKind.PLAN.value}-{day}-{int(running):0{MIN_DIGITS}d}"


def link_token(text: str) -> str | None:
    """Return the secret of a plan's link that stands in `text`, or None."""
    found = LINK.search(text)
    return found.group(1) if found else None


def open_plan(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    tail: str,
    conversation_id: str,
    now: datetime,
) -> PlanLife:
    """Let a conversation see a plan by its number and the last digits of the telephone left for it.

    Raises:
        NotVerified: No such number, no telephone was left, or other digits: the same for all.
        TooManyTries: Three failures in this conversation, or twenty for this number.
    """
    given = compact(tail)[-TAIL_LENGTH:]
    with unit_of_work() as uow:
        life = uow.plan_lives.by_number(number)
        is_proven = proves(given, [life.phone_tail] if life and life.phone_tail else [])
        verdict = judge(
            uow,
            conversation_id=conversation_id,
            number=number,
            is_proven=is_proven,
            now=now,
        )
        if verdict.error is None and life is not None:
            uow.plan_readers.grant(life.plan_id, conversation_id, now)
            event = PlanEvent(life.plan_id, PlanEventKind.OPENED, conversation_id, None, None)
            uow.plan_lives.log(event, now)
    if verdict.error is not None or life is None:
        raise verdict.error or UnknownPlan
    return life


def open_plan_by_link(
    unit_of_work: OpenUnitOfWork, *, token: str, conversation_id: str, now: datetime
) -> PlanLife:
    """Let a conversation see a plan by the secret of its link.

    Raises:
        UnknownPlan: No plan lies under this link.
        NotLive: The plan was saved before plans could be followed.
    """
    with unit_of_work() as uow:
        plan = uow.plans.by_token_hash(token_hash(token))
        life = uow.plan_lives.of_plan(plan.id)
        if life is None:
            raise NotLive
        uow.plan_readers.grant(plan.id, conversation_id, now)
        event = PlanEvent(plan.id, PlanEventKind.OPENED, conversation_id, None, None)
        uow.plan_lives.log(event, now)
        return life
