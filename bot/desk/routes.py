"""All addresses of the desk, for `bot.asgi`."""

from jinja2 import Environment
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.bootstrap import App
from bot.desk import (
    account,
    api,
    applications,
    attachments,
    audit,
    bodies,
    brief,
    calendars,
    canned,
    cases,
    catalogue,
    city_login,
    duties,
    events,
    feedback,
    feedback_groups,
    files,
    hot,
    lists,
    login,
    pages,
    people,
    review_codes,
    reviews,
    routing,
    switches,
    team,
    ticket_limits,
    tickets,
    whistle_new,
    work,
)
from bot.desk.access import guarded
from bot.desk.booking_routes import booking_routes
from bot.desk.city_open import open_city
from bot.desk.context import HERE, Desk, open_templates
from bot.desk.fragments import Fragments
from bot.desk.guard import SecurityHeaders, fetch, file_form, form, page, secret_form, write
from bot.desk.inspections import inspection_routes
from bot.desk.learning_room import open_learning
from bot.desk.learning_routes import learning_routes
from bot.desk.meetings import meeting_routes
from bot.desk.oversight_routes import oversight_routes
from bot.hub.wakeups import Wakeups
from bot.services.accounts.accounts import Passwords
from bot.services.accounts.sign_in_rules import read_role_names
from bot.services.desk.demo_note import DemoNote
from bot.services.desk.fields import fill_in
from bot.services.tickets.similar_open import SimilarOpen
from bot.store.account_words import load_account_words
from bot.store.application_texts import load_application_texts
from bot.store.demo import load_demo_note
from bot.store.desk_texts import load_desk_texts, load_desk_vocabulary
from bot.store.feedback_news import load_feedback_news
from bot.store.hub_texts import load_hub_texts

BEAT_EVERY_S = 20.0
"""Seconds between two signs of life that a desk is asked for; three may be missed."""

FRAGMENTS_LAST_S = 2.0
"""Longest age of a piece of HTML that many desks share, where no bell rings for a change."""


