"""The documents of a plan in words: the ticked list, one step's list, what a missing one means."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.documents.paper_rules_text import commitment_text, deferral_text
from bot.domain.matters import Material
from bot.domain.plan_life import PlanLife
from bot.domain.plan_snapshot import MaterialMark
from bot.domain.service_rules import ServiceRules
from bot.planner.calendar import DueDate
from bot.services.plans.life_view import LiveStep
from bot.services.plans.paper_kinds import PaperKinds
from bot.services.plans.papers import Paper, PlanPapers, has_paper
from bot.services.plans.without_paper import WithoutPaper

MAX_CHARACTERS = 1800
"""Longest message; the page has the whole list."""

LONGEST_NAME = 12
"""Characters of a step's name behind a document."""

UNVERIFIED = "＊"
TICKED, OPEN, NOT_YET = "☑", "☐", "☒"
MARKS: Mapping[MaterialMark, str] = {
    MaterialMark.BRING: "",
    MaterialMark.LATER: "可容缺",
    MaterialMark.COMMIT: "可承诺代替",
    MaterialMark.HELD: "免提交",
    MaterialMark.IF_IT_APPLIES: "视情形",
}


def papers_text(papers: PlanPapers, life: PlanLife, kinds: PaperKinds, rules: ServiceRules) -> str:
    """Return the documents of a whole plan by who provides them, with what is ticked."""
    wanted = papers.to_bring()
    n_have = sum(has_paper(paper, life.papers, life.done) for paper in wanted)
    saved = papers.n_lines - len(papers.papers)
    head = [
        f"【材料清单】{life.name}：要备的 {len(wanted)} 份，已有 {n_have} 份。"
        + (f"各步清单合起来 {papers.n_lines} 项，重复的并掉 {saved} 项。" if saved > 0 else "")
    ]
    for with_steps in (True, False):
        lines = list(_grouped(papers, life, kinds, with_steps=with_steps))
        text = "\n".join([*head, *lines, *_legend(wanted, rules)])
        if len(text) <= MAX_CHARACTERS:
            return text
    for n in range(len(lines) - 1, 0, -1):
        cut = [*head, *lines[:n], f"（另有{len(lines) - n}行，打开方案页面看全部）"]
        text = "\n".join([*cut, *_legend(wanted, rules)])
        if len(text) <= MAX_CHARACTERS:
            break
    return text


def step_text(step: LiveStep, rules: ServiceRules, until: DueDate) -> str:
    """Return one step's documents: original or copy, who provides, what may be done about each.

    `until` is the last day for what comes later if the step is accepted today.
    """
    lines = [f"【{step.name}】{step.department}"]
    split = step.step.materials
    for mark in MaterialMark:
        lines += [_material_line(material, mark) for material in getattr(split, mark.value)]
    if len(lines) == 1:
        lines.append("资料里没有列出要交的材料，以窗口答复为准。")
    if split.later:
        lines.append(deferral_text(rules, until))
    if split.commit:
        lines.append(commitment_text(rules))
    return "\n".join(lines)


def ask_text(paper: Paper) -> str:
    """Return the question whether a document is at hand."""
    uses = [f"{_short(use.step)}{_marked(use.mark)}" for use in paper.uses]
    return f"“{paper.name}”（{_form(paper)}）有了吗？用在：{'、'.join(uses)}。"


def ticked_text(have: Sequence[Paper], lack: Sequence[Paper], n_left: int) -> str:
    """Return what was ticked and how much is left."""
    lines = []
    if have:
        lines.append(f"勾上了：{'、'.join(paper.name for paper in have)}。")
    if lack:
        lines.append(f"记下还没有：{'、'.join(paper.name for paper in lack)}。")
    lines.append(f"要备的材料还差 {n_left} 份。" if n_left else "要备的材料齐了。")
    return "\n".join(lines)


