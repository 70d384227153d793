"""Answers one topic on a matter, wherever it is asked: which matter is meant, and what is said."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_ends import is_by_name, offer_event, own_end
from actions.changes.life_events import event_with, offer_plan, told_of_event
from actions.filing.feedback_time import say_time_to_answer
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import (
    as_offered,
    brings_up_another,
    is_lost,
    is_talked_about,
    named_before,
    of_area,
    of_form_meant,
    of_other_form,
    offered_plan,
    own_registration,
    planned_one,
    points_at_licence,
    registrations_meant,
    spoken_one,
    was_guessed,
)
from actions.finding.matter_places import matter_by_place
from actions.finding.no_matter import say_no_matter
from actions.finding.not_listed import says_not_listed
from actions.finding.several_named import (
    other_name,
    others_asked,
    say_besides,
    without_had,
    word_meant,
)
from actions.finding.topics import keep_trade, offer_bare_trade, offer_named_trade
from actions.funding.beside import claim_named
from actions.funding.said import say_spoken
from actions.licences.paper_source import answer_source
from actions.plans.first import offer_project, says_plan_first
from actions.plans.journey_answer import SINGLE, answer_for_journey
from actions.plans.matter import points_at_spoken
from actions.plans.planned import planned_matters
from actions.plans.planned_licence import planned_licence
from actions.questions.evidence import is_weak, is_weak_guess, say_unspoken
from actions.questions.faq_asked import event_matters
from actions.questions.faq_said import faq_asked_about
from actions.questions.found_question import nearly_exact
from actions.questions.matter_faqs import (
    AMONG_FEW,
    BY_ITSELF,
    answer_among,
    answer_strong,
    asks_more,
    asks_plain_topic,
    say_faq,
    say_question,
    says_faq_alone,
    says_question_among,
    to_be_named,
    utter,
)
from actions.questions.one_point import says_one_point
from actions.questions.shared_question import answer_shared_question, shared_question
from actions.questions.topic_by_words import topic_by_words
from actions.steering.best_of_all import question_of
from actions.steering.not_recorded import is_other_point, say_recorded, says_point, tells_nothing_on
from actions.trades.asked import answer_near_trade
from actions.trades.company_names import judge_name
from actions.turns.beside import without_denial
from actions.turns.focus import PLAN, POLICY, Focus, on_matter, on_plan, read_focus
from actions.turns.history import slot_values
from actions.turns.names import (
    AFTERWARDS,
    find_matters,
    likely_first,
    matter_buttons,
    matter_in,
    meant_matter,
    speaks_of_matter,
    sure_matter,
    taken_up,
)
from actions.turns.opens_form import start_form
from actions.turns.places import known_district
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, close_form, finish_form
from actions.turns.turn import Turn
from bot.documents.matter_text import answer as matter_answer
from bot.documents.matter_text import faq_answer
from bot.domain.life_events import LifeEvent
from bot.domain.matters import Matter
from bot.services.plans.company_names import name_in
from bot.services.words.asked import happens_afterwards
from bot.services.words.business import pauses
from bot.services.words.matter_remarks import (
    asks,
    hands_in_later,
    that_licence,
    wants_any_licence,
)
from bot.services.words.plan_remarks import lacks

PLANNED = frozenset({"procedure", "materials", "time_limit", "place"})
"""Topics after which the plan of a change or an end is offered."""

OF_TRADES = frozenset({"materials", "procedure"})
"""Topics that, asked of a trade and nothing else, mean all that it wants."""

ALL_OF_TRADES = OF_TRADES | {"eligibility", "time_limit"}
"""Topics under which it may be asked what a trade wants: 大概多少手续."""

OPEN = frozenset({"eligibility", "procedure", "time_limit"})
"""Topics for which a question of the catalogue in other words is taken."""

SURE_FAQ = 0.5
"""From this score on a question of the catalogue is meant, and no paper that may come later."""


class AnswerQuestion(SkillAction):
    """Answers one topic on the matter that is meant, or asks which one is."""

    @property
    def topic(self) -> str:
        """Return the topic, the part of the name after `action_answer_`."""
        return self.name().removeprefix("action_answer_")

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the matter from the sentence, the open journey, or what was spoken of last."""
        turn = without_had(without_denial(turn))
        if (first := self._first(turn, say)) is not None:
            return first
        # 缺房产证能办吗 names the missing document, not the matter that it would be elsewhere
        other = None if self.topic == "deferral" else other_name(turn)
        named = word_meant(turn) or other
        meant = meant_matter(named, turn.text) if named else matter_by_place(turn)
        # 接着说天然气，安装要钱不; 回到消防那个，几天
        matter = meant or taken_up(turn.text, slot_values(turn, "matter_id"))
        if named is None and matter is None and (self.topic != "deferral" or pauses(turn.text)):
            matter = matter_in(turn.text) or planned_licence(turn, named)
            matter = matter or sure_matter(that_licence(turn.text))
        matter = matter or spoken_one(named, turn) or planned_one(named, turn.slots)
        matter = own_registration(named, matter, turn)
        matter = of_form_meant(turn, matter, named)
        is_planned = self.topic in PLANNED | {"eligibility"} and not points_at_licence(turn)
        event = app().life_events.find(turn.text) if is_planned else None
        if event is not None and turn.loop is None and not is_by_name(matter, turn, named):
            matter = own_end(turn, event)  # a move needs several; the likeliest is not all
        if instead := self._instead(turn, matter, say):
            return instead
        if matter is not None:
            return self._say_matter(turn, matter, event, say)
        if event is not None and turn.loop is None:
            return self._say_event(turn, event, say)
        if unknown := says_not_listed(turn, say):
            return unknown
        if named and is_talked_about(named, turn):  # "注销要钱吗" under the plan of an end
            named = None
        is_guess = was_guessed(turn) and not is_weak_guess(turn)
        told = self._by_guess(turn, named, say) if is_guess else []
        told = told or ([] if named else self._by_focus(turn, say))
        told = told or offer_project(turn, named, say)
        told = told or answer_near_trade(turn, self.topic, say) or self._by_guess(turn, named, say)
        told = told or self._by_question(turn, named, say)
        if not told and is_lost(turn):
            say.utter_message(response="utter_matters_none")
            return [SlotSet("matter_name", None), *close_form(), *finish_form(turn, say)]
        told = told or say_no_matter(turn, named, say)
        return told or start_form(
            turn,
            "matter_form",
            matter_topic=self.topic,
            matter_id=None,
            matter_name=named or named_before(turn) or turn.text,
        )

    def _first(self, turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
        """Judge a firm's name, say who issues a paper, or what a trade wants; None for neither."""
        plain = topic_by_words(turn, self.topic)
        if plain is not None:
            return action_named(f"action_answer_{plain}").act(replace(turn, clauses=()), say)
        name = name_in(turn.text) if turn.loop is None else None
        if name is not None:
            judge_name(name, say)
            return []
        if turn.loop is None and wants_any_licence(turn.text):  # 办证
            empty = {"matter_id": None, "matter_name": None}
            return start_form(turn, "matter_form", matter_topic=self.topic, **empty)
        paper = answer_source(turn, say, self.topic)
        if paper or self.topic not in OF_TRADES:
            return paper or None
        return offer_bare_trade(turn, say) or None

    def _say_event(
        self, turn: Turn, event: LifeEvent, say: CollectingDispatcher
    ) -> list[EventType]:
        """Answer for all of a change or an end, and offer its plan."""
        if self.topic == "eligibility":
            return offer_event(turn, event, say)
        slots = {"life_event_id": event.id, "journey": "life_event", "focus": PLAN}
        slots |= told_of_event(turn, event)
        meant = replace(turn, slots={**turn.slots, **slots})
        topic = "steps" if self.topic == "procedure" else self.topic
        answer_for_journey(topic, read_focus(meant), meant, say)
        say_besides(turn, event, self.topic, say)
        among = event_matters(turn, event)
        if asks_more(turn.text, among):  # 那个注销的 公示多长时间
            says_question_among(turn.text, among, say, BY_ITSELF)
        return offer_plan(turn, event, say)

    def _instead(
        self, turn: Turn, matter: Matter | None, say: CollectingDispatcher
    ) -> list[EventType]:
        """Offer the plan of a trade, or say what may come later, where that is what is asked.

        Where no matter is meant, a policy that is named or a question that tells its matter.
        """
        offered = offer_named_trade(turn, say) if self.topic in ALL_OF_TRADES else []
        if matter is None and not offered and turn.entity("matter") is None:
            shared = shared_question(turn) if turn.loop is not None else None
            offered = answer_shared_question(turn, shared, say) if shared is not None else []
            offered = offered or claim_named(turn, say, is_law=self.topic == "legal_basis")
            offered = offered or (answer_strong(turn, say) if self.topic in OPEN else [])
        if offered or not self._is_deferral(turn):
            return offered
        return action_named("action_answer_deferral").act(turn, say)

    def _say_matter(
        self, turn: Turn, matter: Matter, event: LifeEvent | None, say: CollectingDispatcher
    ) -> list[EventType]:
        """Answer for a matter, and for those named beside it; offer the plan of a change."""
        self._say(turn, matter, say)
        others = others_asked(turn, matter)
        for joined in others:
            say_answer(self.topic, joined, say)
        # "占道呢" means one of them, and "第一个" the first
        spoken = [SlotSet("matter_id", one.id) for one in (matter, *others) if others]
        kept = [*spoken, *on_matter(matter, self.topic), *keep_trade(turn)]
        if turn.loop == "matter_form":  # what was open there is settled by this
            return [*kept, *close_form(), *finish_form(turn, say)]
        event = event_with(matter, event)
        is_free = turn.loop is None and self.topic in PLANNED and event is not None
        return [*kept, *(offer_plan(turn, event, say) if is_free and event else ())]

    def _is_deferral(self, turn: Turn) -> bool:
        """Tell whether a paper that is missing may come later, whatever question it sounds like."""
        if self.topic == "deferral" or not turn.entity("material") or not lacks(turn.text):
            return False
        return self.topic == "eligibility" or hands_in_later(turn.text)

    def _by_guess(
        self, turn: Turn, named: str | None, say: CollectingDispatcher
    ) -> list[EventType]:
        """Answer for the likeliest matter when a question follows in place of a choice.

        So when one only could be chosen. The others stay a press away; no events for none.
        """
        found = registrations_meant(named) if named else find_matters(named_before(turn))
        only = [] if found else of_area(turn.text, find_matters(named or turn.text))
        if len(only) == 1 or (only and likely_first(named or turn.text)):
            found = only
        later = [matter for matter in only if matter.category in AFTERWARDS]
        if len(later) == 1 and happens_afterwards(turn.text):  # 法人换人了咋弄
            found = [*later, *(matter for matter in only if matter not in later)]
        if not found:
            return []
        self._say(turn, found[0], say)
        others = matter_buttons("topic_matter", found[1:])
        response = "utter_matters_guessed" if others else "utter_matters_guessed_only"
        say.utter_message(response=response, matter=found[0].name, buttons=others)
        kept = [*on_matter(found[0], self.topic), *keep_trade(turn)]
        if turn.loop != "matter_form":
            return kept
        return [*kept, *close_form(), *finish_form(turn, say)]

    def _by_question(
        self, turn: Turn, named: str | None, say: CollectingDispatcher
    ) -> list[EventType]:
        """Answer a question of the catalogue on one of the matters that may be meant."""
        asked = nearly_exact(turn) if turn.loop is None else None
        if asked is not None:
            say_question(turn, asked, say)
            return on_matter(asked.matter, self.topic)
        return answer_among(turn, find_matters(named or turn.text), self.topic, say)

    def _by_focus(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer for what is talked about; no events when that does not fit."""
        if self.topic == "time_limit" and _means_feedback(turn):
            return say_time_to_answer(turn, say)
        is_free = app().dialogue_words.area_in(turn.text) is None and not brings_up_another(turn)
        if turn.slots.get("focus") == POLICY and is_free:  # but 消防那关要多久
            return say_spoken(turn, say)
        offered = offered_plan(turn)
        turn = as_offered(turn)
        focus = read_focus(turn)
        means_plan = focus.is_plan and not points_at_spoken(turn)
        means_plan = means_plan or app().dialogue_words.means_whole(turn.text)
        topic = "steps" if self.topic == "procedure" else self.topic
        if focus.journey and means_plan and self._says_faq_of_plan(turn, focus, say):
            return on_plan(focus.journey)
        if focus.journey and means_plan and answer_for_journey(topic, focus, turn, say):
            kept = [SlotSet("life_event_id", offered)] if offered else []
            self._say_more_of_plan(turn, focus, say)
            if self.topic in SINGLE and focus.matter is not None:
                return [*kept, *on_matter(focus.matter, self.topic)]
            return [*on_plan(focus.journey), *kept]
        is_free = self.topic == "deferral" or not brings_up_another(turn)
        if means_plan and says_plan_first(turn, say):
            return on_plan(str(focus.journey))
        if focus.matter is None or not is_free:
            return []
        if turn.loop is None and is_weak(turn, focus.matter):
            return say_unspoken(say)
        # 换成个体户呢，赔了要拿自己家钱还不
        meant = of_form_meant(turn, focus.matter, None) or focus.matter
        self._say(turn, meant, say)
        return on_matter(meant, self.topic)

    def _say_more_of_plan(self, turn: Turn, focus: Focus, say: CollectingDispatcher) -> None:
        """Add the question of the catalogue that says more than the topic: "公告几天"."""
        planned, _ = self._planned(turn, focus)
        if asks_more(turn.text, planned):
            says_question_among(turn.text, planned, say, BY_ITSELF)

    def _planned(self, turn: Turn, focus: Focus) -> tuple[list[Matter], bool]:
        """Return the matters of a plan but the ends of other forms, and whether there are some."""
        among = planned_matters({**turn.slots, "journey": focus.journey})
        others = of_other_form(turn)  # 公司不干了咋注销 要公示不
        own = [one for one in among if one.id not in others]
        return own, len(own) < len(among)

    def _says_faq_of_plan(self, turn: Turn, focus: Focus, say: CollectingDispatcher) -> bool:
        """Answer a question on a matter of the plan: "得几个人够数"; False for none."""
        if asks_plain_topic(turn) or not asks(turn.text):  # 跟隔壁那家差不多大
            return False
        planned, is_less = self._planned(turn, focus)
        least = AMONG_FEW if self.topic == "eligibility" or is_less else BY_ITSELF
        return says_question_among(turn.text, planned, say, least)

    def _say(self, turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
        """Answer the topic and, beside it, the question of the catalogue that is asked."""
        said = faq_asked_about(turn, self.topic, matter)
        if said is not None:
            utter(faq_answer(said, to_be_named(turn, matter)), say)
            return
        # 能不能先声明作废; but not 体检结果没出来，能先收件不
        may_be_faq = self.topic == "deferral" and not lacks(turn.text)
        if may_be_faq and says_question_among(turn.text, (matter,), say, SURE_FAQ):
            return
        is_who = self.topic == "eligibility"
        is_said = says_one_point(turn, self.topic, matter, say)
        if is_said or (is_who and says_point(turn, matter, say)):
            return
        if is_who and is_other_point(turn, matter):
            say_recorded(turn, matter, say)
            return
        own = question_of(turn, matter) if is_who else None
        if own is not None:  # "谁能办" alone says nothing to 光做手 卫生许可证用办吗
            say_question(turn, own, say)
            return
        if is_who and tells_nothing_on(turn, matter):
            say_recorded(turn, matter, say)
            return
        if not says_faq_alone(turn, self.topic, matter, say):
            say_answer(self.topic, matter, say)
            _say_place(self.topic, turn, say)
            say_faq(turn, matter, matter_answer(self.topic, matter).text, say)


def _means_feedback(turn: Turn) -> bool:
    """Tell whether "多久答复" is asked while a complaint or suggestion is written down."""
    return turn.loop == "feedback_form" and not speaks_of_matter(turn.text)


def _say_place(topic: str, turn: Turn, say: CollectingDispatcher) -> None:
    """Say beside where a matter is done what holds for the district that was named."""
    place = known_district(turn) if topic == "place" else None
    if place is not None:
        say.utter_message(response="utter_matters_same_elsewhere", district=place.name)