def routes(
    app: App,
    wakeups: Wakeups | None = None,
    *,
    beat_every_s: float = BEAT_EVERY_S,
    fragments_last_s: float = FRAGMENTS_LAST_S,
) -> list[BaseRoute]:
    """Return the routes under `/desk`; reads `data/desk/` once.

    Args:
        app: The application.
        wakeups: Where to ring and to listen; None for those of `request.app.state.hub`.
        beat_every_s: Seconds between two signs of life that a desk is asked for.
        fragments_last_s: Longest age of shared pieces of HTML; 0 makes each anew.
    """
    desk = _desk(app, wakeups, beat_every_s, fragments_last_s)
    desk.templates.globals["duties"] = duties.Duties(
        desk, duties.LOOK_EVERY_S if fragments_last_s else 0
    )
    inner: list[BaseRoute] = [
        Route("/", page(desk, pages.shell)),
        Route("/conversations/{conversation_id}", page(desk, pages.shell)),
        Route("/conversations/{conversation_id}/files/{channel}/{file_id}", attachments.show(desk)),
        Route("/login", login.show(desk), methods=["GET"]),
        Route("/login", login.submit(desk), methods=["POST"]),
        Route("/logout", login.leave(desk), methods=["POST"]),
        Route("/login/code", login.show_code(desk), methods=["GET"]),
        Route("/login/code", login.submit_code(desk), methods=["POST"]),
        Route("/login/city", city_login.go(desk), methods=["GET"]),
        Route("/login/city/back", city_login.back(desk), methods=["GET"]),
        Route("/events", events.events(desk)),
        *_api(desk),
        *_office(desk),
        *_account(desk),
        *_administration(desk),
        *booking_routes(desk),
        *learning_routes(desk),
        *oversight_routes(desk),
        *inspection_routes(desk),
        *meeting_routes(desk),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    return [
        Route("/desk", lambda _: RedirectResponse("/desk/", status_code=307)),
        Mount("/desk", routes=guarded(inner), middleware=[Middleware(SecurityHeaders)]),
        Route("/files/{token}", files.download(desk), methods=["GET"]),
    ]


def _desk(app: App, wakeups: Wakeups | None, beat_every_s: float, fragments_last_s: float) -> Desk:
    settings = app.settings
    return Desk(
        unit_of_work=app.unit_of_work,
        reading=app.reading,
        now=app.now,
        texts=load_desk_texts(app.settings.data_dir),
        vocabulary=fill_in(load_desk_vocabulary(app.settings.data_dir), app.catalogue),
        passwords=Passwords(),
        wakeups=wakeups,
        templates=_templates(app),
        is_secure=app.settings.secure_cookies,
        base_url=app.settings.base_url,
        beat_every_s=beat_every_s,
        catalogue=app.catalogue,
        calendar=app.calendar,
        case_rules=app.case_rules,
        whistle_rules=app.whistle_rules,
        forms=app.forms,
        booking_teller=app.booking_teller,
        plan_composer=app.plan_composer,
        application_texts=load_application_texts(
            app.settings.data_dir / "services" / "application_texts.yml"
        ),
        router=app.router,
        similar=SimilarOpen(app.unit_of_work, app.hot_rules, app.router),
        hot_rules=app.hot_rules,
        second_factor_roles=read_role_names(settings.second_factor_roles),
        city=open_city(settings),
        words=load_account_words(settings.data_dir),
        loaded_years=settings.state_dir / "calendar",
        lookup=app.lookup,
        feedback_news=load_feedback_news(settings.data_dir / "services" / "feedback_news.yml"),
        fragments=Fragments(fragments_last_s),
        learning=open_learning(app),
        switch_texts=load_hub_texts(settings.data_dir).switches,
        scanner=app.scanner,
    )


def _templates(app: App) -> Environment:
    templates = open_templates()
    templates.globals["demo_note"] = DemoNote(app.reading, load_demo_note(app.settings.data_dir))
    return templates


def _office(desk: Desk) -> list[BaseRoute]:
    one = "/applications/{number}"
    return [
        Route("/applications", page(desk, applications.show_list), methods=["GET"]),
        Route(one, page(desk, applications.show_one), methods=["GET"]),
        Route(f"{one}/show", form(desk, applications.show_personal), methods=["POST"]),
        Route(f"{one}/{{move}}", form(desk, applications.move), methods=["POST"]),
        Route("/cases", page(desk, cases.show_list), methods=["GET"]),
        Route("/cases/export/{kind}", page(desk, cases.export), methods=["GET"]),
        Route("/cases/{number}", page(desk, cases.show_one), methods=["GET"]),
        Route("/cases/{number}/show", form(desk, cases.show_personal), methods=["POST"]),
        Route("/cases/{number}/{move}", form(desk, cases.move), methods=["POST"]),
        *_routing(desk),
        Route(
            "/conversations/{conversation_id}/whistle",
            page(desk, whistle_new.show),
            methods=["GET"],
        ),
        Route(
            "/conversations/{conversation_id}/whistle",
            form(desk, whistle_new.blow),
            methods=["POST"],
        ),
        Route("/tickets", page(desk, tickets.show_list), methods=["GET"]),
        Route("/tickets/export/xlsx", page(desk, tickets.export), methods=["GET"]),
        Route("/tickets/limits", page(desk, ticket_limits.show), methods=["GET"]),
        Route("/tickets/limits", form(desk, ticket_limits.save), methods=["POST"]),
        Route("/tickets/{number}", page(desk, tickets.show_one), methods=["GET"]),
        Route("/tickets/{number}/files/{file}", page(desk, tickets.download), methods=["GET"]),
        Route("/tickets/{number}/show", form(desk, tickets.show_personal), methods=["POST"]),
        Route("/tickets/{number}/{act}", form(desk, tickets.act), methods=["POST"]),
        Route("/canned", page(desk, canned.show), methods=["GET"]),
        Route("/canned/{move}", form(desk, canned.move), methods=["POST"]),
        Route("/team", page(desk, team.show), methods=["GET"]),
        Route("/team/{move}", form(desk, team.move), methods=["POST"]),
        Route("/catalogue", page(desk, catalogue.show), methods=["GET"]),
        Route("/catalogue/check", form(desk, catalogue.check), methods=["POST"]),
        Route("/catalogue/freeze", form(desk, catalogue.freeze), methods=["POST"]),
        Route("/catalogue/unfreeze", form(desk, catalogue.unfreeze), methods=["POST"]),
    ]


def _routing(desk: Desk) -> list[BaseRoute]:
    return [
        Route("/routing", page(desk, routing.show), methods=["GET"]),
        Route("/routing/{number}", form(desk, routing.dispatch), methods=["POST"]),
        Route("/api/routing/{number}", fetch(desk, routing.proposal), methods=["GET"]),
        Route("/feedback", page(desk, feedback.show_list), methods=["GET"]),
        Route("/feedback/groups", page(desk, feedback_groups.show), methods=["GET"]),
        Route("/feedback/groups", form(desk, feedback_groups.answer), methods=["POST"]),
        Route("/feedback/{number}", page(desk, feedback.show_one), methods=["GET"]),
        Route("/feedback/{number}/show", form(desk, feedback.show_personal), methods=["POST"]),
        Route("/feedback/{number}/{move}", form(desk, feedback.move), methods=["POST"]),
        Route("/reviews", page(desk, reviews.show_list), methods=["GET"]),
        Route("/reviews/codes", page(desk, review_codes.show), methods=["GET"]),
        Route("/reviews/codes", form(desk, review_codes.make), methods=["POST"]),
        Route("/reviews/{task:int}", page(desk, reviews.show_one), methods=["GET"]),
        Route("/reviews/{task:int}/{move}", form(desk, reviews.move), methods=["POST"]),
        Route("/hot", page(desk, hot.show_list), methods=["GET"]),
        Route("/hot/{issue}", page(desk, hot.show_one), methods=["GET"]),
        Route("/hot/{issue}/{move}", form(desk, hot.move), methods=["POST"]),
    ]


def _account(desk: Desk) -> list[BaseRoute]:
    own = "/account"
    factor = f"{own}/second-factor"
    return [
        Route(own, page(desk, account.show), methods=["GET"]),
        Route(f"{own}/password", page(desk, account.show_password), methods=["GET"]),
        Route(f"{own}/password", secret_form(desk, account.change), methods=["POST"]),
        Route(factor, page(desk, account.show_second_factor), methods=["GET"]),
        Route(factor, form(desk, account.confirm), methods=["POST"]),
        Route(f"{factor}/off", secret_form(desk, account.switch_off), methods=["POST"]),
        Route(f"{own}/recovery-codes", secret_form(desk, account.renew_codes), methods=["POST"]),
        Route(f"{own}/sessions/end", form(desk, account.end_session), methods=["POST"]),
    ]


def _administration(desk: Desk) -> list[BaseRoute]:
    person = "/people/{agent_id:int}"
    return [
        Route("/people", page(desk, people.show_list), methods=["GET"]),
        Route("/people", form(desk, people.add), methods=["POST"]),
        Route(person, page(desk, people.show_one), methods=["GET"]),
        Route(f"{person}/{{move}}", form(desk, people.move), methods=["POST"]),
        Route("/switches", page(desk, switches.show), methods=["GET"]),
        Route("/switches", form(desk, switches.turn), methods=["POST"]),
        Route("/audit", page(desk, audit.show), methods=["GET"]),
        Route("/audit/verify", form(desk, audit.verify), methods=["POST"]),
        Route("/audit/export", page(desk, audit.export), methods=["GET"]),
        Route("/audit/anchor", page(desk, audit.anchor), methods=["GET"]),
        Route("/calendars", page(desk, calendars.show), methods=["GET"]),
        Route("/calendars/hours", form(desk, calendars.save_hours), methods=["POST"]),
        Route("/calendars/year", file_form(desk, calendars.load_year), methods=["POST"]),
    ]


def _api(desk: Desk) -> list[BaseRoute]:
    one = "/api/conversations/{conversation_id}"
    return [
        Route("/api/lists", fetch(desk, lists.lists)),
        Route("/api/filters", fetch(desk, lists.filters), methods=["GET"]),
        Route("/api/filters", write(desk, bodies.FilterBody, work.keep_filter), methods=["POST"]),
        Route("/api/colleagues", fetch(desk, brief.colleagues)),
        Route("/api/canned", fetch(desk, brief.canned)),
        Route("/api/facts", fetch(desk, brief.facts)),
        Route("/api/files", files.upload(desk), methods=["POST"]),
        Route("/api/state", write(desk, bodies.StateBody, work.state), methods=["POST"]),
        Route(one, fetch(desk, pages.conversation)),
        Route(f"{one}/claim", write(desk, api.Nothing, api.claim), methods=["POST"]),
        Route(f"{one}/reply", write(desk, api.ReplyBody, api.reply, is_own=True), methods=["POST"]),
        Route(f"{one}/fields", write(desk, api.FieldBody, api.set_field), methods=["POST"]),
        Route(f"{one}/hand-back", write(desk, api.Nothing, api.hand_back), methods=["POST"]),
        Route(f"{one}/return", write(desk, api.Nothing, api.return_to_queue), methods=["POST"]),
        Route(f"{one}/close", write(desk, api.CloseBody, api.close), methods=["POST"]),
        Route(f"{one}/brief", fetch(desk, brief.brief)),
        *_moves(desk, one),
        Route("/api/presence", write(desk, api.PresenceBody, api.presence), methods=["POST"]),
        Route("/api/heartbeat", events.beat(desk), methods=["POST"]),
        Route("/api/duties", fetch(desk, duties.show), methods=["GET"]),
    ]


def _moves(desk: Desk, one: str) -> list[BaseRoute]:
    none, reason = bodies.Nothing, bodies.ReasonBody
    posts = (
        ("transfer", write(desk, bodies.TransferBody, work.transfer)),
        ("supervisor", write(desk, reason, work.ask_supervisor)),
        ("step-in", write(desk, none, work.step_in)),
        ("snooze", write(desk, bodies.SnoozeBody, work.snooze)),
        ("wake-up", write(desk, none, work.wake_up)),
        ("note", write(desk, bodies.NoteBody, work.note)),
        ("plan", write(desk, none, work.send_plan)),
        ("ask-identity", write(desk, none, work.ask_identification)),
        ("identify", write(desk, bodies.IdentifyBody, work.identify)),
        ("typing", events.typing(desk)),
    )
    return [Route(f"{one}/{name}", serve, methods=["POST"]) for name, serve in posts]
