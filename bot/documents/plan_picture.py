"""The plan as a picture for a telephone: bars by stage on one scale, critical path marked.

Drawn by hand in pixels of a portrait page 1080 wide; matplotlib only puts texts and boxes on it.
"""

import enum
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle

from bot.documents.fonts import find_fonts
from bot.documents.plan_rows import Row, StageRow, StepRow, broken, measure, plan_rows
from bot.domain.plan_snapshot import PlanSnapshot, SnapshotStep

WIDTH = 1080
DPI = 100
MARGIN = 48
INNER = WIDTH - 2 * MARGIN

TITLE, LEAD, STAGE, NAME, SMALL = 44, 30, 34, 30, 25
"""Heights of letters in pixels; the smallest is 9 points on a telephone 390 wide."""

LINE = 1.4
BAR = 26
SHORTEST_BAR = 10
ROW_GAP = 20

ROUND_DAYS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0)
MOST_TICKS = 6

INK, QUIET, RULE, PAPER = "#1d2129", "#565d68", "#d9dde3", "#ffffff"
BLUE, RED, GREY, TINT = "#1c5cab", "#b42318", "#9aa2ae", "#eef3fa"


class PictureFormat(enum.Enum):
    """What the picture is written as."""

    PNG = "png"
    SVG = "svg"


def draw_plan(plan: PlanSnapshot, wanted: PictureFormat) -> bytes:
    """Return the picture of a plan.

    Raises:
        FontMissing: No Chinese font is installed.
    """
    figure = _Page(plan).figure
    out = io.BytesIO()
    if wanted is PictureFormat.PNG:
        FigureCanvasAgg(figure).print_png(out, metadata={"Title": plan.title, "Software": "xiaoer"})
    else:
        # letters become shapes: the picture looks the same where the font is missing
        metadata = {"Title": f"{plan.title}（办事计划）", "Date": None, "Description": _told(plan)}
        FigureCanvasSVG(figure).print_svg(out, metadata=metadata)
    return out.getvalue()


class _Page:
    """Puts the parts one under the other; y grows downwards, in pixels."""

    def __init__(self, plan: PlanSnapshot) -> None:
        regular, bold = find_fonts()
        self._regular, self._bold = FontProperties(fname=regular), FontProperties(fname=bold)
        self._plan = plan
        self._whole = plan.total_days or 1.0
        rows = tuple(plan_rows(plan, INNER / NAME))
        lead = self._lead()
        self._height = math.ceil(self._measured(rows, lead))
        self.figure = Figure(figsize=(WIDTH / DPI, self._height / DPI), dpi=DPI, facecolor=PAPER)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(self._height, 0)
        self._y = float(MARGIN)
        self._draw(rows, lead)

    def _measured(self, rows: Sequence[Row], lead: Sequence[str]) -> float:
        title = len(broken(self._plan.title, INNER / TITLE)) * TITLE * LINE
        head = title + len(lead) * LEAD * LINE + 3 * SMALL * LINE + 40 + SMALL * LINE + 20
        body = sum(_height(row, self._whole) for row in rows)
        foot = len(self._remarks()) * SMALL * LINE + 30
        return 2 * MARGIN + head + body + foot

    def _draw(self, rows: Sequence[Row], lead: Sequence[str]) -> None:
        for line in broken(self._plan.title, INNER / TITLE):
            self._text(MARGIN, line, TITLE, bold=True)
            self._y += TITLE * LINE
        for line in lead:
            self._text(MARGIN, line, LEAD)
            self._y += LEAD * LINE
        self._y += 16
        self._legend()
        self._y += 24
        self._scale(rows)
        for row in rows:
            if isinstance(row, StageRow):
                self._stage(row)
            else:
                self._step(row)
        self._y += 30
        for line in self._remarks():
            self._text(MARGIN, line, SMALL, color=QUIET)
            self._y += SMALL * LINE

    def _lead(self) -> tuple[str, ...]:
        plan = self._plan
        place = f"{plan.place}，" if plan.place else ""
        told = (
            f"{place}{plan.start_on}起办，最快{plan.finish_on}办完："
            f"同时办要{plan.total}，一件一件办要{plan.sequential}。"
        )
        return broken(told, INNER / LEAD)

    def _remarks(self) -> tuple[str, ...]:
        plan = self._plan
        told = ["★和斜线：关键步骤，一步晚就全晚。＊：典型用时，以窗口答复为准。"]
        if plan.is_provisional:
            told.append("“暂定”：国务院尚未公布该年放假安排，日期可能变动。")
        told.append(
            f"资料最早核对于{plan.checked_on}；政策和时限会变，以窗口答复为准。小二 · 办事计划"
        )
        return tuple(line for one in told for line in broken(one, INNER / SMALL))

    def _legend(self) -> None:
        """Say what the shapes mean; three lines at most."""
        x = float(MARGIN)
        for row, text in self._examples():
            needed = 90 + measure(text) * SMALL + 36
            if x + needed > WIDTH - MARGIN:
                x = float(MARGIN)
                self._y += SMALL * LINE
            self._bar(row, x, x + 74, self._y + 4)
            self._text(x + 88, text, SMALL, color=QUIET)
            x += needed
        self._y += SMALL * LINE

    def _examples(self) -> Iterator[tuple[StepRow, str]]:
        steps = list(_steps(self._plan))
        plain = StepRow((), "", 0, 1, False, False, False, False)
        yield plain, "一步"
        if any(step.is_critical for step in steps):
            yield replace(plain, is_critical=True), "★ 关键步骤"
        if any(step.is_own_work for step in steps):
            yield replace(plain, is_own_work=True), "您自己的时间"
        if any(step.is_done for step in steps):
            yield replace(plain, is_done=True), "已办"
        if any(step.is_milestone for step in steps):
            yield replace(plain, is_milestone=True), "节点"

    def _scale(self, rows: Sequence[Row]) -> None:
        """Draw the working days above the rows and a thin line down at each."""
        whole = self._whole
        bottom = self._y + SMALL * LINE + 20 + sum(_height(row, whole) for row in rows)
        for day in _ticks(whole):
            x = MARGIN + day / whole * INNER
            anchor = "left" if day == 0 else "right" if x > WIDTH - MARGIN - 60 else "center"
            label = "工作日 0" if day == 0 else f"{day:g}"
            self._text(x, label, SMALL, color=QUIET, ha=anchor)
            top = self._y + SMALL * LINE
            self._axes.add_line(Line2D((x, x), (top, bottom), color=RULE, linewidth=1, zorder=0))
        self._y += SMALL * LINE + 20

    def _stage(self, row: StageRow) -> None:
        height = STAGE * LINE + 16
        self._axes.add_patch(
            Rectangle((MARGIN - 12, self._y), INNER + 24, height, facecolor=TINT, zorder=1)
        )
        line = broken(row.name, INNER / STAGE)[0]
        self._y += 6
        self._text(MARGIN, line, STAGE, bold=True, color=BLUE)
        self._y += height - 6 + ROW_GAP / 2

    def _step(self, row: StepRow) -> None:
        color = RED if row.is_critical else GREY if row.is_done else INK
        for line in row.lines:
            self._text(MARGIN, line, NAME, bold=row.is_critical, color=color, on_paper=True)
            self._y += NAME * LINE
        left, right = _edges(row, self._whole)
        self._bar(row, left, right, self._y)
        side = _label_side(row, self._whole)
        if side is _Side.AFTER:
            self._text(right + 14, row.right, SMALL, color=QUIET, on_paper=True, rise=4)
        elif side is _Side.BEFORE:
            self._text(left - 14, row.right, SMALL, color=QUIET, on_paper=True, rise=4, ha="right")
        self._y += BAR
        if side is _Side.UNDER:
            self._text(MARGIN, row.right, SMALL, color=QUIET, on_paper=True, rise=-4)
            self._y += SMALL * LINE
        self._y += ROW_GAP

    def _bar(self, row: StepRow, left: float, right: float, top: float) -> None:
        if row.is_milestone:
            x, y, r = left + SHORTEST_BAR / 2, top + BAR / 2, BAR / 2
            corners = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
            self._axes.add_patch(Polygon(corners, facecolor=INK, zorder=3))
            return
        width = right - left
        face = RED if row.is_critical else GREY if row.is_done else BLUE
        shape = FancyBboxPatch(
            (left, top),
            width,
            BAR,
            boxstyle="round,pad=0,rounding_size=4",
            facecolor=PAPER if row.is_own_work else face,
            edgecolor=face if row.is_own_work else PAPER,
            linestyle=(0, (3, 2)) if row.is_own_work else "solid",
            hatch="///" if row.is_critical else None,
            linewidth=1.5 if row.is_own_work or row.is_critical else 0.0,
            zorder=3,
        )
        self._axes.add_patch(shape)

    def _text(
        self,
        x: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        color: str = INK,
        ha: str = "left",
        on_paper: bool = False,
        rise: float = 0.0,
    ) -> None:
        self._axes.text(
            x,
            self._y - rise,
            text,
            fontproperties=self._bold if bold else self._regular,
            fontsize=size * 72 / DPI,
            color=color,
            ha=ha,
            va="top",
            parse_math=False,  # a "$" in a name is a dollar
            zorder=4,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1} if on_paper else None,
        )


