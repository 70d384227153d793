"""The page of switches: what is out of use, why, and taking more out or putting it back."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.domain.errors import BotError
from bot.domain.people import Agent
from bot.domain.switches import (
    BOT,
    CHANNEL,
    MAX_REASON_LENGTH,
    SKILL,
    WIDGET,
    BadSwitchReason,
    SwitchUnchanged,
    UnknownSwitch,
)
from bot.services.operating.freezes import frozen_in
from bot.services.operating.switches import switch_names, turn_switch

ROOT = "/desk/switches"
SHOWN_CHANGES = 30
GROUPS = (
    (
        BOT,
        "小二",
        "停用后小二不再答话，谁说话都转人工；正在人工接待的不受影响，危险仍提示急救电话。",
    ),
    (WIDGET, "小窗口", "停用后别的网站上的小窗口打开只有一句说明；已经开着的对话不断。"),
    (CHANNEL, "渠道", "停用后从这里来的话都留着，只回一句暂停说明；正在人工接待的不受影响。"),
    (
        SKILL,
        "服务",
        "停用后在对话里不能开始，也不能提交，填到一半的提交时会说明；查询、取消和已经办成的不受影响。",
    ),
)
"""Beginnings of names, with the heading and the note under which the page shows them."""

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
        groups=_groups(_titles(desk)),
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


def _groups(titles: Mapping[str, str]) -> Sequence[tuple[str, str, Mapping[str, str]]]:
    """Return heading, note and switches of each part of the page."""
    return [
        (heading, note, {name: title for name, title in titles.items() if name.startswith(begin)})
        for begin, heading, note in GROUPS
    ]


def _titles(desk: Desk) -> Mapping[str, str]:
    channels = desk.vocabulary.channels
    titles = {**desk.switch_texts.titles, **{f"{CHANNEL}{k}": v for k, v in channels.items()}}
    return {name: titles[name] for name in switch_names(channels)}
