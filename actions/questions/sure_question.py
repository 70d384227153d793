"""Answers first of all a question that fits one of the catalogue nearly as its own wordings do.

Of 260 messages of other authors that ask about a matter for sure, 19 fitted a question of it this
well, 16 of them rightly and none for another matter (27 November 2026). So it goes before what the
model takes a text for: "用公示二十天不" is no question of how long a matter takes.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.finding.not_meant import not_meant
from actions.finding.several_named import asks_of_each
from actions.forms.resuming import PAUSED
from actions.questions.evidence import is_unfounded
from actions.questions.faq_asked import registration_told, talked_about
from actions.questions.faq_said import faqs_said
from actions.questions.found_question import clear_question, is_for_another, nearly_exact, whole_fit
from actions.questions.matter_faqs import matter_told_of, say_question, utter
from actions.questions.shared_question import answer_shared_question, shared_question
from actions.questions.spoken_question import DEFERS
from actions.turns.beside import from_each_clause
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.forms_named import form_meant
from actions.turns.names import ENDS, PAUSE, afterwards, ending_of, is_founding, sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer, record_answer
from bot.domain.matters import Matter
from bot.services.finding.question_finder import NEAR_SCORE, Asked
from bot.services.finding.record_lines import every_line, shared_run
from bot.services.reading.wording import content, normalise
from bot.services.words.asked import (
    asking_part,
    points_at_one,
    tails,
    tells_circumstance,
)
from bot.services.words.business import pauses, supposes
from bot.services.words.follow_up import asks_the_same
from bot.services.words.form_remarks import asks_what_is_known
from bot.services.words.matter_remarks import asks, asks_which_licences
from bot.services.words.plan_remarks import asks_after_area, lacks
from bot.services.words.remarks import clauses

_ENDS = re.compile("(咋|怎么|如何|想|打算|准备)[^，,。不]{0,3}(注销|销[了掉户]|销$)")
"""Asks how a business is ended, or wants it to end."""

_ALSO = re.compile("顺便|顺带|另外|还有|再就是|捎带|再问")

FITS = 0.5
"""From this score on a question is meant; papers, costs and laws are asked for in other ways."""

TOLD = 0.6
"""From this score on it is meant by a statement: "旁边有小学"."""

SHARED = 2
"""Signs in a row that a line of the matter spoken of shares with such a question: 学校."""

FEW_WORDS = 8
"""Signs of a question that says nothing of a matter by itself: 离学校多远."""

SHORT_AREA = 9
"""Signs of a question of an area that says nothing else."""

LOOKED_UP = 0.75
"""From this score on it is meant where the model sees a question for papers: 还要验资么."""

TAKEN_UP = 0.65
"""From this score on the question answered right before is asked about."""

MEANT = 0.7
"""From this score on a matter is meant by a refused question of one point."""

LISTS, OF_CASE = ("哪些", "什么情况", "什么样"), 0.25
"""Begins a question on all cases, and how well one on a single case must fit to go before it."""


REFUSED = frozenset({"nlu_fallback", "out_of_scope"})

BEHIND = frozenset({"fee", "materials", "place", "time_limit"})
"""Topics that a last clause may ask of a matter besides a question on it."""


TROUBLE = 1.3
"""How well a question and its matter must fit a text that the model takes for a doubt."""


MARKS = ("?", "？")

ASKING = frozenset(
    {"ask_eligibility", "ask_procedure", "ask_time_limit", "chitchat", "deny"}
    | {"inform", "nlu_fallback", "out_of_scope", "skip", "suggest"}
)
"""What the model takes such questions for."""


def answer_sure_question(
    turn: Turn, again: Asked | None, found: Asked | None, say: CollectingDispatcher
) -> list[EventType]:
    """Answer, outside forms, a question of the catalogue that is asked for sure; else no events.

    Args:
        turn: The message.
        again: The question answered right before, where it is asked about once more.
        found: What `found_question` tells of the text.
        say: Where it is said.
    """
    if asks_the_same(turn.text):
        return []
    asked = clear_question(turn) or sure_question(turn) or found or again or _nearly_named(turn)
    asked = for_case_told(turn, asked)
    if asked is not None and is_unfounded(turn, asked, talked_about(turn)[1]):
        asked = None
    is_own = afterwards(turn.entity("matter"), turn.text) is not None  # 换法人咋改
    shared = shared_question(turn) if again is None and not is_own else None
    is_better = shared is not None and (asked is None or shared.score > asked.score)
    if shared is not None and (is_better or _is_elsewhere(turn, asked)):
        return answer_shared_question(turn, shared, say)
    if asked is None:
        return _answer_point(turn, say)
    if _ends_instead(turn, asked.matter):
        return []
    if own := _line_of_spoken(turn, asked):
        utter(record_answer(*own), say)
        return on_matter(own[0], "eligibility")
    if _is_said_again(turn, asked) or _wants_another(turn, asked) or _is_of_lacked(turn, asked):
        return []
    say_question(turn, asked, say)
    _say_topic_behind(turn, asked, say)
    later = afterwards(turn.entity("matter"), turn.text)  # 食品证快到期了咋续, 要啥材料
    told = later or matter_told_of(asked.faq, asked.matter)
    return on_matter(told, read_focus(turn).topic or "eligibility")


def for_case_told(turn: Turn, asked: Asked | None) -> Asked | None:
    """Return the question on the case that is told, where one lists all cases: 哪些不能简易注销.

    "公司欠着工资 能走简易注销不" wants what holds for who owes.
    """
    if asked is None or not asked.faq.question.startswith(LISTS):
        return asked
    own = app().question_finder.among(turn.text, [asked.matter], OF_CASE)
    return asked if own is None or own.faq == asked.faq else own


def _say_topic_behind(turn: Turn, asked: Asked, say: CollectingDispatcher) -> None:
    """Say also the topic that the last clause asks of the matter named: 办个掘路证再挖 几天能批."""
    parts = clauses(turn.text)
    named = sure_matter(turn.entity("matter"))
    if len(parts) == 1 or named is None or named.id != asked.matter.id:
        return
    known = app().dialogue_words.topics_in(asked.faq.question)
    topics = [one for one in app().dialogue_words.topics_in(parts[-1]) if one in BEHIND]
    if topics and topics[0] not in known:
        say_answer(topics[0], named, say)


def _ends_instead(turn: Turn, asked: Matter) -> bool:
    """Tell whether it is asked how a business ends, which the question is not about: 咋注销."""
    return asked.category != ENDS and _ENDS.search(turn.text) is not None


def _is_elsewhere(turn: Turn, asked: Asked | None) -> bool:
    """Tell whether a question is of a matter that is neither talked about nor pointed at.

    "我人在外地 让会计弄行不", after a change of scope, asks nothing of a bank account.
    """
    spoken = read_focus(turn).matter
    if asked is None or spoken is None or asked.matter.id == spoken.id:
        return False
    return not app().matter_resolver.is_pointed_at(asked.matter, turn.text)


def _line_of_spoken(turn: Turn, asked: Asked) -> tuple[Matter, list[str]] | None:
    """Return the matter spoken of and the lines of it that a few words are about; None for none.

    "离学校多远" behind the tobacco licence asks nothing of a net bar.
    """
    spoken = matter_in_focus(turn)
    is_named = any(turn.entity(name) for name in ("matter", "policy", "industry", "case_number"))
    if spoken is None or spoken.id == asked.matter.id or is_named or len(turn.text) > FEW_WORDS:
        return None
    words = content(normalise(turn.text))
    lines = [one for one in every_line(spoken) if shared_run(words, normalise(one)) >= SHARED]
    return (spoken, lines) if lines else None


def _nearly_named(turn: Turn) -> Asked | None:
    """Return a question that is asked nearly in its words, of a matter that is named; or None.

    "是不是没有环评就不能立项备案" names two, and is a question of the first.
    """
    asked = nearly_exact(turn) if asks(turn.text) else None
    names = (asked.matter.name, *asked.matter.aliases) if asked is not None else ()
    return asked if any(name in turn.text for name in names) else None


def answer_trouble(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is told as a trouble and sounds like a doubt in us: 税务显示非正常，不让销."""
    is_told = turn.intent == "dispute_answer" and not asks(turn.text)
    asked = whole_fit(turn.text, TROUBLE) if is_told else None
    if asked is None:
        return []
    say_question(turn, replace(asked, close=None), say)
    return on_matter(asked.matter, "eligibility")


