"""Policies: search on a topic, a package for one enterprise, and how one is claimed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._ask import asking, choice_button, chosen
from actions._facts import yes_no_buttons
from actions._focus import POLICY
from actions._form import Answer, Problem, Question, ValidateForm, Value
from actions._names import find_enterprise_type, find_policies
from actions._skill import SkillAction, finish_form, start_form
from actions._turn import Turn
from bot.documents.labels import TAXPAYERS, UNSURE
from bot.documents.policies_text import claim_text, found_policies_text, package_text
from bot.services.answers import NotANumber, read_number, read_option, read_yes_no
from bot.services.local_time import local_day
from bot.services.policies import AnswerKind, PolicyPackage, PolicyQuestion, policy_package
from bot.services.policy_words import told_fields

MOST_QUESTIONS = 6
"""After so many answers the package is shown; what is still open is named in it."""

SKIP = "skip"


class ActionSearchPolicy(SkillAction):
    """Finds policies on a topic."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_search_policy"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """List the best, with a way to the package and to the claim."""
        found = find_policies(turn.text)
        if not found:
            say.utter_message(response="utter_policy_ask_topic")
            return []
        say.utter_message(response="utter_policy_found", policies=found_policies_text(found))
        return [SlotSet("policy_found", found[0].id), SlotSet("focus", POLICY)]


class ActionApplyPolicy(SkillAction):
    """Says how a policy is claimed."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_apply_policy"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the policy from the sentence, else the one found last."""
        found = find_policies(turn.text)
        known = turn.slots.get("policy_found")
        if found:
            policy = found[0]
        elif known:
            policy = app().catalogue.policy(str(known))
        else:
            say.utter_message(response="utter_policy_ask_topic")
            return []
        say.utter_message(response="utter_policy_claim", claim=claim_text(policy))
        return [SlotSet("policy_found", policy.id), SlotSet("focus", POLICY)]


class ActionStartPolicyMatch(SkillAction):
    """Begins putting a package together; what was answered before is kept."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_policy_match"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Ask only what bears on the most policies."""
        say.utter_message(response="utter_policy_start_match")
        told = told_profile(turn)
        return start_form(
            turn, "policy_form", policy_profile=told, policy_skipped=[], policy_answer=None
        )


class ValidatePolicyForm(ValidateForm):
    """Asks one field of the enterprise's profile after another."""

    form = "policy_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the field that bears on the most open policies, none when enough is known."""
        answered = len(slots.get("policy_profile") or {}) + len(slots.get("policy_skipped") or [])
        asked = _package(slots).question
        if asked is None or answered >= MOST_QUESTIONS:
            return ()
        return (_question(asked),)

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Put the answer into the profile, so that the next field is asked."""
        answer = changes.get("policy_answer")
        asked = _package(slots).question
        if answer is None or asked is None:
            return changes
        profile = {**told_profile(turn), **(slots.get("policy_profile") or {})}
        skipped = list(slots.get("policy_skipped") or [])
        if answer == SKIP:
            skipped.append(asked.field)
        else:
            profile[asked.field] = answer
        return {"policy_profile": profile, "policy_skipped": skipped, "policy_answer": None}

    def emptied(self, turn: Turn) -> Mapping[str, Any]:
        """Forget the profile."""
        return {"policy_profile": {}, "policy_skipped": [], "policy_answer": None}


class ActionShowPolicyPackage(SkillAction):
    """Shows the package with the reason clause by clause."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_show_policy_package"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Name the fitting ones first."""
        package = _package(turn.slots)
        text = package_text(package, app().catalogue)
        say.utter_message(response="utter_policy_package", package=text)
        first = package.fitting[0].policy.id if package.fitting else None
        return [SlotSet("policy_found", first), *finish_form(turn, say)]


def told_profile(turn: Turn) -> dict[str, Any]:
    """Return the fields of the profile that a sentence tells by the way."""
    told = dict(told_fields(turn.text))
    if turn.entity("district"):
        told["in_liaocheng"] = True
    asked = _package({}).question
    if asked is not None and asked.field == "entity_type" and turn.entity("enterprise_type"):
        option = _form_of_enterprise(str(turn.entity("enterprise_type")), asked)
        told |= {"entity_type": option} if option else {}
    return told


def _package(slots: Mapping[str, Any]) -> PolicyPackage:
    return policy_package(
        slots.get("policy_profile") or {},
        app().catalogue,
        today=local_day(app().now()),
        skipped=slots.get("policy_skipped") or (),
    )


def _question(asked: PolicyQuestion) -> Question:
    def buttons(_: Turn) -> list[dict[str, str]]:
        if asked.kind is AnswerKind.YES_NO:
            return yes_no_buttons("policy_answer")
        named = [
            choice_button("policy_answer", value, TAXPAYERS.get(value, value))
            for value in asked.options
        ]
        return [*named, {"title": UNSURE, "payload": "/skip"}]

    def parse(turn: Turn) -> Answer:
        return _parse(turn, asked)

    return Question(
        "policy_answer",
        _ask_field(asked, buttons),
        parse,
        when_unknown=SKIP,
        why="utter_policy_why",
        skipped="utter_policy_field_skipped",
    )


def _ask_field(
    asked: PolicyQuestion, buttons: Callable[[Turn], list[dict[str, str]]]
) -> Callable[[Turn, CollectingDispatcher], None]:
    if asked.field == "taxpayer_type":
        return asking("utter_policy_ask_taxpayer_type", buttons)
    if asked.field == "entity_type":
        return asking("utter_policy_ask_entity_type", buttons)
    if asked.field == "employees":
        return asking("utter_policy_ask_employees", buttons)
    return asking("utter_policy_ask_field", buttons, field=asked.text)


def _parse(turn: Turn, asked: PolicyQuestion) -> Answer:
    text = chosen(turn, "policy_answer") or turn.text
    if asked.kind is AnswerKind.YES_NO:
        if text in {"yes", "no"}:
            return Value(text == "yes", exact=True)
        answer = read_yes_no(text, turn.intent)
        return None if answer is None else Value(answer, exact=True)
    if asked.kind is AnswerKind.NUMBER:
        try:
            return Value(read_number(text))
        except NotANumber:
            return None
    option = read_option(text, {value: TAXPAYERS.get(value, value) for value in asked.options})
    if option is None:
        option = _form_of_enterprise(text, asked)
    if option is not None:
        return Value(option)
    if turn.intent in {"inform", "deny", "nlu_fallback"}:
        return Problem("utter_policy_pick_option")  # the question follows, with its buttons
    return None


def _form_of_enterprise(text: str, asked: PolicyQuestion) -> str | None:
    """Return the option that an everyday name means: 个体户 for 个体工商户."""
    found = find_enterprise_type(text)
    if found is None:
        return None
    names = (found.name, found.answer)
    return next((o for o in asked.options if any(name.startswith(o) for name in names)), None)
