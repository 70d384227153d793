"""The page of switches: what is out of use, why, and taking more out or putting it back."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.domain.errors import BotError
from bot.domain.people import Agent
from bot.domain.switches import (
    CHANNEL,
    MAX_REASON_LENGTH,
    BadSwitchReason,
    SwitchUnchanged,
    UnknownSwitch,
)
from bot.services.freezes import frozen_in
from bot.services.switches import switch_names, turn_switch

ROOT = "/desk/switches"
SHOWN_CHANGES = 30
NOTES: Mapping[type[BotError], str] = {
    BadSwitchReason: f"请写明理由，申请人会看到，不超过 {MAX_REASON_LENGTH} 字。",
    SwitchUnchanged: "刚刚有人已经这样设了。",
    UnknownSwitch: "没有这个开关，请刷新页面。",
}


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _page(desk, agent, note="", typed={})


def turn(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Switch off or on; holds for every hub with the next message."""
    try:
        turn_switch(
            desk.unit_of_work,
            name=one(fields, "name"),
            is_on=one(fields, "to") == "on",
            reason=one(fields, "reason"),
            by=f"agent:{agent.id}",
            agent_id=agent.id,
            now=desk.now(),
            known=switch_names(desk.vocabulary.channels),
        )
    except tuple(NOTES) as error:
        return _page(desk, agent, note=NOTES[type(error)], typed=fields)
    return RedirectResponse(ROOT, status_code=303)


def _page(desk: Desk, agent: Agent, *, note: str, typed: Fields) -> Response:
    with desk.reading() as unit:
        off = unit.switches.off()
        history = unit.switches.history(SHOWN_CHANGES)
        frozen = frozen_in(unit, desk.now())
        names = {f"agent:{person.id}": person.name for person in unit.people.agents()}
    html = desk.templates.get_template("switches.html").render(
        agent=agent,
        here="switches",
        note=note,
        titles=_titles(desk),
        off=off,
        history=history,
        frozen=frozen,
        names=names,
        texts=desk.switch_texts,
        catalogue=desk.catalogue,
        typed_name=one(typed, "name"),
        typed_reason=one(typed, "reason"),
        longest=MAX_REASON_LENGTH,
    )
    return HTMLResponse(html, status_code=HTTPStatus.CONFLICT if note else 200)


def _titles(desk: Desk) -> Mapping[str, str]:
    channels = desk.vocabulary.channels
    titles = {**desk.switch_texts.titles, **{f"{CHANNEL}{k}": v for k, v in channels.items()}}
    return {name: titles[name] for name in switch_names(channels)}
