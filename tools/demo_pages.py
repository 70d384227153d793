"""Every page of the product and how the picture of it in the demo month is reached.

The gallery `docs/gallery.md` and its pictures are made from this list, and
`tests/tools/test_demo_pages.py` holds it against the routes: a page cannot be forgotten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

BOSS, AGENT, ADMIN, EDITOR = "demo-zhuguan", "demo-kefu1", "demo-guanli", "demo-bianji"
CLERK, AUDITOR, INSPECTOR = "demo-keyuan", "demo-shenji", "demo-jiandu"
FIRST = "table.cases a"


@dataclass(frozen=True)
class DemoPage:
    """One page.

    Attributes:
        name: Of the picture's file.
        route: As the routes write it, without `/desk` for pages of the desk.
        login: Who looks; "" for somebody who is not signed in.
        start: Where to go when the route has blanks; "{…}" are links that the demo gave out.
        link: What is clicked there.
        dark: A dark picture is taken as well.
    """

    name: str
    route: str
    login: str = ""
    start: str = ""
    link: str = ""
    dark: bool = False


DESK: Sequence[DemoPage] = (
    DemoPage("login", "/login"),
    DemoPage("login-code", "/login/code", AUDITOR),
    DemoPage("lists", "/", AGENT, dark=True),
    DemoPage("conversation", "/conversations/{conversation_id}", AGENT, "/", ".card.mine a"),
    DemoPage(
        "conversation-booking",
        "/conversations/{conversation_id}/booking",
        AGENT,
        "/conversations/{conversation}/booking",
    ),
    DemoPage(
        "conversation-whistle",
        "/conversations/{conversation_id}/whistle",
        AGENT,
        "/conversations/{conversation}/whistle",
    ),
    DemoPage("quality-own", "/quality", AGENT),
    DemoPage("board", "/board", BOSS, dark=True),
    DemoPage("applications", "/applications", CLERK),
    DemoPage("application", "/applications/{number}", CLERK, "/applications", FIRST),
    DemoPage("cases", "/cases", BOSS),
    DemoPage("case", "/cases/{number}", BOSS, "/cases", FIRST),
    DemoPage("tickets", "/tickets", BOSS),
    DemoPage("ticket", "/tickets/{number}", BOSS, "/tickets", FIRST),
    DemoPage("ticket-limits", "/tickets/limits", BOSS),
    DemoPage("routing", "/routing", BOSS),
    DemoPage("feedback", "/feedback", BOSS),
    DemoPage("feedback-groups", "/feedback/groups", BOSS),
    DemoPage("feedback-one", "/feedback/{number}", BOSS, "/feedback", FIRST),
    DemoPage("reviews", "/reviews", BOSS),
    DemoPage("review", "/reviews/{task:int}", BOSS, "/reviews", FIRST),
    DemoPage("review-codes", "/reviews/codes", BOSS),
    DemoPage("talks", "/talks", BOSS),
    DemoPage("talk", "/talks/{talk:int}", BOSS, "/talks", "ul.papers a"),
    DemoPage("inspections", "/inspections", INSPECTOR),
    DemoPage(
        "inspection", "/inspections/samples/{sample:int}", INSPECTOR, "/inspections/samples/1"
    ),
    DemoPage("hot", "/hot", BOSS),
    DemoPage("hot-issue", "/hot/{issue}", BOSS, "/hot", FIRST),
    DemoPage("bookings", "/bookings", BOSS),
    DemoPage("booking", "/bookings/{number}", BOSS, "/bookings", FIRST),
    DemoPage("booking-helpers", "/bookings/helpers", BOSS),
    DemoPage("booking-rules", "/bookings/rules", BOSS),
    DemoPage("assistances", "/assistances", BOSS),
    DemoPage("assistance", "/assistances/{assistance_id:int}", BOSS, "/assistances", FIRST),
    DemoPage("catalogue", "/catalogue", EDITOR),
    DemoPage("challenges", "/challenges", EDITOR),
    DemoPage("learning", "/learning", EDITOR),
    DemoPage("learning-message", "/learning/messages/{message:int}", EDITOR, "/learning", FIRST),
    DemoPage("learning-lesson", "/learning/lessons/{lesson:int}", EDITOR, "/learning/lessons/1"),
    DemoPage("learning-models", "/learning/models", BOSS),
    DemoPage("canned", "/canned", BOSS),
    DemoPage("team", "/team", BOSS),
    DemoPage("quality", "/quality", BOSS),
    DemoPage("quality-one", "/quality/{conversation_id}", BOSS, "/quality", FIRST),
    DemoPage("reports", "/reports", BOSS, dark=True),
    DemoPage("calendars", "/calendars", BOSS),
    DemoPage("switches", "/switches", ADMIN),
    DemoPage("people", "/people", ADMIN),
    DemoPage("person", "/people/{agent_id:int}", ADMIN, "/people", FIRST),
    DemoPage("audit", "/audit", ADMIN),
    DemoPage("account", "/account", ADMIN),
    DemoPage("account-password", "/account/password", ADMIN),
    DemoPage("account-second-factor", "/account/second-factor", ADMIN),
)

_MODELS = "/learning/models"
MODEL_LIFE: Sequence[DemoPage] = (
    DemoPage("models-empty", _MODELS, BOSS),
    DemoPage("models-training", _MODELS, BOSS),
    DemoPage("models-comparing", _MODELS, BOSS),
    DemoPage("models-comparison", f"{_MODELS}/comparisons/{{job:int}}", BOSS, dark=True),
    DemoPage("models-switching", _MODELS, BOSS),
    DemoPage("models-in-use", _MODELS, BOSS),
    DemoPage("models-gone-back", _MODELS, BOSS),
)
"""The steps of a new model, in their order; `tools/model_pictures.py` goes through them."""

NO_DESK_PAGE: Mapping[str, str] = MappingProxyType(
    {
        "/static": "files of the pages",
        "/login/city": "leads to the city's sign-in",
        "/login/city/back": "comes back from it",
        "/events": "a stream",
        "/conversations/{conversation_id}/files/{channel}/{file_id}": "a file",
        "/reports/export": "a file",
        "/cases/export/{kind}": "a file",
        "/tickets/export/xlsx": "a file",
        "/tickets/{number}/files/{file}": "a file",
        "/audit/export": "a file",
        "/audit/anchor": "a file",
    }
)
"""Addresses of the desk that are no page, or none of the demo, and why; `/api/` is none anyway."""

PUBLIC: Sequence[DemoPage] = (
    DemoPage("chat", "/"),
    DemoPage("widget-frame", "/widget/frame"),
    DemoPage("widget-demo", "/widget/demo"),
    DemoPage("open", "/open"),
    DemoPage("statistics", "/open/statistics", dark=True),
    DemoPage("answers", "/open/answers"),
    DemoPage("open-talks", "/open/talks"),
    DemoPage("open-talk", "/open/talks/{talk:int}", start="/open/talks/1"),
    DemoPage("plan", "/plans/{token}", start="{plan}", dark=True),
    DemoPage("plan-form", "/plans/{token}/form", start="{plan}/form"),
    DemoPage("plan-sign", "/plans/{token}/sign", start="{plan}/sign"),
    DemoPage("package", "/p/{code}", start="{package}"),
    DemoPage("whistle", "/whistles/{token}", start="{whistle}"),
    DemoPage("booking-link", "/bookings/{token}", start="{booking}"),
    DemoPage("review-link", "/review/{code}", start="{review}"),
    DemoPage("verify", "/verify"),
    DemoPage("verify-number", "/verify/{number}", start="/verify/XE-2026-000000"),
)

NO_PUBLIC_PAGE: Mapping[str, str] = MappingProxyType(
    {
        "/healthz": "for machines",
        "/readyz": "for machines",
        "/desk": "leads to the desk",
        "/files/{token}": "a file",
        "/s/{code}": "a short link, leads to the plan",
        "/whistles/{token}/files/{file:int}": "a file",
    }
)
"""Public addresses that are no page, and why; `/api/` and names with a dot are none anyway."""


def names(page: DemoPage) -> Sequence[str]:
    """Return the names of the pictures of a page, without the folder."""
    dark = [f"{page.name}-wide-dark.png"] if page.dark else []
    return [f"{page.name}-wide.png", f"{page.name}-phone.png", *dark]
