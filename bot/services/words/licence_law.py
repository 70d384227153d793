"""Recognises what is asked of the law of all licences: within how many days, told all at once."""

import re

LATE, AT_ONCE = "拖着不批最长能拖多久？", "缺材料能一次说清吗？"
TO_SUE = "超了时限还不批，能告吗？"
"""The questions of `data/catalogue/shared_questions.yml` that are meant."""

LONGEST = 24
"""Characters; a longer text tells a story."""

_HOW_LONG = "(?:几天|多少天|多久|多长时间|几个工作日|几日|多少个?工作日)"
_BY_LAW = re.compile(
    f"(?:法律|法规|法定|条例|国家|规定|规矩|依法)[^，,。]{{0,8}}{_HOW_LONG}[^，,。]{{0,4}}"
    "(?:必须|应该|应当|得|要|该|就|内|之内|给|办|出|批|答复|回|下来)|"
    f"(?:最多|最长|最晚|顶多|撑死)[^，,。]{{0,4}}(?:能|可以)?拖[^，,。]{{0,3}}{_HOW_LONG}"
)
_SUES = re.compile(
    "(?:超[了期时过限]|逾期|到期不|拖着不|过了[期时]限)"
    "[了期时限间天数日子他们你我俺咱就还不没办批给能可以去上哪里把，, ]*"
    "(?:(?<![广报])告(?![诉知示])|起诉|打官司|复议|追究)"
)
_LAWFUL = re.compile("合规|合法|违规|违法|符合规定|合乎规定|按规定|应不应该|该不该|允许")
_PIECEMEAL = re.compile(
    "一次(?:性)?(?:告知|说清|讲清|说全|说完|讲全|告诉)|(?:差|少|缺)(?:一|两|几|这|那)(?:了)?样|"
    "(?:跑|去|来)了?(?:我|俺)?(?:两|俩|三|仨|四|五|六|七|八|好几|几|多少)(?:趟|回|次)"
)


def asks_late(text: str) -> bool:
    """Tell whether it is asked how long an office may take by law: "法律规定几天必须给结果"."""
    return len(text) <= LONGEST and _BY_LAW.search(text) is not None


def asks_to_sue(text: str) -> bool:
    """Tell whether it is asked if an office that is late can be sued: "超了能告他不"."""
    return len(text) <= LONGEST and _SUES.search(text) is not None


def asks_if_lawful(text: str) -> bool:
    """Tell whether it is asked if something is lawful: "他们这样合规不"."""
    return len(text) <= LONGEST and _LAWFUL.search(text) is not None


def tells_piecemeal(text: str) -> bool:
    """Tell whether what was lacking was not said at once: "跑了四趟 每趟都说差一样"."""
    return _PIECEMEAL.search(text) is not None
