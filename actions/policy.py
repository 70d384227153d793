"""Policies: search on a topic, a package for one enterprise, and how one is claimed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.filing.told_trouble import answer_told_trouble
from actions.forms.form import ValidateForm
from actions.forms.question import Question, Value
from actions.forms.switched import while_on
from actions.forms.term_inside import answer_term_inside
from actions.funding.beside import answer_beside
from actions.funding.facts import (
    AGAIN,
    ASKED,
    PROFILE,
    SKIPPED,
    changed_profile,
    known_profile,
    mended_profile,
    package_facts,
    told_profile,
    without,
)
from actions.funding.kinds import for_whom, with_cash_first
from actions.funding.meant import (
    FOUND,
    asks_which,
    is_unlisted,
    keep_found,
    meant_by_content,
    policy_in,
)
from actions.funding.question import ANSWER, SKIP, question
from actions.funding.said import FIRST_LOAN, say_policy, say_spoken
from actions.funding.watch import ON, watch, watch_asked, watch_button
from actions.turns.focus import POLICY
from actions.turns.history import texts_before
from actions.turns.opens_form import start_form
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.documents.labels import MORE_QUESTIONS, TELL_ME_POLICIES
from bot.documents.policies_text import (
    MAX_POLICIES,
    contradiction_values,
    found_policies_text,
    package_text,
)
from bot.domain.policies import Policy
from bot.services.plans.open_already import is_running
from bot.services.policies.answers import contradiction_in
from bot.services.policies.packages import keep_package
from bot.services.policies.policies import (
    FoundPolicy,
    PolicyPackage,
    policy_package,
    refuses,
    search_policies,
)
from bot.services.policies.questions import PolicyQuestion, question_on
from bot.services.policies.text import facts_text
from bot.services.times.local_time import local_day
from bot.services.words.form_remarks import leaves
from bot.services.words.policy import called_company, subsidy_named
from bot.services.words.policy_remarks import is_general, speaks_of_benefit, wants_sum
from bot.services.words.remarks import clauses, is_correction

MOST_QUESTIONS = 6
"""After so many questions the package is shown; what is still open is named in it."""

ENTITY, COMPANY = "entity_type", "公司"
"""Field of the form of enterprise, and one of its values."""

IN_CITY = "in_liaocheng"
"""Field that a place alone tells, which is no word about an enterprise."""

NAMED = "policy"
"""Choice of the button that names a policy, as under news of it."""

UNHEARD = frozenset({"inform", "nlu_fallback", "out_of_scope"})
"""What the model takes trouble for that is told between the questions."""

MORE = "policy_more"
"""Choice of the button that goes on asking, with what was answered kept."""


class ActionSearchPolicy(SkillAction):
    """Finds policies on a topic."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_search_policy"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """List the best with conditions, version and source; lead on to package and claim."""
        wish = watch_asked(turn)
        if wish is not None:
            return watch(turn, wish, say) or []
        if wants_sum(turn.text):  # 手里转不开了 想贷个三十万
            return say_policy(turn, app().catalogue.policies[FIRST_LOAN], say)
        found = _found_on(turn.text)
        known = turn.slots.get(FOUND) if turn.slots.get("focus") == POLICY else None
        found = for_whom(turn, _for_form(turn, _with_spoken(turn, found, known)))
        found = with_cash_first(turn, found)
        if not found and known:  # 小企业是不是更多, after one
            return say_spoken(turn, say)
        is_other = is_unlisted(turn.text, [one.policy for one in found])
        is_told = bool(told_profile(turn).keys() - {IN_CITY}) or is_running(turn.text)
        if (is_other or not found) and is_told:
            if is_other and not (_asks_unlisted(turn) or _asks_of_trade(turn)):  # the match says so
                say.utter_message(response="utter_policy_none_on_it")
            return action_named("action_start_policy_match").act(turn, say)
        if is_other:
            say.utter_message(response="utter_policy_none_on_it")
            return []
        if not found:
            say.utter_message(response="utter_policy_ask_topic")
            return []
        text = found_policies_text(found, app().catalogue)
        say.utter_message(response="utter_policy_found", policies=text)
        return keep_found([one.policy.id for one in found[:MAX_POLICIES]])


class ActionApplyPolicy(SkillAction):
    """Says how a policy is claimed."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_apply_policy"

    @while_on("policy")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the policy from the sentence, else the one found last."""
        policy = _named_policy(turn)
        is_other = is_unlisted(turn.text, [policy] if policy is not None else [])
        if is_other or (policy is None and speaks_of_benefit(turn.text)):
            return action_named("action_search_policy").act(turn, say)
        if policy is None:
            say.utter_message(response="utter_policy_ask_topic")
            return []
        return say_policy(turn, policy, say)


