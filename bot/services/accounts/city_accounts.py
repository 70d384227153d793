"""Who somebody is at the desk, as a city's own sign-in tells it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.errors import BotError
from bot.domain.people import (
    MAX_LOGIN_LENGTH,
    MAX_NAME_LENGTH,
    Agent,
    AuditEntry,
    LastAdministrator,
    Way,
)
from bot.domain.permissions import DEPARTMENT_ROLES, Permission, Role, grants
from bot.services.accounts.accounts import (
    Login,
    check_somebody_stays,
    normalise_login,
    open_session,
)
from bot.services.ports import OpenUnitOfWork, UnitOfWork

NO_PASSWORD = "!"  # noqa: S105 - no hash begins like this: nothing ever matches it
MAX_ID_LENGTH = 200

RANK = (
    *(Role.ADMIN, Role.SUPERVISOR, Role.AUDITOR, Role.EDITOR, Role.DISPATCHER, Role.HEAD),
    *(Role.OFFICER, Role.AGENT, Role.INSPECTOR),
)
"""Of several roles that the city gives somebody, the first one of these counts."""


class BadCityRules(BotError):
    """The settings of the city's own sign-in cannot be used; the text names the setting."""


class CityRefused(BotError):
    """The city knows the person, the desk does not let the person in; `why` is a word."""

    UNKNOWN, CLOSED, ROLE, CLAIMS = "unknown", "closed", "role", "claims"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class CityRules:
    """How the city's claims become an account.

    Attributes:
        is_provisioned: Make an account for who has none; else only those that exist are matched.
        roles: Their name of a role to ours; empty leaves roles to the administrator.
        departments: Their name of a department to the catalogue's id; empty likewise.
    """

    issuer: str
    is_provisioned: bool
    login_claim: str
    role_claim: str
    roles: Mapping[str, Role]
    department_claim: str
    departments: Mapping[str, str]


@dataclass(frozen=True)
class Person:
    """Somebody whom the city names; role and department are ours, as far as they are mapped."""

    subject: str
    claims: Mapping[str, Any]
    role: Role | None
    department_id: str | None


def read_pairs(text: str) -> dict[str, str]:
    """Read "theirs=ours" with commas between.

    Raises:
        BadCityRules: A part has no "=" or nothing on one side.
    """
    pairs = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        theirs, _, ours = (piece.strip() for piece in part.rpartition("="))
        if not theirs or not ours:
            raise BadCityRules(part)
        pairs[theirs] = ours
    return pairs


def read_roles(text: str) -> dict[str, Role]:
    """Read pairs whose right side is a role of ours; raises `BadCityRules`."""
    try:
        return {theirs: Role(ours) for theirs, ours in read_pairs(text).items()}
    except ValueError as error:
        raise BadCityRules(str(error)) from error


def sign_in_from_city(
    unit_of_work: OpenUnitOfWork,
    *,
    rules: CityRules,
    claims: Mapping[str, Any],
    now: datetime,
    device: str = "",
) -> Login:
    """Open a session for the person whom checked claims name.

    A person is known by issuer and subject once linked; the login claim links only the first time.
    Roles and departments follow the claims with each login, as far as the rules map them.

    Raises:
        CityRefused: No account, a closed one, no role of ours, or claims that are missing.
    """
    subject = str(claims.get("sub") or "")
    if not 0 < len(subject) <= MAX_ID_LENGTH:
        raise CityRefused(CityRefused.CLAIMS)
    person = Person(subject, claims, _role(rules, claims), _department(rules, claims))
    with unit_of_work() as unit:
        agent = _find(unit, rules, person, now)
        agent = _follow(unit, person, agent, now)
        token = open_session(unit, agent, now=now, device=device, way=Way.CITY)
    return Login(agent, token)


def _find(
    unit: UnitOfWork,
    rules: CityRules,
    person: Person,
    now: datetime,
) -> Agent:
    agent_id = unit.city_logins.agent_of(rules.issuer, person.subject)
    if agent_id is not None:
        agent = unit.people.agent(agent_id)
        if not agent.is_active:
            raise CityRefused(CityRefused.CLOSED)
        return agent
    login = normalise_login(str(person.claims.get(rules.login_claim) or ""))
    if not 0 < len(login) <= MAX_LOGIN_LENGTH or any(sign.isspace() for sign in login):
        raise CityRefused(CityRefused.CLAIMS)
    namesakes = [one for one in unit.people.agents() if one.login == login]
    if namesakes and not namesakes[0].is_active:
        raise CityRefused(CityRefused.CLOSED)
    agent = namesakes[0] if namesakes else _add(unit, rules, person, login, now)
    unit.city_logins.link(rules.issuer, person.subject, agent.id, now)
    unit.people.add_audit(AuditEntry(now, agent.id, "city_linked", f"agent:{agent.id}"))
    return agent


def _add(
    unit: UnitOfWork,
    rules: CityRules,
    person: Person,
    login: str,
    now: datetime,
) -> Agent:
    if not rules.is_provisioned:
        raise CityRefused(CityRefused.UNKNOWN)
    role, department_id = person.role, person.department_id
    if role is None or (role in DEPARTMENT_ROLES and department_id is None):
        raise CityRefused(CityRefused.ROLE)
    agent = unit.people.add_agent(
        login=login,
        name=str(person.claims.get("name") or login)[:MAX_NAME_LENGTH],
        role=role,
        password_hash=NO_PASSWORD,
        department_id=department_id,
        districts=(),
        now=now,
    )
    entry = AuditEntry(now, None, "agent_added", f"agent:{agent.id}", f"city {role.value}")
    unit.people.add_audit(entry)
    return agent


def _follow(
    unit: UnitOfWork,
    person: Person,
    agent: Agent,
    now: datetime,
) -> Agent:
    """Take over what the city says about role and department."""
    wanted_role = person.role or agent.role
    wanted_department = person.department_id or agent.department_id
    if wanted_role in DEPARTMENT_ROLES and wanted_department is None:
        raise CityRefused(CityRefused.ROLE)
    if (wanted_role, wanted_department) == (agent.role, agent.department_id):
        return agent
    if not grants(wanted_role, Permission.MANAGE_PEOPLE):
        try:
            check_somebody_stays(unit, without=agent.id)
        except LastAdministrator:  # the city may not lock everybody out
            return agent
    unit.people.change_agent(
        agent.id,
        name=agent.name,
        role=wanted_role,
        department_id=wanted_department,
        districts=agent.districts,
    )
    detail = f"city {agent.role.value}>{wanted_role.value} {wanted_department or '-'}"
    unit.people.add_audit(AuditEntry(now, None, "agent_changed", f"agent:{agent.id}", detail))
    return unit.people.agent(agent.id)


def _role(rules: CityRules, claims: Mapping[str, Any]) -> Role | None:
    """Return our role; None when the rules leave it to the administrator."""
    if not rules.roles:
        return None
    ours = {rules.roles[one] for one in _values(claims, rules.role_claim) if one in rules.roles}
    found = next((role for role in RANK if role in ours), None)
    if found is None:
        raise CityRefused(CityRefused.ROLE)
    return found


def _department(rules: CityRules, claims: Mapping[str, Any]) -> str | None:
    theirs = _values(claims, rules.department_claim)
    return next((rules.departments[one] for one in theirs if one in rules.departments), None)


def _values(claims: Mapping[str, Any], name: str) -> Collection[str]:
    """Return a claim as texts; a dot in the name leads into it ("realm_access.roles")."""
    value: Any = claims
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]
