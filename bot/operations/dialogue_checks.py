"""Compare what came back with what a dialogue expects; forgiving about how it is written."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.operations.dialogue_format import as_list
from bot.services.reading.wording import normalise

ANY = "*"
"""Value of a slot that must be filled, whatever it holds."""


@dataclass(frozen=True)
class Response:
    """One message by which the bot answered.

    Attributes:
        name: Of the response it was made of; "" for a text that is none.
        text: As Rasa made it.
        answer: What the action put into its place `answer`; "" where it has none.
        action: That said it; "" when Rasa does not tell.
    """

    name: str
    text: str
    answer: str = ""
    action: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one step came to.

    Attributes:
        texts: Everything said since the step, in order, system lines and agents too.
        buttons: Title to payload of all buttons offered since the step.
        owner: Who owns the conversation now.
        intent: What the model took the text for; None when no text was sent or Rasa not asked.
        entities: Kind and surface text.
        actions: Actions and forms that ran.
        responses: What the bot said, in order, with the names of the responses.
        slots: All slots, as they stand now.
        form: Name of the form that is open.
        is_inspected: False when only the page can be seen, so that no intent is known.
    """

    texts: Sequence[str] = ()
    buttons: Mapping[str, str] = field(default_factory=dict)
    owner: str = "bot"
    intent: str | None = None
    entities: Sequence[tuple[str, str]] = ()
    actions: Sequence[str] = ()
    responses: Sequence[Response] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    form: str | None = None
    is_inspected: bool = True

    @property
    def text(self) -> str:
        """Return everything said, one below the other."""
        return "\n".join(self.texts)


def problems(expected: Mapping[str, Any], outcome: Outcome) -> list[str]:
    """Return what is not as expected, each in one line; empty when all is."""
    return [
        problem for key, wanted in expected.items() for problem in _CHECKS[key](wanted, outcome)
    ]


def found_in(words: Any, text: str) -> bool:
    """Tell whether words stand in a text, or one of several alternatives does.

    `/…/` is a regular expression on the text as it stands; everything else is compared without
    punctuation, blanks, letter case, width and script.
    """
    if isinstance(words, list):
        return any(found_in(word, text) for word in words)
    wanted = str(words)
    if len(wanted) > 2 and wanted[0] == wanted[-1] == "/":  # noqa: PLR2004 - two slashes
        spellings = (text, unicodedata.normalize("NFKC", text))
        return any(re.search(wanted[1:-1], spelt, re.DOTALL) for spelt in spellings)
    bare = normalise(wanted)
    return bare in normalise(text) if bare else wanted in text


def _says(wanted: Any, outcome: Outcome) -> list[str]:
    return [f"没说 (not said): {w}" for w in as_list(wanted) if not found_in(w, outcome.text)]


def _says_any(wanted: Any, outcome: Outcome) -> list[str]:
    if any(found_in(words, outcome.text) for words in as_list(wanted)):
        return []
    return [f"一个都没说 (none said): {wanted}"]


def _says_not(wanted: Any, outcome: Outcome) -> list[str]:
    return [f"不该说 (said): {w}" for w in as_list(wanted) if found_in(w, outcome.text)]


def _one_of(name: str, pick: Callable[[Outcome], Sequence[str | None]]) -> Any:
    def check(wanted: Any, outcome: Outcome) -> list[str]:
        if not outcome.is_inspected and name != "owner":
            return []
        actual = pick(outcome)
        allowed = [None if w in {None, "none", "null"} else str(w) for w in as_list(wanted)]
        if any(value in allowed for value in actual):
            return []
        return [f"{name}: {actual} 不在 (not in) {allowed}"]

    return check


def _none_of(name: str, pick: Callable[[Outcome], Sequence[str | None]]) -> Any:
    def check(wanted: Any, outcome: Outcome) -> list[str]:
        if not outcome.is_inspected:
            return []
        actual = pick(outcome)
        return [f"{name}: 不该是 (must not be) {w}" for w in as_list(wanted) if str(w) in actual]

    return check


LEFT_OPEN = frozenset({"unknown", -1.0})
"""How slots keep that a question was passed over: empty to who reads them from outside."""


def _slots(wanted: Any, outcome: Outcome) -> list[str]:
    if not outcome.is_inspected:
        return []
    return [
        f"slot {name} = {outcome.slots.get(name)!r}, 应为 (expected) {value!r}"
        for name, value in dict(wanted).items()
        if not any(_same(one, outcome.slots.get(name)) for one in as_list(value))
    ]


def _same(wanted: Any, actual: Any) -> bool:
    if wanted == ANY:
        return actual is not None
    if wanted is None or actual is None:
        is_open = isinstance(actual, (str, float)) and actual in LEFT_OPEN
        return wanted is None and (actual is None or is_open)
    if isinstance(actual, float) and isinstance(wanted, (int, float)):
        return actual == wanted
    return normalise(str(wanted)) == normalise(str(actual))


def _entities(wanted: Any, outcome: Outcome) -> list[str]:
    if not outcome.is_inspected:
        return []
    found = {(name, normalise(value)) for name, value in outcome.entities}
    return [
        f"没认出 (not found): {e}"
        for e in as_list(wanted)
        if (str(e["entity"]), normalise(str(e["value"]))) not in found
    ]


def _buttons(wanted: Any, outcome: Outcome) -> list[str]:
    return [f"没有按钮 (no button): {w}" for w in as_list(wanted) if button(w, outcome) is None]


def _buttons_any(wanted: Any, outcome: Outcome) -> list[str]:
    if any(button(words, outcome) is not None for words in as_list(wanted)):
        return []
    return [f"一个按钮都没有 (none of these buttons): {wanted}"]


def _buttons_not(wanted: Any, outcome: Outcome) -> list[str]:
    return [f"不该有按钮 (button): {w}" for w in as_list(wanted) if button(w, outcome) is not None]


def button(words: Any, outcome: Outcome) -> str | None:
    """Return the payload of the button with this title: the same one, else one that holds it."""
    if isinstance(words, list):
        return next((p for w in words if (p := button(w, outcome)) is not None), None)
    same = [p for title, p in outcome.buttons.items() if normalise(title) == normalise(str(words))]
    alike = [p for title, p in outcome.buttons.items() if found_in(words, title)]
    return next(iter(same or alike), None)


_CHECKS: Mapping[str, Callable[[Any, Outcome], list[str]]] = {
    "says": _says,
    "says_any": _says_any,
    "says_not": _says_not,
    "intent": _one_of("intent", lambda o: [o.intent]),
    "intent_not": _none_of("intent", lambda o: [o.intent]),
    "action": _one_of("action", lambda o: o.actions),
    "action_not": _none_of("action", lambda o: o.actions),
    "form": _one_of("form", lambda o: [o.form]),
    "asks": _one_of("asks", lambda o: [o.slots.get("requested_slot")]),
    "owner": _one_of("owner", lambda o: [o.owner]),
    "slots": _slots,
    "entities": _entities,
    "buttons": _buttons,
    "buttons_any": _buttons_any,
    "buttons_not": _buttons_not,
}