class ActionStartPolicyMatch(SkillAction):
    """Begins putting a package together, goes on with one, or minds the watch on policies."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_policy_match"

    @while_on("policy")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Ask only what bears on the most policies; what other journeys know is not asked."""
        wish = watch_asked(turn)
        done = None if wish is None else watch(turn, wish, say)
        if done is not None:
            return done
        goes_on = turn.choice is not None and turn.choice[0] == MORE
        profile = dict(turn.slots.get(PROFILE) or {}) if goes_on else known_profile(turn)
        skipped = list(turn.slots.get(SKIPPED) or []) if goes_on else []
        if not goes_on and _asks_unlisted(turn):
            say.utter_message(response="utter_policy_none_on_it")
        if profile and not goes_on:
            known = facts_text(profile, app().catalogue)
            say.utter_message(response="utter_policy_start_match_known", known=known)
        else:
            say.utter_message(response="utter_policy_start_match")
        return start_form(
            turn,
            "policy_form",
            policy_profile=profile,
            policy_skipped=skipped,
            policy_again=[],
            policy_asked=0.0,
            policy_answer=None,
        )


class ValidatePolicyForm(ValidateForm):
    """Asks one field of the enterprise's profile after another."""

    form = "policy_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return what is to be asked once more, else the field that bears on most policies."""
        asked = _asked(slots)
        return () if asked is None else (question(asked),)

    def _steer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType] | None:
        """Answer beside the questions what is asked about policies."""
        is_left = any(map(leaves, clauses(turn.text)[:-1]))  # 先不看了，我问一下，…
        answered = [] if is_left else answer_term_inside(turn, opened, say)
        answered = answered or ([] if is_left else answer_beside(turn, say))
        if not answered and turn.choice is None and turn.intent in UNHEARD:
            alone = replace(turn, loop=None, requested=None, slots={**turn.slots, "focus": None})
            answered = answer_told_trouble(alone, say) or []  # 欠俺货款那家拖了半年了
        if answered:
            return [*answered, *self._ask_again(turn, say)]
        return super()._steer(turn, questions, opened, say)

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Put the answer into the profile; answers that exclude each other are asked again."""
        answer, asked = changes.get(ANSWER), _asked(slots)
        if asked is None or (answer is None and PROFILE not in changes):
            return changes
        before = slots.get(PROFILE) or {}
        profile = dict(changes.get(PROFILE) or {**told_profile(turn), **before})
        new = {field: value for field, value in profile.items() if before.get(field) != value}
        if PROFILE in changes and new:
            items = facts_text(new, app().catalogue)
            say.utter_message(response="utter_common_noted_as", items=items)
        skipped = [field for field in slots.get(SKIPPED) or [] if field not in new]
        done = new if answer is None else {asked.field, *new}
        again = [field for field in slots.get(AGAIN) or [] if field not in done]
        if answer == SKIP:
            skipped.append(asked.field)
        elif answer is not None:
            profile[asked.field] = answer
        broken = contradiction_in(profile, app().policy_library)
        if broken is not None:
            said = contradiction_values(broken, profile, app().catalogue)
            say.utter_message(response="utter_policy_contradiction", **said)
            again = [*again, *sorted(broken.questions)]
            profile = without(again, profile)
        count = float(slots.get(ASKED) or 0.0) + (0.0 if answer is None else 1.0)
        return {PROFILE: profile, SKIPPED: skipped, AGAIN: again, ASKED: count, ANSWER: None}

    def answers_beside(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        *,
        replaces: bool = False,
    ) -> dict[str, Any]:
        """Return the profile with what the text says of other facts than the one asked for."""
        asked = _asked(turn.slots)
        is_answer = opened is not None and isinstance(opened.parse(turn), Value)
        profile = dict(turn.slots.get(PROFILE) or {})
        changed = changed_profile(
            turn,
            profile,
            besides=None if asked is None or opened is None else asked.field,
            replaces=replaces or is_correction(turn.text) or not is_answer,
        )
        return {PROFILE: {**profile, **changed}} if changed else {}

    def corrections(self, turn: Turn) -> dict[str, Any]:
        """Return the profile with the amount that a text puts right, else with other facts."""
        profile = turn.slots.get(PROFILE) or {}
        mended = mended_profile(turn, profile)
        return {PROFILE: {**profile, **mended}} if mended else super().corrections(turn)

    def _tells(self, turn: Turn) -> bool:
        """Tell whether a fact of the firm is told, though it sounds like none of our business."""
        profile = turn.slots.get(PROFILE) or {}
        return bool(changed_profile(turn, profile, besides=None, replaces=False))

    def _skip_rest(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the form of the firm as it was called, where it is not to be asked any more."""
        profile = turn.slots.get(PROFILE) or {}
        is_called = called_company((*texts_before(turn), turn.text))
        if ENTITY in profile or not is_called:
            return super()._skip_rest(turn, say)
        called = {**profile, ENTITY: COMPANY}
        say.utter_message(
            response="utter_common_noted_as", items=facts_text({ENTITY: COMPANY}, app().catalogue)
        )
        done = super()._skip_rest(replace(turn, slots={**turn.slots, PROFILE: called}), say)
        return [SlotSet(PROFILE, called), *done]

    def emptied(self, turn: Turn) -> Mapping[str, Any]:
        """Forget the profile."""
        return {PROFILE: {}, SKIPPED: [], AGAIN: [], ASKED: 0.0, ANSWER: None}


