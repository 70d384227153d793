"""Checks across entries: known ids, no cycles, no ambiguous names, decidable conditions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer, Condition, compared_literals, names
from bot.domain.contradictions import PROJECT_TYPE
from bot.domain.life_events import LifeEvent
from bot.domain.one_things import REGISTRATION, OneThing, Question, QuestionKind
from bot.domain.projects import ProjectType
from bot.store.catalogue.goods import check_goods
from bot.store.catalogue.policy_checks import check_policies
from bot.store.catalogue.problems import Findings, Place
from bot.store.catalogue.terms import check_terms

_ENTITY = "entity"


def check_catalogue(catalogue: Catalogue, findings: Findings) -> None:
    """Report everything that is wrong between entries; O(entries + references)."""
    _check_matters(catalogue, findings)
    _check_questions(catalogue, findings)
    for one_thing in catalogue.one_things.values():
        _check_one_thing(one_thing, catalogue, findings)
    for project_type in catalogue.project_types.values():
        _check_project_type(project_type, catalogue, findings)
    for event in catalogue.life_events.values():
        _check_life_event(event, catalogue, findings)
    _check_places(catalogue, findings)
    _check_contradictions(catalogue, findings)
    check_policies(catalogue, findings)
    check_terms(catalogue, findings)
    check_goods(catalogue, findings)
    _check_joint_procedures(catalogue, findings)
    _check_names(catalogue, findings)


def _check_matters(catalogue: Catalogue, findings: Findings) -> None:
    for matter in catalogue.matters.values():
        place = findings.place_of("matter", matter.id)
        grouped = tuple(other for group in matter.depends_on_any for other in group)
        conditional = tuple(dependency.matter_id for dependency in matter.depends_on_if)
        for other in (*matter.depends_on, *grouped, *conditional, *matter.parallel_with):
            _known(other, catalogue.matters, "matter", place, findings)
        for department in (matter.department_id, *matter.assisting_department_ids):
            _known(department, catalogue.departments, "department", place, findings)
        for code in matter.industry_codes:
            _known(code, catalogue.industries, "industry", place, findings)
    edges = {matter.id: matter.depends_on for matter in catalogue.matters.values()}
    for cycle in _cycles(edges):
        place = findings.place_of("matter", cycle[0])
        findings.report(place, f"matters wait for each other: {' -> '.join(cycle)}")


def _check_questions(catalogue: Catalogue, findings: Findings) -> None:
    for question in catalogue.questions.values():
        place = findings.place_of("question", question.id)
        for matter_id in filter(None, (question.beside, *question.covered_by)):
            _known(matter_id, catalogue.matters, "matter", place, findings)
        for trade in question.beside_trades:
            if not any(code.startswith(trade) for code in catalogue.industries):
                _known(trade, catalogue.one_things, "one-thing bundle", place, findings)


def _check_one_thing(one_thing: OneThing, catalogue: Catalogue, findings: Findings) -> None:
    place = findings.place_of("one-thing bundle", one_thing.id)
    ids = [component.matter_id for component in one_thing.components]
    for double in {matter_id for matter_id in ids if ids.count(matter_id) > 1}:
        findings.report(place, f"the component {double!r} stands twice")
    matters = {*catalogue.matters, REGISTRATION}
    for component in one_thing.components:
        _known(component.matter_id, matters, "matter", place, findings)
        for other in component.after:
            _known(other, ids, "component", place, findings)
    for matter_id in one_thing.typical.matter_ids:
        _known(matter_id, ids, "component", place, findings)
    edges = {component.matter_id: component.after for component in one_thing.components}
    for cycle in _cycles(edges):
        findings.report(place, f"components wait for each other: {' -> '.join(cycle)}")
    for question_id in one_thing.question_ids:
        _known(question_id, catalogue.questions, "question", place, findings)
    for code in one_thing.industry_codes:
        _known(code, catalogue.industries, "industry", place, findings)
    _check_answers(one_thing.typical.answers, catalogue.questions, place, findings)
    asked = {
        key: catalogue.questions[key]
        for key in one_thing.question_ids
        if key in catalogue.questions
    }
    for component in one_thing.components:
        _check_condition(component.when, asked, place, findings)
    for option in one_thing.registration_options:
        _known(option.matter_id, catalogue.matters, "matter", place, findings)
        entity = {key: catalogue.questions[key] for key in (_ENTITY,) if key in catalogue.questions}
        _check_condition(option.when, {**asked, **entity}, place, findings)


def _check_project_type(kind: ProjectType, catalogue: Catalogue, findings: Findings) -> None:
    place = findings.place_of("project type", kind.id)
    ids = [node.id for node in kind.nodes]
    for double in {node_id for node_id in ids if ids.count(node_id) > 1}:
        findings.report(place, f"the step {double!r} stands twice")
    for node in kind.nodes:
        if node.matter_id is not None:
            _known(node.matter_id, catalogue.matters, "matter", place, findings)
        _known(node.stage_id, catalogue.stages, "project stage", place, findings)
        for other in node.depends_on:
            _known(other, ids, "step", place, findings)
        conditions = (node.when, *(alternative.when for alternative in node.alternatives))
        for condition in conditions:
            _check_condition(condition, catalogue.questions, place, findings)
            for name in names(condition) - kind.default_scenario.keys() if condition else ():
                findings.report(place, f"default_scenario has no answer for {name!r}")
    _check_answers(kind.default_scenario, catalogue.questions, place, findings)
    for cycle in _cycles({node.id: node.depends_on for node in kind.nodes}):
        findings.report(place, f"steps wait for each other: {' -> '.join(cycle)}")
    computed = kind.computed
    paths = (computed.main, computed.full, computed.elapsed, computed.worst_case_full)
    for node_id in (*(node for path in paths for node in path.path), *computed.topological_order):
        _known(node_id, ids, "step", place, findings)


def _check_life_event(event: LifeEvent, catalogue: Catalogue, findings: Findings) -> None:
    place = findings.place_of("life event", event.id)
    ids = [step.id for step in event.steps]
    for double in {step_id for step_id in ids if ids.count(step_id) > 1}:
        findings.report(place, f"the step {double!r} stands twice")
    for question_id in event.question_ids:
        _known(question_id, catalogue.questions, "question", place, findings)
    asked = {k: q for k, q in catalogue.questions.items() if k in event.question_ids}
    for matter_id in (*event.matter_ids, *(s.matter_id for s in event.steps if s.matter_id)):
        _known(matter_id, catalogue.matters, "matter", place, findings)
    for step in event.steps:
        for other in step.after:
            _known(other, ids, "step", place, findings)
        _check_condition(step.when, asked, place, findings)
    for cycle in _cycles({step.id: step.after for step in event.steps}):
        findings.report(place, f"steps wait for each other: {' -> '.join(cycle)}")


def _check_places(catalogue: Catalogue, findings: Findings) -> None:
    entity = catalogue.questions.get(_ENTITY)
    for kind in catalogue.enterprise_types.values():
        place = findings.place_of("enterprise type", kind.id)
        _known(kind.matter_id, catalogue.matters, "matter", place, findings)
        if entity is not None:
            _known(kind.answer, entity.options, "option of the question 'entity'", place, findings)
        for reason in kind.reasons:
            _check_condition(reason.when, catalogue.questions, place, findings)
    for industry in catalogue.industries.values():
        if industry.one_thing_id is not None:
            place = findings.place_of("industry", industry.code)
            _known(industry.one_thing_id, catalogue.one_things, "bundle", place, findings)


def _check_joint_procedures(catalogue: Catalogue, findings: Findings) -> None:
    place = Place("project_stages.yml", 1)
    for procedure in catalogue.joint_procedures:
        for matter_id in procedure.matter_ids:
            _known(matter_id, catalogue.matters, "matter", place, findings)


def _check_contradictions(catalogue: Catalogue, findings: Findings) -> None:
    kinds = tuple(catalogue.project_types)
    type_question = Question(PROJECT_TYPE, QuestionKind.ENUM, PROJECT_TYPE, kinds, "")
    questions = {**catalogue.questions, PROJECT_TYPE: type_question}
    for contradiction in catalogue.contradictions:
        place = findings.place_of("contradiction", contradiction.id)
        _check_condition(contradiction.when, questions, place, findings)
        if len(contradiction.questions) < 2:  # noqa: PLR2004 - one answer contradicts nothing
            findings.report(place, "a contradiction needs two questions in 'when'")


def _check_names(catalogue: Catalogue, findings: Findings) -> None:
    kinds: dict[str, Iterable[tuple[str, str, tuple[str, ...]]]] = {
        "matter": ((x.id, x.name, x.aliases) for x in catalogue.matters.values()),
        "one-thing bundle": ((x.id, x.name, x.aliases) for x in catalogue.one_things.values()),
        "project type": ((x.id, x.name, x.aliases) for x in catalogue.project_types.values()),
        "policy": ((x.id, x.name, x.aliases) for x in catalogue.policies.values()),
        "district": ((x.id, x.name, x.aliases) for x in catalogue.districts.values()),
        "department": ((x.id, x.name, x.aliases) for x in catalogue.departments.values()),
        "enterprise type": ((x.id, x.name, x.aliases) for x in catalogue.enterprise_types.values()),
        "life event": ((x.id, x.name, x.aliases) for x in catalogue.life_events.values()),
        "industry": ((x.code, x.name, x.aliases) for x in catalogue.industries.values()),
        "term": ((x.id, x.name, x.aliases) for x in catalogue.terms.values()),
        "goods": ((x.id, x.name, x.words) for x in catalogue.goods.values()),
    }
    for kind, entries in kinds.items():
        owners: dict[str, str] = {}
        for entry_id, name, aliases in entries:
            for phrase in (name, *aliases):
                owner = owners.setdefault(phrase, entry_id)
                if owner != entry_id:
                    place = findings.place_of(kind, entry_id)
                    findings.report(place, f"{phrase!r} is already a name of the {kind} {owner!r}")


def _check_condition(
    condition: Condition | None, questions: Mapping[str, Question], place: Place, findings: Findings
) -> None:
    if condition is None:
        return
    for name in sorted(names(condition)):
        _known(name, questions, "question asked here", place, findings)
    for name, literal in compared_literals(condition):
        if name in questions and not _fits(questions[name], literal):
            sentence = f"{literal!r} in {condition.text!r} can never be an answer to {name!r}"
            findings.report(place, sentence)


def _check_answers(
    answers: Mapping[str, Answer],
    questions: Mapping[str, Question],
    place: Place,
    findings: Findings,
) -> None:
    for name, answer in answers.items():
        _known(name, questions, "question", place, findings)
        if name in questions and not _fits(questions[name], answer):
            findings.report(place, f"{answer!r} can never be an answer to {name!r}")


def _fits(question: Question, answer: Answer) -> bool:
    if question.kind is QuestionKind.ENUM:
        return answer in question.options
    is_bool = isinstance(answer, bool)
    return (
        is_bool
        if question.kind is QuestionKind.BOOL
        else not is_bool and not isinstance(answer, str)
    )


def _known(
    entry_id: str, known: Iterable[str], kind: str, place: Place, findings: Findings
) -> None:
    if entry_id and entry_id not in known:
        findings.report(place, f"there is no {kind} {entry_id!r}")


def _cycles(edges: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield one path for each cycle met by a depth-first walk; O(nodes + edges)."""
    finished: set[str] = set()
    for start in edges:
        path: list[str] = []
        stack = [(start, iter(edges[start]))] if start not in finished else []
        path.extend(node for node, _ in stack)
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                path.pop()
                finished.add(node)
            elif following in path:
                yield [*path[path.index(following) :], following]
            elif following in edges and following not in finished:
                stack.append((following, iter(edges[following])))
                path.append(following)
