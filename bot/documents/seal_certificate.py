"""Makes the test certificate of the seal, once a machine."""

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from bot.documents.seal_file import TEST_MARK, SealFile, seal_paths

TEST_HOLDER = f"小二{TEST_MARK}"
VALID_FOR = timedelta(days=3 * 365)


def make_test_seal(state_dir: Path, now: datetime) -> SealFile:
    """Make the test seal, readable by its owner only; one that is there already is kept."""
    path, kept = seal_paths(state_dir)
    if path.exists() and kept.exists():
        return SealFile(path, kept.read_text("utf-8").strip())
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    password = secrets.token_urlsafe(24)
    _write_private(kept, password.encode())
    _write_private(path, _self_signed(password, now))
    return SealFile(path, password)


def _self_signed(password: str, now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{TEST_MARK}（无法律效力）"),
            x509.NameAttribute(NameOID.COMMON_NAME, TEST_HOLDER),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(
        TEST_HOLDER.encode(), key, certificate, None, locked
    )


def _write_private(path: Path, content: bytes) -> None:
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    partial.replace(path)
