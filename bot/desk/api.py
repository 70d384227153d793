"""What an agent does: claim, reply, fill in, hand back, return, close; presence, heartbeat."""

from typing import Annotated, Any

import msgspec
from starlette.requests import Request

from bot.desk.context import Desk
from bot.domain.people import Agent
from bot.services.accounts.accounts import heartbeat
from bot.services.desk import handover


class Nothing(msgspec.Struct):
    """An empty body."""


class ReplyBody(msgspec.Struct):
    """A reply; `client_id` is made by the page, so that a repeated call sends once.

    `is_sure`: whole numbers of persons in it are meant to be sent.
    """

    text: str
    client_id: Annotated[str, msgspec.Meta(min_length=8, max_length=60)]
    is_sure: bool = False


class FieldBody(msgspec.Struct):
    """A filled-in answer; None empties it."""

    slot: str
    value: str | None


class PresenceBody(msgspec.Struct):
    """The choice between 在线 and 离开."""

    is_available: bool


def claim(desk: Desk, request: Request, agent: Agent, _body: Nothing) -> dict[str, Any]:
    """接入."""
    conversation = handover.claim(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        now=desk.now(),
        texts=desk.texts,
    )
    return {"conversation_id": conversation.id}


def reply(desk: Desk, request: Request, agent: Agent, body: ReplyBody) -> dict[str, Any]:
    """回复."""
    message_id = handover.reply(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        text=body.text,
        client_id=body.client_id,
        now=desk.now(),
        is_sure=body.is_sure,
    )
    return {"message_id": message_id}


def set_field(desk: Desk, request: Request, agent: Agent, body: FieldBody) -> dict[str, Any]:
    """Fill in one answer."""
    handover.set_field(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        slot=body.slot,
        value=body.value,
        now=desk.now(),
        vocabulary=desk.vocabulary,
    )
    return {}


def hand_back(desk: Desk, request: Request, agent: Agent, _body: Nothing) -> dict[str, Any]:
    """交还小二."""
    handover.hand_back(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        now=desk.now(),
        texts=desk.texts,
    )
    return {}


def return_to_queue(desk: Desk, request: Request, agent: Agent, _body: Nothing) -> dict[str, Any]:
    """退回队列."""
    handover.return_to_queue(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        now=desk.now(),
        texts=desk.texts,
    )
    return {}


class CloseBody(msgspec.Struct):
    """Why it is over, for colleagues."""

    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""


def close(desk: Desk, request: Request, agent: Agent, body: CloseBody) -> dict[str, Any]:
    """结束."""
    handover.close(
        desk.unit_of_work,
        conversation_id=request.path_params["conversation_id"],
        agent_id=agent.id,
        now=desk.now(),
        texts=desk.texts,
        reason=body.reason.strip(),
    )
    return {}


def presence(desk: Desk, _request: Request, agent: Agent, body: PresenceBody) -> dict[str, Any]:
    """在线 or 离开."""
    is_available = heartbeat(
        desk.unit_of_work, agent_id=agent.id, now=desk.now(), is_available=body.is_available
    )
    return {"is_available": is_available}
