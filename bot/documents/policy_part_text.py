"""The lines of a policy that answer what is asked on, where all of it was told a moment ago."""

import re

from bot.documents.policies_text import conditions_text
from bot.documents.policy_words import claim_mode, validity_text, version_text
from bot.domain.catalogue import Catalogue
from bot.domain.policies import Policy

_GAIN = re.compile("多少|几个点|几成|利息|贴息|抵|最多|最高|几年|额度|税率|减半|全免")
_CONDITIONS = re.compile(
    "条件|资格|够不够|符合|要求|算不算|(?:能|可以|行|中)不(?:能|可以|行|中)?|(?:能|可以|行|中)吗|户口"
)
_PLACE = re.compile(
    "[去上在到从]哪|哪[里儿办领报申交个]|找谁|谁[办管]|网上|线上|手机|专门跑|跑一?趟|窗口|大厅|[务保社]局|自动|"
    "申请不|用申请"
)
_MATERIALS = re.compile("材料|资料|证明|[带交要拿备][啥些]|什么证|啥证|准备")
_TIME = re.compile("多久|几天|多长时间|[啥什]么?时候|几个月|多少天|时限|到账|下来")
_UNTIL = re.compile(
    "[哪几]年(?:为止|结束|到头|截止)|到哪年|[今明后]年还|有效|到期|截止|还有[没吗不]|取消"
)


def part_text(policy: Policy, text: str, catalogue: Catalogue) -> str:
    """Return the lines of a policy that a text asks for; "" where it asks for none of them.

    Args:
        policy: Told a moment ago.
        text: What is asked now: 去哪领, 利息谁出, 到哪年为止.
        catalogue: Names of the facts that its conditions use.
    """
    apply = policy.application
    way = f"怎么享受：{claim_mode(policy)}"
    parts = (
        (_GAIN, f"能得到：{policy.benefit.formula}"),
        (_CONDITIONS, f"条件：{conditions_text(policy, catalogue)}"),
        (_PLACE, "\n".join([way, *_line("办理渠道", "；".join(apply.channels))])),
        (_MATERIALS, *_line("要的材料", "、".join(apply.materials))),
        (_TIME, *_line("时间", apply.time)),
        (_UNTIL, validity_text(policy.validity)),
    )
    found = [line for asks_it, *lines in parts if asks_it.search(text) for line in lines]
    if not found:
        return ""
    return "\n".join([f"“{policy.name}”", *found, version_text(policy)])


def gain_text(policy: Policy) -> str:
    """Return what a policy gives, for whom it does not hold as far as was told."""
    return f"这一条写的是：{policy.benefit.formula}"


def _line(name: str, value: str) -> list[str]:
    return [f"{name}：{value}"] if value else []
