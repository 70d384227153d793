"""What a one-time notice (一次性告知) says: steps, papers by who provides them, sources."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.domain.plan_snapshot import MaterialMark, PlanSnapshot, SnapshotMaterial, SnapshotStep

HELD = "held"

MARK_WORDS: Mapping[MaterialMark, str] = {
    MaterialMark.BRING: "必交",
    MaterialMark.LATER: "可容缺后补",
    MaterialMark.COMMIT: "可书面承诺代替",
    MaterialMark.HELD: "免提交",
    MaterialMark.IF_IT_APPLIES: "视情形",
}

STRICTNESS = (
    MaterialMark.BRING,
    MaterialMark.LATER,
    MaterialMark.COMMIT,
    MaterialMark.IF_IT_APPLIES,
    MaterialMark.HELD,
)
"""A paper asked for by several steps is listed as the strictest of them asks for it."""

SAME_NAME = re.compile(r"[\s（）()“”\"'、，,；;：:·]")


@dataclass(frozen=True)
class ProviderGroup:
    """Papers of one kind of provider, as `data/documents/providers.yml` sorts them."""

    id: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Providers:
    """The groups in order, the last one for all others, and the title of what the state holds."""

    groups: tuple[ProviderGroup, ...]
    held_title: str

    def group_of(self, material: SnapshotMaterial) -> tuple[str, str]:
        """Return id and title of the group of a paper."""
        if material.mark is MaterialMark.HELD:
            return HELD, self.held_title
        for group in self.groups:
            if any(word in material.provided_by for word in group.words):
                return group.id, group.title
        return self.groups[-1].id, self.groups[-1].title


@dataclass(frozen=True)
class NoticePaper:
    """One paper of the whole plan.

    Attributes:
        form: 原件, 复印件 ... as the catalogue says; several joined by "、".
        copies: The most that one step asks for.
        mark: One of `MARK_WORDS`.
        steps: Numbers of the steps that ask for it, such as "1、4".
    """

    name: str
    form: str
    copies: int
    mark: str
    provided_by: str
    steps: str


@dataclass(frozen=True)
class NoticePapers:
    """Papers under one heading."""

    id: str
    title: str
    papers: tuple[NoticePaper, ...]


@dataclass(frozen=True)
class NoticeStep:
    """One step; `number` runs through the whole plan, `wave` names what can be done together.

    Attributes:
        wave: Such as "2"; steps of a stage with the same wave run side by side.
        is_together: Others of the same stage have the same wave.
        detail: The step as the plan has it.
    """

    number: int
    wave: int
    is_together: bool
    detail: SnapshotStep


@dataclass(frozen=True)
class NoticeStage:
    """Steps under one heading; `name` is "" when the plan has no stages."""

    name: str
    steps: tuple[NoticeStep, ...]


@dataclass(frozen=True)
class NoticeSource:
    """A source of lengths; `steps` as in `NoticePaper`."""

    name: str
    is_verified: bool
    checked_on: str
    steps: str


@dataclass(frozen=True)
class Notice:
    """Everything that the template may use as `notice`.

    Attributes:
        number: Of the document.
        issued_on: Local day, ISO.
        plan: The plan as its page shows it.
        own_papers: Papers that the applicant has to care about.
        uncertain: Numbers of the steps whose length is of low confidence; "" for none.
        plan_url: Opens the plan to be read; for a QR code.
        verify_url: Says whether the document is genuine; for a QR code.
    """

    number: str
    issued_on: str
    plan: PlanSnapshot
    stages: tuple[NoticeStage, ...]
    papers: tuple[NoticePapers, ...]
    sources: tuple[NoticeSource, ...]
    uncertain: str
    plan_url: str = field(repr=False)
    verify_url: str

    @property
    def step_count(self) -> int:
        """Return how many steps are to be done."""
        steps = (step.detail for stage in self.stages for step in stage.steps)
        return sum(not (step.is_milestone or step.is_done) for step in steps)

    @property
    def paper_count(self) -> int:
        """Return how many papers the applicant sees to; those the state holds are not counted."""
        return sum(len(group.papers) for group in self.papers if group.id != HELD)


def load_providers(path: Path) -> Providers:
    """Read `data/documents/providers.yml`.

    Raises:
        KeyError: A group lacks a part.
        yaml.YAMLError: It is no YAML.
    """
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    groups = tuple(
        ProviderGroup(str(one["id"]), str(one["title"]), tuple(map(str, one["words"])))
        for one in raw["groups"]
    )
    return Providers(groups, str(raw["held"]["title"]))


def compose_notice(
    plan: PlanSnapshot,
    providers: Providers,
    *,
    number: str,
    issued_on: str,
    plan_url: str,
    verify_url: str,
) -> Notice:
    """Return the notice of a plan."""
    stages = tuple(_stages(plan))
    steps = [step for stage in stages for step in stage.steps]
    return Notice(
        number=number,
        issued_on=issued_on,
        plan=plan,
        stages=stages,
        papers=tuple(_papers(steps, providers)),
        sources=tuple(_sources(steps)),
        uncertain=_joined(step.number for step in steps if step.detail.is_uncertain),
        plan_url=plan_url,
        verify_url=verify_url,
    )


def same_paper(name: str) -> str:
    """Return the key under which names of one paper fall together."""
    return SAME_NAME.sub("", name)


def _stages(plan: PlanSnapshot) -> Iterator[NoticeStage]:
    number = 0
    for stage in plan.stages:
        steps = []
        for group in stage.groups:
            for step in group.steps:
                number += 1
                steps.append(NoticeStep(number, group.number, len(group.steps) > 1, step))
        yield NoticeStage(stage.name, tuple(steps))


def _papers(steps: Sequence[NoticeStep], providers: Providers) -> Iterator[NoticePapers]:
    wanted: dict[str, list[tuple[int, SnapshotMaterial]]] = {}
    for step in steps:
        if step.detail.is_done:
            continue
        for material in step.detail.materials:
            wanted.setdefault(same_paper(material.name), []).append((step.number, material))
    groups: dict[tuple[str, str], list[NoticePaper]] = {}
    for requests in wanted.values():
        strictest = min((m for _, m in requests), key=lambda m: STRICTNESS.index(m.mark))
        paper = NoticePaper(
            name=strictest.name,
            form="、".join(dict.fromkeys(m.form for _, m in requests if m.form)),
            copies=max(m.copies for _, m in requests),
            mark=MARK_WORDS[strictest.mark],
            provided_by=strictest.provided_by,
            steps=_joined(number for number, _ in requests),
        )
        groups.setdefault(providers.group_of(strictest), []).append(paper)
    order = [group.id for group in providers.groups] + [HELD]
    for group_id, title in sorted(groups, key=lambda key: order.index(key[0])):
        yield NoticePapers(group_id, title, tuple(groups[group_id, title]))


def _sources(steps: Iterable[NoticeStep]) -> Iterator[NoticeSource]:
    found: dict[tuple[str, bool, str], list[int]] = {}
    for step in steps:
        if not step.detail.is_milestone and step.detail.source:
            key = (step.detail.source, step.detail.is_verified, step.detail.checked_on)
            found.setdefault(key, []).append(step.number)
    for (name, is_verified, checked_on), numbers in found.items():
        yield NoticeSource(name, is_verified, checked_on, _joined(numbers))


def _joined(numbers: Iterable[int]) -> str:
    return "、".join(str(number) for number in dict.fromkeys(numbers))
