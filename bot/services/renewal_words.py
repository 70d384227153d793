"""Reads that a question is about renewing a licence, and whether its record says when to."""

import re


def speaks_of_renewal(text: str) -> bool:
    """Tell whether a question is about renewing, and not only about how long: 到期前几天续."""
    return re.search("(?<![手连陆后])续(?![费租贷保签])|延期|换证|到期|期满", text) is not None


def tells_when_to_renew(validity: str) -> bool:
    """Tell whether the record of how long a licence holds says when to renew: 届满90日前延续."""
    return re.search("届满|期满|[前内]", validity) is not None
