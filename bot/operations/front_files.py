"""Writes nginx's configuration for each way to deploy: `python -m bot.operations.front_files`."""

from pathlib import Path
from types import MappingProxyType

from bot.operations.front import Front, render
from bot.settings import ROOT

FOLDER = ROOT / "deploy"

CLUSTER = "xiaoer.svc.cluster.local"
"""nginx's resolver completes no names."""

FRONTS = MappingProxyType(
    {
        "nginx/compose.conf": Front(
            hubs=["172.30.0.21:8000", "172.30.0.22:8000"],
            rasas=["172.30.0.31:5005", "172.30.0.32:5005"],
            actions=["172.30.0.41:5055", "172.30.0.42:5055"],
            listen="443 ssl",
            rasa_listen="172.30.0.10:5005",
            actions_listen="172.30.0.10:5055",
            certificate=("/run/secrets/tls_certificate", "/run/secrets/tls_key"),
        ),
        "nginx/systemd.conf": Front(
            hubs=["127.0.0.1:8001", "127.0.0.1:8002"],
            rasas=["127.0.0.1:5005", "127.0.0.1:5006"],
            actions=["127.0.0.1:5055", "127.0.0.1:5056"],
            listen="443 ssl",
            rasa_listen="127.0.0.1:6005",
            actions_listen="127.0.0.1:6055",
            certificate=("/etc/xiaoer/tls/certificate.pem", "/etc/xiaoer/tls/key.pem"),
        ),
        # the cluster ends TLS in its ingress; pods come and go, so names are asked again
        "kustomize/nginx.conf": Front(
            hubs=[f"hub.{CLUSTER}:8000"],
            rasas=[f"rasa-0.rasa.{CLUSTER}:5005", f"rasa-1.rasa.{CLUSTER}:5005"],
            actions=[f"actions.{CLUSTER}:5055"],
            resolver="kube-dns.kube-system.svc.cluster.local",
        ),
    }
)
"""Files under `deploy/` and what stands behind nginx there."""


def write(folder: Path = FOLDER) -> None:
    """Write every file."""
    for name, front in FRONTS.items():
        (folder / name).write_text(render(front), encoding="utf-8")


if __name__ == "__main__":
    write()
