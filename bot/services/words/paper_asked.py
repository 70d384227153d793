"""Recognises what is said of one paper: whether it has to be brought, or that it is not there."""

import re
from difflib import SequenceMatcher

from bot.services.words.remarks import clauses

LONGEST = 20
"""Signs; a longer text asks of more than a paper."""

_LEAD = r"^(?:那|还|也|再|另外|对了|请问|到时候?|去的?时候|我|俺|咱|[，,。 ])*"
_ASKS = r"(?:要不要|用不用|需不需要|是不是(?:还|也)?(?:得|要|需要|必须)|必须|需要|得|要|用)"
_BRINGS = r"(?:带|交|提供|准备|拿|提交|出示|上传|递)"
_END = r"(?:过去|上|着|了)?(?:吗|不|么|嘛|没|吧|呀|啊)?[?？]?$"
_THING = r"(?P<thing>[^，,。？?\s啥什哪谁多几怎咋]{2,9}?)"
_BROUGHT = (
    re.compile(f"{_LEAD}{_THING}(?:还|也|都)?{_ASKS}(?:还|也|再)?{_BRINGS}{_END}"),
    re.compile(f"{_LEAD}{_ASKS}(?:还|也|再)?{_BRINGS}(?:上|着)?{_THING}{_END}"),
)
_NEEDED = (
    re.compile(f"{_LEAD}{_THING}(?:还|也|都)?{_ASKS}{_END}"),
    re.compile(f"{_LEAD}{_ASKS}(?:还|也|再)?(?:有)?{_THING}{_END}"),
    re.compile(f"{_LEAD}{_THING}呢[?？]?$"),
)
_PAPER = re.compile(
    "(?:证|证明|簿|户口本|房本|产权本|复印件|原件|合同|协议|照片|相片|报告|图|图纸|章程|授权书|委托书|"
    "承诺书|执照|公章|印章|流水|名单|制度|清单|申请书|申请表|批文|批复|登记表|备案表|决议|发票|名册|简历)$"
)
_MARKS = ("?", "？")
_COPY = re.compile("(?:的)?(?:正副本|正本|副本|复印件|原件|扫描件|电子版)$")


_NOT_THERE = (
    r"(?:[还也都又]|现在|暂时|这会儿)*(?:(?:没有?|未)(?![到过]期|满|丢|变|用)|木有|差|缺|少|拿不|找不|办不|开不|凑不|出不|下不|批不|签不|不全|不齐|"
    r"来不及|得等|要等|等着|正?在(?:办|盖|走|等|做|批|跑|路上|弄|审|写|签|打印|公示|抵押|银行|补))"
)
_LACKED = (
    re.compile(
        f"^(?:那|但是|可是|不过|就是|要是|如果|万一|我|俺|咱|我们|俺们|[ ])*"
        rf"(?P<thing>[^，,。？?\s]{{2,10}}?)(?:我|俺|咱|这边|那边)?{_NOT_THERE}"
    ),
    re.compile(
        r"(?:没有|没|缺|还差|就差|只差|少|差|不给|不肯给|拿不出|找不到|开不了|出不了|办不了)(?:了|个|一个|一份|一样|那个|这个|份|张)?(?P<thing>[^，,。？?\s]{2,9}?)"
        r"(?:的话|咋|怎|能|可|行|中|给|收|办|要紧|还|吗|不|呢|呀|啊|[，,。？?\s]|$)"
    ),
)
_ANY = re.compile("^(?:材料|资料|东西|手续|证|照|钱|时间|人|什么|一样|这样|那样)|[啥谁哪]")
_ENDS = re.compile("(?:单子|单据|条子|那张|那份|那个|这个|的)+$")
_PARTS = re.compile(r"[/、（）()，,；;\s]|或者|或|和|及")
_FORM = re.compile("申请(?:表|书)")
SHARED = 3
"""Signs in a row by which a paper is told: 配套费单子 is the 城市基础设施配套费缴费凭证."""

