"""Finds the question of the catalogue that a text asks, whatever it was taken for.

How well a matter fits and how well one of its questions does are added up. "租来的叉车该谁去办"
fits the question far better than the matter; what is about something else fits neither. Measured
in docs/nlu.md.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import (
    is_unspoken,
    registration_named,
    was_guessed,
)
from actions.finding.not_meant import not_meant
from actions.finding.several_named import asks_of_each
from actions.questions.faq_asked import answers_faq_inside, registration_told, talked_about
from actions.questions.matter_faqs import (
    AMONG_FEW,
    BY_ITSELF,
    asks_plain_topic,
    say_question,
    says_question_among,
)
from actions.turns.beside import from_each_clause
from actions.turns.focus import CASE, PLANNING, TICKET
from actions.turns.history import typed_before
from actions.turns.intent_groups import CASES, JOURNEYS, STORIES
from actions.turns.names import (
    AFTERWARDS,
    CLEAR_SCORE,
    LONG_STORY,
    PAUSE,
    ending_of,
    find_matters,
    is_founding,
    sure_matter,
)
from actions.turns.turn import CONTROL_INTENTS, QUESTION_INTENTS, Turn
from bot.domain.matters import Matter
from bot.services.finding.matter_faqs import asks_validity
from bot.services.finding.question_finder import Asked
from bot.services.words.asked import tells_circumstance, tells_lapse, wants_benefit
from bot.services.words.business import is_built, pauses
from bot.services.words.matter_remarks import (
    asks,
    asks_penalty,
    asks_which_licences,
    asks_whose,
    hands_in_later,
    insists_on_place,
)
from bot.services.words.plan_remarks import asks_after_area
from bot.services.words.remarks import asks_the_same_of, clauses, compares_forms, is_babble
from bot.services.words.story import is_long_trouble

TOGETHER = 0.8
"""What the matter and its question must reach together."""

MATTER_LEAST, QUESTION_LEAST = 0.1, 0.4
"""What each must reach by itself: a word that all share (食品证) is no matter."""

FINE_LEAST, FINE_OUTSIDE = 0.3, 0.25
"""The same of the matter where a fine is asked for, in a plan and outside: nearly every matter has
such a question."""

SPOKEN_OF = 0.3
"""How much it counts that a matter is talked about."""

OF_FORM = 0.15
"""How much it counts that a matter registers the form of enterprise that is named."""

SURE_OUT = 0.75
"""From this confidence on a text is out of scope unless the two fit far better."""

SURE_BEGINNING = 0.6
"""From this confidence on a text begins a journey."""

SURE_ASKING = 0.7
"""From this confidence on a text asks that has not the form of a question."""

FAR_BETTER = 1.1

CLEAR_OWN, CLEAR_TOGETHER = 0.65, 1.15
"""From these on a question is meant whatever the text is taken for and names."""

FAR_OWN, FAR_TOGETHER = 0.5, 1.6
"""The same of one whose matter is meant beyond doubt."""

SURE_OWN, SURE_TOGETHER = 0.8, 1.0
"""The same of a question that is nearly in the catalogue's words, where no other matter is meant.