class _Side(enum.Enum):
    """Where length and date of a step have room."""

    NOWHERE = enum.auto()
    AFTER = enum.auto()
    BEFORE = enum.auto()
    UNDER = enum.auto()


def _edges(row: StepRow, whole: float) -> tuple[float, float]:
    """Return left and right of a bar; the shortest ones are still to be seen."""
    left = MARGIN + min(row.starts_after / whole, 1.0) * INNER
    right = MARGIN + min(row.ends_after / whole, 1.0) * INNER
    left = min(left, WIDTH - MARGIN - SHORTEST_BAR)
    return left, max(right, left + SHORTEST_BAR)


def _label_side(row: StepRow, whole: float) -> _Side:
    if not row.right:
        return _Side.NOWHERE
    left, right = _edges(row, whole)
    needed = 14 + measure(row.right) * SMALL
    if right + needed <= WIDTH - MARGIN:
        return _Side.AFTER
    return _Side.BEFORE if left - needed >= MARGIN else _Side.UNDER


def _height(row: Row, whole: float) -> float:
    if isinstance(row, StageRow):
        return STAGE * LINE + 16 + ROW_GAP / 2
    under = SMALL * LINE if _label_side(row, whole) is _Side.UNDER else 0.0
    return len(row.lines) * NAME * LINE + BAR + under + ROW_GAP


def _ticks(whole: float) -> Iterator[float]:
    """Yield at most seven round numbers of days from 0 to the whole length."""
    step = next((size for size in ROUND_DAYS if whole / size <= MOST_TICKS), whole)
    for number in range(int(whole / step) + 1):
        yield number * step


def _steps(plan: PlanSnapshot) -> Iterator[SnapshotStep]:
    for stage in plan.stages:
        for group in stage.groups:
            yield from group.steps


def _told(plan: PlanSnapshot) -> str:
    """Return the plan in words, for who cannot see the picture."""
    told = (f"{s.name}{'（关键）' if s.is_critical else ''} {s.due}" for s in _steps(plan))
    return f"{plan.title}，{plan.start_on}至{plan.finish_on}。" + "；".join(told)
