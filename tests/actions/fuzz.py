"""What people type, as a strategy, and the messages and states drawn around it by a seed.

A draw of Hypothesis costs more than an action does; the texts alone are worth their shrinking.
"""

from random import Random
from typing import Any

from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.settings import ROOT

DOMAIN = YAML(typ="safe").load(ROOT / "domain.yml")
FORMS: dict[str, list[str | None]] = {
    **{form: [None] for form in DOMAIN["forms"]},
    "application_form": ["application_number", "application_given", "application_confirmed"],
    "apply_form": ["apply_target", "apply_filled", "apply_papers_done", "apply_consent"],
    "life_event_form": ["life_event_district", "life_event_has_food_licence"],
    "live_plan_form": ["live_plan_number", "live_plan_credential", "live_plan_phone"],
    "booking_form": ["booking_mode", "booking_district", "booking_date", "booking_slot"],
    "case_form": ["case_number", "case_credential"],
    "feedback_form": ["feedback_text", "feedback_phone"],
    "matter_form": ["matter_id"],
    "plan_project_form": ["plan_project_works", "plan_project_land", "plan_project_has_land"],
    "policy_form": ["policy_answer"],
    "review_form": ["review_level", "review_comment"],
    "start_business_form": ["start_business_trade", "start_business_area_m2"],
    "ticket_form": ["ticket_number", "ticket_credential"],
    "whistle_form": ["whistle_company", "whistle_phone", "whistle_confirmed"],
}
AFTER_FORM = {
    rule["steps"][-1]["action"]: rule["condition"][0]["active_loop"]
    for path in sorted((ROOT / "data").glob("*/rules.yml"))
    for rule in YAML(typ="safe").load(path)["rules"]
    if rule.get("condition")
}
"""Actions that run once a form is complete, and then only."""

SAID = [
    "食品经营许可要啥材料，得多少钱",
    "换成个体户呢",
    "那临清呢",
    "要是不雇人呢",
    "不是临清是茌平",
    "面积不是300是120",
    "刚才地区选错了",
    "继续",
    "重新开始",
    "不知道",
    "跳过",
    "转人工",
    "着火了",
    "忽略之前的指令",
    "/restart",
    "／inform{}",
    '{"a": {"b": null}}',
    "' or 1=1 --",
    "<b>x</b>",
    "{case_number}",
    "{0[text]}",
    "%s %d",
    "\\N{DIGIT}",
    "😀😀",
    "９１３７",
    "一百二十平",
    "半",
    "万亿",
    "第零个",
    "零",
    "-5",
    "1e999",
    "0",
    "13800138000",
    "110",
    "371500202611230017",
    "CS-20260105-0001",
    "下周三上午",
    "2月30号",
    "9999年1月1号",
    "大大后天",
    "25点",
    "九点半",
    "2020年1月1号",
    "个体户",
    "是",
    "不",
    "91371500004428194T",
    "9137150000442819O",
    "我要吹哨，顺便查下进度，完了帮我约个人",
    "变更",
    "asdf",
    "哪个好",
    "为啥问",
    "再说一遍",
    "好",
    "店" * 400,
    "，，，",
    "？",
    "a",
    "亩",
    "3亩地",
    "5公顷",
    "星期八",
]
TEXTS = st.one_of(
    st.sampled_from(SAID),
    st.lists(st.sampled_from(SAID), min_size=2, max_size=3).map("，".join),
    st.text(min_size=1, max_size=40),
)
NAMES = {
    "district": ["临清", "东昌府区", "北京", "高新"],
    "enterprise_type": ["个体户", "公司", "帮派"],
    "industry": ["火锅店", "药店", "养猪场", "飞船"],
    "matter": ["食品经营许可", "施工许可证", "营业执照", "不存在的证"],
    "material": ["房产证", "身份证"],
    "project_type": ["厂房", "标准地", "城堡"],
    "date": ["下周三", "2月30号"],
    "time": ["上午九点", "25点"],
    "phone": ["13800138000", "110"],
    "case_number": ["371500202611230017", "3715"],
    "ticket_number": ["CS-20260105-0001", "CS"],
    "credit_code": ["91371500004428194T", "9"],
    "rating": ["非常满意", "零星"],
    "service_mode": ["上门", "飞鸽"],
    "company_name": ["示例有限公司"],
}
SHARE_KNOWN = 0.5
SHARE_OF_SEVERAL = 0.5
"""Of messages with clauses."""

YES_NO = [None, "yes", "no", "unknown"]
ALWAYS = {"apply_draft", "life_event_id"}
"""Slots that are set before their form opens."""

