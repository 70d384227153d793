import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from bot.domain.conditions import Answer, Condition, evaluate
from bot.domain.facts import Confidence, Provenance
from bot.domain.one_things import REGISTRATION
from bot.domain.projects import FlowNode, Scope
from tests.catalogue_files import CATALOGUE, committed_catalogue

RESEARCHED = {
    "matters": 128,
    "one_things": 16,
    "project_types": 9,
    "stages": 4,
    "policies": 31,
    "districts": 11,
    "enterprise_types": 6,
    "sources": 29,
    "questions": 71,  # six of them ours: a pet shop treats animals, what is done beside a trade
    "policy_fields": 33,  # one of them ours: what an estimate needs
}


def everything(thing: object) -> Iterator[object]:
    """Yield a thing and all that it holds."""
    yield thing
    if is_dataclass(thing):
        for field in fields(thing):
            yield from everything(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from everything(value)
    elif isinstance(thing, (tuple, frozenset)):
        for value in thing:
            yield from everything(value)


@pytest.mark.parametrize(("kind", "count"), RESEARCHED.items())
def test_nothing_of_the_research_is_lost(kind: str, count: int) -> None:
    assert len(getattr(committed_catalogue(), kind)) == count


def test_all_documents_questions_and_steps_are_there() -> None:
    catalogue = committed_catalogue()
    matters = catalogue.matters.values()

    assert sum(len(matter.materials) for matter in matters) == 471
    assert sum(len(matter.faqs) for matter in matters) == 566
    assert sum(len(matter.legal_basis) for matter in matters) == 248
    assert sum(len(matter.depends_on_if) for matter in matters) == 27
    assert sum(len(matter.parallel_with) for matter in matters) == 66
    assert sum(len(kind.nodes) for kind in catalogue.project_types.values()) == 207
    towns = (getattr(district, "towns", ()) for district in catalogue.districts.values())
    assert sum(len(names) for names in towns) == 136


def test_every_fact_has_a_source_a_date_and_a_confidence() -> None:
    origins = [x for x in everything(committed_catalogue()) if isinstance(x, Provenance)]

    assert len(origins) > 1000
    for origin in origins:
        assert origin.source.strip()
        assert origin.checked_on >= date(2026, 11, 23)


def test_a_promise_that_was_not_found_anywhere_is_not_marked_as_found() -> None:
    for matter in committed_catalogue().matters.values():
        for limit in (matter.statutory, matter.promised):
            if limit.provenance.source == "研究整理":
                assert not limit.provenance.verified, matter.id


def test_the_shorthand_of_the_research_is_gone() -> None:
    for file in CATALOGUE.rglob("*.yml"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            shorthand = re.search("S:|(?<![A-Za-z0-9])K(?![A-Za-z0-9])|种子|同上", line)
            is_seed_trade = file.name == "industries.yml"
            assert is_seed_trade or not shorthand, f"{file}:{number}"


def test_every_matter_has_a_department_to_which_a_whistle_goes() -> None:
    catalogue = committed_catalogue()
    for matter_id in catalogue.matters:
        department = catalogue.department_of(matter_id)
        assert department.id not in catalogue.matters[matter_id].assisting_department_ids

    assert catalogue.department_of("lic-tobacco").name == "烟草专卖局"
    assert catalogue.department_of("util-power").name == "国网聊城供电公司"
    assert catalogue.department_of("biz-company").id == "approval"


def test_the_hall_has_no_invented_address() -> None:
    hall = committed_catalogue().service_rules.hall

    assert (hall.address, hall.hours) == (None, None)
    assert hall.provenance.confidence is Confidence.LOW


def test_each_enterprise_type_answers_the_question_with_an_option_of_its_own() -> None:
    catalogue = committed_catalogue()
    answers = [kind.answer for kind in catalogue.enterprise_types.values()]

    assert sorted(answers) == sorted(catalogue.question("entity").options)


def is_needed(when: Condition | None, answers: Mapping[str, Answer]) -> bool:
    return when is None or evaluate(when, answers) is True


def longest(lengths: Mapping[str, float], before: Mapping[str, tuple[str, ...]]) -> float:
    """Return the length of the longest path through a graph without cycles."""
    finish: dict[str, float] = {}

    def finished(step: str) -> float:
        if step not in finish:
            start = max((finished(other) for other in before[step]), default=0.0)
            finish[step] = start + lengths[step]
        return finish[step]

    return max(finished(step) for step in before)


@pytest.mark.parametrize("one_thing_id", list(committed_catalogue().one_things))
def test_the_worked_example_of_a_bundle_follows_from_its_components(one_thing_id: str) -> None:
    one_thing = committed_catalogue().one_thing(one_thing_id)
    example = one_thing.typical
    needed = [c for c in one_thing.components if is_needed(c.when, example.answers)]
    lengths = {c.matter_id: c.working_days if c in needed else 0 for c in one_thing.components}
    before = {c.matter_id: c.after for c in one_thing.components}

    assert tuple(c.matter_id for c in needed) == example.matter_ids
    assert longest(lengths, before) == pytest.approx(example.working_days)
    has_registration = REGISTRATION in lengths
    assert has_registration or any(key.startswith(("biz-", "prj-")) for key in lengths)


def node_days(node: FlowNode, scope: Scope, answers: Mapping[str, Answer]) -> float:
    if scope not in node.counts_in or not is_needed(node.when, answers):
        return 0
    for alternative in node.alternatives:
        if evaluate(alternative.when, answers):
            return alternative.working_days
    return node.working_days


@pytest.mark.parametrize("project_type_id", list(committed_catalogue().project_types))
@pytest.mark.parametrize("scope", list(Scope))
def test_the_computed_length_of_a_project_follows_from_its_steps(
    project_type_id: str, scope: Scope
) -> None:
    kind = committed_catalogue().project_type(project_type_id)
    lengths = {node.id: node_days(node, scope, kind.default_scenario) for node in kind.nodes}
    before = {node.id: node.depends_on for node in kind.nodes}
    computed = kind.computed.main if scope is Scope.MAIN else kind.computed.full

    assert longest(lengths, before) == computed.working_days