LEAST = 2
"""Signs of a name that another one may end in: 施工合同 is the 中标通知书/合同."""


_MADE = "(?:带|交|提供|准备|拿|提交|出示|上传|递|做|弄|出|写|编|有|检|测)"
_ALL = (
    "(?:必须|非得|非要|家家都?|户户都?|人人都?|谁都|都[要得用]|[还也][要得用])"
    "(?:去|再|也|都|是|要|得|用)?"
)
_HAS_TO = re.compile(
    f"(?:{_ALL}{_MADE}?|"
    f"(?:要不要|用不用|得不得|(?<![能管中可有不])[要得用])(?:去|再|也|都|是)?{_MADE})"
    r"(?:过去|上|着|了|的)?(?:吗|不|么|嘛|没|吧|呀|啊)?[?？]?$"
)
LISTED = 4
"""Signs in a row by which a text names a line of a list: 水质检测 is the 水质检测报告."""


def ends_in_need(text: str) -> bool:
    """Tell whether a text ends with asking if something has to be made or handed in.

    水质检测是家家都做, 安全评价报告我们这种不带储存的还要交吗.
    """
    said = (clauses(text) or [text])[-1] + (text[-1] if text.endswith(_MARKS) else "")
    return _HAS_TO.search(said) is not None


def is_line_in(text: str, line: str) -> bool:
    """Tell whether a text names a line of a list of papers by its beginning."""
    part = next((part for part in _PARTS.split(line) if len(part) >= LEAST), "")
    run = SequenceMatcher(None, text, part, autojunk=False).find_longest_match()
    return run.size >= min(LISTED, max(len(part), SHARED)) and run.b == 0


def papers_lacked(text: str) -> tuple[str, ...]:
    """Return what a text may call papers that are not at hand: 施工合同 of 施工合同还在盖章."""
    found: list[str] = []
    for part in clauses(text) or [text]:
        for shape in _LACKED:
            match = shape.search(part)
            thing = _ENDS.sub("", match["thing"]) if match is not None else ""
            is_name = len(thing) >= SHARED or _PAPER.search(thing) is not None
            if is_name and _ANY.search(thing) is None:
                found.append(thing)
    return tuple(dict.fromkeys(found))


def is_called(paper: str, line: str) -> bool:
    """Tell whether a line of a list of papers may be called so.

    Args:
        paper: As it was said.
        line: Of the list: 施工企业确定的中标通知书/合同.
    """
    if _FORM.search(line) and not _FORM.search(paper):
        return False  # 施工许可 is not its 施工许可申请表
    parts = [part for part in _PARTS.split(line) if len(part) >= LEAST]
    is_paper = _PAPER.search(paper) is not None
    if is_paper and any(part.endswith(paper) or paper.endswith(part) for part in parts):
        return True
    run = SequenceMatcher(None, paper, line, autojunk=False).find_longest_match()
    return run.size >= SHARED


def paper_brought(text: str) -> str | None:
    """Return the paper of which it is asked if it has to be brought; None for another text."""
    return _paper(text, _BROUGHT)


def paper_needed(text: str) -> str | None:
    """Return the paper of which it is asked if it is needed, without a word of bringing it."""
    return _paper(text, _NEEDED)


def plain_paper(paper: str) -> str:
    """Return the name of a paper without how it is handed in: 营业执照 of 营业执照复印件."""
    return _COPY.sub("", paper) or paper


def _paper(text: str, shapes: tuple[re.Pattern[str], ...]) -> str | None:
    last = (clauses(text) or [text])[-1]  # 我不带仓库，安全评价报告也得交？
    if text.endswith(_MARKS):
        last += text[-1]
    if len(last) > LONGEST:
        return None
    found = (shape.match(last) for shape in shapes)
    things = (match["thing"] for match in found if match is not None)
    return next((thing for thing in things if _PAPER.search(thing)), None)
