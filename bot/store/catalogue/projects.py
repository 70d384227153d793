"""Reads project_types/<id>.yml and project_stages.yml."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.facts import Provenance
from bot.domain.projects import (
    Alternative,
    Clock,
    Computed,
    ComputedPath,
    FlowNode,
    JointProcedure,
    OfficialLimit,
    OfficialLimits,
    ProjectStage,
    ProjectType,
    Scope,
)
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


@dataclass(frozen=True)
class ProjectGround:
    """What project_stages.yml holds."""

    stages: dict[str, ProjectStage]
    official_limits: tuple[OfficialLimit, ...]
    definitions: dict[str, str]
    clocks: dict[str, str]
    joint_procedures: tuple[JointProcedure, ...]


def read_ground(file: Entry, findings: Findings) -> ProjectGround:
    """Read the stages, the published limits and the wording of totals and clocks."""
    defaults = Defaults().of(file)
    stages = {}
    for entry in file.entries("stages", required=True):
        stage = ProjectStage(
            id=entry.text("id"),
            name=entry.text("name"),
            lead=entry.text("lead"),
            contents=entry.text("contents"),
            provenance=read_provenance(entry, defaults),
        )
        entry.close()
        if findings.register("project stage", stage.id, entry.place):
            stages[stage.id] = stage
    limits = []
    for entry in file.entries("official_limits"):
        provenance = read_provenance(entry, defaults)
        limits.append(OfficialLimit(entry.text("scope"), entry.number("working_days"), provenance))
        entry.close()
    words = {key: file.entry(key) for key in ("definitions", "clocks")}
    texts = {key: {name: part.text(name) for name in part.keys()} for key, part in words.items()}  # noqa: SIM118
    joint = tuple(_read_joint(file, defaults))
    file.close()
    return ProjectGround(stages, tuple(limits), texts["definitions"], texts["clocks"], joint)


def _read_joint(file: Entry, defaults: Defaults) -> Iterator[JointProcedure]:
    for entry in file.entries("joint_procedures"):
        yield JointProcedure(
            id=entry.text("id"),
            name=entry.text("name"),
            text=entry.text("text"),
            matter_ids=entry.texts("matters", required=True),
            provenance=read_provenance(entry, defaults),
        )
        entry.close()


def read_project_type(file: Entry) -> ProjectType:
    """Read one project type from its file."""
    defaults = Defaults().of(file)
    default_entry = file.entry("node_default")
    node_default = read_provenance(default_entry, defaults)
    default_entry.close()
    project_type = ProjectType(
        id=file.text("id"),
        name=file.text("name"),
        aliases=file.texts("aliases"),
        applies_when=file.text("applies_when"),
        excludes=file.text("excludes", ""),
        official=_read_official(file.entry("official"), defaults),
        default_scenario=MappingProxyType(file.answers("default_scenario")),
        nodes=tuple(_read_nodes(file, defaults, node_default)),
        computed=_read_computed(file.entry("computed")),
    )
    file.close()
    return project_type


def _read_official(entry: Entry, defaults: Defaults) -> OfficialLimits:
    official = OfficialLimits(
        main_working_days=entry.optional_number("main_working_days"),
        full_working_days=entry.optional_number("full_working_days"),
        national_working_days=entry.optional_number("national_working_days"),
        scope=entry.text("scope", ""),
        provenance=read_provenance(entry, defaults),
    )
    entry.close()
    return official


def _read_nodes(file: Entry, defaults: Defaults, node_default: Provenance) -> Iterator[FlowNode]:
    for item in file.entries("nodes", required=True):
        own = read_provenance(item, defaults) if item.has("source") else node_default
        node = FlowNode(
            id=item.text("id"),
            name=item.text("name", ""),
            matter_id=item.text("matter", "") or None,
            stage_id=item.text("stage"),
            working_days=item.number("working_days"),
            alternatives=tuple(_read_alternatives(item)),
            depends_on=item.texts("depends_on"),
            clock=item.choice("clock", Clock),
            counts_in=item.choices("counts_in", Scope),
            when=item.optional_condition("when"),
            is_milestone=item.flag("is_milestone", default=False),
            note=item.text("note", ""),
            provenance=own,
        )
        if not node.name and node.matter_id is None:
            item.fault(f"the step {node.id!r} needs a 'matter' or a 'name'")
        item.close()
        yield node


def _read_alternatives(item: Entry) -> Iterator[Alternative]:
    for alternative in item.entries("alternatives"):
        yield Alternative(alternative.condition("when"), alternative.number("working_days"))
        alternative.close()


def _read_computed(entry: Entry) -> Computed:
    groups = []
    for item in entry.entries("parallel_groups"):
        groups.append((item.text("stage"), item.texts("nodes", required=True)))
        item.close()
    computed = Computed(
        main=_read_path(entry.entry("main")),
        full=_read_path(entry.entry("full")),
        elapsed=_read_path(entry.entry("elapsed")),
        worst_case_full=_read_path(entry.entry("worst_case_full")),
        worst_case_main_working_days=entry.number("worst_case_main_working_days"),
        main_by_stage=MappingProxyType(entry.numbers("main_by_stage")),
        statutory_main_working_days=entry.number("statutory_main_working_days"),
        main_earliest_start=MappingProxyType(entry.numbers("main_earliest_start")),
        main_slack=MappingProxyType(entry.numbers("main_slack")),
        parallel_groups=tuple(groups),
        topological_order=entry.texts("topological_order", required=True),
    )
    entry.close()
    return computed


def _read_path(entry: Entry) -> ComputedPath:
    limit = entry.number("limit_working_days") if entry.has("limit_working_days") else None
    path = ComputedPath(
        working_days=entry.number("working_days"),
        path=entry.texts("path", required=True),
        limit_working_days=limit,
        is_within=entry.flag("is_within") if entry.has("is_within") else None,
    )
    entry.close()
    return path
