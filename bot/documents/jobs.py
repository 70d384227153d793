"""The heavy work on documents, each job a function that a worker process runs.

This module is light, so that the hub can name the jobs: what draws and seals is imported by the
worker when it first needs it.
"""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.documents.fonts import FontMissing
from bot.documents.form_paper import WordForm
from bot.documents.notice import Notice
from bot.documents.policy_page import PackagePage
from bot.documents.qr import qr_data_uri
from bot.documents.receipt import Receipt
from bot.documents.seal_file import SealFile
from bot.documents.templates import BadTemplate, TemplateProblem
from bot.documents.verdicts import SealReading
from bot.domain.issued import Seal
from bot.domain.plan_snapshot import PlanSnapshot
from bot.domain.plans import SavedPlan

NOTICE, RECEIPT, SEAL_ART = "notice.html", "receipt.html", "seal.html"
POLICY_PACKAGE = "policy_package.html"


EMPTY = PlanSnapshot(
    version=1,
    title="办事计划",
    place="",
    start_on="",
    finish_on="",
    total="",
    total_days=1.0,
    sequential="",
    sequential_days=1.0,
    critical_path=(),
    promises=(),
    stages=(),
    remarks=(),
    is_provisional=False,
    checked_on="",
)
"""Drawn once to load fonts; nobody sees it."""


@dataclass(frozen=True)
class SealedPdf:
    """A finished document and the seal it bears."""

    content: bytes = field(repr=False)
    seal: Seal


def warm_up() -> None:
    """Load what draws and seals and its fonts, so that the first applicant does not wait for it."""
    from bot.documents import pdf, plan_picture, seal, seal_check, word_form  # noqa: F401, PLC0415 - see above

    plan_picture.draw_plan(EMPTY, plan_picture.PictureFormat.PNG)
    pdf.warm_fonts()


def picture(plan: PlanSnapshot, wanted: str) -> bytes:
    """Draw a plan as "png" or "svg"."""
    from bot.documents.plan_picture import PictureFormat, draw_plan  # noqa: PLC0415 - see above

    return draw_plan(plan, PictureFormat(wanted))


def calendar(saved: SavedPlan, plan: PlanSnapshot, url: str, now: datetime) -> bytes:
    """Write the due dates of a plan."""
    from bot.documents.plan_calendar import plan_calendar  # noqa: PLC0415 - see above

    return plan_calendar(saved, plan, url=url, now=now)


def notice(content: Notice, folder: Path, seal: SealFile, at: datetime) -> SealedPdf:
    """Make the sealed notice.

    Raises:
        BadTemplate: A template uses something that is not there, or has no place for the seal.
        SealUnusable: The seal cannot be opened.
        FontMissing: No Chinese font is installed.
    """
    values = {
        "notice": content,
        "plan_qr": qr_data_uri(content.plan_url),
        "verify_qr": qr_data_uri(content.verify_url),
    }
    return _sealed(folder / NOTICE, values, seal, "一次性告知", at)


def receipt(
    content: Receipt, image: bytes | None, folder: Path, seal: SealFile, at: datetime
) -> SealedPdf:
    """Make the sealed receipt of a signature; raises what `notice` does."""
    drawn = "data:image/png;base64," + base64.b64encode(image).decode() if image else ""
    values = {
        "receipt": content,
        "signature_image": drawn,
        "verify_qr": qr_data_uri(content.verify_url),
    }
    return _sealed(folder / RECEIPT, values, seal, "签署回执", at)


def policy_package(content: PackagePage, folder: Path) -> bytes:
    """Make the package of policies as PDF/UA, without a seal: verdicts are no official paper.

    Raises:
        BadTemplate: The template uses something that is not there.
        FontMissing: No Chinese font is installed.
    """
    from bot.documents.pdf import html_to_pdf  # noqa: PLC0415 - see above

    values = {"package": content, "page_qr": qr_data_uri(content.url)}
    return html_to_pdf(folder / POLICY_PACKAGE, values).content


def word(paper: WordForm, folder: Path) -> bytes:
    """Fill in the single form; raises `BadTemplate`."""
    from bot.documents.word_form import fill_word_form  # noqa: PLC0415 - see above

    return fill_word_form(paper, folder)


def reading(content: bytes) -> SealReading:
    """Read the seal of a file that a stranger sent."""
    from bot.documents.seal_check import read_seal  # noqa: PLC0415 - see above

    return read_seal(content)


def is_drawing(image: bytes) -> bool:
    """Tell whether a PNG is a picture of sane size with something drawn on it."""
    from bot.documents.drawing import is_drawn  # noqa: PLC0415 - see above

    return is_drawn(image)


def _sealed(
    template: Path, values: dict[str, object], file: SealFile, reason: str, at: datetime
) -> SealedPdf:
    try:
        from bot.documents.pdf import SEAL_ANCHOR, html_to_pdf  # noqa: PLC0415 - see above
        from bot.documents.seal import open_seal, seal_pdf  # noqa: PLC0415 - see above
    except OSError as error:  # WeasyPrint opens Pango when it is imported
        raise FontMissing(f"缺少排版库 Pango (no Pango): {error}") from error

    opened = open_seal(file)
    page = html_to_pdf(template, values)
    if page.seal_place is None:
        problem = TemplateProblem(template.name, 0, f"没有盖章的位置（id=“{SEAL_ANCHOR}”）")
        raise BadTemplate([problem])
    content = seal_pdf(
        page.content,
        page.seal_place,
        opened,
        template=template.with_name(SEAL_ART),
        reason=reason,
        at=at,
    )
    return SealedPdf(content, opened.seal)
