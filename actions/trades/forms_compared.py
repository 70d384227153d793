"""Says how forms of enterprise differ that a text weighs, or who pays the debts in each."""

from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import COMMON_FORMS
from actions.questions.matter_faqs import to_be_named, utter
from actions.trades.start_answers import CHOOSE_FORM, ENTERPRISE_TYPE, PREFIX, told_slots
from actions.turns.turn import Turn
from bot.documents.form_advice_text import traits_text
from bot.documents.matter_text import faq_answer
from bot.domain.places import EnterpriseType
from bot.services.words.business import asks_who_pays
from bot.services.words.matter_remarks import asks

SHORTEST = 2
"""Signs of a form's name: 公司."""

DEBT, OWED = "债", "欠"
"""Signs of a question on the debts of a business."""

LIABILITY = "责任"
"""Aspect of a form of enterprise that says who pays its debts."""

LIMITED = PREFIX + "wants_limited"


def forms_named(text: str) -> list[EnterpriseType]:
    """Return the forms of enterprise that a text names, each once; 分公司 is no company."""
    kinds = app().catalogue.enterprise_types.values()
    names = {name: kind for kind in kinds for name in (kind.name, kind.answer, *kind.aliases)}
    found: dict[str, EnterpriseType] = {}
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= SHORTEST and name in text:
            found.setdefault(names[name].id, names[name])
            text = text.replace(name, "，")
    return list(found.values())


def says_forms_compared(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say how the forms differ that a text weighs: 弄合伙企业还是公司好; False for none.

    Company and individual business are weighed by a question of the catalogue.
    """
    if CHOOSE_FORM not in told_slots(turn.text):
        return False
    named = forms_named(turn.text)
    if len(named) == 1 or {kind.id for kind in named} <= set(COMMON_FORMS):
        return False
    say.utter_message(response="utter_start_business_enterprise_types", types=traits_text(named))
    return True


def says_who_is_liable(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say who pays debts where that is feared: 我怕赔了连累家里房子; False where it is not.

    Also where it is asked of a form that is named, or was told: 合伙赔了，得拿自家钱填吗.
    """
    said = [kind.id for kind in forms_named(turn.text)]
    told = turn.slots.get(ENTERPRISE_TYPE)
    named = said or ([str(told)] if told in app().catalogue.enterprise_types else [])
    is_asked = asks_who_pays(turn.text)
    is_feared = LIMITED in told_slots(turn.text) and not asks(turn.text)
    if turn.choice is not None or not (is_asked or is_feared):
        return False
    meant = named if is_asked and named else [*COMMON_FORMS, *named]
    if is_asked and not said and len(meant) == 1 and _says_of_debts(turn, meant[0], say):
        return True
    kinds = [_who_pays(app().catalogue.enterprise_type(name)) for name in dict.fromkeys(meant)]
    say.utter_message(response="utter_start_business_liability", types=traits_text(kinds))
    return True


def _says_of_debts(turn: Turn, form: str, say: CollectingDispatcher) -> bool:
    """Answer the question on debts that the registration of a form has; False for none."""
    matter = app().catalogue.matter(app().catalogue.enterprise_type(form).matter_id)
    own = next((faq for faq in matter.faqs if DEBT in faq.question and OWED in faq.question), None)
    if own is not None:
        utter(faq_answer(own, to_be_named(turn, matter)), say)
    return own is not None


def _who_pays(kind: EnterpriseType) -> EnterpriseType:
    """Return the form with nothing but who is liable in it."""
    return replace(kind, traits=tuple(one for one in kind.traits if one.aspect == LIABILITY))
