"""Looks at all document templates, before anybody needs them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from bot.documents.jobs import NOTICE, POLICY_PACKAGE, RECEIPT, SEAL_ART
from bot.documents.notice import Notice, load_providers
from bot.documents.policy_page import PackagePage
from bot.documents.receipt import Receipt
from bot.documents.seal_art import SealArt
from bot.documents.templates import BadTemplate, Kind, TemplateProblem, check_file
from bot.domain.single_form import SingleForm

FOLDER = "documents"
PROVIDERS = "providers.yml"

HTML: Mapping[str, Mapping[str, Kind]] = {
    NOTICE: {"notice": Notice, "plan_qr": str, "verify_qr": str},
    RECEIPT: {"receipt": Receipt, "signature_image": str, "verify_qr": str},
    SEAL_ART: {"seal": SealArt},
    POLICY_PACKAGE: {"package": PackagePage, "page_qr": str},
}
"""The values that each template is given."""


def check_templates(folder: Path, forms: Mapping[str, SingleForm]) -> Iterator[TemplateProblem]:
    """Yield every fault of the templates in `data/documents`."""
    # Word is opened here only, and not by everybody who knows the names of the templates
    from bot.documents.word_form import check_word_templates  # noqa: PLC0415 - see above

    for name, values in HTML.items():
        yield from check_file(folder / name, values)
    try:
        load_providers(folder / PROVIDERS)
    except (OSError, KeyError, TypeError, IndexError, yaml.YAMLError) as error:
        yield TemplateProblem(PROVIDERS, 0, f"读不懂（{type(error).__name__}: {error}）")
    yield from check_word_templates(folder, forms)


def require_templates(folder: Path, forms: Mapping[str, SingleForm]) -> None:
    """Refuse to go on with a template that would give half a document.

    Raises:
        BadTemplate: With every fault of every file.
    """
    problems = tuple(check_templates(folder, forms))
    if problems:
        raise BadTemplate(problems)
