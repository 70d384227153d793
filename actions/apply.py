"""Handing in an application: the form, the papers, consent, one press of 提交."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.applying.change import means_supplement, means_withdraw, offer_open, start_change
from actions.applying.draft import (
    CONFIRMED,
    CONSENT,
    DRAFT,
    FILLED,
    INSISTED,
    PAPERS,
    PAPERS_DONE,
    SENT,
    TARGET,
    VALUES,
    draft_of,
    lacking,
    start_values,
    state_after,
    take,
)
from actions.applying.mended import emptied, put_right, says_of_fields
from actions.applying.papers import FINE, papers_question
from actions.applying.questions import (
    CHANGE,
    INSIST,
    confirm_question,
    consent_question,
    faults,
    fields_question,
    insist_buttons,
    read_typed,
)
from actions.applying.target import means_opening, target_question
from actions.changes.life_events import offer_plan
from actions.finding.freezes import say_frozen
from actions.forms.ask import NO, YES
from actions.forms.form import ValidateForm
from actions.forms.question import Question
from actions.forms.switched import while_on
from actions.plans.dates import restart_plan
from actions.plans.planned import planned_matters
from actions.questions.by_words import matter_wanted
from actions.turns.names import afterwards, registration_of, sure_matter
from actions.turns.opens_form import start_form
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.documents.application_text import noted_text, receipt_text
from bot.documents.matter_text import source_line
from bot.domain.application_errors import IncompleteForm, PaperNotAllowed
from bot.domain.applications import PaperChoice
from bot.domain.errors import UnknownMatter
from bot.domain.freezes import MatterFrozen
from bot.services.applications import applications
from bot.services.applications.applications import HandedInAlready, Receipt
from bot.services.applications.papers import applied_papers, settle
from bot.services.applications.target import OPENING, is_target, target_of
from bot.services.operating.freezes import frozen_matters

TYPED = "apply_typed"
"""Pseudo-slot of values named beside the last look; it never reaches Rasa."""


class ActionApplyOnline(SkillAction):
    """Begins an application, or leads to taking back or completing one."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_apply_online"

    @while_on("apply")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the matter from the sentence, from the plan, or from what was spoken of last."""
        restarted = restart_plan(turn, say)  # 从12月10号开始办 sounds like handing in
        if restarted is not None:
            return restarted
        if means_withdraw(turn.text) or means_supplement(turn.text):
            return start_change(turn, say, withdraws=means_withdraw(turn.text))
        event = app().life_events.find(turn.text)
        is_named = turn.entity("matter") is not None or turn.choice is not None
        if event is not None and turn.loop is None and not is_named:
            return offer_plan(turn, event, say)  # 我要注销 is more than one matter
        target_id = _wanted(turn)
        if turn.loop == "apply_form" and target_id in {None, turn.slots.get(TARGET)}:
            return []  # it is being filled in; the form asks its open question again
        slots: dict[str, Any] = {
            TARGET: target_id,
            DRAFT: turn.origin("draft"),
            CONFIRMED: None,
            CONSENT: None,
            PAPERS_DONE: None,
            FILLED: None,
            INSISTED: None,
        }
        if target_id is None:
            return start_form(turn, "apply_form", **slots)
        begun = _begin(turn, target_id, say)
        return [] if begun is None else start_form(turn, "apply_form", **{**slots, **begun})


class ValidateApplyForm(ValidateForm):
    """Asks only what is missing, several fields at a time."""

    form = "apply_form"

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return values that are named while the form is looked over for the last time."""
        if turn.requested not in {CONSENT, CONFIRMED} or turn.slots.get(TARGET) is None:
            return {}
        reading = read_typed(draft_of(turn.slots), turn, ())
        named = {name: reading.typed[name] for name in reading.labelled}
        return {TYPED: named} if named else {}

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions in order; after a no to consent nothing more is asked."""
        if slots.get(TARGET) is None:
            return (target_question(),)
        draft = draft_of(slots)
        asked = (fields_question(draft), papers_question(draft), consent_question())
        return asked if slots.get(CONSENT) == NO else (*asked, confirm_question())

    def _steer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType] | None:
        """Put right what was filled in and say what is, before anything else is read."""
        if turn.slots.get(TARGET) is not None and turn.text:
            draft = draft_of(turn.slots)
            if says_of_fields(draft, turn, say):
                return self._ask_again(turn, say)
            if changed := put_right(draft, turn):
                noted = self.accepted(turn, turn.slots, {FILLED: changed}, say)
                derived = {**noted, "form_failures": 0.0}  # what is noted is said by `accepted`
                return self._ask_next(turn, dict(turn.slots), derived, say)
            if (without := emptied(draft, turn, say)) is not None:
                changes = {**without.slots, "form_failures": 0.0}
                return self._ask_next(turn, dict(turn.slots), changes, say)
        return super()._steer(turn, questions, opened, say)

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Check what was typed, note what is good, say what is wrong."""
        derived = dict(changes)
        typed = {**(_mapping(derived.pop(TYPED, None))), **_mapping(derived.get(FILLED))}
        if derived.get(TARGET):
            begun = _begin(turn, str(derived[TARGET]), say)
            return {**derived, **begun} if begun is not None else {TARGET: None}
        if typed:
            derived.update(_note_fields(slots, typed, say))
        if isinstance(derived.get(PAPERS_DONE), Mapping):
            derived.update(_note_papers(slots, derived[PAPERS_DONE], say))
        if derived.get(CONFIRMED) == CHANGE:
            say.utter_message(response="utter_apply_how_to_change")
            derived[CONFIRMED] = None
        return derived


