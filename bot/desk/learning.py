"""The learning pages: groups of what was not understood, and deciding what they mean."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.domain.learning import MOST_EXAMPLES, BadLesson, LessonKind, LessonState, LessonTaken
from bot.domain.people import Agent
from bot.services.learning.lessons import Proposal, propose

PAGE = 30
LISTED = 200
MOST_MESSAGES = 200
LONGEST_TYPED = 5000
"""Messages and signs of examples in one form, which may be 64 kB long; the rest comes after it."""

SHOWN: Mapping[str, tuple[LessonState, ...]] = {
    "review": (LessonState.PROPOSED,),
    "facts": (LessonState.OPEN,),
    "released": (LessonState.RELEASED,),
    "past": (
        LessonState.RETURNED,
        LessonState.WITHDRAWN,
        LessonState.DONE,
        LessonState.DISCARDED,
    ),
}
"""Lists of lessons by the name in the address; every other name shows the groups."""

TAKEN = "勾选的消息里有的刚刚被别人处理了，下面是最新的；您写的还在。"
GONE = "这条消息已经处理过，或过期删除了。"


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the groups, or one list of lessons."""
    name = request.query_params.get("shown", "")
    states = SHOWN.get(name)
    page = _number(request.query_params.get("page", ""))
    groups = () if states else desk.learning.groups.groups()
    with desk.unit_of_work() as unit:
        lessons = unit.lessons.in_states(states, LISTED) if states else ()
        waiting = {key: len(unit.lessons.in_states(SHOWN[key], LISTED)) for key in SHOWN}
        names = {agent.id: agent.name for agent in unit.people.agents()}
    return _page(
        desk,
        agent,
        "learning.html",
        shown=name if states else "",
        groups=groups[page * PAGE : (page + 1) * PAGE],
        total=len(groups),
        messages=sum(len(group.messages) for group in groups),
        page=page,
        has_more=len(groups) > (page + 1) * PAGE,
        lessons=lessons,
        waiting=waiting,
        names=names,
        note="",
    )


def show_group(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the group that a message is in, with the form."""
    return _show_group(desk, agent, request.path_params["message"], note="", typed={})


def assign(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Decide what messages mean; on an error the page comes back with all that was typed."""
    message = request.path_params["message"]
    try:
        lesson_id = propose(
            desk.unit_of_work,
            agent=agent,
            proposal=_proposal(desk, fields),
            vocabulary=desk.learning.vocabulary(),
            now=desk.now(),
        )
    except (BadLesson, LessonTaken) as error:
        note = desk.learning.problem(error) if isinstance(error, BadLesson) else TAKEN
        return _show_group(desk, agent, message, note=note, typed=fields)
    return RedirectResponse(f"/desk/learning/lessons/{lesson_id}", status_code=303)


def _proposal(desk: Desk, fields: Fields) -> Proposal:
    kinds = {kind.value: kind for kind in LessonKind}
    if one(fields, "kind") not in kinds:
        raise BadLesson("kind")
    kind = kinds[one(fields, "kind")]
    field = "matter" if kind is LessonKind.MATTER else "intent"
    return Proposal(
        messages=[int(raw) for raw in fields.get("message") or () if _number(raw)],
        kind=kind,
        target=desk.learning.target_named(kind, one(fields, field)),
        typed=one(fields, "examples"),
        note=one(fields, "note"),
    )


def _show_group(desk: Desk, agent: Agent, message: int, *, note: str, typed: Fields) -> Response:
    group = desk.learning.groups.group_of(message)
    if group is None:
        html = desk.templates.get_template("learning_missing.html").render(agent=agent, text=GONE)
        return HTMLResponse(html, status_code=404)
    texts = dict.fromkeys(message.text for message in group.messages[:MOST_MESSAGES])
    return _page(
        desk,
        agent,
        "learning_group.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if note else HTTPStatus.OK,
        group=group,
        here_id=message,
        messages=group.messages[:MOST_MESSAGES],
        examples=one(typed, "examples") or _beginning("\n".join(list(texts)[:MOST_EXAMPLES])),
        fields=desk.vocabulary.fields,
        matters=desk.catalogue.matters.values(),
        note=note,
        typed=typed,
        first=one,
    )


def _beginning(text: str) -> str:
    """Return the lines of a text that fit into the form."""
    if len(text) <= LONGEST_TYPED:
        return text
    return text[:LONGEST_TYPED].rpartition("\n")[0]


def _page(
    desk: Desk, agent: Agent, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: Any
) -> Response:
    html = desk.templates.get_template(template).render(
        agent=agent, room=desk.learning, words=desk.learning.words, **values
    )
    return HTMLResponse(html, status_code=status)


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 - an id
    return int(text) if is_number else 0
