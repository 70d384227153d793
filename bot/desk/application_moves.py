"""What is pressed on the page of an application: form fields to one use case each."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.desk.guard import Fields
from bot.services.applications import desk as application_desk
from bot.services.applications.desk import BadDay, Window

MAX_TEXT = 1000


def _accept(window: Window, number: str, fields: Fields) -> None:
    later = []
    for index in fields.get("later", ()):
        name, day = _one(fields, f"later-name-{index}"), _one(fields, f"later-day-{index}")
        later.append((name, _day(day)))
    application_desk.accept(window, number=number, later=later, reason=_one(fields, "reason"))


def _ask(window: Window, number: str, fields: Fields) -> None:
    more = _one(fields, "more").splitlines()
    application_desk.ask_for_papers(
        window,
        number=number,
        papers=[*fields.get("paper", ()), *more],
        reason=_one(fields, "reason"),
        cause=_one(fields, "cause"),
    )


def _review(window: Window, number: str, _fields: Fields) -> None:
    application_desk.begin_review(window, number=number)


def _step(window: Window, number: str, _fields: Fields) -> None:
    application_desk.finish_step(window, number=number)


def _complete(window: Window, number: str, fields: Fields) -> None:
    application_desk.complete(window, number=number, reason=_one(fields, "reason"))


def _refuse(window: Window, number: str, fields: Fields) -> None:
    application_desk.refuse(window, number=number, reason=_one(fields, "reason"))


def _return(window: Window, number: str, fields: Fields) -> None:
    application_desk.give_back(window, number=number, reason=_one(fields, "reason"))


def _receive(window: Window, number: str, fields: Fields) -> None:
    given = _one(fields, "paper_id")
    paper_id = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004
    application_desk.receive_later(window, number=number, paper_id=paper_id)


MOVES: Mapping[str, Callable[[Window, str, Fields], None]] = {
    "accept": _accept,
    "ask": _ask,
    "review": _review,
    "step": _step,
    "complete": _complete,
    "refuse": _refuse,
    "return": _return,
    "receive": _receive,
}


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name) or [""]
    return values[0][:MAX_TEXT]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDay from None
