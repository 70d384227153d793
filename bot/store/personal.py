"""Which columns hold personal data: what kind, what for, and how long. The one place that says so.

A test fails when a column that can hold words, files or something named like a person's detail
stands neither in `PERSONAL` nor in `IMPERSONAL`. `docs/personal-data.md` is made from this file.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class Kind(enum.Enum):
    """What somebody learns from a value."""

    NAME = "name"
    PHONE = "telephone number"
    IDENTITY = "identity or credit number"
    WORDS = "what a person wrote"
    ANSWERS = "answers and filled fields"
    FILE = "a file of a person"
    HANDLE = "address on a channel"
    SIGNATURE = "signature"


class Kept(enum.Enum):
    """Classes of retention; the days are in `data/services/retention.yml`."""

    CONVERSATION = "conversation"
    BOOKING = "booking"
    TICKET = "ticket"
    FEEDBACK = "feedback"
    CASE = "case"
    SHORTLY = "shortly"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Personal:
    """One column.

    Attributes:
        purpose: What it is needed for.
        plain: Why it is not sealed; empty when it is.
    """

    kind: Kind
    purpose: str
    kept: Kept
    plain: str = ""


PART = "the desk searches by a part of it, in lists of up to 100,000 rows"
EQUAL = "unique, and how a person's next message is matched; a number of the channel's own"
RULE = "append-only, and holds a public name or a code"
STAFF = "shown to colleagues and in every log of work"
FIRM = "facts of a business, 100,000 of which are matched at a time"

_SAID, _DATA, _SENT = "to answer, and to show the story to an agent", "to fill forms", "to be read"

PERSONAL: Mapping[str, Personal] = {
    "messages.text": Personal(Kind.WORDS, _SAID, Kept.CONVERSATION),
    "messages.payload": Personal(Kind.ANSWERS, _SAID, Kept.CONVERSATION),
    "messages.attachments": Personal(Kind.FILE, _SENT, Kept.CONVERSATION),
    "conversations.fields": Personal(Kind.ANSWERS, _DATA, Kept.CONVERSATION),
    "conversations.external_id": Personal(Kind.HANDLE, _SENT, Kept.CONVERSATION, EQUAL),
    "handover_fields.value": Personal(Kind.ANSWERS, "to pass on to the bot", Kept.CONVERSATION),
    "desk_notes.text": Personal(Kind.WORDS, "to tell colleagues", Kept.CONVERSATION),
    "desk_texts.text": Personal(Kind.WORDS, "to search", Kept.CONVERSATION),
    "desk_pairs.pair": Personal(Kind.WORDS, "to search", Kept.CONVERSATION),
    "misunderstood.text": Personal(Kind.WORDS, "to teach the bot", Kept.SHORTLY),
    "misunderstood.candidates": Personal(
        Kind.ANSWERS, "to teach the bot", Kept.SHORTLY, "names of intents with figures"
    ),
    "challenges.said": Personal(Kind.WORDS, "to correct the catalogue", Kept.FEEDBACK),
    "challenge_events.text": Personal(Kind.WORDS, "to correct the catalogue", Kept.FEEDBACK),
    "chat_files.name": Personal(Kind.FILE, _SENT, Kept.CONVERSATION),
    "chat_files.content": Personal(Kind.FILE, _SENT, Kept.CONVERSATION),
    "desk_files.name": Personal(Kind.FILE, _SENT, Kept.CONVERSATION),
    "desk_files.content": Personal(Kind.FILE, _SENT, Kept.CONVERSATION),
    "plan_notices.text": Personal(Kind.WORDS, "to tell what changed", Kept.CONVERSATION),
    "plan_forms.answers": Personal(Kind.ANSWERS, _DATA, Kept.CONVERSATION),
    "plan_lives.phone_tail": Personal(Kind.PHONE, "to prove whose it is", Kept.CONVERSATION),
    "plans.answers": Personal(
        Kind.ANSWERS, "to make a plan", Kept.CONVERSATION, "the trade and place of a business"
    ),
    "signatures.signer": Personal(Kind.NAME, "to sign", Kept.CONVERSATION),
    "signatures.image": Personal(Kind.SIGNATURE, "to sign", Kept.CONVERSATION),
    "issued_documents.content": Personal(Kind.FILE, "to be checked", Kept.CONVERSATION),
    "platform_asks.proof": Personal(Kind.IDENTITY, "to ask the platform", Kept.SHORTLY),
    "bookings.contact_name": Personal(Kind.NAME, "to meet", Kept.BOOKING),
    "bookings.contact_phone": Personal(Kind.PHONE, "to call back", Kept.BOOKING),
    "bookings.phone_hash": Personal(Kind.PHONE, "to refuse double bookings", Kept.BOOKING),
    "bookings.note": Personal(Kind.WORDS, "to prepare", Kept.BOOKING),
    "booking_waits.contact_name": Personal(Kind.NAME, "to offer a place", Kept.BOOKING),
    "booking_waits.contact_phone": Personal(Kind.PHONE, "to offer a place", Kept.BOOKING),
    "tickets.business_name": Personal(Kind.NAME, "to work on it", Kept.TICKET, PART),
    "tickets.business_key": Personal(Kind.NAME, "to find doubles", Kept.TICKET, PART),
    "tickets.contact_phone": Personal(Kind.PHONE, "to call back", Kept.TICKET),
    "tickets.description": Personal(Kind.WORDS, "to work on it", Kept.TICKET),
    "ticket_events.reason": Personal(Kind.WORDS, "to prove what was done", Kept.TICKET),
    "ticket_files.name": Personal(Kind.FILE, "to work on it", Kept.TICKET),
    "file_contents.content": Personal(Kind.FILE, "to work on it", Kept.TICKET),
    "hot_members.business": Personal(Kind.NAME, "to count businesses once", Kept.TICKET, PART),
    "feedback.text": Personal(Kind.WORDS, "to answer", Kept.FEEDBACK),
    "feedback.contact_phone": Personal(Kind.PHONE, "to call back", Kept.FEEDBACK),
    "feedback_events.reason": Personal(Kind.WORDS, "to prove what was done", Kept.FEEDBACK),
    "reviews.comment": Personal(Kind.WORDS, "to rectify", Kept.FEEDBACK),
    "cases.applicant_name": Personal(Kind.NAME, "to show where it stands", Kept.CASE, PART),
    "cases.phone": Personal(Kind.PHONE, "to prove whose it is", Kept.CASE),
    "cases.phone_hash": Personal(Kind.PHONE, "to find the own cases", Kept.CASE),
    "cases.credential": Personal(Kind.IDENTITY, "to prove whose it is", Kept.CASE),
    "case_events.reason": Personal(Kind.WORDS, "to prove what was done", Kept.CASE),
    "paper_requests.reason": Personal(Kind.WORDS, "to ask for papers", Kept.CASE),
    "applications.form_values": Personal(Kind.ANSWERS, "to handle it", Kept.CASE),
    "meeting_signups.name": Personal(Kind.NAME, "to know who comes", Kept.SHORTLY),
    "meeting_signups.phone": Personal(Kind.PHONE, "to tell of changes", Kept.SHORTLY),
    "meeting_signups.phone_hash": Personal(Kind.PHONE, "to sign up once", Kept.SHORTLY),
    "meeting_questions.text": Personal(Kind.WORDS, "to answer in public", Kept.FEEDBACK),
    "policy_packages.facts": Personal(Kind.ANSWERS, "to find policies", Kept.CONVERSATION, FIRM),
    "policy_watches.profile": Personal(
        Kind.ANSWERS, "to tell of new policies", Kept.CONVERSATION, FIRM
    ),
    "helpers.phone": Personal(Kind.PHONE, "for applicants to call", Kept.ACCOUNT),
    "agents.name": Personal(Kind.NAME, "to sign in and be known", Kept.ACCOUNT, STAFF),
    "agents.login": Personal(Kind.NAME, "to sign in and be known", Kept.ACCOUNT, STAFF),
    "city_identities.subject": Personal(
        Kind.HANDLE, "to sign in", Kept.ACCOUNT, "a number of the city's own, looked up by it"
    ),
    "quality_marks.remark": Personal(Kind.WORDS, "to lead a team", Kept.ACCOUNT, RULE),
    "helper_absences.reason": Personal(Kind.WORDS, "to plan", Kept.ACCOUNT, RULE),
    "desk_sessions.device": Personal(Kind.HANDLE, "to show one's sign-ins", Kept.ACCOUNT, STAFF),
}

IMPERSONAL: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "cases.promised",
            "cases.statutory",
            "cases.missing",
            "cases.matter_name",
            "cases.department_phone",
            "challenges.answer",
            "fact_checks.detail",
            "fact_checks.note",
            "halls.name",
            "halls.address",
            "halls.phone",
            "matter_freezes.reason",
            "plans.snapshot",
            "plan_versions.dates",
            "plan_versions.snapshot",
            "case_steps.name",
            "applications.matter_ids",
            "applications.papers",
            "messages.buttons",
            "paper_requests.papers",
            "paper_requests.supplied",
            "later_papers.name",
            "plan_lives.recipe",
            "plan_lives.done",
            "plan_lives.papers",
            "plan_lives.dates",
            "plan_lives.name",
        ),
        "matters, papers, dates and places of the catalogue",
    ),
    **dict.fromkeys(
        (
            "cases.state_words",
            "challenges.reply",
            "case_urges.reply",
            "canned_replies.title",
            "canned_replies.text",
            "feedback_answers.text",
            "feedback_answers.change",
            "feedback_answers.remark",
            "feedback_answers.marks",
            "feedback_publications.question",
            "feedback_publications.answer",
            "feedback_publications.change",
            "feedback_publications.reason",
            "hot_events.reason",
            "hot_issues.title",
            "lessons.examples",
            "lessons.note",
            "lesson_events.reason",
            "model_choices.reason",
            "whistle_settings.reason",
            "findings.text",
            "findings.answer",
            "meetings.title",
            "meetings.text",
            "meetings.cancelled",
            "meeting_answers.question",
            "meeting_answers.answer",
            "publication_events.question",
            "publication_events.answer",
            "publication_events.change",
            "publication_events.text",
            "switch_changes.reason",
            "switch_changes.name",
        ),
        "words of the office, checked or masked before they are written",
    ),
    **dict.fromkeys(
        (
            "booking_events.reason",
            "assistance_events.reason",
            "rectification_events.reason",
            "handovers.reason",
            "conversations.handoff_reason",
            "misunderstood.reason",
            "plan_versions.reason",
            "reviews.target_kind",
            "routing_proposals.departments",
            "routing_proposals.words",
            "erasures.deleted",
            "erasures.kept",
            "talk_counters.name",
            "channel_tokens.name",
        ),
        "codes and counts",
    ),
    **dict.fromkeys(
        (
            "agents.districts",
            "helpers.districts",
            "helpers.modes",
            "helpers.matters",
            "desk_profiles.skills",
            "desk_filters.name",
            "desk_filters.query",
            "service_setting_versions.name",
            "service_setting_versions.value",
            "service_settings.name",
            "service_settings.value",
            "whistle_settings.content",
            "learning_jobs.wish",
            "learning_jobs.result",
            "learning_jobs.error",
            "model_choices.name",
            "model_choices.error",
        ),
        "settings and work of the office",
    ),
    **dict.fromkeys(
        ("channel_tokens.sealed", "city_logins.state", "login_attempts.login_hash"),
        "secrets of the service itself, sealed or hashed",
    ),
}
"""Columns that can hold words and hold nothing of a person's, and why."""
