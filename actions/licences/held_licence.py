"""Answers what to do when a licence is lost, or what stands on it changes: 药品证丢了咋补.

The steps and papers of a first licence would pass for those of another one. The catalogue's own
question on the point comes first; for licences whose change has a matter of its own
(`chg-license-food`), that matter is meant. For the rest it is said that nothing is recorded.
"""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.change_told import change_spoken_of
from actions.changes.life_ends import TAKE_OVER
from actions.changes.life_events import offer_plan
from actions.finding.any_matter import answer_of_any
from actions.finding.matter_answer import say_answer
from actions.plans.planned_licence import LICENCE
from actions.questions.matter_faqs import questions_among, says_question_among, to_be_named, utter
from actions.questions.shared_rules import say_renewal, says_shared
from actions.questions.worded import WordedService
from actions.trades.start_answers import own_matters
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.history import typed_before
from actions.turns.names import AFTERWARDS, afterwards, is_founding, sure_matter
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.words.any_matter import Point, is_of_point
from bot.services.words.follow_up import renews
from bot.services.words.held import (
    Held,
    asks_beside,
    asks_of_change,
    happens_to,
    happens_to_it,
    is_of_move,
    names_paper,
    names_this,
    speaks_of,
)
from bot.services.words.matter_remarks import asks, licence_about, licence_name
from bot.services.words.remarks import clauses

NEAR = 0.3
"""How well a question that speaks of such a change must fit."""

OF_SPOKEN = 0.5
"""The same of a question that a few words behind a licence ask: 换地方了呢."""

LONGEST_BARE = 16
"""Characters of a licence and what happens to it, with no word that asks (烟草证换老板)."""

LICENCE_SIGN = "证"
"""Makes the name of a licence of what it is about: 食品证."""

CHANGED_LATER = "变更"
"""Tells that a licence that one has changes."""

TERM = WordedService("经营期限到期")
"""Says what the term on the business licence is."""

RENEWED = "延续"
"""Stands in the name of what is done to a licence that one has."""

PERMIT = "许可证"
"""Stands in the result of what is a licence, whatever its category."""

POINTED = 0.3
"""How well a licence must fit a text that tells of it without its name (高危证丢了)."""


