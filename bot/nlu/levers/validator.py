"""Checks answers of the action server with a validator that is built once.

Stock Rasa calls `jsonschema.validate` for every answer, which first checks the schema itself
against the meta-schema: 44 % of a turn's processor time here. The schema never changes, so its
check belongs to the start. What is accepted, and what is said about a fault, stay the same.
"""

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


def _pull() -> None:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)  # type: ignore[no-untyped-call]
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
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
