"""Words on buttons that are made at run time."""

from bot.services.reading.identifiers import mask_phone

LONGEST_TITLE = 14
"""Signs of a name on a button."""

YES = "是"
NO = "否"
DISPATCH = "对，派单"
DO_NOT_DISPATCH = "先不派了"
JOIN_TICKET = "是同一件，并进去"
SEPARATE_TICKET = "是另一件，另派一张"
BOOK = "对，约上"
DO_NOT_BOOK = "不约了"
CANCEL_BOOKING = "确定取消"
KEEP_BOOKING = "先留着"
ADD_TO_TICKET = "我来补充"
SHOW_OTHER = "看"
OTHER_DAY = "换一天"
OTHER_WAY = "换方式"
WAIT_FOR_PLACE = "排候补"
JOIN_WAITING = "对，排候补"
ANOTHER_BOOKING = "再约一个"
CHANGE_BOOKING = "改时间"
ALL_MY_CASES = "没有编号，找我的办件"
PHONE = "电话"
INSIST = "核对过了，就是这个"
MAKE_PLAN = "排一份"
CHANGE_HANDS = "照换成我的名"
START_ANEW = "从头办新店"
UNSURE = "不清楚"
NONE_OF_THESE = "都不是"
WATCH_AGREED = "同意，有新政策告诉我"
WATCH_OFF = "别再告诉我新政策"
NOT_NOW = "先不用"
CLAIM_HERE = "帮我填表，交到窗口"
TELL_ME_POLICIES = "有新政策告诉我"
MORE_QUESTIONS = "再答几个，判断更多"
HELP_CHOOSING = "帮我选"
USUAL_REST = "剩下的都按常见情况"
TAXPAYERS = {"small_scale": "小规模纳税人", "general": "一般纳税人"}
SQUARE_METRES = "平方米"
METRES = "米"
YESTERDAY = "是昨天"
DAY_BEFORE = "是前天"
UNDO = "标错了，撤回"
SHOW_PLAN = "看方案"
PLAN_PAPERS = "材料清单"
REMIND_ME = "到期提醒我"
STOP_REMINDING = "别提醒了"
KEEP_PHONE = "留个手机号，换设备也能看"
OPEN_OTHER_PLAN = "打开别的方案"
HAVE_IT = "有了"
NOT_YET = "还没有"
WITHOUT_IT = "没有它能先办啥"
CHECK_ONE_BY_ONE = "一件一件对"
ALL_BEFORE = "前面的也都办完了"
REMIND_DAYS = {0: "只在当天", 1: "提前1天", 3: "提前3天", 7: "提前7天"}


def done_title(step: str) -> str:
    """Return the title of the button that marks a step."""
    return f"办完了：{_short(step)}"


def step_papers_title(step: str) -> str:
    """Return the title of the button that shows what a step asks for."""
    return f"要交啥：{_short(step)}"


def have_title(paper: str) -> str:
    """Return the title of the button that ticks a document."""
    return f"有了：{_short(paper)}"


def _short(name: str) -> str:
    """Return a name as a button has room for it, without what stands in brackets behind it."""
    bare = name.split("（", maxsplit=1)[0]
    return bare if len(bare) <= LONGEST_TITLE else f"{bare[: LONGEST_TITLE - 1]}…"


def change_title(day: str) -> str:
    """Return the title of the button that puts another day in the place of the one noted."""
    return f"改成{day}"


SKIP = "跳过这一项"
PERSON = "转人工"
CONTINUE = "接着办"
AFRESH = "重新开始"
USUAL_WAY = "按通用流程排"
SEND = "提交"
CHANGE = "改一改"
DO_NOT_SEND = "先不交了"
AGREE = "同意"
DISAGREE = "不同意"
PAPERS_FINE = "就这样"
PAPERS_ALL = "都交了"
WHOLE_OPENING = "开办企业（几件事一次交）"
WITHDRAW = "确定撤回"
KEEP_APPLICATION = "不撤了"
SHOW_CASE = "看进度"
SUPPLEMENT = "补材料"
WITHDRAW_THIS = "撤回这件"
DELETE_PLAN = "确定删掉"
KEEP_PLAN = "不删了"
ITEM_MARK = "、"


def held_until(clock: str) -> str:
    """Return the remark that a slot is kept until a time of day."""
    return f"（{clock}前给您留着）"


def booked_by(name: str, phone: str) -> str:
    """Return the remark who is to be called, with the number masked; "" for neither."""
    said = "，".join(part for part in (name, f"电话{mask_phone(phone)}" if phone else "") if part)
    return f"，{said}" if said else ""


def booked_for(matter: str) -> str:
    """Return the remark that a booking is about a matter."""
    return f"，办“{matter}”"


def booked_about(topic: str) -> str:
    """Return the remark that a booking is about something in the applicant's own words."""
    return f"，事由“{topic}”"
