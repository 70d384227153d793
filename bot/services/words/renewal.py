"""Reads that a question is about renewing a licence, and whether its record says when to."""

import re

from bot.services.words.held import names_paper

_RUNS_OUT = re.compile(
    "(?<!租金)(?<!房租)(?<!合同)(?<!租期)(?<!租约)(?<!贷款)(?<!承诺)(?<!承诺期)(?<!食品)"
    "(?:到期|期满|届满|有效期[^，,。]{0,3}[到过满]|过了?期(?!的|食品)|(?<!办证)(?<!办件)超了?期)[^。?？]{0,14}?"
    "(?:咋|怎么|如何|[去上]哪|找谁|找哪|提前|补办|再办|重办|重新办|换新|续|延期|还能|还管用|要紧)|"
    "忘[了记]*去?(?:续|延|换证)|没(?:来得及|顾上)?续"
)

_OF_OFFICE = re.compile(
    "承诺期|没给(?![^，,。]{0,3}[续延换])|没批|举报|(?<![公广报警转通])告(?![诉知示])"
)
"""An office is late, or somebody is reported: 承诺期满了还没给证 上哪告."""


def speaks_of_renewal(text: str) -> bool:
    """Tell whether a question is about renewing, and not only about how long: 到期前几天续."""
    return re.search("(?<![手连陆后])续(?![费租贷保签])|延期|换证|到期|期满", text) is not None


def tells_when_to_renew(validity: str) -> bool:
    """Tell whether the record of how long a licence holds says when to renew: 届满90日前延续."""
    return re.search("届满|期满|[前内]", validity) is not None


def runs_out(text: str) -> bool:
    """Tell whether a licence runs out that is named, and it is asked what to do: 忘了续证咋整."""
    is_late = _OF_OFFICE.search(text) is not None
    return names_paper(text) and _RUNS_OUT.search(text) is not None and not is_late