Of 3,800 texts of other authors ten more are answered for it, nine of them rightly.
"""

FAR_BEHIND = 0.35
"""How much better another matter may fit there."""

OWN, OWN_TOGETHER = 0.65, 0.9
"""From these on the question itself leaves no doubt."""

NEAR_OWN, NEAR_TOGETHER = 0.7, 0.9
"""The same where no matter is known, and one would only be guessed."""

TOLD_OF = 0.43
"""The same of what is told of oneself: 老院子五间 asks nothing."""

STATED = 0.5
"""How well a statement must fit a question of the plan that is being made."""

WANTED, MOST_WANTED = 0.4, 2
"""How well a matter must fit a statement that answers no question, and how many are named."""

WHOLE, WHOLE_QUESTION = 1.0, 0.42
"""What a matter and its question must reach together, and the question by itself, for a text that
the model refuses."""

OPENING = 0.9
"""The same together for a sentence that opens a business."""

DENIES = ("不是", "没有", "没")
"""Begin a part of a statement that tells what is not."""

FEW = 10
"""How many of the likeliest matters are looked at for it."""

SHORTEST = 5

READ_AGAIN = STORIES | {
    "ask_eligibility",
    "ask_procedure",
    "ask_time_limit",
    "ask_why",
    "chitchat",
    "deny",
    "go_back",
    "inform",
    "match_policy",
    "nlu_fallback",
    "out_of_scope",
    "query_case",
    "skip",
    "urge_case",
}
"""What the model may have taken such a text for; what asks to be done for sure is left alone."""


WISHES = frozenset(
    {
        "apply_online",
        "ask_materials",
        "ask_office_hours",
        "ask_place",
        "ask_privacy",
        "follow_case",
        "request_agent",
        "search_policy",
    }
)
"""What it may have taken such a text for where a question fits for sure."""


def found_question(turn: Turn) -> Asked | None:
    """Return the question that a text asks of any matter, outside forms; None for none."""
    is_said = asks(turn.text) or (turn.intent in CASES and tells_lapse(turn.text))
    # 隔条马路，又不挨着，应该没事吧
    is_said |= turn.intent in QUESTION_INTENTS and turn.confidence >= SURE_ASKING
    is_asked = turn.intent in READ_AGAIN | WISHES and turn.choice is None and is_said
    if not is_asked or _is_about_else(turn) or asks_plain_topic(turn):
        return None
    spoken = talked_about(turn)[1]
    asked = _best(turn, spoken)
    if asked is not None and turn.intent in WISHES and asked.score < OWN:
        return None
    if asked is None or is_for_another(turn.text, asked.matter):
        return None
    if _is_named_beside(turn, [asked.matter, *spoken]):
        return _of_named(turn)
    if not spoken and was_guessed(turn):
        spoken = find_matters(typed_before(turn))
    if len(turn.text) < LONG_STORY and is_unspoken(turn, asked.matter, spoken):
        return None
    return None if pauses(turn.text) and asked.matter.id != PAUSE else asked


def clear_question(turn: Turn, *, is_inside: bool = False) -> Asked | None:
    """Return the question that a text fits together with its matter beyond doubt; or None.

    "公司注销的清算组多少天内成立" asks for no time limit of a matter, and a named thing need not be
    the one whose question it is.

    Args:
        turn: The message.
        is_inside: It stands between the questions of a plan, where less else may be meant.
    """
    is_free = turn.choice is None and asks(turn.text) and not hands_in_later(turn.text)
    # 项目建完了环保局还来验收不 begins with nothing
    begins = turn.loop is None and turn.intent in JOURNEYS and not is_built(turn.text)
    begins &= turn.confidence >= SURE_BEGINNING  # 摆摊卖煎饼，食品摊点去哪备案
    begins &= not asks_whose(turn.text)  # 村里想盖个仓库，这个推那个，到底谁管
    if not is_free or begins or turn.intent in CONTROL_INTENTS or _wants_papers(turn):
        return None
    last, near = talked_about(turn)
    # 没办会罚多少 between the questions of a plan is about the one just spoken of
    is_of_last = turn.loop in PLANNING or (last is not None and asks_penalty(turn.text))
    meant = ([last] if last is not None else []) if is_of_last else near
    spoken = dict.fromkeys((one.id for one in meant), SPOKEN_OF)
    own, told = registration_named(turn), registration_told(turn)
    spoken |= {} if told is None or turn.loop is None else {told.id: SPOKEN_OF}
    if own is not None:
        spoken.setdefault(own.id, OF_FORM)
    others = not_meant(turn)
    texts = [one for one in from_each_clause(turn.text) if len(one) >= SHORTEST]
    app().question_finder.read_ahead(texts)
    finder = app().question_finder
    fine = FINE_OUTSIDE if turn.loop is None else FINE_LEAST
    found = (finder.beside(text, _scores(text, spoken, others, fine), FAR_OWN) for text in texts)
    best = max(filter(None, found), key=lambda both: both[0], default=None)
    if best is None or (turn.entity("policy") and best[0] < FAR_TOGETHER):
        return None
    if is_inside and asks_plain_topic(turn) and _is_named_beside(turn, [best[1].matter]):
        return None  # 那食品证去哪个地方办
    far_ahead = app().matter_resolver.told(turn.text) if turn.loop is None else None
    if far_ahead not in {None, best[1].matter.id}:
        return None  # 验完了房本咋办 is about no address
    if turn.loop is None and is_unspoken(turn, best[1].matter, near):
        return None  # 要公示几天, of a company that ends
    if _is_validity_of_another(turn, best[1].matter, near):
        return None
    if best[0] >= (CLEAR_TOGETHER if best[1].score >= CLEAR_OWN else FAR_TOGETHER):
        return best[1]
    is_sure = is_inside and best[1].score >= SURE_OWN and best[0] >= SURE_TOGETHER
    return best[1] if is_sure and not _is_beside(turn, best[1].matter) else None


def _is_validity_of_another(turn: Turn, asked: Matter, near: Sequence[Matter]) -> bool:
    """Tell whether it is asked how long a licence holds that was spoken of: 那这证有效期几年."""
    is_asked = bool(near) and asks_validity(turn.text) and all(one.id != asked.id for one in near)
    return is_asked and not app().matter_resolver.is_pointed_at(asked, turn.text)


def _wants_papers(turn: Turn) -> bool:
    """Tell whether the last of several clauses asks for papers: 他要把股份卖给外人，变更要交啥."""
    parts = clauses(turn.text)
    is_asked = turn.intent == "ask_materials" and turn.confidence >= SURE_ASKING and len(parts) > 1
    return is_asked and "materials" in app().dialogue_words.topics_in(parts[-1])


def _is_beside(turn: Turn, asked: Matter) -> bool:
    """Tell whether another matter is meant than one of whose questions a text fits."""
    own = registration_named(turn)
    return (own is None or own.id != asked.id) and is_for_another(turn.text, asked)


def best_of_all(text: str, others: Collection[str], least: float) -> tuple[float, Asked] | None:
    """Return the question of any matter that a text fits best, and what both add up to; or None.

    Args:
        text: What is asked.
        others: Ids of matters that cannot be meant.
        least: How well the question itself must fit.
    """
    return app().question_finder.beside(text, _scores(text, {}, others), least)


def nearly_exact(turn: Turn) -> Asked | None:
    """Return the question of any matter that a text asks nearly in its words; None for none.

    Not of another form of enterprise than the one that is meant.

    "还得几天内去公安备案" behind 娱乐经营许可拿到了 is about no hotel that it sounds like.
    """
    best = best_of_all(turn.text, not_meant(turn), NEAR_OWN)
    if best is None or _is_far_behind(turn.text, best):
        return None
    return best[1] if best[0] >= NEAR_TOGETHER else None


def whole_fit(text: str, least: float = WHOLE) -> Asked | None:
    """Return the question that a text, told or asked, fits together with its matter; or None.

    "光给狗洗澡剪毛不看病嘞" asks nothing and fits one. Of 994 messages that are out of scope nine
    reach 0.85 and three 1.0 (28 November 2026).

    Args:
        text: What is said.
        least: What the matter and its question must reach together.
    """
    scores = {one.matter_id: one.score for one in app().matter_resolver.rank(text, FEW)}
    known = {name: score for name, score in scores.items() if score >= MATTER_LEAST}
    best = app().question_finder.beside(text, known, WHOLE_QUESTION)
    return best[1] if best is not None and best[0] >= least else None


def says_whole_fit(text: str, turn: Turn, say: CollectingDispatcher, least: float = WHOLE) -> bool:
    """Answer the question that a whole text fits; False for none."""
    asked = whole_fit(text, least)
    if asked is None or asked.matter.id in not_meant(turn):
        return False  # 这得跑多少趟, of a building and no lorry
    say_question(turn, replace(asked, close=None), say)
    return True


def answers_refused(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer, between the questions of a form, a text that the model refuses; False for none."""
    is_told = answers_faq_inside(turn, say, BY_ITSELF)
    return is_told or says_whole_fit(turn.text, turn, say)


