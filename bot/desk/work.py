"""What an agent does beyond answering: pass on, put aside, note, send, ask who it is."""

from datetime import datetime, timezone
from typing import Any

from starlette.requests import Request

from bot.desk.bodies import (
    FilterBody,
    IdentifyBody,
    NoteBody,
    Nothing,
    ReasonBody,
    SnoozeBody,
    StateBody,
    TransferBody,
)
from bot.desk.context import Desk
from bot.desk.errors import BadRequest
from bot.domain.conversations import Owner
from bot.domain.desk_errors import UnknownColleague
from bot.domain.desk_work import HELP_DESK
from bot.domain.people import Agent
from bot.services.desk import moves as desk_moves
from bot.services.desk import notes as desk_notes
from bot.services.desk import oversight as desk_oversight
from bot.services.desk import presence as desk_presence
from bot.services.desk import sending as desk_sending
from bot.services.operating.numbers import normalise_case_number


def transfer(desk: Desk, request: Request, agent: Agent, body: TransferBody) -> dict[str, Any]:
    """转接."""
    conversation_id = request.path_params["conversation_id"]
    if body.agent_id is not None and _is_of_another(desk, agent, conversation_id):
        desk_oversight.reassign(
            desk.unit_of_work,
            conversation_id=conversation_id,
            agent_id=agent.id,
            to_agent_id=body.agent_id,
            reason=body.reason,
            now=desk.now(),
            texts=desk.texts,
        )
        return {"is_staffed": True}
    if body.agent_id is not None:
        desk_moves.transfer_to_colleague(
            desk.unit_of_work,
            conversation_id=conversation_id,
            agent_id=agent.id,
            to_agent_id=body.agent_id,
            reason=body.reason,
            now=desk.now(),
            texts=desk.texts,
        )
        return {"is_staffed": True}
    department = desk.catalogue.departments.get(body.department_id or HELP_DESK)
    if body.department_id is None or (body.department_id != HELP_DESK and department is None):
        raise UnknownColleague
    is_staffed = desk_moves.transfer_to_department(
        desk.unit_of_work,
        conversation_id=conversation_id,
        agent_id=agent.id,
        department_id=body.department_id,
        department_name=department.name if department else desk.vocabulary.help_desk,
        reason=body.reason,
        now=desk.now(),
        texts=desk.texts,
    )
    return {"is_staffed": is_staffed}


def _is_of_another(desk: Desk, agent: Agent, conversation_id: str) -> bool:
    """Tell whether a supervisor passes on what somebody else holds, or what waits."""
    if not agent.oversees:
        return False
    with desk.unit_of_work() as unit:
        return unit.conversations.get(conversation_id).agent_id != agent.id


def ask_supervisor(desk: Desk, request: Request, agent: Agent, body: ReasonBody) -> dict[str, Any]:
    """请主管."""
    present = desk_moves.ask_supervisor(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        reason=body.reason,
        now=desk.now(),
    )
    return {"present": present}


def step_in(desk: Desk, request: Request, agent: Agent, _body: Nothing) -> dict[str, Any]:
    """接手."""
    conversation_id = request.path_params["conversation_id"]
    with desk.unit_of_work() as unit:
        is_with_bot = unit.conversations.get(conversation_id).owner is Owner.BOT
    take = desk_oversight.take_from_bot if is_with_bot else desk_moves.step_in
    take(
        desk.unit_of_work,
        conversation_id=conversation_id,
        agent_id=agent.id,
        now=desk.now(),
        texts=desk.texts,
    )
    return {}


def snooze(desk: Desk, request: Request, agent: Agent, body: SnoozeBody) -> dict[str, Any]:
    """稍后."""
    try:
        until = datetime.fromtimestamp(body.until, tz=timezone.utc)
    except (OverflowError, OSError, ValueError) as error:
        raise BadRequest from error
    desk_moves.snooze(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        until=until,
        now=desk.now(),
    )
    return {}


def wake_up(desk: Desk, request: Request, agent: Agent, _body: Nothing) -> dict[str, Any]:
    """取回."""
    desk_moves.wake_up(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        now=desk.now(),
    )
    return {}


def note(desk: Desk, request: Request, agent: Agent, body: NoteBody) -> dict[str, Any]:
    """备注."""
    mentioned = desk_notes.add_note(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        text=body.text,
        now=desk.now(),
    )
    return {"mentioned": len(mentioned)}


def send_plan(desk: Desk, request: Request, agent: Agent, _body: Nothing) -> dict[str, Any]:
    """发方案."""
    message_id = desk_sending.send_plan(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        now=desk.now(),
        texts=desk.texts,
    )
    return {"message_id": message_id}


def ask_identification(
    desk: Desk, request: Request, agent: Agent, _body: Nothing
) -> dict[str, Any]:
    """请用户核实身份."""
    message_id = desk_sending.ask_identification(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        now=desk.now(),
        texts=desk.texts,
    )
    return {"message_id": message_id}


def identify(desk: Desk, request: Request, agent: Agent, body: IdentifyBody) -> dict[str, Any]:
    """核对."""
    matter_name = desk_sending.identify(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        number=normalise_case_number(body.number) or body.number.strip(),
        credential=body.credential.strip(),
        now=desk.now(),
        calendar=desk.calendar,
        texts=desk.texts,
    )
    return {"matter": matter_name}


def state(desk: Desk, _request: Request, agent: Agent, body: StateBody) -> dict[str, Any]:
    """在线, 忙碌 or 离开."""
    desk_presence.choose(desk.unit_of_work, agent_id=agent.id, state=body.state, now=desk.now())
    return {"state": body.state.value}


def keep_filter(desk: Desk, _request: Request, agent: Agent, body: FilterBody) -> dict[str, Any]:
    """Keep or forget a filter."""
    if body.query is None:
        desk_notes.drop_filter(desk.unit_of_work, agent_id=agent.id, name=body.name)
    else:
        desk_notes.save_filter(
            desk.unit_of_work, agent_id=agent.id, name=body.name, query=body.query
        )
    return {}
