"""What lies under `deploy/` can be used: it parses, nginx takes it, everything is pinned."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.operations.front import Front, render
from bot.operations.front_files import FRONTS, write
from bot.operations.serve import PARTS
from bot.settings import PREFIX, ROOT, Settings
from tests.engines import find_nginx, write_nginx

DEPLOY = ROOT / "deploy"
CERTIFICATE = re.compile(r"(ssl_certificate(?:_key)?) [^;]+;")
LISTEN = re.compile(r"listen (?:[\d.]+:)?\d+( ssl)?;")
NEW_NGINX = "kustomize/nginx.conf"
"""Asks for names again and again, which Debian 12's nginx cannot."""


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
    return found


def cluster() -> Iterator[dict[str, Any]]:
    for file in sorted((DEPLOY / "kustomize").glob("*.yml")):
        yield from yaml.safe_load_all(file.read_text(encoding="utf-8"))


def containers() -> Iterator[tuple[str, dict[str, Any]]]:
    for thing in cluster():
        template = thing.get("spec", {}).get("template", {})
        for one in template.get("spec", {}).get("containers", ()):
            yield f"{thing['kind']} {thing['metadata']['name']}", one


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=localhost", "-out", folder / "c.pem", "-keyout", folder / "k.pem"),
        ],
        check=True,
        capture_output=True,
    )
    return folder


def nginx_says(folder: Path, configuration: str) -> str:
    tested = subprocess.run(
        [*write_nginx(folder, configuration), "-t"], capture_output=True, text=True, check=False
    )
    return "" if tested.returncode == 0 else tested.stderr


