"""Recognises what is asked on about a case that was just shown: 还得几天, 谁在办, 绿灯啥意思."""

import re

REST, HOLDER, TO_DO, SLOW = "rest", "holder", "to_do", "slow"
"""Parts of a case that one may ask for: days left, who has it, what to do, why so slow."""

PARTS = frozenset({REST, HOLDER, TO_DO, SLOW})

LIGHTS, OVERDUE = "lights", "overdue"
"""What the colours mean, and what one can do when the days are over."""

OVERDUE_ASKED = "超期还不批咋办"
"""What is asked where the days of a case run out, whoever words it how."""

LONGEST = 18
"""Signs of a text that asks on about the case and nothing else."""

_HURRY = (
    "(?:能不能|能|可以|会|还能)?[^，,。]{0,2}(?:快|早)(?:点|些|一点|一些)"
    "|加急|等不及|急着?(?:用|等)"
)

_LATE = re.compile("超期|超时|逾期|超了")
"""Says that the days of a case are over, and not those of a licence."""

_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (LIGHTS, re.compile("[绿黄红]灯|[绿黄红]的?(?:是啥|啥意思|什么意思|代表)|灯(?:是啥|啥意思)")),
    (
        OVERDUE,
        re.compile(
            "(?:超期|超时|逾期|超了|过了(?:期|时限|日子)|到(?:点|期|日子|时候))[^，,。]{0,8}"
            "(?:咋|怎么|找谁|能告|能投诉|谁管|赔)"
        ),
    ),
    (
        HOLDER,
        re.compile(
            "(?:谁|哪个?(?:部门|科室?|单位|局|窗口|人))[^，,。]{0,4}"
            "(?:在|来)?(?:办|管|批|审|负责|经手|手[里上])|(?:在|到|卡在?)谁(?:那|手|哪)|"
            "找谁|问谁|(?:联系|科室|他们|经办|办公)[^，,。]{0,3}电话|电话(?:是)?(?:多少|几)|咋联系|怎么联系"
        ),
    ),
    (
        SLOW,
        re.compile(
            "(?:为啥|为什么|咋|怎么|凭啥)[^，,。]{0,6}"
            "(?:慢|久|长时间|没(?:动静|信|消息|人|好|办|批|下来|音)|不(?:给办|批|下来|动))|"
            "太慢|(?:等|拖)(?:了|得)?(?:太|这么|恁|好)久|没人(?:管|理|联系|给我打)|没动静"
        ),
    ),
    (
        TO_DO,
        re.compile(
            "(?:我|俺|咱)(?:们)?(?:现在|眼下|接下来|下一步|这会儿|还|该|要|得|用|需要)+[^，,。]{0,3}"
            "(?:干啥|做啥|干什么|做什么|干点啥|弄啥|准备啥|跑|去一?趟|交啥)|"
            "(?:下一步|接下来|现在|眼下)(?:该|要|得)?(?:干啥|做啥|咋办|咋弄|怎么办|干什么|做什么)|"
            "还(?:用|要|得|需要)[^，,。]{0,4}(?:跑|去一?趟|交[啥什材]|补[啥什材]|准备)|"
            "(?:缺|差|少|补)(?:不缺|不差|点|了)?(?:啥|什么|哪些|哪几)"
        ),
    ),
    (
        REST,
        re.compile(
            "(?:还|再|得|要|用|等|剩|需)+[^，,。]{0,3}(?:几天|多久|多长时间|多少天|多少个?工作日|几个工作日)|"
            "(?:啥|什么)时候|几号|哪天|哪一?天|何时|多咱|多会儿?|"
            "(?:多久|几天|多长时间|多少天)[^，,。]{0,3}(?:能|可以|办|下|好|批|出|拿)|"
            "用了(?:几|多少)天|(?:月底|年底|[下这]周|过年|年)前?能[^，,。]{0,4}[不吗么]|快了[吗不没么]|"
            f"(?:{_HURRY})[^，,。]{{0,4}}(?:吗|不|么|嘛|没)?[?？]?$"
        ),
    ),
)
"""The first that is found counts."""


_ELSE = re.compile(
    "大厅|[你您恁]们?(?:这里?|那里?)?(?:几点|电话|地址|在哪)|上班|下班|开门|放假|"
    "补贴|补助|贷款|社保|医保|公积金|"
    "投诉|举报|法人|收费|多少钱|要钱|花钱|[证照](?:快)?(?:到期|过期)|到期[^，,。]{0,4}[续延换]|过期|换了"
)
"""Speaks of an office, of money or of a licence, and of no case."""

_URGES = re.compile("催(?:一?[催下]|促|办)?(?:一下|他们?|去|吧|呗|啊|呀|了)*[。！!]*$")
"""Orders that it be urged, whatever stands before it: 太慢了催一催."""

_POINTS = re.compile("(?:这|那|我的?|俺的?|咱的?)(?:个|一)?(?:件|事)|办件|^(?:那)?它")
"""Points at the case, whatever was said between."""


def points_at_case(text: str) -> bool:
    """Tell whether a text points at the case that was shown some time ago: 我那件事还得几天."""
    return _POINTS.search(text) is not None


def part_asked(text: str) -> str | None:
    """Return the part of a case that a short text asks for; None for none."""
    said = text.strip(" ，,。！!？?")
    if len(said) > LONGEST or _URGES.search(said) is not None:
        return None
    part = next((part for part, words in _PARTS if words.search(said)), None)
    is_late = part == OVERDUE and _LATE.search(said) is not None  # 超期了能投诉不
    return part if is_late or _ELSE.search(said) is None else None
