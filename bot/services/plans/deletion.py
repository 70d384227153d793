"""Deleting a saved plan: who sees it no longer does; its owner takes it away from everybody."""

from dataclasses import replace
from datetime import datetime

from bot.domain.plan_errors import PlanChanged
from bot.domain.plan_life import PlanEventKind, PlanLife
from bot.domain.plans import UnknownPlan
from bot.services.plans.life_ports import PlanEvent
from bot.services.ports import OpenUnitOfWork


def delete_plan(
    unit_of_work: OpenUnitOfWork, *, plan_id: int, conversation_id: str, origin: str, now: datetime
) -> PlanLife:
    """Take a plan away from a conversation; from all, with every link, when it is the owner's.

    No reminder and no news are sent any more. The answers stay in the record of the conversation
    until that is deleted; nobody finds them by the plan.

    Args:
        unit_of_work: Opens the transaction.
        plan_id: The plan; the conversation must be one of its readers.
        conversation_id: Who says so.
        origin: Key of the message; the same one again changes nothing.
        now: Aware UTC.

    Raises:
        UnknownPlan: There is none, or the conversation may not see it.
        PlanChanged: Somebody changed the plan in the same moment.
    """
    with unit_of_work() as uow:
        life = uow.plan_lives.of_plan(plan_id)
        if life is None or uow.plan_readers.reader(plan_id, conversation_id) is None:
            raise UnknownPlan
        uow.plan_lives.log(PlanEvent(plan_id, PlanEventKind.DELETED, "", None, origin), now)
        if conversation_id != life.conversation_id:
            uow.plan_readers.revoke(plan_id, conversation_id)
            return life
        uow.plan_readers.revoke(plan_id, None)
        uow.plans.drop_links(plan_id)
        closed = replace(life, is_open=False, phone_tail="", version=life.version + 1)
        if not uow.plan_lives.save(life, closed, now):
            raise PlanChanged
        return closed
