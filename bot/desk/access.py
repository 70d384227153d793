"""Which permission each address of the desk asks for: one line a route, and none means no.

The addresses are those under `/desk`, as `bot.desk.routes` writes them. A route without a line here
answers 403 to everybody, and `tests/desk/test_permissions.py` fails until the line is there.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.domain.people import Agent, NotAllowed, Step
from bot.domain.permissions import Permission

P = Permission
OPEN = None
"""Served to whoever asks: there is no session yet, or none is needed."""

NEEDS = "desk.needs"

ACCESS: Mapping[tuple[str, str], Permission | None] = MappingProxyType(
    {
        ("GET", "/static"): OPEN,
        ("GET", "/login"): OPEN,
        ("POST", "/login"): OPEN,
        ("POST", "/logout"): OPEN,
        ("GET", "/login/code"): OPEN,
        ("POST", "/login/code"): OPEN,
        ("GET", "/login/city"): OPEN,
        ("GET", "/login/city/back"): OPEN,
        ("GET", "/"): P.SERVE_APPLICANTS,
        ("GET", "/conversations/{conversation_id}"): P.SERVE_APPLICANTS,
        ("GET", "/conversations/{conversation_id}/files/{channel}/{file_id}"): P.SERVE_APPLICANTS,
        ("GET", "/board"): P.LEAD_THE_TEAM,
        ("GET", "/api/board"): P.LEAD_THE_TEAM,
        ("GET", "/reports"): P.LEAD_THE_TEAM,
        ("GET", "/reports/export"): P.LEAD_THE_TEAM,
        ("GET", "/quality"): P.SERVE_APPLICANTS,
        ("GET", "/quality/{conversation_id}"): P.SERVE_APPLICANTS,
        ("POST", "/quality/{conversation_id}"): P.READ_EVERY_CONVERSATION,
        ("POST", "/quality/{conversation_id}/test"): P.READ_EVERY_CONVERSATION,
        ("GET", "/challenges"): P.CHECK_FACTS,
        ("POST", "/challenges/{challenge_id:int}"): P.CHECK_FACTS,
        ("GET", "/events"): P.USE_THE_DESK,
        ("POST", "/api/heartbeat"): P.USE_THE_DESK,
        ("GET", "/api/duties"): P.USE_THE_DESK,
        ("GET", "/api/lists"): P.SERVE_APPLICANTS,
        ("GET", "/api/conversations/{conversation_id}"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/claim"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/reply"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/fields"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/hand-back"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/return"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/close"): P.SERVE_APPLICANTS,
        ("POST", "/api/presence"): P.SERVE_APPLICANTS,
        ("GET", "/api/filters"): P.SERVE_APPLICANTS,
        ("POST", "/api/filters"): P.SERVE_APPLICANTS,
        ("GET", "/api/colleagues"): P.SERVE_APPLICANTS,
        ("GET", "/api/canned"): P.SERVE_APPLICANTS,
        ("GET", "/api/facts"): P.SERVE_APPLICANTS,
        ("POST", "/api/files"): P.SERVE_APPLICANTS,
        ("POST", "/api/state"): P.SERVE_APPLICANTS,
        ("GET", "/api/conversations/{conversation_id}/brief"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/transfer"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/supervisor"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/step-in"): P.READ_EVERY_CONVERSATION,
        ("POST", "/api/conversations/{conversation_id}/snooze"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/wake-up"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/note"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/plan"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/ask-identity"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/identify"): P.SERVE_APPLICANTS,
        ("POST", "/api/conversations/{conversation_id}/typing"): P.SERVE_APPLICANTS,
        ("GET", "/canned"): P.SERVE_APPLICANTS,
        ("POST", "/canned/{move}"): P.SERVE_APPLICANTS,
        ("GET", "/switches"): P.SWITCH_PARTS_OFF,
        ("POST", "/switches"): P.SWITCH_PARTS_OFF,
        ("GET", "/team"): P.LEAD_THE_TEAM,
        ("POST", "/team/{move}"): P.LEAD_THE_TEAM,
        ("GET", "/applications"): P.READ_APPLICATIONS,
        ("GET", "/applications/{number}"): P.READ_APPLICATIONS,
        ("POST", "/applications/{number}/show"): P.SHOW_PERSONAL_DATA,
        ("POST", "/applications/{number}/{move}"): P.RECEIVE_APPLICATIONS,
        ("GET", "/cases"): P.READ_CASES,
        ("GET", "/cases/export/{kind}"): P.EXPORT_CASES,
        ("GET", "/cases/{number}"): P.READ_CASES,
        ("POST", "/cases/{number}/show"): P.SHOW_PERSONAL_DATA,
        ("POST", "/cases/{number}/{move}"): P.MOVE_CASES,
        ("GET", "/conversations/{conversation_id}/whistle"): P.SERVE_APPLICANTS,
        ("POST", "/conversations/{conversation_id}/whistle"): P.SERVE_APPLICANTS,
        ("GET", "/tickets"): P.WORK_ON_TICKETS,
        ("GET", "/tickets/export/xlsx"): P.WORK_ON_TICKETS,
        ("GET", "/tickets/limits"): P.CHANGE_TIME_LIMITS,
        ("POST", "/tickets/limits"): P.CHANGE_TIME_LIMITS,
        ("GET", "/tickets/{number}"): P.WORK_ON_TICKETS,
        ("GET", "/tickets/{number}/files/{file}"): P.WORK_ON_TICKETS,
        ("POST", "/tickets/{number}/show"): P.SHOW_PERSONAL_DATA,
        ("POST", "/tickets/{number}/{act}"): P.WORK_ON_TICKETS,
        ("GET", "/routing"): P.DISPATCH_TICKETS,
        ("POST", "/routing/{number}"): P.DISPATCH_TICKETS,
        ("GET", "/api/routing/{number}"): P.DISPATCH_TICKETS,
        ("GET", "/feedback"): P.WORK_ON_FEEDBACK,
        ("GET", "/feedback/groups"): P.WORK_ON_FEEDBACK,
        ("POST", "/feedback/groups"): P.WORK_ON_FEEDBACK,
        ("GET", "/feedback/{number}"): P.WORK_ON_FEEDBACK,
        ("POST", "/feedback/{number}/show"): P.SHOW_PERSONAL_DATA,
        ("POST", "/feedback/{number}/{move}"): P.WORK_ON_FEEDBACK,
        ("GET", "/reviews"): P.READ_REVIEWS,
        ("GET", "/reviews/codes"): P.MAKE_REVIEW_CODES,
        ("POST", "/reviews/codes"): P.MAKE_REVIEW_CODES,
        ("GET", "/reviews/{task:int}"): P.READ_REVIEWS,
        ("POST", "/reviews/{task:int}/{move}"): P.READ_REVIEWS,
        ("GET", "/inspections"): P.INSPECT,
        ("POST", "/inspections/samples"): P.INSPECT,
        ("GET", "/inspections/samples/{sample:int}"): P.INSPECT,
        ("POST", "/inspections/findings"): P.INSPECT,
        ("POST", "/inspections/findings/{finding:int}"): P.ANSWER_FINDINGS,
        ("GET", "/talks"): P.HOLD_TALKS,
        ("POST", "/talks"): P.HOLD_TALKS,
        ("GET", "/talks/{talk:int}"): P.HOLD_TALKS,
        ("POST", "/talks/{talk:int}/answers"): P.HOLD_TALKS,
        ("POST", "/talks/{talk:int}/cancel"): P.HOLD_TALKS,
        ("GET", "/hot"): P.READ_HOT_ISSUES,
        ("GET", "/hot/{issue}"): P.READ_HOT_ISSUES,
        ("POST", "/hot/{issue}/{move}"): P.HANDLE_HOT_ISSUES,
        ("GET", "/bookings"): P.WORK_ON_BOOKINGS,
        ("POST", "/bookings/check-in"): P.WORK_ON_BOOKINGS,
        ("GET", "/bookings/rules"): P.CHANGE_BOOKING_RULES,
        ("POST", "/bookings/rules/{setting}"): P.CHANGE_BOOKING_RULES,
        ("GET", "/bookings/helpers"): P.WORK_ON_BOOKINGS,
        ("POST", "/bookings/helpers"): P.CHANGE_BOOKING_RULES,
        ("POST", "/bookings/absences"): P.WORK_ON_BOOKINGS,
        ("POST", "/bookings/absences/back"): P.WORK_ON_BOOKINGS,
        ("GET", "/bookings/{number}"): P.WORK_ON_BOOKINGS,
        ("POST", "/bookings/{number}/show"): P.WORK_ON_BOOKINGS,
        ("POST", "/bookings/{number}/{move}"): P.WORK_ON_BOOKINGS,
        ("GET", "/conversations/{conversation_id}/booking"): P.WORK_ON_BOOKINGS,
        ("POST", "/conversations/{conversation_id}/booking"): P.WORK_ON_BOOKINGS,
        ("POST", "/conversations/{conversation_id}/assistance"): P.WORK_ON_BOOKINGS,
        ("GET", "/assistances"): P.WORK_ON_BOOKINGS,
        ("GET", "/assistances/{assistance_id:int}"): P.WORK_ON_BOOKINGS,
        ("POST", "/assistances/{assistance_id:int}/end"): P.WORK_ON_BOOKINGS,
        ("GET", "/catalogue"): P.READ_THE_CATALOGUE,
        ("POST", "/catalogue/freeze"): P.FREEZE_MATTERS,
        ("POST", "/catalogue/unfreeze"): P.FREEZE_MATTERS,
        ("POST", "/catalogue/check"): P.CHECK_FACTS,
        ("GET", "/learning"): P.TEACH_THE_BOT,
        ("GET", "/learning/messages/{message:int}"): P.TEACH_THE_BOT,
        ("POST", "/learning/messages/{message:int}"): P.TEACH_THE_BOT,
        ("GET", "/learning/lessons/{lesson:int}"): P.TEACH_THE_BOT,
        ("POST", "/learning/lessons/{lesson:int}/{move}"): P.TEACH_THE_BOT,
        ("GET", "/learning/models"): P.TEACH_THE_BOT,
        ("GET", "/api/learning/jobs"): P.TEACH_THE_BOT,
        ("GET", "/learning/models/comparisons/{job:int}"): P.TEACH_THE_BOT,
        ("POST", "/learning/models/{move}"): P.CHOOSE_THE_MODEL,
        ("GET", "/account"): P.KEEP_THE_OWN_ACCOUNT,
        ("GET", "/account/password"): P.KEEP_THE_OWN_ACCOUNT,
        ("POST", "/account/password"): P.KEEP_THE_OWN_ACCOUNT,
        ("GET", "/account/second-factor"): P.KEEP_THE_OWN_ACCOUNT,
        ("POST", "/account/second-factor"): P.KEEP_THE_OWN_ACCOUNT,
        ("POST", "/account/second-factor/off"): P.KEEP_THE_OWN_ACCOUNT,
        ("POST", "/account/recovery-codes"): P.KEEP_THE_OWN_ACCOUNT,
        ("POST", "/account/sessions/end"): P.KEEP_THE_OWN_ACCOUNT,
        ("GET", "/people"): P.MANAGE_PEOPLE,
        ("POST", "/people"): P.MANAGE_PEOPLE,
        ("GET", "/people/{agent_id:int}"): P.MANAGE_PEOPLE,
        ("POST", "/people/{agent_id:int}/{move}"): P.MANAGE_PEOPLE,
        ("GET", "/audit"): P.READ_THE_AUDIT_LOG,
        ("POST", "/audit/verify"): P.READ_THE_AUDIT_LOG,
        ("GET", "/audit/export"): P.EXPORT_THE_AUDIT_LOG,
        ("GET", "/audit/anchor"): P.EXPORT_THE_AUDIT_LOG,
        ("GET", "/calendars"): P.READ_CALENDARS,
        ("POST", "/calendars/hours"): P.CHANGE_CALENDARS,
        ("POST", "/calendars/year"): P.CHANGE_CALENDARS,
    }
)
"""Method and path to what one must be allowed to do; `OPEN` for nothing."""

DURING: Mapping[Step, frozenset[str]] = MappingProxyType(
    {
        Step.CODE: frozenset(),
        Step.PASSWORD: frozenset({"/account/password"}),
        Step.SECOND_FACTOR: frozenset({"/account/second-factor", "/account/password"}),
    }
)
"""The only addresses that are open while something is left to do after the login."""

PAGES: Sequence[tuple[str, Permission]] = (
    ("/desk/", P.SERVE_APPLICANTS),
    ("/desk/applications", P.READ_APPLICATIONS),
    ("/desk/routing", P.DISPATCH_TICKETS),
    ("/desk/cases", P.READ_CASES),
    ("/desk/audit", P.READ_THE_AUDIT_LOG),
    ("/desk/inspections", P.INSPECT),
    ("/desk/catalogue", P.READ_THE_CATALOGUE),
)
"""Where somebody is led after the login: the first one that is allowed."""


def home_of(agent: Agent) -> str:
    """Return the first page of the desk that somebody may see."""
    return next((path for path, needs in PAGES if agent.may(needs)), "/desk/account")


def check_access(request: Request, agent: Agent) -> None:
    """Raise `NotAllowed` unless the matrix lets somebody call this address.

    A request that did not come through `guarded` is refused too.
    """
    needs = request.scope.get(NEEDS, _NOWHERE)
    if needs is OPEN:
        return
    if not isinstance(needs, Permission) or not agent.may(needs):
        raise NotAllowed


_NOWHERE = object()


class AccessTable:
    """Puts what the table asks for before a route; refuses a route that has no line."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        key = (method, self._path)
        if key not in ACCESS:
            error = {"code": "not_allowed", "message": "这个地址还没有开放"}
            await JSONResponse({"error": error}, status_code=403)(scope, receive, send)
            return
        scope[NEEDS] = ACCESS[key]
        await self._app(scope, receive, send)


def guarded(routes: Sequence[BaseRoute]) -> list[BaseRoute]:
    """Return the routes, each behind its line of the table; mounts of files stay as they are."""
    return [
        Route(
            one.path,
            one.endpoint,
            methods=sorted(one.methods or ()),
            middleware=[Middleware(AccessTable, path=one.path)],
        )
        if isinstance(one, Route)
        else one
        for one in routes
    ]
