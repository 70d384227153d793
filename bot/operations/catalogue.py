"""The officials' tools: check, compare, freeze and unfreeze, list what has to be checked again."""

import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from bot.documents.check import check_templates
from bot.domain.catalogue import Catalogue
from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.operations.prepare import current_database
from bot.services.learning.catalogue_diff import PlanChange, changed_facts, changed_plans
from bot.services.learning.stale_facts import stale_facts
from bot.services.operating.freezes import OPERATOR, freeze_matter, unfreeze_matter
from bot.services.times.local_time import local_day
from bot.settings import ROOT, Settings
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.problems import CatalogueInvalid
from bot.store.forms import read_forms

REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/~^@{}-]*")
CATALOGUE = "data/catalogue"
MEASURES = ("主流程", "全过程", "全程")


def check(settings: Settings, display: Display) -> bool:
    """Check catalogue, forms and document templates; prints every fault with its place.

    Faults of the catalogue hide those of the forms, and these hide those of the templates: a form
    takes its options from the catalogue, a template its fields from a form.

    Returns:
        Whether all is well.
    """
    try:
        catalogue = load_catalogue(settings.data_dir / "catalogue")
    except CatalogueInvalid as error:
        for problem in error.problems:
            display.line(f"catalogue/{problem}")
        return False
    forms, findings = read_forms(settings.data_dir / "forms", catalogue)
    for problem in sorted(set(findings.problems)):
        display.line(f"forms/{problem}")
    if findings.problems:
        return False
    broken = list(check_templates(settings.data_dir / "documents", forms))
    for fault in broken:
        display.line(f"documents/{fault}")
    if broken:
        return False
    display.line(
        f"✓ {len(catalogue.matters)} 个事项, {len(catalogue.one_things)} 个一件事, "
        f"{len(catalogue.project_types)} 类项目, {len(catalogue.policies)} 条政策, "
        f"{len(forms)} 张表 (all is well)"
    )
    return True


def diff(settings: Settings, old: str, new: str, display: Display, now: datetime) -> None:
    """Print which facts and which reference plans differ between two catalogues.

    Args:
        settings: Where the calendar is.
        old: A folder, or a git revision of this repository.
        new: As above.
        display: Where to print.
        now: Aware UTC; the plans start today.

    Raises:
        OperationFailed: Neither a folder nor a revision.
        CatalogueInvalid: One of the two has faults.
    """
    with _catalogue_at(old) as before, _catalogue_at(new) as after:
        facts = changed_facts(before, after)
        calendar = load_calendar(settings.data_dir / "calendar", settings.state_dir / "calendar")
        plans = changed_plans(before, after, calendar, local_day(now))
    display.line(f"内容变化 (facts): {len(facts)}")
    for fact in facts:
        if not fact.old or not fact.new:
            mark, value = ("+", fact.new) if fact.new else ("-", fact.old)
            display.line(f"{mark} {fact.place}: {value}")
        else:
            display.line(f"~ {fact.place}: {fact.old} → {fact.new}")
    display.line(f"方案变化 (plans): {len(plans)}")
    for plan in plans:
        _print_plan(plan, display)


def freeze(
    settings: Settings, matter_id: str, reason: str, until: date | None, now: datetime
) -> None:
    """Freeze a matter at once; running processes know with the next question.

    Raises:
        UnknownMatter: The catalogue does not have it.
        OperationFailed: The reason is missing or too long, or the day has passed.
    """
    catalogue = load_catalogue(settings.data_dir / "catalogue")
    with current_database(settings) as unit_of_work:
        freeze_matter(
            unit_of_work,
            matter_id=matter_id,
            reason=reason,
            until=until,
            by=OPERATOR,
            agent_id=None,
            now=now,
            catalogue=catalogue,
        )


def unfreeze(settings: Settings, matter_id: str, now: datetime) -> None:
    """Lift the freeze of a matter.

    Raises:
        NotFrozen: There is none.
    """
    with current_database(settings) as unit_of_work:
        unfreeze_matter(unit_of_work, matter_id=matter_id, by=OPERATOR, agent_id=None, now=now)


def stale(settings: Settings, days: int, display: Display, now: datetime) -> int:
    """Print the facts that were not checked for more than `days` days; returns how many."""
    catalogue = load_catalogue(settings.data_dir / "catalogue")
    found = stale_facts(catalogue, local_day(now), days)
    for one in found:
        detail = f" {one.detail}" if one.detail else ""
        display.line(
            f"{one.provenance.checked_on} {one.days}d {one.provenance.confidence.value} "
            f"{one.kind}/{one.entry_id} {one.fact}{detail} {one.name} {one.provenance.source}"
        )
    display.line(f"共 {len(found)} 条超过 {days} 天没核对 (facts to check again)")
    return len(found)


def _print_plan(plan: PlanChange, display: Display) -> None:
    if plan.old_days is None or plan.new_days is None:
        display.line(f"{'+' if plan.old_days is None else '-'} {plan.name}")
        return
    totals = [
        f"{measure} {before:g} → {after:g}"
        for measure, before, after in zip(MEASURES, plan.old_days, plan.new_days, strict=True)
        if before != after
    ]
    display.line(f"~ {plan.name}: {', '.join(totals) or '总天数不变'} (working days)")
    for line in plan.lines:
        display.line(f"    {line}")


@contextmanager
def _catalogue_at(place: str) -> Iterator[Catalogue]:
    """Yield the catalogue of a folder or of a git revision."""
    folder = Path(place)
    if folder.is_dir():
        inner = folder / CATALOGUE
        yield load_catalogue(inner if inner.is_dir() else folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        _extract(place, Path(temporary))
        yield load_catalogue(Path(temporary) / CATALOGUE)


def _extract(revision: str, target: Path) -> None:
    git = shutil.which("git")
    if git is None or not REVISION.fullmatch(revision):
        raise OperationFailed(f"{revision} 不是目录, 也不是版本 (neither a folder nor a revision)")
    command = [git, "-C", str(ROOT), "archive", "--format=tar", revision, CATALOGUE]
    done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - checked above
    if done.returncode:
        raise OperationFailed(f"{revision} 不是目录, 也不是版本 (neither a folder nor a revision)")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        files = [one for one in archive if one.isfile() and one.name.startswith(f"{CATALOGUE}/")]
        for one in files:
            content = archive.extractfile(one)
            path = target / one.name
            if content is None or ".." in path.parts:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read())
