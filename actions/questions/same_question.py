"""Asks the question that was answered last once more, of another place, trade, form or matter."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.licences.needed import says_if_needed_too
from actions.questions.faq_said import faqs_said
from actions.questions.matter_faqs import AMONG_FEW, say_question, says_question_among
from actions.questions.same_asked import says_for_form
from actions.turns.beside import without_denied
from actions.turns.focus import Focus, on_matter
from actions.turns.forms_named import enterprise_type_in, find_enterprise_type
from actions.turns.history import last_bot_messages, slot_values
from actions.turns.names import COMPANY, ending_of, find_matters, sure_matter
from actions.turns.places import find_district
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.domain.places import District, EnterpriseType
from bot.services.words.asked import asks_after
from bot.services.words.business import says_company
from bot.services.words.follow_up import asks_of_one, asks_the_same
from bot.services.words.matter_remarks import (
    asks_penalty,
    hands_in_later,
    speaks_of_missing,
)
from bot.services.words.remarks import (
    asks_the_same_of,
    clauses,
    replacement,
    thing_asked_of,
)

FINE = "没办罚多少"
"""Asks for the fine of any matter."""


OWN_FITS = 0.6
"""How well a question of the matter spoken of must fit to be meant where another is named."""


def place_of(text: str) -> District | None:
    """Return the place that stands before the same that is asked of it: 阳谷也一样吗."""
    return find_district(text.partition("也")[0].removeprefix("那"))


def same_question(turn: Turn, focus: Focus, say: CollectingDispatcher) -> list[EventType]:
    """Answer the question answered last for another matter, or for another place."""
    assert focus.matter is not None
    assert focus.topic is not None
    is_missing = speaks_of_missing(turn.text) or hands_in_later(turn.text)
    if focus.topic == "deferral" and is_missing:  # 那营业执照也没有呢; 那平面图呢，也能后补吗
        say_answer(focus.topic, focus.matter, say)
        return on_matter(focus.matter, focus.topic)
    kind = _form_named(turn)
    if kind is not None and says_for_form(turn, focus, kind, say):
        return on_matter(focus.matter, focus.topic)
    other = _other_matter(turn, focus.matter)
    if other is not None and _asks_of_own(turn, focus.matter, other, say):
        return on_matter(focus.matter, focus.topic)
    if other is not None:
        if not _says_same_faq(turn, focus.matter, other, say):
            say_answer(focus.topic, other, say)
        return on_matter(other, focus.topic)
    said = replacement(turn.text) if turn.intent == "go_back" else None
    named = without_denied(turn).entity("district")  # 不是开发区我说错了是高新区
    place = find_district(said) or find_district(named or turn.text) or place_of(turn.text)
    if place is None:
        return []
    say_answer(focus.topic, focus.matter, say)
    say.utter_message(response="utter_matters_same_elsewhere", district=place.name)
    return on_matter(focus.matter, focus.topic)


def _asks_of_own(turn: Turn, known: Matter, other: Matter, say: CollectingDispatcher) -> bool:
    """Answer the question of the matter spoken of that a text fits which names another as well.

    "那我接自来水洗呢" after a permit to take water asks whether it is needed then.
    """
    named = turn.entity("matter")
    if named is None or thing_asked_of(turn.text) == named:  # 那卫生许可证呢
        return False
    own = app().question_finder.among(turn.text, [known], OWN_FITS)
    theirs = app().question_finder.among(turn.text, [other]) if own is not None else None
    if own is None or (theirs is not None and theirs.score >= own.score):
        return False
    say_question(turn, own, say)
    return True


def _says_same_faq(turn: Turn, before: Matter, other: Matter, say: CollectingDispatcher) -> bool:
    """Answer, for another matter, the question of the catalogue that was answered right before.

    "那消防验收没过就用呢" after what is done to who builds without a permit asks for the fine.
    """
    said = "\n".join(str(event.get("text") or "") for event in last_bot_messages(turn))
    faqs = [faq for faq in faqs_said(turn, (before,)) if faq.question in said]
    if says_if_needed_too(turn, other, say):  # 施工许可证呢
        return True
    own = [] if asks_the_same(turn.text) else [turn.text]
    texts = [*own, *(faq.question for faq in faqs)] if faqs else []
    if any(faq.answer.startswith("责令") or asks_penalty(faq.question) for faq in faqs):
        texts.append(FINE)
    return any(says_question_among(text, [other], say, AMONG_FEW) for text in texts)


def _of_trade(turn: Turn, known: Matter) -> Matter | None:
    """Return the matter of a trade that is named, another than is known: "不开ktv改开游泳馆呢"."""
    trades = [entity.value for entity in turn.entities if entity.name == "industry"]
    meant = [matter for trade in trades if (matter := sure_matter(trade)) is not None]
    others = [matter for matter in meant if matter.id != known.id]
    return next(iter([*others, *meant]), None)


def _other_matter(turn: Turn, known: Matter) -> Matter | None:
    """Return another matter that the text names, by itself or by a form of enterprise."""
    ending = ending_of(known, _form_named(turn))
    if ending is not known and asks_the_same_of(clauses(turn.text)[0]):
        return ending  # 换成个体户呢, after how long a company's end is made known
    named = sure_matter(turn.entity("matter")) or _of_trade(turn, known)
    if named is None and (asks_the_same_of(turn.text) or asks_of_one(turn.text)):
        named = sure_matter(turn.text) or sure_matter(thing_asked_of(turn.text))
    named = named or _spoken_of(turn)
    if named is not None and (named.id != known.id or thing_asked_of(turn.text) in named.name):
        return named
    if asks_the_same_of(turn.text):
        named = sure_matter(_of_the_same_kind(thing_asked_of(turn.text), known))
        if named is not None and named.id != known.id:
            return named
    kind = find_enterprise_type(turn.entity("enterprise_type"))
    registrations = {form.matter_id for form in app().catalogue.enterprise_types.values()}
    if kind is not None and known.id in registrations and kind.matter_id != known.id:
        return app().catalogue.matter(kind.matter_id)
    return None


def _form_named(turn: Turn) -> EnterpriseType | None:
    """Return the form of enterprise that a text names, a company by that word alone."""
    kind = find_enterprise_type(turn.entity("enterprise_type")) or enterprise_type_in(turn.text)
    is_company = says_company(turn.text) or thing_asked_of(clauses(turn.text)[0]) == "公司"
    if kind is None and is_company:
        return app().catalogue.enterprise_type(COMPANY)
    return kind


def _spoken_of(turn: Turn) -> Matter | None:
    """Return the matter answered for before that "占道呢" may mean; None where none was."""
    if not asks_after(turn.text):
        return None
    spoken = slot_values(turn, "matter_id")
    found = find_matters(thing_asked_of(turn.text))
    return next((matter for matter in found if matter.id in spoken), None)


def _of_the_same_kind(thing: str, known: Matter) -> str:
    """Return the name of a matter of the same kind on another thing: 经营范围变更登记."""
    kind, dash, _ = known.name.partition("——")
    return f"{thing}{kind}" if dash else ""
