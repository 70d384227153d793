"""Recognises the question whether one paper has to be brought: 房产证要不要带, 照片呢."""

import re

from bot.services.remarks import clauses

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
