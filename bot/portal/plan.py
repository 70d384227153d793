"""The page of a saved plan, under the secret link that its applicant was given."""

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from bot.documents.live_plan_page import LivePlanPage, live_plan_page
from bot.domain.halls import to_local
from bot.domain.plan_snapshot import MaterialMark, PlanSnapshot, SnapshotStep
from bot.domain.plans import SavedPlan, UnknownPlan
from bot.services.plan_reading import view_saved
from bot.services.plan_snapshot import read_snapshot
from bot.services.plans import get_plan_by_token

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.bootstrap import App

HERE = Path(__file__).parent
STYLESHEET = HERE / "static" / "plan.css"

MARK_TITLES = {
    MaterialMark.BRING: "",
    MaterialMark.LATER: "可容缺",
    MaterialMark.COMMIT: "可承诺",
    MaterialMark.HELD: "免提交",
    MaterialMark.IF_IT_APPLIES: "视情形",
}
"""What stands behind a document; the legend of the page explains each."""

BAR_WIDTH = 100.0
"""Width of the bars in the units of their drawing."""

MIN_BAR = 1.5
"""A step done at once is still to be seen."""

HEADERS = {
    # no script, no frame, nothing from elsewhere: the page shows what people typed
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    # the link is a secret: it goes to no other site, search engine or cache
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
}


def routes(app: "App") -> list[Route]:
    """Return `GET /plans/{token}` and its stylesheet."""
    pages = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    pages.globals["mark_titles"] = MARK_TITLES
    pages.globals["bar"] = bar

    def show(request: "Request") -> Response:
        try:
            saved = get_plan_by_token(app.unit_of_work, request.path_params["token"])
        except UnknownPlan:
            body = pages.get_template("plan_missing.html").render()
            return HTMLResponse(body, status_code=404, headers=HEADERS)
        plan = read_snapshot(saved.snapshot)
        body = pages.get_template("plan.html").render(
            plan=plan,
            made_on=to_local(saved.created_at).date().isoformat(),
            live=live_plan(app, saved),
        )
        return HTMLResponse(body, headers=HEADERS)

    def stylesheet(_: "Request") -> Response:
        return FileResponse(STYLESHEET, media_type="text/css")

    return [
        Route("/plans/assets/plan.css", stylesheet, name="plan_stylesheet"),
        Route("/plans/{token}", show, name="plan"),
    ]


def live_plan(app: "App", saved: SavedPlan) -> LivePlanPage | None:
    """Return how the plan stands today; None for one that cannot be followed."""
    with app.unit_of_work() as uow:
        if uow.plan_lives.of_plan(saved.id) is None:
            return None
    now = app.now()
    found = view_saved(app.unit_of_work, app.plan_composer, plan_id=saved.id, now=now)
    return None if found is None else live_plan_page(found, to_local(now).date(), app.paper_kinds)


def bar(step: SnapshotStep, plan: PlanSnapshot) -> tuple[float, float]:
    """Return left edge and width of a step's bar, together at most `BAR_WIDTH`."""
    whole = plan.total_days or 1.0
    left = min(step.starts_after / whole * BAR_WIDTH, BAR_WIDTH - MIN_BAR)
    width = max((step.ends_after - step.starts_after) / whole * BAR_WIDTH, MIN_BAR)
    return round(left, 2), round(min(width, BAR_WIDTH - left), 2)
