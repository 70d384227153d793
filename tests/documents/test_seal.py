import io
import os
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from pypdf import PdfReader, PdfWriter

from bot.documents.jobs import SealedPdf, notice
from bot.documents.seal import open_seal
from bot.documents.seal_art import art_of
from bot.documents.seal_certificate import make_test_seal
from bot.documents.seal_check import read_seal
from bot.documents.seal_file import SealFile, SealUnusable, find_seal
from bot.documents.templates import BadTemplate
from bot.documents.verdicts import FoundSeal, SealReading, Verdict, judge_file
from bot.domain.issued import IssuedDocument, PaperKind, Seal, fingerprint
from tests.documents.test_notice import elements
from tests.paper_factories import DOCUMENTS, NUMBER, hot_pot, notice_of
from tests.service_factories import NOW


@cache
def state() -> Path:
    return Path(mkdtemp())


@cache
def sealed() -> SealedPdf:
    return notice(notice_of(hot_pot()), DOCUMENTS, make_test_seal(state(), NOW), NOW)


def found(content: bytes) -> FoundSeal:
    reading = read_seal(content)
    assert reading.found is not None
    return reading.found


def test_a_sealed_notice_is_whole_and_says_whose_seal_it_bears() -> None:
    seal = found(sealed().content)
    assert seal.is_untouched
    assert seal.seal == sealed().seal
    assert seal.seal.is_test
    assert seal.seal.subject == "小二测试印章"


def edited(content: bytes) -> bytes:
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    writer.add_metadata({"/Title": "另一份告知单"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rewritten(content: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.pages[0].rotate(180)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flipped(content: bytes) -> bytes:
    place = content.index(b"stream") + 200
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize("change", [edited, rewritten, flipped, lambda c: c + b"\n"])
def test_any_change_after_sealing_is_found(change: object) -> None:
    assert callable(change)
    assert not found(change(sealed().content)).is_untouched


def test_a_pdf_without_a_seal_has_none() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    assert read_seal(out.getvalue()) == SealReading(is_pdf=True, found=None)


@pytest.mark.parametrize(
    "junk",
    [b"", b"hello", b"%PDF-1.7\n%%EOF", b"PK\x03\x04", os.urandom(3000)],
    ids=["nothing", "words", "the ends of a PDF", "the start of a zip", "noise"],
)
def test_what_is_no_pdf_is_said_to_be_none(junk: bytes) -> None:
    assert read_seal(junk) == SealReading(is_pdf=False, found=None)


def test_the_start_of_a_sealed_file_is_no_whole_pdf() -> None:
    assert not read_seal(sealed().content[:-2000]).is_pdf


def test_the_seal_is_seen_on_the_page_and_told_to_who_cannot_see_it() -> None:
    reader = PdfReader(io.BytesIO(sealed().content))
    widgets = [
        annotation.get_object()
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object().get("/FT") == "/Sig"
    ]
    (widget,) = widgets
    left, bottom, right, top = map(float, widget["/Rect"])
    assert right - left > 100
    assert top - bottom > 100
    assert "小二测试印章" in str(widget["/TU"])
    forms = [
        e for e in elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
        if e.get("/S") == "/Form"
    ]  # fmt: skip
    assert len(forms) == 1


def test_the_fields_of_the_seal_stand_in_the_tree_of_tags() -> None:
    root = PdfReader(io.BytesIO(sealed().content)).trailer["/Root"]["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    keys = [int(numbers[at]) for at in range(0, len(numbers), 2)]
    assert keys == sorted(set(keys))


def test_the_ring_holds_every_character_of_a_long_name() -> None:
    name = "聊城市行政审批服务局电子证照专用章测试"
    art = art_of(Seal(name, "0" * 64, is_test=False), NOW)
    assert "".join(glyph.text for glyph in art.ring) == name
    angles = [glyph.angle for glyph in art.ring]
    assert max(angles) <= 130
    assert sum(angles) == pytest.approx(0, abs=0.1)


def test_the_test_seal_is_its_owners_only_and_made_once(tmp_path: Path) -> None:
    first = make_test_seal(tmp_path, NOW)
    second = make_test_seal(tmp_path, NOW + timedelta(days=1))
    assert open_seal(first).seal == open_seal(second).seal
    for file in (tmp_path / "seal").iterdir():
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_citys_own_seal_wins_over_the_test_seal(tmp_path: Path) -> None:
    make_test_seal(tmp_path, NOW)
    own = tmp_path / "city.p12"
    assert find_seal(tmp_path, str(own), "secret") == SealFile(own, "secret")


def test_a_missing_seal_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(SealUnusable, match="xiaoer seal init"):
        open_seal(find_seal(tmp_path, "", ""))


def test_a_wrong_password_names_the_setting(tmp_path: Path) -> None:
    file = make_test_seal(tmp_path, NOW)
    with pytest.raises(SealUnusable, match="XIAOER_SEAL_PASSWORD"):
        open_seal(SealFile(file.path, "wrong"))


def test_a_template_without_a_place_for_the_seal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_text('<html lang="zh"><p>x</p></html>', encoding="utf-8")
    with pytest.raises(BadTemplate, match="没有盖章的位置"):
        notice(notice_of(hot_pot()), tmp_path, make_test_seal(state(), NOW), NOW)


def document(*, is_test: bool = True, is_sealed: bool = True) -> IssuedDocument:
    seal = Seal("章", "0" * 64, is_test) if is_sealed else None
    content = b"x"
    return IssuedDocument(
        NUMBER,
        PaperKind.NOTICE,
        1,
        "v",
        fingerprint(content),
        "application/pdf",
        seal,
        NOW,
        content,
    )


WHOLE = SealReading(is_pdf=True, found=FoundSeal(Seal("章", "0" * 64, True), True, NOW))
BROKEN = SealReading(is_pdf=True, found=FoundSeal(Seal("章", "0" * 64, True), False, NOW))


@pytest.mark.parametrize(
    ("kept", "reading", "is_ours", "verdict"),
    [
        (document(is_test=False), WHOLE, True, Verdict.VALID),
        (document(), WHOLE, True, Verdict.TEST),
        (document(is_sealed=False), SealReading(False, None), False, Verdict.UNSEALED),
        (None, BROKEN, True, Verdict.CHANGED),
        (None, WHOLE, True, Verdict.UNKNOWN),
        (None, WHOLE, False, Verdict.FOREIGN),
        (None, BROKEN, False, Verdict.FOREIGN),
        (None, SealReading(True, None), False, Verdict.NO_SEAL),
        (None, SealReading(False, None), False, Verdict.NOT_A_PDF),
    ],
)
def test_the_verdict_on_a_file(
    kept: IssuedDocument | None, reading: SealReading, is_ours: bool, verdict: Verdict
) -> None:
    assert judge_file(kept, reading, is_seal_ours=is_ours) is verdict
