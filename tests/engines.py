"""Engines that several machines need, started on free ports of loopback: Redis and nginx."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.operations.ports_free import free_port

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


@contextmanager
def rabbitmq_server(folder: Path) -> Iterator["Rabbitmq"]:
    """Run a throw-away RabbitMQ; can be stopped and started within the block."""
    server = Rabbitmq(folder, free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()


def find_rabbitmq() -> Path | None:
    """Return the server's own script, None on a machine without it."""
    found = sorted(Path("/usr/lib/rabbitmq").glob("lib/*/sbin/rabbitmq-server"))
    return found[-1] if found else None


class Rabbitmq:
    """One RabbitMQ on loopback, without a port for other nodes."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder, self._port = folder, port
        self.url = f"amqp://guest:guest@127.0.0.1:{port}/%2F"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and return once it takes connections."""
        program = find_rabbitmq()
        assert program is not None, "no RabbitMQ on this machine: install Debian's rabbitmq-server"
        distribution, node = free_port(), f"xiaoer{self._port}@localhost"
        environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),  # of the cookie
            "RABBITMQ_NODENAME": node,
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self._port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": str(self._folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self._folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "plugins"),
            "RABBITMQ_PID_FILE": str(self._folder / "pid"),
            "RABBITMQ_CONF_ENV_FILE": str(self._folder / "none"),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none",
        }
        (self._folder / "plugins").write_text("[].\n")
        with (self._folder / "out").open("ab") as output:
            self._process = subprocess.Popen(
                [program], env=environ, stdout=output, stderr=output, start_new_session=True
            )
        wait_for_port(self._port, 120.0)

    def stop(self) -> None:
        """Kill it, with what it started."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
