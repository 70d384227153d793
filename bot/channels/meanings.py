"""What links and codes that lead into a chat stand for. Pure functions."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

_CASE = re.compile(r"case[_-]([0-9A-Za-z-]{6,40})")
_PLAN = re.compile(r"plan[_-](FA-?\d{8}-?\d{1,6})", re.IGNORECASE)
_PLAN_LINK = re.compile(r"plan[_-]([A-Za-z0-9_-]{20,59})")


@dataclass(frozen=True)
class Meaning:
    """What a command says for the person: a text, or the payload of a button with its title."""

    text: str
    payload: str | None = None


def start_meaning(rest: str, words: Mapping[str, str], base_url: str) -> Meaning | None:
    """Return what the end of a link into the chat says (`case_371500202611230001`), None for none.

    Platforms take letters, digits, `_` and `-` in it, 64 at most.

    Args:
        rest: What comes with the link or the scanned code.
        words: What it says for the person, of a "plan" by `{number}` and a "plan_link" by `{url}`.
        base_url: Address in links.
    """
    case = _CASE.fullmatch(rest)
    if case:
        payload = f"/query_case{json.dumps({'case_number': case[1]})}"
        return Meaning(case[1], payload)
    plan = _PLAN.fullmatch(rest)
    if plan:
        return Meaning(words["plan"].format(number=plan[1].upper()))
    link = _PLAN_LINK.fullmatch(rest)
    if link:
        return Meaning(words["plan_link"].format(url=f"{base_url}/plans/{link[1]}"))
    return None
