"""Faults made on purpose, and what the doctor says of each."""

import json
import shutil
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import cli
from bot.operations.doctor_channels import check_webhooks
from bot.operations.doctor_parts import check_actions, check_rasa, check_redis
from bot.operations.doctor_trust import check_certificates, check_clock, check_secrets
from bot.operations.findings import Finding, Level
from bot.operations.ports_free import free_port
from bot.settings import ROOT, Settings
from tests.servers import ServerThread
from tests.telegram_api import TOKEN, FakeBotApi

NOW = datetime(2026, 11, 26, 8, 30, tzinfo=timezone.utc)


def certificate(folder: Path, ends: datetime) -> tuple[Path, Path]:
    """Make a certificate of localhost that vouches for itself; returns it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=timezone.utc))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kind = serialization
    (folder / "c.pem").write_bytes(made.public_bytes(kind.Encoding.PEM))
    (folder / "k.pem").write_bytes(
        key.private_bytes(kind.Encoding.PEM, kind.PrivateFormat.PKCS8, kind.NoEncryption())
    )
    return folder / "c.pem", folder / "k.pem"


@contextmanager
def tls_server(folder: Path, ends: datetime) -> Iterator[str]:
    """Serve TLS on loopback until the end of the block; yields the address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(folder, ends))

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            try:
                context.wrap_socket(line, server_side=True).close()
            except OSError:
                line.close()

    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=serve, args=(listener,))
    thread.start()
    try:
        yield f"https://localhost:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def test_five_faults_at_once_are_each_named_with_their_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # 1: a catalogue with a slip, 2: secrets that all can read, 3: a Redis that is not there,
    # 4: a database that is not there, 5: a channel that nobody outside can reach
    data = tmp_path / "data"
    data.mkdir()
    for name in ("calendar", "documents", "forms"):
        (data / name).symlink_to(ROOT / "data" / name)
    shutil.copytree(ROOT / "data" / "catalogue", data / "catalogue")
    next((data / "catalogue").rglob("*.yml")).write_text("nonsense: [", encoding="utf-8")
    (tmp_path / "secrets.env").write_text("XIAOER_RASA_TOKEN=read-by-everybody\n")
    (tmp_path / "secrets.env").chmod(0o644)
    nobody = free_port()
    chosen = {
        "STATE_DIR": tmp_path,
        "DATA_DIR": data,
        "REDIS_URL": f"redis://127.0.0.1:{nobody}/0",
        "DATABASE_URL": f"postgresql+psycopg2://x:hush@127.0.0.1:{nobody}/x",
        "PORT": free_port(),
        "RASA_URL": f"http://127.0.0.1:{nobody}",
        "ACTIONS_URL": f"http://127.0.0.1:{nobody}",
        "WECHAT_APP_ID": "wx0000000000000001",
        "WECHAT_APP_SECRET": "0123456789abcdef0123456789abcdef",
        "WECHAT_TOKEN": "a-token-of-ours",
    }
    for name, value in chosen.items():
        monkeypatch.setenv(f"XIAOER_{name}", str(value))

    code = cli.main(["doctor", "--json"])

    written = capsys.readouterr().out
    bad = {one["topic"]: one for one in json.loads(written) if one["level"] != "ok"}
    assert code == 1
    assert {"catalogue", "secrets", "redis", "database", "wechat"} <= set(bad)
    assert [one for one in bad.values() if not one["remedy"]] == []
    assert "hush" not in written


def test_the_lines_for_people_show_the_remedy_under_the_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def found(*_: object) -> Iterator[Finding]:
        yield Finding("redis", Level.WARN, "没有答复", "启动 Redis")

    monkeypatch.setattr(cli, "examine", found)
    assert cli.main(["doctor"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "! redis      没有答复",
        "             → 启动 Redis",
    ]


def test_a_rasa_that_does_not_know_our_token_is_found(tmp_path: Path) -> None:
    async def status(request: Request) -> Response:
        is_ours = request.query_params.get("token") == "the-right-token"
        return JSONResponse({"model_file": "models/old.tar.gz"}, 200 if is_ours else 401)

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"}, 500)

    server = ServerThread(Starlette(routes=[Route("/status", status), Route("/health", health)]))
    server.start()
    try:
        settings = Settings(
            rasa_url=server.url, actions_url=server.url, state_dir=tmp_path, rasa_token="wrong"
        )
        (refused,) = check_rasa(settings, ROOT, NOW)
        (sick,) = check_actions(settings, ROOT, NOW)
        (tmp_path / "secrets.env").write_text("XIAOER_RASA_TOKEN=the-right-token\n")
        kept = Settings(rasa_url=server.url, state_dir=tmp_path)
        (other_model,) = check_rasa(kept, ROOT, NOW)
    finally:
        server.stop()

    assert [refused.level, sick.level, other_model.level] == [Level.FAIL, Level.FAIL, Level.WARN]
    assert "XIAOER_RASA_TOKEN" in refused.remedy
    assert "old.tar.gz" in other_model.text


def test_without_redis_nothing_is_said_of_it(tmp_path: Path) -> None:
    assert list(check_redis(Settings(), tmp_path, NOW)) == []


@pytest.mark.parametrize(("days", "level"), [(90, Level.OK), (20, Level.WARN), (-2, Level.FAIL)])
def test_a_certificate_is_looked_at_before_it_ends(
    days: int, level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(timezone.utc)  # noqa: TID251 - TLS itself looks at the real clock
    with tls_server(tmp_path, now + timedelta(days=days, hours=1)) as url:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "c.pem"))
        (found,) = check_certificates(Settings(public_url=url), tmp_path, now)
    assert found.level is level
    assert bool(found.remedy) is (level is not Level.OK)


def test_a_certificate_that_cannot_be_fetched_is_a_warning(tmp_path: Path) -> None:
    settings = Settings(public_url=f"https://localhost:{free_port()}")
    (found,) = check_certificates(settings, tmp_path, NOW)
    assert found.level is Level.WARN


def test_weak_and_open_secrets_are_named_without_their_value(tmp_path: Path) -> None:
    settings = Settings(
        state_dir=tmp_path,
        audit_key="hunter2",
        public_url="https://x.example",
        secure_cookies=False,
    )
    (tmp_path / ".env").write_text("XIAOER_AUDIT_KEY=hunter2\n")
    (tmp_path / ".env").chmod(0o640)
    found = list(check_secrets(settings, tmp_path, NOW))
    assert {one.level for one in found} == {Level.FAIL}
    assert len(found) == 3
    assert "hunter2" not in str(found)


def test_a_clock_that_stands_before_the_program_was_made_is_found(tmp_path: Path) -> None:
    (found,) = check_clock(Settings(), tmp_path, datetime(1999, 1, 1, tzinfo=timezone.utc))
    assert found.level is Level.FAIL


def test_a_webhook_that_is_registered_elsewhere_is_found(bot_api: FakeBotApi) -> None:
    settings = Settings(
        telegram_token=TOKEN,
        telegram_secret="a-secret",
        telegram_mode="webhook",
        telegram_api_url=bot_api.url,
        public_url="https://xiaoer.example",
    )
    address, missing = list(check_webhooks(settings, ROOT, NOW))
    assert (address.level, missing.level) == (Level.OK, Level.FAIL)
    assert missing.remedy == "xiaoer telegram webhook set"


def test_a_channel_with_a_bad_setting_is_found_before_it_starts() -> None:
    (found,) = check_webhooks(Settings(telegram_token="no token"), ROOT, NOW)
    assert found.level is Level.FAIL
    assert "no token" not in found.text