def just_answered(turn: Turn) -> Asked | None:
    """Return the question that was answered right before, where a text is about it once more.

    "能延不 延几回" after 可延期两次 is about that and no delay of an office; None for another.
    """
    matter = read_focus(turn).matter
    if matter is None or turn.intent not in ASKING or not asks(turn.text):
        return None
    if app().dialogue_words.topics_in(turn.text):
        return None  # 那挪到离学校远的地方 多久能批
    asked = best_asked(from_each_clause(turn.text), [matter])
    is_near = asked is not None and asked.score >= TAKEN_UP
    return asked if is_near and asked and asked.faq in faqs_said(turn, (matter,)) else None


def _answer_point(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Read out the line of a record that a refused question is about: 卖农药得培训多少学时.

    One in 160 questions that are none of our business fits a matter so well (28 November 2026).
    """
    if turn.intent not in REFUSED or turn.entity("policy"):
        return []
    told = whole_fit(turn.text)
    if told is not None:
        say_question(turn, replace(told, close=None), say)
        return on_matter(told.matter, "eligibility")
    if not asks(turn.text) or app().dialogue_words.topics_in(turn.text):
        return []
    best = app().matter_resolver.rank(turn.text, 1)
    if not best or best[0].score < MEANT:
        return []
    matter = app().catalogue.matter(best[0].matter_id)
    lines = app().record_lines.about(turn.text, matter)
    if not lines:
        return []
    utter(record_answer(matter, lines), say)
    return on_matter(matter, "eligibility")


def _is_said_again(turn: Turn, asked: Asked) -> bool:
    """Tell whether it was answered right before, and a matter is named now: 执照总得有一个 咋弄."""
    return turn.entity("matter") is not None and asked.faq in faqs_said(turn, (asked.matter,))


def _is_of_lacked(turn: Turn, asked: Asked) -> bool:
    """Tell whether a paper is lacked, and the question is not about lacking it.

    "体检结果没出来，能先给我收件不" does not ask how often one is examined.
    """
    is_lacked = turn.intent == DEFERS and turn.entity("material") is not None and lacks(turn.text)
    return is_lacked and re.search("没|先|补|缺", asked.faq.question) is None


def _wants_another(turn: Turn, asked: Asked) -> bool:
    """Tell whether a later clause wants another matter as well: 公章丢了，顺便问下法人换人咋弄."""
    if _ALSO.search(turn.text) is None:
        return False
    found = (sure_matter(clause.text) for clause in turn.clauses[1:])
    return any(matter is not None and matter.id != asked.matter.id for matter in found)


def says_sure_question(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer one between the questions of a form; False for none."""
    asked = sure_question(turn) if any(map(asks, clauses(turn.text))) else None
    shared = shared_question(turn)
    if shared is not None and (asked is None or shared.score > asked.score):
        utter(faq_answer(shared.faq), say)
    elif asked is not None:
        say_question(turn, asked, say)
    return shared is not None or asked is not None


def sure_question(turn: Turn) -> Asked | None:
    """Return the question that a text asks for sure, of what is named or talked about."""
    is_papers = turn.intent == "ask_materials"
    is_theirs = turn.choice is not None or asks_what_is_known(turn.text) or asks_of_each(turn)
    if is_theirs or not (is_papers or turn.intent in ASKING):
        return None
    parts = _asking(turn.text)
    parts = parts[-1:] if parts and all(map(supposes, parts[:-1])) else parts  # 要是注销呢 公示不
    is_told = not parts and turn.loop is None and tells_circumstance(turn.text)
    is_told &= turn.slots.get(PAUSED) is None  # 店才十五平 answers what was left open
    if len(parts) > 1 or asks_which_licences(turn.text) or not (parts or is_told):
        return None
    last = clauses(turn.text)[-1]
    texts = {*map(asking_part, parts), *from_each_clause(turn.text)}
    texts.update(tails(last) if last in parts else ())
    own = _supposed(turn, texts)
    if own is not None:
        return own
    asked = best_asked(texts, _meant(turn))
    if asked is not None and turn.loop is None and is_for_another(turn.text, asked.matter):
        return None  # 另外我想把股份转给我外甥, after who may represent a firm
    least = LOOKED_UP if is_papers else FITS if parts else TOLD
    return asked if asked is not None and asked.score >= least else None


def _asking(text: str) -> list[str]:
    """Return the clauses that ask; the last one where only its mark says so: 非得先拿到."""
    parts = clauses(text)
    asking = [part for part in parts if asks(part)]
    return asking or (parts[-1:] if text.endswith(MARKS) else [])


def _supposed(turn: Turn, texts: Iterable[str]) -> Asked | None:
    """Return the question of the matter spoken of that "要是只卖乙类呢" asks; None for none."""
    spoken = talked_about(turn)[0] if supposes(turn.text) and turn.text.endswith("呢") else None
    asked = best_asked(texts, [spoken]) if spoken is not None else None
    return asked if asked is not None and asked.score >= NEAR_SCORE else None


def best_asked(texts: Iterable[str], matters: Iterable[Matter]) -> Asked | None:
    """Return the question that any of some texts fits best; None for none."""
    known, said = list(matters), list(texts)
    if not known or not said:
        return None
    app().question_finder.read_ahead(said)
    found = (app().question_finder.among(text, known) for text in said)
    return max((one for one in found if one is not None), key=lambda a: a.score, default=None)


def _meant(turn: Turn) -> list[Matter]:
    """Return the matter that is named for sure, or else all that may be meant."""
    if pauses(turn.text):  # 要是停一阵儿不注销行吗
        return [app().catalogue.matter(PAUSE)]
    spoken = read_focus(turn).matter
    is_area = app().dialogue_words.area_in(turn.text) is not None and asks_after_area(turn.text)
    is_area &= len(turn.text) <= SHORT_AREA
    word = turn.entity("matter")
    if spoken is not None and (points_at_one(turn.text) or (is_area and word is None)):
        return [spoken]  # 这个证一年一审吗, 公安那边要备案吗
    is_broad = word is None or word in app().dialogue_words.broad or is_founding(word)
    named = sure_matter(turn.text) or (None if is_broad else sure_matter(word))
    if named is None and word is None:  # 先打断下，新招的工人几天内得上社保
        named = next(filter(None, map(sure_matter, _asking(turn.text))), None)
    named = named and ending_of(named, form_meant(turn, spoken))
    if named is not None and turn.loop is not None and named.id in not_meant(turn):
        named = None  # 离学校多远, of a place for billiards, is about no net café
    if named is not None and not is_broad:
        planned = talked_about(turn)[1] if turn.loop is not None else []
        return [named] if named in planned else [named, *planned]  # 要可研报告不
    told = registration_told(turn)
    may_be = [named, told, *talked_about(turn)[1]]
    return list({matter.id: matter for matter in may_be if matter is not None}.values())