def answer_held(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say how a licence that one has is replaced or changed, or what any matter may be asked.

    No events where none of it is asked.
    """
    return _of_held(turn, say) or answer_of_any(turn, say)


def _of_held(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say how a licence that one has is replaced or changed; no events where none is told of."""
    if turn.loop is not None or turn.choice is not None:
        return []
    happened = happens_to(turn.text)
    if happened is None:
        told = _of_term(turn, say) or _of_renewal(turn, say)
        return told or _behind_change(turn, say) or _of_spoken(turn, say)
    if turn.intent == "start_business":  # 想开个诊所 地方换到冠县了 备案咋办
        return []
    is_bare = turn.entity("matter") is not None and len(turn.text) <= LONGEST_BARE
    asked = [part for part in clauses(turn.text) if asks(part)]
    if happened is Held.CHANGED and not (is_bare or any(map(asks_of_change, asked))):
        return []  # 换个地儿 这网吧证一般等多长时间
    matter = _held(turn)
    if matter is None:
        return _of_another(turn, say)
    _tell(turn, matter, happened, say)
    event = app().life_events.find(turn.text) if happened is Held.CHANGED else None
    return [*on_matter(matter, "procedure"), *(offer_plan(turn, event, say) if event else ())]


def _of_term(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what the term on the business licence is: 营业执照到期了咋办; else no events."""
    is_asked = is_founding(turn.entity("matter") or "") and renews(turn.text)
    faq = TERM.faq if is_asked else None
    if faq is None:
        return []
    utter(faq_answer(faq), say)
    return [SlotSet("focus_topic", read_focus(turn).topic)]


def _of_renewal(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what is known of the renewal of a licence that is named, or of a trade; else no events.

    A licence whose renewal is a matter of its own is left to that.
    """
    is_renewed = renews(turn.text) and names_paper(turn.text) and turn.intent != "start_business"
    if is_renewed and (later := _renewal_told_before(turn)) is not None:
        says_question_among(turn.text, [later], say, NEAR)
        return on_matter(later, "procedure")
    matter = _held(turn) if is_renewed else None
    if matter is None:
        return []
    say_renewal(turn, matter, say)
    return on_matter(matter, "procedure")


def _renewal_told_before(turn: Turn) -> Matter | None:
    """Return the renewal of the licence that was just asked about where it is only pointed at.

    "那证还有仨月到期 提前多少天申请延续" behind "食品上的那个证用重办不".
    """
    before = typed_before(turn)
    spoken = read_focus(turn).matter
    if before is None or not names_this(turn.text) or turn.entity("matter") or spoken is None:
        return None
    about = licence_about(before)
    name = f"{about}{LICENCE_SIGN}" if about and not _is_licence(spoken) else None
    later = afterwards(name, CHANGED_LATER)
    return later if later and questions_among(turn.text, [later], NEAR) else None


def _of_another(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what a change of the shop does to a licence whose change is a matter of its own.

    "店搬家了 食品证咋弄" asks for no change: the catalogue says that a new licence is wanted.
    """
    later = afterwards(turn.entity("matter"), turn.text)
    asked = app().question_finder.best_of_all(turn.text) if later is not None else None
    if later is None or asked is None or asked.score < OF_SPOKEN or asked.matter.id == later.id:
        return []
    is_else = is_of_move(asked.faq.question, turn.text) or not speaks_of(asked.faq.question)
    if is_else or _stem(later) not in asked.faq.answer:
        return []
    utter(faq_answer(asked.faq), say)
    return on_matter(later, "procedure")


def _stem(matter: Matter) -> str:
    """Return the name of a licence without its kind: 食品经营."""
    return matter.name.partition("许可")[0]


def _tell(turn: Turn, matter: Matter, happened: Held, say: CollectingDispatcher) -> None:
    """Answer what the catalogue holds on it, else what all licences share and whom to ask."""
    known = [one for one in questions_among(turn.text, [matter], NEAR) if speaks_of(one.question)]
    lost = [one for one in matter.faqs if is_of_point(one.question, Point.LOST)]
    known = known or (lost if happened is Held.LOST else [])
    if known:
        utter(faq_answer(known[0], to_be_named(turn, matter)), say)
        return
    if happened is Held.CHANGED:
        says_shared(matter, Point.CHANGED, say)
    say.utter_message(
        response="utter_matters_held_not_recorded",
        matter=matter.name,
        department=matter.department,
    )


def _of_spoken(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what a few words tell of the licence spoken of last: 换地方了呢; else no events.

    Where the catalogue holds a question of another matter on it, that is answered: the food
    licence of a shop that moved.
    """
    happened = happens_to_it(turn.text)
    spoken = matter_in_focus(turn)
    named = sure_matter(turn.entity("matter")) if turn.entity("matter") else None
    is_change = named is not None and _is_change(named)  # 换法人了呢
    is_named = any(turn.entity(name) for name in ("industry", "policy", "material"))
    is_named |= turn.entity("matter") is not None and not is_change
    is_held = spoken is not None and (_is_licence(spoken) or RENEWED in spoken.name)
    if happened is None or spoken is None or is_named or not is_held:
        return []
    text = f"{app().matter_resolver.label(spoken)} {turn.text}"
    if not _says_of_change(text, spoken, say):
        _tell(turn, spoken, happened, say)
    return on_matter(spoken, "procedure")


def _behind_change(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what the change spoken of last means for a licence: 卫生证呢; else no events."""
    name = turn.entity("matter")
    is_asked = name is not None and len(turn.text) <= LONGEST_BARE and asks_beside(turn.text)
    spoken = change_spoken_of(turn) if is_asked else None
    licence = sure_matter(name) if spoken is not None and not is_founding(name or "") else None
    if spoken is None or licence is None or not _is_licence(licence):
        return []
    own = next((one for one in spoken.faqs if str(name) in one.question), None)
    later = afterwards(name, CHANGED_LATER)
    if own is not None:
        utter(faq_answer(own), say)
    elif not _says_of_change(f"{app().matter_resolver.label(spoken)} {name}", licence, say):
        is_lent = spoken.id == TAKE_OVER and says_shared(licence, Point.LENT, say)
        if later is not None and not is_lent:
            say_answer("procedure", later, say)
        elif not is_lent:
            _tell(turn, licence, Held.CHANGED, say)
    return on_matter(spoken, "procedure")


def _says_of_change(text: str, licence: Matter, say: CollectingDispatcher) -> bool:
    """Answer the question on a change that speaks of a licence, its own or of another matter."""
    asked = app().question_finder.best_of_all(text)
    if asked is None or asked.score < OF_SPOKEN or not speaks_of(asked.faq.question):
        return False
    if is_of_move(asked.faq.question, text):
        return False
    if asked.matter.id != licence.id and _stem(licence) not in asked.faq.answer:
        return False
    utter(faq_answer(asked.faq), say)
    return True


def _held(turn: Turn) -> Matter | None:
    """Return the licence that a text tells of by its name, its trade, or as spoken of."""
    broad = app().dialogue_words.broad
    named = [one.value for one in turn.entities if one.name == "matter" and one.value not in broad]
    papers = [one.value for one in turn.entities if one.name == "material"]
    found = [name for name in papers if (paper := sure_matter(name)) and _tells_of_loss(paper)]
    named = named or found or [name for part in clauses(turn.text) if (name := licence_name(part))]
    named = [name for name in named if not _is_change(sure_matter(name))]  # 网吧换法人了
    if any(afterwards(name, turn.text) is not None for name in named):
        return None
    sure = [m for name in named if (m := sure_matter(name)) is not None]
    if sure:
        is_lost = happens_to(turn.text) is Held.LOST and _tells_of_loss(sure[0])
        return sure[0] if is_lost or _is_licence(sure[0]) else None
    trade = trade_of(turn.entity("industry"))
    of_trade = {one.id for one in own_matters(trade)} if trade else None
    parts = clauses(turn.text)
    part = next((one for one in parts if happens_to(one) or renews(one)), turn.text)
    told = _best_told(part, of_trade)
    if told is not None:
        return None if _changes_by_another(told) else told
    spoken = read_focus(turn).matter if trade is None else None
    return spoken if spoken is not None and _is_licence(spoken) else None


def _best_told(text: str, among: set[str] | None) -> Matter | None:
    """Return the licence that a text fits best, of those of a trade where one is named."""
    rank = app().matter_resolver.rank
    if among is None:
        best = rank(text, 1)[0]
        told = app().catalogue.matter(best.matter_id)
        return told if best.score >= POINTED and _is_licence(told) else None
    ranked = rank(text, len(app().catalogue.matters))
    found = (app().catalogue.matter(one.matter_id) for one in ranked if one.matter_id in among)
    return next(filter(_is_licence, found), None)


def _changes_by_another(matter: Matter) -> bool:
    """Tell whether the change of a licence is a matter of its own."""
    later = filter(_is_change, app().catalogue.matters.values())
    return any(matter.id in one.depends_on and _is_licence(matter) for one in later)


def _is_change(matter: Matter | None) -> bool:
    return matter is not None and matter.category in AFTERWARDS


def _tells_of_loss(matter: Matter) -> bool:
    """Tell whether the catalogue says of a thing how a lost one is replaced: 公章."""
    return any(is_of_point(one.question, Point.LOST) for one in matter.faqs)


def _is_licence(matter: Matter) -> bool:
    return matter.category == LICENCE or PERMIT in matter.result  # 排水许可证换人了