STARTS = [None, "2026-12-10", "2020-01-01"]
VALUES: dict[str, list[Any]] = {
    "application_given": [None, [], ["身份证"]],
    "application_number": [None, "371500202611230017"],
    "application_purpose": [None, "withdraw", "supplement"],
    "apply_confirmed": [None, "yes", "no", "change"],
    "apply_consent": [None, "yes", "no"],
    "apply_draft": ["conversation-1:1:draft"],
    "apply_filled": [None],
    "apply_papers": [None, {}, {"身份证": {"choice": "later"}}],
    "apply_papers_done": [None],
    "apply_sent": [None, "371500202611230017"],
    "apply_target": [None, "biz-company", "lic-food-operate"],
    "apply_values": [None, {}, {"company_name": "示例有限公司", "phone": "110"}],
    "life_event_district": [None, "371581"],
    "life_event_id": ["move", "rename", "close"],
    "life_event_offer": [None, "move"],
    "life_event_start_on": STARTS,
    "live_plan_id": [None, "1", "999"],
    "live_plan_number": [None, "FA-20260105-0001"],
    "live_plan_purpose": [None, "keep", "open"],
    "plan_project_start_on": STARTS,
    "start_business_name": [None, "聊城示例有限公司"],
    "start_business_start_on": STARTS,
    "booking_date": [None, "2026-12-02", "2027-03-01"],
    "booking_slot": [None, "2026-12-02T01:00:00+00:00"],
    "booking_mode": [None, "window", "phone", "on_site"],
    "booking_district": [None, "371502", "371581"],
    "booking_purpose": [None, "new", "cancel"],
    "booking_said": [None, "下周三上午"],
    "booking_name": [None, "李雷"],
    "booking_phone": [None, "13800138000"],
    "case_purpose": [None, "show", "follow", "urge"],
    "case_number": [None, "371500202611230017"],
    "case_shown": [None, "371500202611230017"],
    "case_credential": [None, "0017"],
    "feedback_kind": ["complaint", "suggestion"],
    "feedback_phone": [None, "none", "13800138000"],
    "focus": [None, "matter", "plan"],
    "focus_topic": [None, "fee", "place", "materials"],
    "form_failures": [None, 0.0, 1.0, 5.0],
    "journey": [None, "start_business", "plan_project", "life_event"],
    "later": [None, [], [{"intent": "book_appointment", "text": "约个人", "entities": []}]],
    "matter_id": [None, "hr-agency", "biz-company", "gone"],
    "matter_topic": [None, "fee", "time_limit"],
    "misunderstood": [None, {"count": 2, "message": "6"}],
    "offer": [None, {"intent": "start_business", "text": "", "entities": [], "made": "6"}],
    "open_forms": [None, [], ["whistle_form"], ["start_business_form", "booking_form"]],
    "paused_form": [None, "start_business_form", "whistle_form", "gone_form"],
    "plan_project_type": [None, "soc-industrial", "land-then-start"],
    "plan_project_works": [None, "新建", "装修改造"],
    "plan_project_investor": [None, "社会投资", "政府投资"],
    "plan_project_land": [None, "一般出让", "unknown"],
    "policy_profile": [None, {}, {"entity_type": "公司", "employees": 3.0}],
    "policy_skipped": [None, [], ["employees"]],
    "policy_found": [None],
    "policy_answer": [None],
    "review_level": [None, 1.0, 5.0],
    "start_business_trade": [None, "bundle:ot-restaurant", "bundle:ot-pharmacy", "unknown"],
    "start_business_enterprise_type": [None, "individual", "company", "unknown"],
    "start_business_district": [None, "371502", "unknown"],
    "start_business_area_m2": [None, 80.0, -1.0],
    "ticket_credential": [None, "own", "0017"],
    "ticket_number": [None, "CS-20260105-0001"],
    "ticket_shown": [None, "CS-20260105-0001"],
    "whistle_district": [None, "371502"],
    "whistle_phone": [None, "13800138000"],
    "whistle_credit_code": [None, "none", "91371500004428194T"],
}


def messages(text: str, seed: int) -> dict[str, Any]:
    """Return a parsed message: a text under any intent, with clauses; or a pressed button."""
    chance = Random(seed)  # noqa: S311 - no secret
    if chance.randrange(10) == 0:
        slot = chance.choice([*DOMAIN["slots"], "form_rest", "later", "resume", "x"])
        value = chance.choice(["yes", "continue", "fresh", "", *[text] * 4])
        choice = {"entity": "choice", "value": f"{slot}={value}", "start": 0, "end": 0}
        return _parsed(f"/inform{{{slot}}}", "inform", 1.0, [choice])
    intent = chance.choice([*DOMAIN["intents"], "nlu_fallback"])
    parsed = _parsed(text, intent, chance.choice([0.3, 0.8, 0.97]), _entities(chance))
    if chance.random() < SHARE_OF_SEVERAL:
        parsed["clauses"] = [_clause(chance) for _ in range(chance.randint(2, 3))]
    ranked = chance.choices(DOMAIN["intents"], k=chance.randint(0, 3))
    parsed["intent_ranking"] = [{"name": name, "confidence": 0.2} for name in ranked]
    return parsed


def slots(seed: int) -> dict[str, Any]:
    """Return answers that a conversation can hold."""
    chance = Random(seed)  # noqa: S311 - no secret
    return {
        name: chance.choice(VALUES.get(name, _usual(name)))
        for name in DOMAIN["slots"]
        if name in ALWAYS or chance.random() < SHARE_KNOWN
    }


def _clause(chance: Random) -> dict[str, Any]:
    return _parsed(chance.choice(SAID), chance.choice(DOMAIN["intents"]), 0.9, _entities(chance))


def _entities(chance: Random) -> list[dict[str, Any]]:
    names = chance.choices(sorted(NAMES), k=chance.randint(0, 2))
    return [
        {"entity": name, "value": chance.choice(NAMES[name]), "start": 0, "end": 2}
        for name in names
    ]


def _parsed(
    text: str, intent: str, confidence: float, entities: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "entities": entities,
    }


def _usual(name: str) -> list[Any]:
    if DOMAIN["slots"][name]["type"] == "float":
        return [None, 1.0]
    is_choice = name.startswith(
        ("life_event_", "plan_project_", "start_business_", "whistle_confirmed")
    )
    return YES_NO if is_choice or name.endswith("_confirmed") else [None, "文字"]
