"""Who may do what: the roles of staff and the one matrix of permissions that everything asks."""

import enum
from collections.abc import Mapping
from types import MappingProxyType


class Role(enum.Enum):
    """What a member of staff does."""

    AGENT = "agent"
    OFFICER = "officer"
    HEAD = "head"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    AUDITOR = "auditor"
    ADMIN = "admin"
    INSPECTOR = "inspector"
    """A reform supervisor or a third party: reads without names, reports what is wrong."""


class Permission(enum.Enum):
    """Something that one does; named so that "may ..." reads as a sentence."""

    USE_THE_DESK = "use_the_desk"
    KEEP_THE_OWN_ACCOUNT = "keep_the_own_account"
    SERVE_APPLICANTS = "serve_applicants"
    READ_EVERY_CONVERSATION = "read_every_conversation"
    READ_APPLICATIONS = "read_applications"
    READ_APPLICATIONS_OF_ALL = "read_applications_of_all"
    RECEIVE_APPLICATIONS = "receive_applications"
    DECIDE_APPLICATIONS = "decide_applications"
    READ_CASES = "read_cases"
    READ_CASES_OF_ALL = "read_cases_of_all"
    MOVE_CASES = "move_cases"
    MOVE_CASES_OF_ALL = "move_cases_of_all"
    EXPORT_CASES = "export_cases"
    SHOW_PERSONAL_DATA = "show_personal_data"
    WORK_ON_TICKETS = "work_on_tickets"
    DISPATCH_TICKETS = "dispatch_tickets"
    WORK_ON_FEEDBACK = "work_on_feedback"
    CHECK_ANSWERS = "check_answers"
    READ_REVIEWS = "read_reviews"
    RECTIFY_REVIEWS = "rectify_reviews"
    APPEAL_REVIEWS = "appeal_reviews"
    MAKE_REVIEW_CODES = "make_review_codes"
    INSPECT = "inspect"
    ANSWER_FINDINGS = "answer_findings"
    HOLD_TALKS = "hold_talks"
    READ_HOT_ISSUES = "read_hot_issues"
    HANDLE_HOT_ISSUES = "handle_hot_issues"
    CHANGE_TIME_LIMITS = "change_time_limits"
    WORK_ON_BOOKINGS = "work_on_bookings"
    CHANGE_BOOKING_RULES = "change_booking_rules"
    LEAD_THE_TEAM = "lead_the_team"
    READ_THE_CATALOGUE = "read_the_catalogue"
    FREEZE_MATTERS = "freeze_matters"
    CHECK_FACTS = "check_facts"
    TEACH_THE_BOT = "teach_the_bot"
    CHOOSE_THE_MODEL = "choose_the_model"
    READ_CALENDARS = "read_calendars"
    CHANGE_CALENDARS = "change_calendars"
    SWITCH_PARTS_OFF = "switch_parts_off"
    MANAGE_PEOPLE = "manage_people"
    READ_THE_AUDIT_LOG = "read_the_audit_log"
    EXPORT_THE_AUDIT_LOG = "export_the_audit_log"


P, R = Permission, Role

EVERYONE = frozenset(Role)
DEPARTMENT_ROLES = frozenset({Role.OFFICER, Role.HEAD})
"""Roles of department staff; a head also has the overdue cases of the department."""

_LEADS = frozenset({R.SUPERVISOR, R.ADMIN})
_WINDOW = _LEADS | {R.AGENT}
_CASEWORK = _LEADS | DEPARTMENT_ROLES

MATRIX: Mapping[Permission, frozenset[Role]] = MappingProxyType(
    {
        P.USE_THE_DESK: EVERYONE,
        P.KEEP_THE_OWN_ACCOUNT: EVERYONE,
        P.SERVE_APPLICANTS: _WINDOW,
        P.READ_EVERY_CONVERSATION: _LEADS,
        P.READ_APPLICATIONS: _WINDOW | DEPARTMENT_ROLES,
        P.READ_APPLICATIONS_OF_ALL: _WINDOW,
        P.RECEIVE_APPLICATIONS: _WINDOW | DEPARTMENT_ROLES,
        P.DECIDE_APPLICATIONS: _CASEWORK,
        P.READ_CASES: _WINDOW | DEPARTMENT_ROLES | {R.DISPATCHER},
        P.READ_CASES_OF_ALL: _WINDOW | {R.DISPATCHER},
        P.MOVE_CASES: _CASEWORK,
        P.MOVE_CASES_OF_ALL: _LEADS,
        P.EXPORT_CASES: _WINDOW | DEPARTMENT_ROLES,
        P.SHOW_PERSONAL_DATA: _WINDOW | DEPARTMENT_ROLES,
        P.WORK_ON_TICKETS: _CASEWORK | {R.AGENT, R.DISPATCHER},
        # where nobody is a dispatcher, whoever serves sends tickets on
        P.DISPATCH_TICKETS: _WINDOW | {R.DISPATCHER},
        P.WORK_ON_FEEDBACK: _CASEWORK | {R.AGENT, R.DISPATCHER},
        P.CHECK_ANSWERS: _LEADS,
        P.READ_REVIEWS: _LEADS | DEPARTMENT_ROLES | {R.AGENT, R.AUDITOR, R.INSPECTOR},
        P.RECTIFY_REVIEWS: _LEADS,
        # of the own department; who named the owner decides
        P.APPEAL_REVIEWS: DEPARTMENT_ROLES | {R.AGENT},
        P.MAKE_REVIEW_CODES: _WINDOW | DEPARTMENT_ROLES,
        P.INSPECT: _LEADS | {R.INSPECTOR},
        P.ANSWER_FINDINGS: _LEADS,
        P.HOLD_TALKS: _LEADS,
        P.READ_HOT_ISSUES: _WINDOW | {R.DISPATCHER},
        P.HANDLE_HOT_ISSUES: _LEADS | {R.DISPATCHER},
        P.CHANGE_TIME_LIMITS: _LEADS,
        P.WORK_ON_BOOKINGS: _WINDOW,
        P.CHANGE_BOOKING_RULES: _LEADS,
        P.LEAD_THE_TEAM: _LEADS,
        P.READ_THE_CATALOGUE: EVERYONE,
        P.FREEZE_MATTERS: _LEADS | {R.EDITOR},
        P.CHECK_FACTS: _LEADS | {R.EDITOR},
        P.TEACH_THE_BOT: _LEADS | {R.EDITOR},
        P.CHOOSE_THE_MODEL: _LEADS,
        P.READ_CALENDARS: EVERYONE,
        P.CHANGE_CALENDARS: _LEADS,
        # whoever leads when something goes wrong at night must be able to stop it
        P.SWITCH_PARTS_OFF: _LEADS,
        P.MANAGE_PEOPLE: frozenset({R.ADMIN}),
        P.READ_THE_AUDIT_LOG: frozenset({R.AUDITOR, R.ADMIN}),
        P.EXPORT_THE_AUDIT_LOG: frozenset({R.AUDITOR}),
    }
)
"""The permission matrix. A permission that is missing here is granted to nobody."""


def grants(role: Role, permission: Permission) -> bool:
    """Tell whether a role has a permission."""
    return role in MATRIX.get(permission, frozenset())


def roles_with(permission: Permission) -> frozenset[Role]:
    """Return the roles that have a permission."""
    return MATRIX.get(permission, frozenset())
