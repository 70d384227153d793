"""The single form of a plan as a page: fill in, have every field checked, take the Word file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.documents.form_text import fault_text, value_text
from bot.domain.single_form import FieldFault, FieldOption, FilledForm, FormField
from bot.portal.plan_site import PlanSite
from bot.services.applications.form_checks import Checks
from bot.services.plans.form import fill_form_of_plan

MAX_FIELDS = 100
LONGEST_INPUT = 1000


@dataclass(frozen=True)
class ShownField:
    """One field as it stands on the page.

    Attributes:
        value: As typed, else as kept.
        fault: What is wrong with it; "" when nothing is.
    """

    id: str
    label: str
    help: str
    is_required: bool
    options: tuple[FieldOption, ...]
    is_long: bool
    value: str = field(repr=False)
    fault: str


def routes(site: PlanSite) -> list[Route]:
    """Return the routes of the page."""
    own = FormPage(site)
    path = "/plans/{token}/form"
    return [
        Route(path, site.guarded(own.show), methods=["GET"], name="plan_form_page"),
        Route(path, site.guarded(own.save), methods=["POST"], name="plan_form_save"),
    ]


class FormPage:
    """Handlers of the page."""

    def __init__(self, site: PlanSite) -> None:
        self._site = site

    async def show(self, request: Request) -> Response:
        """Show the form with what is known."""
        saved = await self._site.plan_of(request)
        filled = await run_sync(self._site.maker.filled_form, saved)
        return self._page(request, filled, {}, is_saved=False)

    async def save(self, request: Request) -> Response:
        """Check and keep what was typed; what is wrong stands on the page as it was typed."""
        saved = await self._site.plan_of(request)
        app = self._site.app
        async with request.form(max_files=0, max_fields=MAX_FIELDS) as form:
            typed = {
                name: value[:LONGEST_INPUT]
                for name, value in form.items()
                if isinstance(value, str)
            }

        def keep() -> FilledForm:
            return fill_form_of_plan(
                app.unit_of_work,
                saved,
                typed,
                forms=app.forms,
                checks=Checks(app.now(), app.calendar),
                now=app.now(),
            )

        return self._page(request, await run_sync(keep), typed, is_saved=True)

    def _page(
        self, request: Request, filled: FilledForm, typed: Mapping[str, str], *, is_saved: bool
    ) -> Response:
        faults = {
            problem.field_id: fault_text(filled.form, problem)
            for problem in filled.problems
            if is_saved or problem.fault is not FieldFault.MISSING
        }
        sections = [
            (section.title, list(_shown(section.fields, filled, typed, faults)))
            for section in filled.form.sections
        ]
        return self._site.page(
            "form.html",
            title=filled.form.title,
            sections=[(title, fields) for title, fields in sections if fields],
            is_saved=is_saved,
            is_complete=filled.is_complete,
            faults=faults,
            plan_path=f"/plans/{request.path_params['token']}",
        )


def _shown(
    fields: tuple[FormField, ...],
    filled: FilledForm,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
) -> Iterator[ShownField]:
    applying = {one.id for one in filled.fields}
    for one in fields:
        if one.id not in applying:
            continue
        kept = filled.values.get(one.id, "")
        is_plain = bool(one.options) or not kept
        yield ShownField(
            id=one.id,
            label=one.label,
            help=one.help,
            is_required=one.required,
            options=one.options,
            is_long=one.longest >= 200,  # noqa: PLR2004 - several lines on the page
            value=(kept if is_plain else value_text(one, kept, masked=False))
            or typed.get(one.id, ""),
            fault=faults.get(one.id, ""),
        )