class ActionShowPolicyPackage(SkillAction):
    """Shows the package with the reason clause by clause."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_show_policy_package"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Name the fitting ones first; the whole of it lies under a link."""
        package = _package(turn.slots)
        path = keep_package(
            app().unit_of_work,
            origin=turn.origin("policy_package"),
            conversation_id=turn.conversation_id,
            facts=package_facts(turn),
            now=app().now(),
        )
        say.utter_message(
            response="utter_policy_package",
            package=package_text(package, app().catalogue),
            url=app().settings.base_url + path,
            buttons=_package_buttons(package),
        )
        ids = [one.policy.id for one in package.fitting]  # 第二条咋领 means one of them
        found = keep_found(ids) if ids else [SlotSet(FOUND, None)]
        return [*found, *finish_form(turn, say)]


def _found_on(text: str) -> Sequence[FoundPolicy]:
    """Return the policies on what a text says, best first."""
    return search_policies(
        text,
        lookup=app().lookup,
        catalogue=app().catalogue,
        today=local_day(app().now()),
        meant=meant_by_content(text),
    )


def _asks_unlisted(turn: Turn) -> bool:
    """Tell whether a subsidy is named that the catalogue has not: 有没有住房补贴."""
    named = subsidy_named(turn.text)
    return named is not None and is_unlisted(named, [one.policy for one in _found_on(named)])


def _asks_of_trade(turn: Turn) -> bool:
    """Tell whether it is asked openly what a trade can have: 裁缝铺干了一年半有啥补贴没."""
    return turn.entity("industry") is not None and asks_which(turn.text)


def _with_spoken(
    turn: Turn, found: Sequence[FoundPolicy], known: str | None
) -> Sequence[FoundPolicy]:
    """Return what was found, the policy spoken of first where none is named: 个体户能贷多少."""
    if known is None or policy_in(turn.text) is not None:
        return found
    return sorted(found, key=lambda one: one.policy.id != known)


def _for_form(turn: Turn, found: Sequence[FoundPolicy]) -> Sequence[FoundPolicy]:
    """Return what was found without what is for other forms of enterprise than the text names."""
    told = told_profile(turn)
    form = {ENTITY: told[ENTITY]} if ENTITY in told else {}
    today = local_day(app().now())
    fits = [one for one in found if not refuses(one.policy, form, today)] if form else found
    return fits or found


def _named_policy(turn: Turn) -> Policy | None:
    """Return the policy that a button or the words name, else the one spoken of last."""
    found = app().lookup.find_policies(turn.text, 1) if turn.text else []
    if found and not is_general(found[0].phrase):
        return app().catalogue.policy(found[0].entry_id)
    pressed = turn.choice[1] if turn.choice and turn.choice[0] == NAMED else ""
    return app().catalogue.policies.get(pressed or str(turn.slots.get("policy_found")))


def _package_buttons(package: PolicyPackage) -> list[dict[str, str]]:
    more = {"title": MORE_QUESTIONS, "payload": f'/match_policy{{"choice": "{MORE}=yes"}}'}
    tell = watch_button(TELL_ME_POLICIES, ON)
    return [tell] if package.question is None else [more, tell]


def _asked(slots: Mapping[str, Any]) -> PolicyQuestion | None:
    profile, skipped = slots.get(PROFILE) or {}, slots.get(SKIPPED) or []
    library = app().policy_library
    left = [f for f in slots.get(AGAIN) or [] if f not in profile and f not in skipped]
    # a field that the catalogue no longer has is not asked
    again = next((f for f in left if f in library.catalogue.policy_fields), None)
    if again is not None:
        return question_on(again, library)
    if float(slots.get(ASKED) or 0.0) >= MOST_QUESTIONS:
        return None
    return _package(slots).question


def _package(slots: Mapping[str, Any]) -> PolicyPackage:
    return policy_package(
        slots.get(PROFILE) or {},
        app().policy_library,
        today=local_day(app().now()),
        skipped=slots.get(SKIPPED) or (),
    )
