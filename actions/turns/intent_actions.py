"""Which action an intent stands for, and which intents belong to a form."""

from collections.abc import Mapping

from actions.turns.turn import QUESTION_INTENTS

FORM_INTENTS: Mapping[str, str] = {
    "booking_form": "book_appointment",
    "case_form": "query_case",
    "feedback_form": "suggest",
    "live_plan_form": "show_plan",
    "matter_form": "ask_procedure",
    "plan_project_form": "plan_project",
    "policy_form": "match_policy",
    "review_form": "rate_service",
    "start_business_form": "start_business",
    "ticket_form": "query_ticket",
    "whistle_form": "blow_whistle",
}
"""Form to the intent that begins it."""

OWN_INTENTS: Mapping[str, frozenset[str]] = {
    "booking_form": frozenset({"book_appointment", "change_appointment"}),
    "feedback_form": frozenset({"complain", "suggest"}),
    "plan_project_form": frozenset({"plan_project"}),
    "start_business_form": frozenset({"start_business"}),
    "whistle_form": frozenset({"blow_whistle"}),
}
"""Form to the intents that speak of what it is about, so that they do not lead out of it."""

INTENT_ACTIONS: Mapping[str, str] = {
    **{intent: f"action_answer_{intent.removeprefix('ask_')}" for intent in QUESTION_INTENTS},
    "apply_online": "action_apply_online",
    "apply_policy": "action_apply_policy",
    "blow_whistle": "action_start_whistle",
    "book_appointment": "action_start_booking",
    "cancel_appointment": "action_cancel_booking",
    "change_appointment": "action_change_booking",
    "complain": "action_start_complaint",
    "follow_case": "action_follow_case",
    "match_policy": "action_start_policy_match",
    "plan_project": "action_start_plan_project",
    "query_appointment": "action_show_bookings",
    "query_case": "action_start_case",
    "query_ticket": "action_start_ticket",
    "rate_service": "action_start_review",
    "remind_plan": "action_remind_plan",
    "request_agent": "action_request_agent",
    "search_policy": "action_search_policy",
    "show_plan": "action_show_plan",
    "start_business": "action_start_business",
    "suggest": "action_start_suggestion",
    "urge_case": "action_urge_case",
}
"""What the rules do for an intent, for requests that no rule sees; a test compares the two."""

RULE_ACTIONS: Mapping[str, str] = {
    **INTENT_ACTIONS,
    **dict.fromkeys(("affirm", "deny", "go_back", "skip"), "action_outside_form"),
    **dict.fromkeys(("ask_capabilities", "ask_privacy", "bot_challenge"), "action_reply"),
    **dict.fromkeys(("chitchat", "goodbye", "greet", "out_of_scope", "thank"), "action_reply"),
    "ask_why": "action_explain_question",
    "inform": "action_inform",
    "nlu_fallback": "action_fallback",
    "repeat": "action_repeat",
    "stop": "action_stop",
}
"""The same with what is no service; an intent without an entry is meant wherever it is said."""


def own_intents(form: str | None) -> frozenset[str]:
    """Return the intents that begin a form or speak of what it is about."""
    begins = FORM_INTENTS.get(str(form))
    return OWN_INTENTS.get(str(form), frozenset()) | ({begins} if begins else frozenset())
