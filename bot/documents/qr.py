"""QR codes as drawings that stay sharp on paper."""

import base64
import io

import segno

QUIET_ZONE = 4
"""White modules around the code. Source: ISO/IEC 18004, 5.3.8."""


def qr_svg(text: str) -> bytes:
    """Return a QR code as SVG; a quarter of it may be lost or stained (level Q)."""
    out = io.BytesIO()
    segno.make(text, error="q", micro=False).save(
        out, kind="svg", border=QUIET_ZONE, scale=4, xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue()


def qr_data_uri(text: str) -> str:
    """Return the same as an address for an `img` element."""
    return "data:image/svg+xml;base64," + base64.b64encode(qr_svg(text)).decode()
