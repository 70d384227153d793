"""Finds what a policy's record says on the point that a question is about: 裁员率要求多少."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.domain.facts import Faq
from bot.domain.policies import Policy, leaves
from bot.meaning import Meanings
from bot.services.finding.record_lines import shared_run
from bot.services.policies.figures import figures_in
from bot.services.policies.text import criterion_text, field_name
from bot.services.reading.wording import content, normalise, without_names

FAQ_NEAR = 0.55
"""How near the meaning of a question of the catalogue must be; tried by hand, see docs/nlu.md."""

LINE_NEAR = 0.45
"""The same of a condition."""

SHORTEST_ASKED = 4
"""Signs beside the name of a policy with which a condition is asked after."""

SHARED = 3
"""Signs of the name of a fact that stand in a question: 裁员率."""


PAIR = 2
"""Signs in a row that a piece of the record must share with a question: 担保."""

_PIECE = re.compile("[；。，]")
_PLAIN = re.compile(
    "企业|公司|个人|政策|享受|申请|优惠|补贴|补助|减免|可以|需要|怎么|什么|多少|现在|以后|条件|材料|"
    "是不|不是|能不|办理|领取|证书|[0-9一二三四五六七八九十百千万年月日元块个人家]"
)
"""Words of many questions and of many records."""


_SAME = (
    ("保人", "担保"),
    ("抵押", "担保"),
    ("老板", "经营者"),
    ("法人", "法定代表人"),
    ("裁了", "裁员"),
    ("裁过", "裁员"),
    ("裁人", "裁员"),
    ("辞退", "裁员"),
    ("社保", "社会保险"),
    ("利润", "应纳税所得额"),
    ("干够", "经营月数"),
    ("干满", "经营月数"),
    ("开满", "经营月数"),
    ("厂房", "房屋"),
    ("车间", "房屋"),
)
"""What people say, and what the record calls it."""


class PolicyPoints:
    """Knows which question or condition of a policy a text is about.

    Args:
        catalogue: The policies.
        cache: Where the weights of the sentence encoder are kept; None keeps none.
    """

    def __init__(self, catalogue: Catalogue, cache: Path | None = None) -> None:
        self._catalogue = catalogue
        self._meanings = Meanings(cache)

    def faq(self, text: str, policy: Policy, least: float = FAQ_NEAR) -> Faq | None:
        """Return the question of a policy that a text asks; None for none. Cost: about 1 ms.

        Args:
            text: What is asked.
            policy: Which.
            least: How near its meaning must be.
        """
        if not policy.faqs or not normalise(text):
            return None
        meant = self._meanings.of([text, *(faq.question for faq in policy.faqs)])
        near = meant[1:] @ meant[0]
        best = int(near.argmax())
        return policy.faqs[best] if float(near[best]) >= least else None

    def conditions(self, text: str, policy: Policy) -> list[str]:
        """Return the conditions that a text asks after, by the name of the fact or its meaning."""
        known = list(leaves(policy.criteria))
        said = [criterion_text(one, self._catalogue) for one in known]
        named = [
            line
            for one, line in zip(known, said, strict=True)
            if any(word in text for word in _pieces(field_name(one.field, self._catalogue)))
        ]
        if named or not said or not normalise(text):
            return list(dict.fromkeys(named))
        asked = beside_names(text, policy)
        meant = self._meanings.of([asked, *said])
        near = meant[1:] @ meant[0]
        best = int(near.argmax())
        is_near = float(near[best]) >= LINE_NEAR
        return [said[best]] if is_near and len(asked) >= SHORTEST_ASKED else []

    def lines(self, text: str, policy: Policy) -> list[str]:
        """Return the pieces of a policy's record that share a word with a question, in order."""
        said = _PLAIN.sub("\n", content(normalise(beside_names(text, policy))))
        said += "".join(f"\n{word}" for asked, word in _SAME if asked in text)
        lines = self._pieces(policy)
        found = [line for line in lines if shared_run(said, normalise(line)) >= PAIR]
        return list(dict.fromkeys(found))[:MOST_LINES]

    def figures(self, text: str, policy: Policy) -> list[str]:
        """Return the pieces of a policy's record that tell the figure a question asks for."""
        return figures_in(beside_names(text, policy), self._pieces(policy))[:MOST_LINES]

    def _pieces(self, policy: Policy) -> list[str]:
        """Return the record of a policy piece by piece, its conditions last."""
        lines = [piece for one in _record(policy) for piece in _PIECE.split(one)]
        return lines + [criterion_text(one, self._catalogue) for one in leaves(policy.criteria)]


MOST_LINES = 3


def beside_names(text: str, policy: Policy) -> str:
    """Return what a text says beside the names of a policy: 能领几次 of 扩岗补助能领几次."""
    known = {policy.name, policy.name.split("（")[0], *policy.aliases}
    names = sorted(known, key=len, reverse=True)
    for name in names:
        text = text.replace(name, "")
    return without_names(text, names)


def _record(policy: Policy) -> tuple[str, ...]:
    apply, benefit = policy.application, policy.benefit
    faqs = (f"{faq.question}{faq.answer}" for faq in policy.faqs)
    own = (benefit.formula, benefit.also, benefit.tax, *apply.materials, apply.time, policy.notes)
    return (*own, policy.stacking, *faqs)


def _pieces(name: str) -> Iterator[str]:
    yield from (name[at : at + SHARED] for at in range(len(name) - SHARED + 1))
