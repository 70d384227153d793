"""Reads the domain of a model once, and does not make an empty one for each message.

Stock Rasa parses the file four times: to tell that it is a domain, to check it against a schema, to
build a domain that it throws away, and to build the one it keeps. The file lies inside the model;
the training that wrote it had checked it. For each message it asks whether its domain is empty, and
parses an empty one to compare it with: 2 % of a turn's processor time (27 November 2026).
"""

from typing import Any

from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.utils.io import read_file, read_yaml

from bot.nlu.levers.lever import Lever, Replaced

FILE = "domain.yml"


def _load(
    cls: type[DomainProvider],
    config: dict[str, Any],  # noqa: ARG001 - the signature of Rasa's components
    model_storage: ModelStorage,
    resource: Resource,
    execution_context: Any,  # noqa: ARG001
    **_: Any,
) -> DomainProvider:
    with model_storage.read_from(resource) as folder:
        written = read_yaml(read_file(folder / FILE))
    return cls(model_storage, resource, Domain.from_dict(Domain.merge_domain_dicts(written, {})))


def _pull() -> None:
    DomainProvider.load = classmethod(_load)  # type: ignore[assignment, arg-type, method-assign]
    empty = Domain.empty().as_dict()
    Domain.is_empty = lambda self: bool(self.as_dict() == empty)  # type: ignore[method-assign]


LEVER = Lever(
    "domain",
    _pull,
    (
        Replaced(DomainProvider.load, "67cb26a410034d69"),
        Replaced(DomainProvider._persist, "1b2d15fbe0674c38"),  # noqa: SLF001 - what is read here
        Replaced(Domain.from_directory, "7350ef0d59586bef"),
        Replaced(Domain.is_empty, "5c56c715d93a6a3b"),
        Replaced(Domain.empty, "cc52ac34e3e5300e"),
        Replaced(Domain.as_dict, "7a6fae686cef9f75"),
    ),
)
