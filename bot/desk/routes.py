"""All addresses of the desk, for `bot.asgi`."""

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.bootstrap import App
from bot.desk import api, applications, cases, catalogue, events, files, login, pages
from bot.desk.context import HERE, Desk, open_templates
from bot.desk.guard import SecurityHeaders, fetch, form, page, write
from bot.hub.wakeups import Wakeups
from bot.services.accounts import Passwords
from bot.services.desk_fields import fill_in
from bot.store.application_texts import load_application_texts
from bot.store.desk_texts import load_desk_texts, load_desk_vocabulary

BEAT_EVERY_S = 20.0
"""Seconds between two signs of life that a desk is asked for; three may be missed."""


def routes(
    app: App, wakeups: Wakeups | None = None, *, beat_every_s: float = BEAT_EVERY_S
) -> list[BaseRoute]:
    """Return the routes under `/desk`; reads `data/desk/` once.

    Args:
        app: The application.
        wakeups: Where to ring and to listen; None for those of `request.app.state.hub`.
        beat_every_s: Seconds between two signs of life that a desk is asked for.
    """
    desk = Desk(
        unit_of_work=app.unit_of_work,
        now=app.now,
        texts=load_desk_texts(app.settings.data_dir),
        vocabulary=fill_in(load_desk_vocabulary(app.settings.data_dir), app.catalogue),
        passwords=Passwords(),
        wakeups=wakeups,
        templates=open_templates(),
        is_secure=app.settings.secure_cookies,
        beat_every_s=beat_every_s,
        catalogue=app.catalogue,
        calendar=app.calendar,
        case_rules=app.case_rules,
        forms=app.forms,
        application_texts=load_application_texts(
            app.settings.data_dir / "services" / "application_texts.yml"
        ),
    )
    inner: list[BaseRoute] = [
        Route("/", page(desk, pages.shell)),
        Route("/conversations/{conversation_id}", page(desk, pages.shell)),
        Route("/conversations/{conversation_id}/files/{channel}/{file_id}", files.show(desk)),
        Route("/login", login.show(desk), methods=["GET"]),
        Route("/login", login.submit(desk), methods=["POST"]),
        Route("/logout", login.leave(desk), methods=["POST"]),
        Route("/events", events.events(desk)),
        *_api(desk),
        *_office(desk),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    return [
        Route("/desk", lambda _: RedirectResponse("/desk/", status_code=307)),
        Mount("/desk", routes=inner, middleware=[Middleware(SecurityHeaders)]),
    ]


def _office(desk: Desk) -> list[BaseRoute]:
    one = "/applications/{number}"
    return [
        Route("/applications", page(desk, applications.show_list), methods=["GET"]),
        Route(one, page(desk, applications.show_one), methods=["GET"]),
        Route(f"{one}/{{move}}", form(desk, applications.move), methods=["POST"]),
        Route("/cases", page(desk, cases.show_list), methods=["GET"]),
        Route("/cases/export/{kind}", page(desk, cases.export), methods=["GET"]),
        Route("/cases/{number}", page(desk, cases.show_one), methods=["GET"]),
        Route("/cases/{number}/{move}", form(desk, cases.move), methods=["POST"]),
        Route("/catalogue", page(desk, catalogue.show), methods=["GET"]),
        Route("/catalogue/freeze", form(desk, catalogue.freeze), methods=["POST"]),
        Route("/catalogue/unfreeze", form(desk, catalogue.unfreeze), methods=["POST"]),
    ]


def _api(desk: Desk) -> list[BaseRoute]:
    one = "/api/conversations/{conversation_id}"
    return [
        Route("/api/lists", fetch(desk, pages.lists)),
        Route(one, fetch(desk, pages.conversation)),
        Route(f"{one}/claim", write(desk, api.Nothing, api.claim), methods=["POST"]),
        Route(f"{one}/reply", write(desk, api.ReplyBody, api.reply), methods=["POST"]),
        Route(f"{one}/fields", write(desk, api.FieldBody, api.set_field), methods=["POST"]),
        Route(f"{one}/hand-back", write(desk, api.Nothing, api.hand_back), methods=["POST"]),
        Route(f"{one}/return", write(desk, api.Nothing, api.return_to_queue), methods=["POST"]),
        Route(f"{one}/close", write(desk, api.Nothing, api.close), methods=["POST"]),
        Route("/api/presence", write(desk, api.PresenceBody, api.presence), methods=["POST"]),
        Route("/api/heartbeat", events.beat(desk), methods=["POST"]),
    ]
