"""Engines that several machines need, started on free ports of loopback: Redis and nginx."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import free_port

UP_WITHIN_S = 60.0

NGINX = """{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/xiaoer.conf;
}}
"""


def find_nginx() -> str | None:
    """Return the program, None on a machine without it."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Run a throw-away Redis; yields its address."""
    program = shutil.which("redis-server")
    assert program is not None, "no Redis server on this machine: install Debian's redis-server"
    port = free_port()
    with running(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        folder / "redis.log",
    ):
        wait_for_port(port)
        yield f"redis://127.0.0.1:{port}"


def write_nginx(folder: Path, configuration: str) -> list[str]:
    """Write what nginx needs into `folder`; returns the command that runs it in the foreground."""
    program = find_nginx()
    assert program is not None, "no nginx on this machine: install Debian's nginx-light"
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "xiaoer.conf").write_text(configuration, encoding="utf-8")
    (folder / "nginx.conf").write_text(NGINX.format(user=user, folder=folder), encoding="utf-8")
    return [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]


@contextmanager
def running(command: list[str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a process for the length of the block."""
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_port(port: int, within_s: float = UP_WITHIN_S) -> None:
    """Return once somebody listens there."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on port {port}")