def without_text(found: WithoutPaper, rules: ServiceRules, until: DueDate) -> str:
    """Return what can start and what waits while a document is missing; `until` as above."""
    lines = [f"“{found.paper.name}”还没有，影响这样分："]
    if found.paper.made_by is not None:
        lines.append(f"· 它是“{found.paper.made_by[1]}”办完的结果，不用另外去开")
    for label, steps in (
        ("现在就能办，用不着它", found.free),
        ("不用交它（系统里有，或视情形才要）", found.needless),
        ("可以先受理、后补", found.later),
        ("可以签承诺书代替", found.commit),
        ("要等它", found.blocked),
        ("跟着往后等", found.behind),
    ):
        if steps:
            lines.append(f"· {label}：{_some(step.name for step in steps)}")
    if len(lines) == 1:
        lines.append("· 没办完的步骤都用不着它")
    if found.later:
        lines.append(deferral_text(rules, until))
    if found.commit:
        lines.append(commitment_text(rules))
    return "\n".join(lines)


def _grouped(
    papers: PlanPapers, life: PlanLife, kinds: PaperKinds, *, with_steps: bool
) -> Iterator[str]:
    wanted = papers.to_bring()
    for provider in kinds.providers:
        members = [paper for paper in wanted if paper.provider_id == provider.id]
        if members:
            yield f"▍{provider.title}"
            yield from (_line(paper, life, with_steps=with_steps) for paper in members)
    made = [paper for paper in papers.papers if paper.made_by is not None]
    if made:
        yield "▍前面的步骤办完就有，不用另备"
        yield "、".join(
            f"{paper.name}（{_short(paper.made_by[1])}）" for paper in made if paper.made_by
        )
    held = [p for p in papers.papers if p.made_by is None and p.mark is MaterialMark.HELD]
    if held:
        yield "▍政府系统里已有，不用交"
        yield "、".join(paper.name for paper in held)


def _line(paper: Paper, life: PlanLife, *, with_steps: bool) -> str:
    has = has_paper(paper, life.papers, life.done)
    box = TICKED if has else NOT_YET if paper.key in life.papers else OPEN
    doubt = "" if paper.is_verified else UNVERIFIED
    steps = f"：{'、'.join(_short(use.step) for use in paper.uses)}" if with_steps else ""
    return f"{box} {paper.name}{doubt}（{paper_note(paper)}）{steps}"


def paper_note(paper: Paper) -> str:
    """Return original or copy, how many, and what may be done about a document."""
    return "，".join(part for part in (_form(paper), MARKS[paper.mark]) if part)


def _legend(papers: Iterable[Paper], rules: ServiceRules) -> Iterator[str]:
    shown = list(papers)
    if any(not paper.is_verified for paper in shown):
        yield f"{UNVERIFIED}未逐字核对，以窗口答复为准。"
    marks = {use.mark for paper in shown for use in paper.uses}
    if MaterialMark.LATER in marks:
        yield deferral_text(rules)
    if MaterialMark.COMMIT in marks:
        yield commitment_text(rules)


def _material_line(material: Material, mark: MaterialMark) -> str:
    doubt = "" if material.provenance.verified else UNVERIFIED
    copies = f"{material.copies}份" if material.copies > 1 else ""
    note = MARKS[mark]
    parts = (f"{material.form}{copies}", f"{material.provided_by}提供", note)
    return f"· {material.name}{doubt}（{'，'.join(part for part in parts if part)}）"


def _form(paper: Paper) -> str:
    return paper.form + (f"，共{paper.copies}份" if paper.copies > 1 else "")


def _marked(mark: MaterialMark) -> str:
    return f"（{MARKS[mark]}）" if MARKS[mark] else ""


def _short(name: str) -> str:
    bare = name.split("（", maxsplit=1)[0]
    return bare if len(bare) <= LONGEST_NAME else f"{bare[: LONGEST_NAME - 1]}…"


def _some(names: Iterable[str]) -> str:
    listed = [_short(name) for name in names]
    shown = "、".join(listed[:6])
    return shown if len(listed) <= 6 else f"{shown} 等{len(listed)}步"  # noqa: PLR2004 - named above