class ActionSubmitApplication(SkillAction):
    """Hands in, once for each draft however often 提交 is pressed."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_application"

    @while_on("apply")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Give the receipt, or say what stands in the way; what was filled in stays."""
        if turn.slots.get(CONSENT) != YES or turn.slots.get(CONFIRMED) != YES:
            say.utter_message(response="utter_apply_dropped")
            return finish_form(turn, say)
        try:
            receipt = _hand_in(turn)
        except MatterFrozen as error:
            say_frozen(error.freeze, say)
        except HandedInAlready as error:
            return offer_open(turn, say, error.number)
        except PaperNotAllowed as error:
            say.utter_message(response="utter_apply_paper_required", papers=error.paper)
            return [SlotSet(PAPERS_DONE, None), SlotSet(CONFIRMED, None), *_again()]
        except IncompleteForm:
            return [SlotSet(FILLED, None), SlotSet(CONFIRMED, None), *_again()]
        else:
            say.utter_message(
                response="utter_apply_done", receipt=receipt_text(receipt, app().catalogue)
            )
            return [*_sent(receipt), *finish_form(turn, say)]
        return finish_form(turn, say)


def _wanted(turn: Turn) -> str | None:
    """Return what the applicant wants to apply for, None when that has to be asked."""
    if turn.choice is not None and turn.choice[0] == TARGET:
        return turn.choice[1] if is_target(turn.choice[1], app().catalogue) else None
    named = turn.entity("matter")
    if named is None and means_opening(turn.text):
        return OPENING
    matter = afterwards(named, turn.text) or sure_matter(named) or matter_wanted(turn.text)
    matter = registration_of(matter, turn.entity("enterprise_type"), turn.text)
    if matter is not None:
        return matter.id
    known = turn.slots.get("matter_id")
    if known and not planned_matters(turn.slots):
        return str(known)
    return None


def _begin(turn: Turn, target_id: str, say: CollectingDispatcher) -> dict[str, Any] | None:
    """Say where else it can be done and fill in what is known; None when it cannot begin."""
    application = app()
    try:
        target = target_of(target_id, {}, application.catalogue)
    except UnknownMatter:
        say.utter_message(response="utter_common_old_button")
        return None
    frozen = frozen_matters(application.unit_of_work, now=application.now())
    standing = next((frozen[one] for one in target.matter_ids if one in frozen), None)
    if standing is not None:
        say_frozen(standing, say)
        return None
    say.utter_message(
        response="utter_apply_intro",
        matter=target.matter.name,
        channels="\n".join(f"· {channel}" for channel in target.matter.channels),
        source=source_line(target.matter.provenance),
    )
    values = start_values(target_id, turn.slots)
    is_claim = target.matter.id in application.catalogue.claims
    return state_after({**turn.slots, TARGET: target_id}, values) | {
        PAPERS: {},
        TARGET: target_id,
        # "这个证多少钱" beside the form means this one; a policy is no matter of the list
        **({} if is_claim else {"matter_id": target.matter.id}),
    }


def _note_fields(
    slots: Mapping[str, Any], typed: Mapping[str, str], say: CollectingDispatcher
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if INSIST in typed:
        changes[INSISTED] = typed[INSIST]
        typed = {"credit_code": typed[INSIST]}
    seen = {**slots, **changes}
    draft = draft_of(seen)
    good, wrong = take(draft, typed, seen)
    values = {**draft.filled.values, **good}
    changes.update(state_after(seen, values))
    after = draft_of({**seen, VALUES: values}).filled
    noted = [name for name in good if name in after.values]
    if noted:
        say.utter_message(response="utter_apply_noted", items=noted_text(after, noted))
    if wrong:
        problem = faults(draft, wrong)
        buttons = insist_buttons(draft, wrong, typed)
        say.utter_message(response=problem.response, buttons=buttons, **problem.values)
    return changes


def _note_papers(
    slots: Mapping[str, Any], wishes: Mapping[str, str], say: CollectingDispatcher
) -> dict[str, Any]:
    lines = draft_of(slots).lines
    chosen = dict(slots.get(PAPERS) or {})
    for line in lines:
        wanted = wishes.get(str(line.number))
        if wanted is not None:
            chosen[line.material.name] = settle(line, PaperChoice(wanted)).value
    missing = lacking(draft_of({**slots, PAPERS: chosen}).lines)
    if missing:
        say.utter_message(response="utter_apply_paper_required", papers=", ".join(missing))
    elif FINE not in wishes:
        say.utter_message(response="utter_apply_papers_noted")
    done = YES if FINE in wishes and not missing else None
    return {PAPERS: chosen, PAPERS_DONE: done}


def _hand_in(turn: Turn) -> Receipt:
    application = app()
    draft = draft_of(turn.slots)
    return applications.hand_in(
        application.unit_of_work,
        origin=f"{turn.slots.get(DRAFT) or turn.origin('draft')}:apply",
        target=draft.target,
        filled=draft.filled,
        papers=applied_papers(draft.lines, draft.later),
        has_consent=turn.slots.get(CONSENT) == YES,
        conversation_id=turn.conversation_id,
        now=application.now(),
        catalogue=application.catalogue,
        calendar=application.calendar,
    )


def _sent(receipt: Receipt) -> list[EventType]:
    """Forget the draft; the case may be asked for at once, without a proof."""
    gone = (TARGET, VALUES, FILLED, PAPERS, PAPERS_DONE, CONSENT, CONFIRMED, INSISTED)
    number = receipt.case.number
    return [
        *(SlotSet(name, None) for name in gone),
        SlotSet(SENT, number),
        SlotSet("case_number", number),
        SlotSet("case_shown", number),
        SlotSet("case_credential", receipt.case.credential[-4:]),
    ]


def _again() -> list[EventType]:
    return [FollowupAction("apply_form")]


def _mapping(value: Any) -> Mapping[str, str]:
    return value if isinstance(value, Mapping) else {}
