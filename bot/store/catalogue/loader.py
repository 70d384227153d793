"""Loads `data/catalogue` whole: read every file, check everything, refuse any fault."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import MappingProxyType

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Provenance
from bot.domain.matters import Matter
from bot.domain.one_things import OneThing
from bot.domain.policy_claims import claim_matters
from bot.domain.projects import ProjectType
from bot.store.catalogue.checks import check_catalogue
from bot.store.catalogue.contradictions import read_contradictions
from bot.store.catalogue.firm_services import read_firm_services
from bot.store.catalogue.goods import read_goods
from bot.store.catalogue.life_events import read_life_events
from bot.store.catalogue.matters import read_matters
from bot.store.catalogue.name_rules import read_name_rules
from bot.store.catalogue.one_things import read_one_thing, read_questions
from bot.store.catalogue.places import (
    read_departments,
    read_districts,
    read_enterprise_types,
    read_industries,
    read_sources,
)
from bot.store.catalogue.policies import read_policies
from bot.store.catalogue.problems import CatalogueInvalid, Findings, Place
from bot.store.catalogue.projects import read_ground, read_project_type
from bot.store.catalogue.reader import Entry, read_file
from bot.store.catalogue.service_questions import read_service_questions
from bot.store.catalogue.service_rules import read_service_rules
from bot.store.catalogue.shared_questions import read_shared_questions
from bot.store.catalogue.terms import read_terms
from bot.store.read_once import read_once

_FOLDERS = ("matters", "one_things", "project_types")
_FILES = (
    "contradictions.yml",
    "departments.yml",
    "divisions.yml",
    "enterprise_types.yml",
    "firm_services.yml",
    "goods.yml",
    "industries.yml",
    "life_events.yml",
    "name_rules.yml",
    "policies.yml",
    "policy_contradictions.yml",
    "project_stages.yml",
    "questions.yml",
    "service_questions.yml",
    "service_rules.yml",
    "shared_questions.yml",
    "sources.yml",
    "terms.yml",
)


@read_once
def load_catalogue(path: Path) -> Catalogue:
    """Read and check the catalogue.

    Args:
        path: The folder `data/catalogue`.

    Raises:
        CatalogueInvalid: Something is wrong; the error holds all problems, not only the first.
    """
    findings = Findings()
    catalogue = _read(path, findings)
    check_catalogue(catalogue, findings)
    if findings.problems:
        raise CatalogueInvalid(path, tuple(sorted(set(findings.problems))))
    return catalogue


def _read(path: Path, findings: Findings) -> Catalogue:
    _report_strangers(path, findings)
    files = {name: read_file(path, name, findings) for name in _FILES}
    ground = read_ground(files["project_stages.yml"], findings)
    fields, policies = read_policies(files["policies.yml"], findings)
    city, districts = read_districts(files["divisions.yml"], findings)
    departments = read_departments(files["departments.yml"], findings)
    kinds = read_enterprise_types(files["enterprise_types.yml"], findings)
    industries = read_industries(files["industries.yml"], findings)
    questions = read_questions(files["questions.yml"], findings)
    sources = read_sources(files["sources.yml"], findings)
    events = read_life_events(files["life_events.yml"], findings)
    name_rules = read_name_rules(files["name_rules.yml"], findings)
    contradictions = read_contradictions(files["contradictions.yml"], findings)
    terms = read_terms(files["terms.yml"], findings)
    goods = read_goods(files["goods.yml"], findings)
    matters = _read_matters(path, findings)
    return Catalogue(
        checked_on=_latest(matter.provenance for matter in matters.values()),
        matters=MappingProxyType(matters),
        one_things=MappingProxyType(_read_one_things(path, findings)),
        project_types=MappingProxyType(_read_project_types(path, findings)),
        stages=MappingProxyType(ground.stages),
        official_limits=ground.official_limits,
        policies=MappingProxyType(policies),
        policy_fields=MappingProxyType(fields),
        questions=MappingProxyType({question.id: question for question in questions}),
        city=city,
        districts=MappingProxyType(districts),
        departments=MappingProxyType({department.id: department for department in departments}),
        enterprise_types=MappingProxyType({kind.id: kind for kind in kinds}),
        industries=MappingProxyType({industry.code: industry for industry in industries}),
        service_rules=read_service_rules(files["service_rules.yml"]),
        sources=MappingProxyType({source.key: source for source in sources}),
        definitions=MappingProxyType(ground.definitions),
        clocks=MappingProxyType(ground.clocks),
        contradictions=tuple(contradictions),
        name_rules=tuple(name_rules),
        joint_procedures=ground.joint_procedures,
        policy_contradictions=tuple(
            read_contradictions(files["policy_contradictions.yml"], findings)
        ),
        claims=claim_matters(policies.values()),
        firm_services=tuple(read_firm_services(files["firm_services.yml"], findings)),
        service_questions=tuple(read_service_questions(files["service_questions.yml"], findings)),
        shared_questions=tuple(read_shared_questions(files["shared_questions.yml"], findings)),
        life_events=MappingProxyType({event.id: event for event in events}),
        terms=MappingProxyType({term.id: term for term in terms}),
        goods=MappingProxyType({kind.id: kind for kind in goods}),
    )


def _read_matters(path: Path, findings: Findings) -> dict[str, Matter]:
    files = _folder(path, "matters", findings)
    return {matter.id: matter for file in files for matter in read_matters(file, findings)}


def _read_one_things(path: Path, findings: Findings) -> dict[str, OneThing]:
    one_things = {}
    for file in _folder(path, "one_things", findings):
        one_thing = read_one_thing(file)
        if findings.register("one-thing bundle", one_thing.id, file.place):
            one_things[one_thing.id] = one_thing
    return one_things


def _read_project_types(path: Path, findings: Findings) -> dict[str, ProjectType]:
    project_types = {}
    for file in _folder(path, "project_types", findings):
        project_type = read_project_type(file)
        if findings.register("project type", project_type.id, file.place):
            project_types[project_type.id] = project_type
    return project_types


def _folder(path: Path, name: str, findings: Findings) -> Iterable[Entry]:
    files = sorted((path / name).glob("*.yml"))
    if not files:
        findings.report(Place(name, 1), "the folder is missing or has no .yml file")
    return [read_file(path, f"{name}/{file.name}", findings) for file in files]


def _report_strangers(path: Path, findings: Findings) -> None:
    for file in path.rglob("*.y*ml"):
        name = file.relative_to(path).as_posix()
        folder, _, rest = name.rpartition("/")
        is_known = name in _FILES or (folder in _FOLDERS and rest.endswith(".yml"))
        if not is_known:
            findings.report(Place(name, 1), "nobody reads this file; see docs/catalogue.md")


def _latest(provenances: Iterable[Provenance]) -> date:
    return max((provenance.checked_on for provenance in provenances), default=date.min)