@pytest.mark.parametrize("name", [name for name in FRONTS if name != NEW_NGINX])
def test_nginx_takes_the_configuration(name: str, tls: Path, tmp_path: Path) -> None:
    """Certificates and addresses of those machines are not here: others stand in for them."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    text = CERTIFICATE.sub(
        lambda found: f"{found[1]} {tls / ('k.pem' if 'key' in found[1] else 'c.pem')};", text
    )
    sockets = iter(range(9))
    text = LISTEN.sub(
        lambda found: f"listen unix:{tmp_path}/{next(sockets)}{found[1] or ''};", text
    )

    assert nginx_says(tmp_path, text) == ""


def test_nginx_refuses_what_is_wrong(tmp_path: Path) -> None:
    broken = render(Front(*[["127.0.0.1:9"]] * 3)).replace("keepalive 32;", "keep 32;")

    assert "keep" in nginx_says(tmp_path, broken)


def test_the_written_files_are_those_of_the_template(tmp_path: Path) -> None:
    for folder in ("nginx", "kustomize"):
        (tmp_path / folder).mkdir()
    write(tmp_path)

    for name in FRONTS:
        fresh = (tmp_path / name).read_text(encoding="utf-8")
        assert fresh == (DEPLOY / name).read_text(encoding="utf-8"), (
            f"{name} is old: python -m bot.operations.front_files"
        )


def test_a_conversation_is_kept_on_one_rasa_and_hubs_are_not_asked_for_their_inside() -> None:
    for name in FRONTS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        assert "hash $http_x_xiaoer_conversation consistent;" in text
        assert "location = /readyz" in text
        assert "X-Forwarded-For $remote_addr" in text, "a visitor's own header is believed"


def test_every_service_of_compose_is_pinned_limited_and_looked_after() -> None:
    for name, service in compose()["services"].items():
        assert is_pinned(service["image"]), name
        assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}, name
        assert "healthcheck" in service or service["restart"] == "no", name
        assert service["restart"] in {"unless-stopped", "no"}, name
        assert "environment" not in service or not bare_secrets(service["environment"]), name


def test_compose_gives_each_part_twice_and_nginx_knows_them_all() -> None:
    services = compose()["services"]
    nginx = (DEPLOY / "nginx" / "compose.conf").read_text(encoding="utf-8")

    for part in PARTS:
        copies = [service for service in services.values() if service.get("command") == [part]]
        assert len(copies) >= 2, part
        for copy in copies:
            address = copy["networks"]["inside"]["ipv4_address"] if part != "clock" else ""
            assert address in nginx


def test_secrets_of_compose_are_files_that_are_declared() -> None:
    whole = compose()

    for name, service in whole["services"].items():
        assert set(service.get("secrets", ())) <= set(whole["secrets"]), name
        for value in map(str, (service.get("environment") or {}).values()):
            if value.startswith("/run/secrets/"):
                assert value.rsplit("/", 1)[1] in service["secrets"], f"{name}: {value}"
    assert all(one["file"].startswith("./secrets/") for one in whole["secrets"].values())


def test_every_variable_under_deploy_is_a_setting() -> None:
    known = {PREFIX + name.upper() for name in Settings.__dataclass_fields__}
    known |= {f"{name}_FILE" for name in known} | {"XIAOER_VERSION"}

    for file in [one for one in DEPLOY.rglob("*") if one.is_file() and one.suffix != ".md"]:
        for variable in re.findall(r"XIAOER_[A-Z0-9_]+", file.read_text(encoding="utf-8")):
            assert variable in known, f"{file.name}: {variable}"


def test_every_container_of_the_cluster_is_pinned_limited_and_locked() -> None:
    tags = {one["name"]: one["newTag"] for one in kustomization()["images"]}
    for name, container in containers():
        image = container["image"]
        assert is_pinned(f"{image}:{tags[image]}" if image in tags else image), name
        assert container["resources"]["limits"].keys() == {"cpu", "memory"}, name
        assert container["securityContext"]["allowPrivilegeEscalation"] is False, name
        if not name.startswith("Job"):
            assert "livenessProbe" in container, name


def test_the_cluster_file_lists_every_other_file_and_they_fit_together() -> None:
    listed = set(kustomization()["resources"])
    files = {one.name for one in (DEPLOY / "kustomize").glob("*.yml")} - {"kustomization.yml"}
    labels = {
        thing["spec"]["template"]["metadata"]["labels"]["app"]
        for thing in cluster()
        if "template" in thing.get("spec", {})
    }

    assert listed == files
    for thing in cluster():
        if thing["kind"] == "Service":
            assert thing["spec"]["selector"]["app"] in labels, thing["metadata"]["name"]


def test_a_clock_and_a_hub_do_not_wait_for_rasa_to_be_called_alive() -> None:
    """With /readyz a Rasa that is away would take every hub out, and nobody got a word."""
    texts = [file.read_text(encoding="utf-8") for file in DEPLOY.rglob("*.yml")]

    assert not any("path: /readyz" in text or "8000/readyz" in text for text in texts)


@pytest.mark.parametrize("part", PARTS)
def test_a_unit_of_systemd_is_well_formed(part: str, tmp_path: Path) -> None:
    unit = f"xiaoer-{part}@.service"
    text = (DEPLOY / "systemd" / unit).read_text(encoding="utf-8")
    assert f"/bin/xiaoer serve {part}" in text
    assert "Restart=always" in text
    assert "MemoryMax=" in text

    verify = shutil.which("systemd-analyze")
    if verify is None:
        return  # the rest of the test stands without it
    (tmp_path / unit).write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text))
    (tmp_path / "xiaoer.target").write_bytes((DEPLOY / "systemd" / "xiaoer.target").read_bytes())
    checked = subprocess.run(
        [verify, "verify", tmp_path / unit.replace("@", "@1")],
        capture_output=True,
        text=True,
        check=False,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
    )
    assert unit not in checked.stderr, checked.stderr


def test_the_image_is_pinned_and_does_not_run_as_root() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")

    assert re.search(r"ARG PYTHON=3\.10\.\d+-", text)
    assert "--require-hashes" in text
    assert "USER 10001" in text
    assert find_nginx() is not None, "install Debian's nginx-light"


def test_the_container_file_copies_what_exists_and_leaves_nothing_behind() -> None:
    """What a linter of container files asks for, without a builder of images."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n\s*(?:#.*\n\s*)*", " ", text)
    lines = [line.split(None, 1) for line in joined.splitlines() if line and line[0] != "#"]
    known = {"ARG", "FROM", "WORKDIR", "ENV", "RUN", "COPY", "USER", "VOLUME", "STOPSIGNAL"}
    runs = [rest for name, rest in lines if name == "RUN"]
    copied = [rest.split() for name, rest in lines if name == "COPY" and "--from" not in rest]
    names = [name for name, _ in lines]

    assert set(names) <= {*known, "ENTRYPOINT"}
    assert [rest for name, rest in lines if name == "FROM" and ":${PYTHON}" not in rest] == []
    assert [one for one in copied if not (ROOT / one[0]).exists()] == []
    for part in ("--no-install-recommends", "rm -rf /var/lib/apt/lists/*"):
        assert [run for run in runs if "apt-get install" in run and part not in run] == []
    assert names.index("USER") > max(at for at, name in enumerate(names) if name == "RUN")
    assert [rest for name, rest in lines if name == "ENTRYPOINT" and rest[0] != "["] == []


def kustomization() -> dict[str, Any]:
    path = DEPLOY / "kustomize" / "kustomization.yml"
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def is_pinned(image: str) -> bool:
    tag = image.rpartition("/")[2].partition(":")[2]
    return tag not in {"", "latest"} and (tag[0].isdigit() or tag.startswith("${XIAOER_VERSION:?"))


def bare_secrets(environment: Mapping[str, object]) -> list[str]:
    words = ("PASSWORD", "TOKEN", "_KEY", "SECRET", "DATABASE_URL")
    return [
        name
        for name in environment
        if any(word in name for word in words) and not name.endswith("_FILE")
    ]
