"""Checks answers of the action server with a validator that is built once.

Stock Rasa calls `jsonschema.validate` for every answer, which first checks the schema itself
against the meta-schema: 44 % of a turn's processor time here. The schema never changes, so its
check belongs to the start. What is accepted, and what is said about a fault, stay the same.

Nearly all answers hold nothing but events of the `PLAIN` kinds, of which the schema wants only
what `is_plain` looks at; they need no walk over two dozen alternatives for each event.
"""

import hashlib
import json
from typing import Any

from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.constants import DOCS_BASE_URL

from bot.nlu.levers.lever import Lever, Replaced

ADVICE = (
    ". Failed to validate Action server response from API, make sure your response from the "
    f"Action endpoint is valid. For more information about the format visit {DOCS_BASE_URL}"
    "/custom-actions"
)

PLAIN = frozenset(
    {"slot", "followup", "active_loop", "pause", "resume", "restart", "reset_slots", "bot"}
)
"""Kinds of events of which the schema checks no more than name and value (of slots)."""

KNOWN_SCHEMA = "fb650e99afd82f1c"
"""Fingerprint of the schema for which that is true; with another one every answer is walked."""


def fingerprint(schema: dict[str, Any]) -> str:
    """Return the first 16 hex digits of the SHA-256 of a schema."""
    return hashlib.sha256(json.dumps(schema, sort_keys=True).encode()).hexdigest()[:16]


def is_plain(answer: Any) -> bool:
    """Tell whether the schema accepts an answer for sure; False says nothing."""
    if not isinstance(answer, dict):
        return False
    events, responses = answer.get("events", []), answer.get("responses", [])
    return (
        isinstance(events, list)
        and isinstance(responses, list)
        and all(map(_is_plain_event, events))
        and all(isinstance(one, dict) for one in responses)
    )


def _is_plain_event(event: Any) -> bool:
    if not isinstance(event, dict):
        return False
    kind = event.get("event")
    is_known = isinstance(kind, str) and kind in PLAIN
    is_whole = kind != "slot" or ("value" in event and isinstance(event.get("name"), str))
    is_timed = type(event.get("timestamp")) in _NUMBERS
    return is_known and is_whole and is_timed and isinstance(event.get("metadata"), _OBJECT)


_NUMBERS = (int, float, type(None))
_OBJECT = (dict, type(None))


def _pull() -> None:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)  # type: ignore[no-untyped-call]
    kind.check_schema(schema)
    validator = kind(schema)

    is_known = fingerprint(schema) == KNOWN_SCHEMA

    def validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
        if is_known and is_plain(result):
            return True
        error = best_match(validator.iter_errors(result))  # type: ignore[no-untyped-call]
        if error is None:
            return True
        assert isinstance(error, ValidationError)
        error.message += ADVICE
        raise error

    RemoteAction._validate_action_result = validate  # type: ignore[method-assign,assignment]  # noqa: SLF001


LEVER = Lever(
    "validator",
    _pull,
    (
        Replaced(RemoteAction._validate_action_result, "2fd08b8cf644390e"),  # noqa: SLF001
        Replaced(RemoteAction.action_response_format_spec, "8e08f324ec7d8414"),
    ),
)
