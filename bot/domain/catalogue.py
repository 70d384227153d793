"""The catalogue: everything the assistant knows about matters, bundles, projects and policies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.domain.company_names import NameRule
from bot.domain.contradictions import Contradiction
from bot.domain.errors import (
    UnknownDepartment,
    UnknownDistrict,
    UnknownEnterpriseType,
    UnknownEntry,
    UnknownIndustry,
    UnknownLifeEvent,
    UnknownMatter,
    UnknownOneThing,
    UnknownPolicy,
    UnknownProjectType,
    UnknownQuestion,
)
from bot.domain.facts import Faq
from bot.domain.firm_services import ServiceGroup
from bot.domain.goods import Goods
from bot.domain.life_events import LifeEvent
from bot.domain.matters import Matter
from bot.domain.one_things import OneThing, Question
from bot.domain.places import City, Department, District, EnterpriseType, Industry
from bot.domain.policies import Policy, PolicyField
from bot.domain.projects import JointProcedure, OfficialLimit, ProjectStage, ProjectType
from bot.domain.service_rules import ServiceRules
from bot.domain.shared_questions import SharedQuestion
from bot.domain.terms import Term

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class SourceDocument:
    """A document or page that entries cite: short `key`, what it is, its nature."""

    key: str
    what: str
    nature: str


@dataclass(frozen=True)
class Catalogue:
    """Everything the assistant may say, loaded once and never changed.

    All mappings are read-only, keyed by id and ordered as in the files.

    Attributes:
        checked_on: The latest day on which the facts were checked.
        matters: By matter id.
        one_things: By bundle id.
        project_types: By project type id.
        stages: By stage id, in order.
        official_limits: Published limits beyond single project types.
        policies: By policy id.
        policy_fields: By field id.
        questions: By question id.
        city: The city served.
        districts: Divisions by code, then functional zones by id.
        departments: By department id.
        enterprise_types: By enterprise type id.
        industries: By GB/T 4754-2017 code.
        service_rules: Parameters of the service.
        sources: Documents that entries cite, by key.
        definitions: What the totals `main`, `full` and `elapsed` of a project mean, in words.
        clocks: What the values of `Clock` mean, in words.
        contradictions: Answers about a project that exclude each other.
        life_events: Changes, moves and ends of businesses, by id.
        name_rules: Rules for names of businesses.
        joint_procedures: What several departments do as one in construction projects.
        policy_contradictions: Answers about an enterprise that exclude each other.
        firm_services: Services for small firms beside money, by heading.
        service_questions: Questions about services, which no matter has: the hotline, reviews.
        shared_questions: Questions whose answer is the same for all matters of a kind.
        terms: Words of the field that people ask the meaning of, by term id.
        goods: What shops sell that wants a licence, or seems to, by the id of its kind.
        claims: Policies that are claimed at the window, as matters; `matter` knows them too.
    """

    checked_on: date
    matters: Mapping[str, Matter]
    one_things: Mapping[str, OneThing]
    project_types: Mapping[str, ProjectType]
    stages: Mapping[str, ProjectStage]
    official_limits: tuple[OfficialLimit, ...]
    policies: Mapping[str, Policy]
    policy_fields: Mapping[str, PolicyField]
    questions: Mapping[str, Question]
    city: City
    districts: Mapping[str, District]
    departments: Mapping[str, Department]
    enterprise_types: Mapping[str, EnterpriseType]
    industries: Mapping[str, Industry]
    service_rules: ServiceRules
    sources: Mapping[str, SourceDocument]
    definitions: Mapping[str, str] = field(default_factory=dict)
    clocks: Mapping[str, str] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()
    life_events: Mapping[str, LifeEvent] = field(default_factory=dict)
    name_rules: tuple[NameRule, ...] = ()
    joint_procedures: tuple[JointProcedure, ...] = ()
    policy_contradictions: tuple[Contradiction, ...] = ()
    firm_services: tuple[ServiceGroup, ...] = ()
    service_questions: tuple[Faq, ...] = ()
    shared_questions: tuple[SharedQuestion, ...] = ()
    terms: Mapping[str, Term] = field(default_factory=dict)
    goods: Mapping[str, Goods] = field(default_factory=dict)
    claims: Mapping[str, Matter] = field(default_factory=dict)

    def matter(self, matter_id: str) -> Matter:
        """Return a matter of the service list, or a policy that is claimed at the window.

        Raises:
            UnknownMatter: No matter has this id.
        """
        if matter_id in self.claims:
            return self.claims[matter_id]
        return _get(self.matters, matter_id, UnknownMatter)

    def one_thing(self, one_thing_id: str) -> OneThing:
        """Return a one-thing bundle.

        Raises:
            UnknownOneThing: No bundle has this id.
        """
        return _get(self.one_things, one_thing_id, UnknownOneThing)

    def project_type(self, project_type_id: str) -> ProjectType:
        """Return a project type.

        Raises:
            UnknownProjectType: No project type has this id.
        """
        return _get(self.project_types, project_type_id, UnknownProjectType)

    def policy(self, policy_id: str) -> Policy:
        """Return a policy.

        Raises:
            UnknownPolicy: No policy has this id.
        """
        return _get(self.policies, policy_id, UnknownPolicy)

    def district(self, district_id: str) -> District:
        """Return a division by its six-digit code or a functional zone by its id.

        Raises:
            UnknownDistrict: Neither has this id.
        """
        return _get(self.districts, district_id, UnknownDistrict)

    def department(self, department_id: str) -> Department:
        """Return a department.

        Raises:
            UnknownDepartment: No department has this id.
        """
        return _get(self.departments, department_id, UnknownDepartment)

    def department_of(self, matter_id: str) -> Department:
        """Return the department that leads a matter.

        Raises:
            UnknownMatter: No matter has this id.
        """
        return self.department(self.matter(matter_id).department_id)

    def enterprise_type(self, enterprise_type_id: str) -> EnterpriseType:
        """Return an enterprise type.

        Raises:
            UnknownEnterpriseType: No enterprise type has this id.
        """
        return _get(self.enterprise_types, enterprise_type_id, UnknownEnterpriseType)

    def industry(self, code: str) -> Industry:
        """Return an industry by its code.

        Raises:
            UnknownIndustry: No industry has this code.
        """
        return _get(self.industries, code, UnknownIndustry)

    def life_event(self, event_id: str) -> LifeEvent:
        """Return a change, a move or the end of a business.

        Raises:
            UnknownLifeEvent: There is none of this id.
        """
        return _get(self.life_events, event_id, UnknownLifeEvent)

    def question(self, question_id: str) -> Question:
        """Return a question.

        Raises:
            UnknownQuestion: No question has this id.
        """
        return _get(self.questions, question_id, UnknownQuestion)


def _get(entries: Mapping[str, Entry], entry_id: str, error: type[UnknownEntry]) -> Entry:
    try:
        return entries[entry_id]
    except KeyError:
        raise error(entry_id) from None
