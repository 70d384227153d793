"""The configuration of nginx in front of several hubs, Rasa and action servers.

    python -m bot.operations.front --hubs h1:8000,h2:8000 --rasas r1:5005 --actions a1:5055

One template, `deploy/nginx/xiaoer.conf.template`, for every way to deploy and for the scale test.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT

TEMPLATE = ROOT / "deploy" / "nginx" / "xiaoer.conf.template"
OUT_FOR_S = 5
"""How long a server that took no connection is left out."""


@dataclass(frozen=True)
class Front:
    """What stands behind nginx, and where nginx listens.

    Attributes:
        hubs: "host:port" of each, as for `rasas` and `actions`.
        listen: Address for people, such as "443 ssl" or "127.0.0.1:8080".
        rasa_listen: Address for hubs that ask Rasa; never open to the world.
        actions_listen: Address for Rasa that calls actions; likewise.
        certificate: Files of certificate and key; None without TLS.
        resolver: Name server that nginx asks again and again, where addresses change (nginx 1.27.3
            and newer); empty to ask once, at its start.
        name: Prefix of the upstreams, when one nginx serves several.
    """

    hubs: Sequence[str]
    rasas: Sequence[str]
    actions: Sequence[str]
    listen: str = "8080"
    rasa_listen: str = "5005"
    actions_listen: str = "5055"
    certificate: tuple[str, str] | None = None
    resolver: str = ""
    name: str = "xiaoer"


def render(front: Front, template: Path = TEMPLATE) -> str:
    """Return the configuration, for nginx's http context."""
    lines = [f"    listen {front.listen};"]
    if front.certificate is not None:
        certificate, key = front.certificate
        lines += [
            f"    ssl_certificate {certificate};",
            f"    ssl_certificate_key {key};",
            "    ssl_protocols TLSv1.2 TLSv1.3;",
        ]
    return template.read_text(encoding="utf-8").format(
        name=front.name,
        hubs=_servers(front, front.hubs),
        rasas=_servers(front, front.rasas),
        actions=_servers(front, front.actions),
        resolver=f"resolver {front.resolver} valid=5s;\n" if front.resolver else "",
        front="\n".join(lines),
        rasa_listen=front.rasa_listen,
        actions_listen=front.actions_listen,
    )


def _servers(front: Front, addresses: Sequence[str]) -> str:
    again = " resolve" if front.resolver else ""
    return "\n".join(
        f"    server {address} max_fails=1 fail_timeout={OUT_FOR_S}s{again};"
        for address in addresses
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the configuration to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for part in ("hubs", "rasas", "actions"):
        parser.add_argument(f"--{part}", required=True, help="host:port, with commas between")
    parser.add_argument("--listen", default=Front.listen)
    parser.add_argument("--rasa-listen", default=Front.rasa_listen)
    parser.add_argument("--actions-listen", default=Front.actions_listen)
    parser.add_argument("--resolver", default="")
    parser.add_argument("--certificate", nargs=2, metavar=("CERTIFICATE", "KEY"))
    asked = parser.parse_args(arguments)
    front = Front(
        asked.hubs.split(","),
        asked.rasas.split(","),
        asked.actions.split(","),
        listen=asked.listen,
        rasa_listen=asked.rasa_listen,
        actions_listen=asked.actions_listen,
        resolver=asked.resolver,
        certificate=tuple(asked.certificate) if asked.certificate else None,
    )
    sys.stdout.write(render(front))


if __name__ == "__main__":
    main()
