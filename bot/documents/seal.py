"""The electronic seal: a signature over the whole PDF with a round red appearance (PAdES)."""

import io
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp.static import StaticStampStyle

from bot.documents.pdf import Place, html_to_pdf
from bot.documents.seal_art import art_of
from bot.documents.seal_file import SealFile, SealUnusable, holder_of
from bot.domain.issued import Seal

FIELD = "Seal"


@dataclass(frozen=True)
class OpenSeal:
    """A seal ready to be used; `valid_until` is aware."""

    seal: Seal
    valid_until: datetime
    signer: signers.SimpleSigner = field(repr=False)


def open_seal(file: SealFile) -> OpenSeal:
    """Open a PKCS#12 file.

    Raises:
        SealUnusable: It is missing, or its password is wrong, or it holds no key.
    """
    if not file.path.exists():
        raise SealUnusable(f"没有印章文件 (no seal): {file.path}; 请运行 xiaoer seal init")
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(
            file.path.read_bytes(), other_certs=[], passphrase=file.password.encode()
        )
    except ValueError as error:
        raise SealUnusable(
            f"打不开印章文件 (cannot open the seal): {file.path}; 请检查 XIAOER_SEAL_PASSWORD"
        ) from error
    certificate = signer.signing_cert
    if certificate is None or signer.signing_key is None:
        raise SealUnusable(f"印章文件里没有证书和私钥 (no key in the seal): {file.path}")
    subject, is_test = holder_of(certificate)
    seal = Seal(subject, certificate.sha256.hex(), is_test)
    return OpenSeal(seal, certificate.not_valid_after, signer)


def seal_pdf(
    content: bytes, place: Place, opened: OpenSeal, *, template: Path, reason: str, at: datetime
) -> bytes:
    """Return the PDF with the seal on it; any change after that breaks the seal.

    Args:
        content: A tagged PDF.
        place: Where the appearance goes.
        opened: The seal.
        template: HTML of the appearance.
        reason: Why it was sealed, kept in the signature.
        at: Day written on the appearance.
    """
    art = html_to_pdf(template, {"seal": art_of(opened.seal, at)}, is_tagged=False).content
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    fields.append_signature_field(
        writer,
        fields.SigFieldSpec(
            FIELD,
            on_page=place.page,
            box=place.box,
            readable_field_name=f"电子印章：{opened.seal.subject}",
        ),
    )
    _tag_widget(writer, place.page, f"电子印章：{opened.seal.subject}")
    with NamedTemporaryFile(suffix=".pdf") as file:  # pyHanko opens it by name
        file.write(art)
        file.flush()
        signed = signers.PdfSigner(
            _metadata(opened.seal, reason),
            signer=opened.signer,
            stamp_style=_appearance(file.name),
        ).sign_pdf(writer)
    assert isinstance(signed, io.BytesIO)
    return signed.getvalue()


def _metadata(seal: Seal, reason: str) -> signers.PdfSignatureMetadata:
    return signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        name=seal.subject,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )


def _appearance(file_name: str) -> StaticStampStyle:
    middle = layout.AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        background=ImportedPdfPage(file_name),
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=middle, y_align=middle, margins=layout.Margins.uniform(0)
        ),
        background_opacity=0.9,
        border_width=0,
    )


def _tag_widget(writer: IncrementalPdfFileWriter, page_number: int, text: str) -> None:
    """Hang the field of the seal into the tree of tags, as PDF/UA-1 wants of every field.

    Source: ISO 14289-1, 7.18.4 (widgets are nested in a Form tag).
    """
    page_reference, _ = writer.find_page_for_modification(page_number)
    page = page_reference.get_object()
    widget = page["/Annots"][-1]
    tree = writer.root["/StructTreeRoot"]
    document = tree.raw_get("/K")[0]
    numbers = tree["/ParentTree"]["/Nums"]
    key = max(int(numbers[at]) for at in range(0, len(numbers), 2)) + 1
    form = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): document,
                pdf_name("/Pg"): page_reference,
                pdf_name("/Alt"): generic.TextStringObject(text),
                pdf_name("/K"): generic.DictionaryObject(
                    {
                        pdf_name("/Type"): pdf_name("/OBJR"),
                        pdf_name("/Obj"): page["/Annots"].raw_get(-1),
                        pdf_name("/Pg"): page_reference,
                    }
                ),
            }
        )
    )
    document.get_object()["/K"].append(form)
    numbers.extend([generic.NumberObject(key), form])
    widget[pdf_name("/StructParent")] = generic.NumberObject(key)
    page[pdf_name("/Tabs")] = pdf_name("/S")
    for changed in (document.get_object(), tree["/ParentTree"], widget, page):
        writer.update_container(changed)
