"""The page of a saved plan, under the secret link that its applicant was given."""

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.documents.live_plan_page import LivePlanPage, live_plan_page
from bot.domain.halls import to_local
from bot.domain.plan_snapshot import MaterialMark, PlanSnapshot, SnapshotStep
from bot.domain.plans import SavedPlan, UnknownPlan
from bot.portal.pages import html, open_pages
from bot.services.plans.plans import get_plan_by_token
from bot.services.plans.reading import view_saved
from bot.services.plans.snapshot import read_snapshot
from bot.services.plans.trips import trips_of

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


def routes(app: "App") -> list[Route]:
    """Return `GET /plans/{token}` and its stylesheet."""
    pages = open_pages()

    def show(request: "Request") -> Response:
        token = request.path_params["token"]
        try:
            saved = get_plan_by_token(app.unit_of_work, token)
        except UnknownPlan:
            return html(pages.get_template("plan_missing.html").render(), 404)
        return plan_page(pages, saved, own_path=f"/plans/{token}", live=live_plan(app, saved))

    def stylesheet(_: "Request") -> Response:
        return FileResponse(STYLESHEET, media_type="text/css")

    return [
        Route("/plans/assets/plan.css", stylesheet, name="plan_stylesheet"),
        Route("/plans/{token}", show, name="plan"),
    ]


def plan_page(
    pages: Environment, saved: SavedPlan, *, own_path: str, live: LivePlanPage | None
) -> Response:
    """Return the page of a plan.

    Args:
        pages: The templates.
        saved: The plan.
        own_path: Path of the secret link, for what can be taken away; "" shows the plan only.
        live: How it stands today; None for a plan that is not followed.
    """
    plan = read_snapshot(saved.snapshot)
    body = pages.get_template("plan.html").render(
        plan=plan,
        trips=trips_of(plan),
        made_on=to_local(saved.created_at).date().isoformat(),
        own_path=own_path,
        mark_titles=MARK_TITLES,
        bar=bar,
        live=live,
    )
    return html(body)


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