def says_likeliest(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer, before a text is refused between two questions of a plan, what it may ask of it.

    A statement of how things stand with oneself counts as a question: "我这对过就是小学".
    """
    if turn.choice is not None or len(turn.text) < SHORTEST:
        return False
    if is_babble(turn.text) or insists_on_place(turn.text):
        return False
    is_asked = asks(turn.text) or tells_circumstance(turn.text)
    spoken, planned = talked_about(turn)
    least = AMONG_FEW if asks(turn.text) else (TOLD_OF if is_asked else STATED)
    finder = app().question_finder
    asked = finder.among(turn.text, [spoken], least) if spoken is not None else None
    asked = asked or finder.among(turn.text, planned, least)
    asked = asked or (found_question(turn) if is_asked else None)
    if asked is not None:
        say_question(turn, asked, say)
        return True
    return not is_asked and _says_wanted(turn, say)


def _says_wanted(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which licences a statement tells of, between two questions of a plan; False for none.

    "要砍路边三十多棵树，还得破一段老路" answers nothing, and wants two.
    """
    told = [part for part in clauses(turn.text) if not part.startswith(DENIES)]  # 不是耕地
    ranked = app().matter_resolver.rank("，".join(told), MOST_WANTED) if told else []
    near = [app().catalogue.matter(one.matter_id) for one in ranked if one.score >= WANTED]
    # 投资五千万 reduces no capital: nothing of what is begun changes
    found = [one for one in near if one.category not in AFTERWARDS]
    planned = {one.id for one in talked_about(turn)[1]}
    for matter in found:
        if matter.id in planned:  # 就号脉开方子, of a practice
            say.utter_message(response="utter_matters_in_plan", matter=matter.name)
            continue
        purpose = app().matter_resolver.purpose(matter)
        say.utter_message(response="utter_matters_may_want", matter=matter.name, purpose=purpose)
    if len(found) == 1 and any(map(asks, clauses(turn.text))):  # 水光针能打不 客人老问
        says_question_among(turn.text, found, say, STATED / 2)
    return bool(found)


def _is_named_beside(turn: Turn, known: Iterable[Matter]) -> bool:
    """Tell whether a matter is named that is none of some: 增资的话也得公告四十五天吗."""
    word = turn.entity("matter")
    is_free = word is None or is_founding(word)  # 年报 means one, though it is broad
    named = None if is_free else sure_matter(word)
    return named is not None and all(named.id != one.id for one in known)


def _of_named(turn: Turn) -> Asked | None:
    """Return the question of the matter that is named which a text asks, None for none.

    "食品经营许可证明年一月到期，啥时候去申请续" is not about the change of one, though it fits.
    """
    named = sure_matter(turn.entity("matter"))
    return app().question_finder.among(turn.text, [named], OWN) if named is not None else None


def is_for_another(text: str, asked: Matter) -> bool:
    """Tell whether a text is for sure about another matter than one of whose questions it fits.

    "注册资本写了一千万，现在想降到一百万，咋弄" is no question of how much to write.
    """
    best = next(iter(app().matter_resolver.rank(text, 1)), None)
    if best is None or best.matter_id == asked.id:
        return False
    if best.score < CLEAR_SCORE and app().matter_resolver.told(text) is None:
        return False
    told = app().catalogue.matter(best.matter_id)
    return sure_matter(text) is not None and not _is_end_of_another_form(told, asked)


def _is_end_of_another_form(told: Matter, asked: Matter) -> bool:
    """Tell whether one matter is how a business of some form ends instead of the other."""
    kinds = app().catalogue.enterprise_types.values()
    return any(ending_of(told, kind) is asked for kind in kinds)


def _is_about_else(turn: Turn) -> bool:
    """Tell whether a text tells a story, or asks for a case, a benefit or all licences."""
    is_told = is_long_trouble(turn.text) or turn.entity("case_number") is not None
    is_told |= asks_of_each(turn)
    is_wider = asks_which_licences(turn.text) or wants_benefit(turn.text)
    is_wider |= compares_forms(turn.text)
    # 那卫生许可证呢, 公安那块咋说: what was asked before, of something else
    area = app().dialogue_words.area_in(turn.text)
    is_same = asks_the_same_of(turn.text) or (area is not None and asks_after_area(turn.text))
    return is_told or is_wider or is_same or hands_in_later(turn.text)


def _least(turn: Turn) -> float:
    is_filed = turn.slots.get("focus") in {CASE, TICKET}  # 咋知道结果, of a complaint
    if turn.intent in WISHES or is_filed:
        return FAR_BETTER
    is_out = turn.intent == "out_of_scope" and turn.confidence >= SURE_OUT
    return FAR_BETTER if is_out else TOGETHER


def _texts(text: str) -> list[str]:
    """Return a text from each of its clauses on to the end, and each clause that asks."""
    told = (part for part in clauses(text) if asks(part) or tells_lapse(part))
    said = dict.fromkeys([*from_each_clause(text), *told])
    return [one for one in said if len(one) >= SHORTEST]


def _best(turn: Turn, spoken: Iterable[Matter]) -> Asked | None:
    texts = _texts(turn.text)
    app().question_finder.read_ahead(texts)
    known = dict.fromkeys((matter.id for matter in spoken), SPOKEN_OF)
    own = registration_named(turn)
    if own is not None:
        known.setdefault(own.id, OF_FORM)
    others = not_meant(turn)
    finder = app().question_finder
    found = (finder.beside(text, _scores(text, known, others), QUESTION_LEAST) for text in texts)
    best = max(filter(None, found), key=lambda both: both[0], default=None)
    if best is None:
        return None
    if _is_far_behind(turn.text, best):
        return None
    is_own = best[1].score >= OWN and best[0] >= OWN_TOGETHER
    return best[1] if is_own or best[0] >= _least(turn) else None


def _is_far_behind(text: str, best: tuple[float, Asked]) -> bool:
    """Tell whether another matter fits a text far better than the one whose question it fits.

    "想把注册资本从一千万降到两百万" is no question of a licence that wants some capital.
    """
    first = next(iter(app().matter_resolver.rank(text, 1)), None)
    return first is not None and first.score > best[0] - best[1].score + FAR_BEHIND


def _scores(
    text: str,
    known: Mapping[str, float],
    others: Collection[str],
    fine: float = FINE_OUTSIDE,
) -> Mapping[str, float]:
    """Return how well each matter fits a text, of those that fit at all or are talked about.

    Args:
        text: The question.
        known: Ids of what is talked about or named, with what that counts.
        others: Ids of what cannot be meant.
        fine: How well a matter must fit where a fine is asked for.
    """
    ranked = app().matter_resolver.rank(text, len(app().catalogue.matters))
    least = fine if asks_penalty(text) else MATTER_LEAST
    return {
        one.matter_id: one.score + known.get(one.matter_id, 0.0)
        for one in ranked
        if one.matter_id not in others and (one.score >= least or one.matter_id in known)
    }
