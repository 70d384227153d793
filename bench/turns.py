"""Measure turns through the whole stack: web API, hub, Rasa, actions, and back.

Usage: python -m bench.turns [--conversations 1 4]

Starts the product on free ports with an empty database, plays a mixed script (`DIALOGUES`) in one
and in several conversations at once, and prints median and 95th percentile of a turn, start-up
seconds, and the memory of each process. A turn lasts from sending a message until its answer is
read by long poll. Figures compare only at like load, so the load before the start is printed.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.operations.training import ensure_model
from bot.settings import ROOT
from tests.chat_client import Chat
from tests.stack import Stack, running_stack

DIALOGUES = (
    (
        *(
            "你好",
            "俺想在东昌府区开个火锅店",
            "个体户",
            "开饭店要交多少钱",
            "120平",
            "没有",
            "不知道",
        ),
        *("不知道", "要什么材料", "不知道", "谢谢"),
    ),
    (
        *("拿了块工业用地想盖厂房", "在高新区", "三层", "不知道", "施工许可证要多久", "不知道"),
        *("不知道", "不知道", "为什么问这个", "不知道", "不知道"),
    ),
    (
        *(
            "我要吹哨, 厂房通不上电",
            "聊城示例机械有限公司",
            "跳过",
            "开发区",
            "要身份证干嘛",
            "12345678",
        ),
        *("13800138000", "对，派单", "我的哨处理得怎么样了", "窗口那人态度太差了我要投诉", "不留"),
    ),
    (
        *("想约个帮办", "电话", "茌平", "2020年1月1号", "明天上午", "改成下周二", "算了不约了"),
        *("帮我查下办件进度 371500209912310001", "0000", "我要评价", "满意", "跳过"),
    ),
    (
        *(
            "食品经营许可要什么材料",
            "多久能办好",
            "要交多少钱",
            "在哪办",
            "能网上办吗",
            "依据是什么",
        ),
        *("有没有创业补贴的政策", "你们几点上班", "公章刻制多少钱", "你是真人吗", "😀😀"),
        *("帮我订张高铁票", "/restart", "没别的事了", "开个理发店呢", "算了", "再见"),
    ),
)
"""Each is a conversation of its own: more than 20 messages in 10 s would be slowed down."""

SETTLED_AFTER_S = 10.0
"""By then the worker for documents, a child of the hub, has started too."""


def play(url: str) -> list[float]:
    """Play all dialogues one after the other; returns the seconds of each turn."""
    seconds = []
    for dialogue in DIALOGUES:
        chat = Chat(url)
        for text in dialogue:
            began = time.perf_counter()
            chat.say(text)
            seconds.append(time.perf_counter() - began)
    return seconds


def memory_mb(leader: int, counted: str = "Rss") -> float:
    """Return the memory of a process and its children (its process group), in MB.

    Args:
        leader: Id of the process.
        counted: "Rss", or "Pss" in which a page that several processes share counts in part.
    """
    total_kb = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) != leader:
                continue
            status = (folder / "smaps_rollup").read_text()
        except OSError:  # it has ended meanwhile
            continue
        sizes = [line.split()[1] for line in status.splitlines() if line.startswith(f"{counted}:")]
        total_kb += sum(int(size) for size in sizes)
    return total_kb / 1024


def tell_memory(stack: Stack, when: str) -> None:
    """Print the memory of each process, its children with it, and of all."""
    pids = stack.supervisor.pids()
    for counted in ("Rss", "Pss"):
        sizes = {name: memory_mb(pid, counted) for name, pid in pids.items()}
        each = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())
        print(f"memory {when}, {counted}: {sum(sizes.values()):.0f} MB ({each})", flush=True)


def report(conversations: int, seconds: Sequence[float], elapsed_s: float) -> None:
    """Print one line of the table of turns."""
    p95 = statistics.quantiles(seconds, n=20)[-1]
    print(
        f"{conversations:>13} {len(seconds):>6} {statistics.median(seconds) * 1000:>9.0f}"
        f" {p95 * 1000:>7.0f} {max(seconds) * 1000:>8.0f} {len(seconds) / elapsed_s:>8.1f}"
    )


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, nargs="+", default=[1, 4])
    chosen: list[int] = parser.parse_args().conversations
    ensure_model(ROOT, ROOT / "var", lambda _: None)
    print(f"load before the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        print(f"from an empty database to ready: {time.monotonic() - began:.1f} s")
        time.sleep(SETTLED_AFTER_S)
        tell_memory(stack, "idle")
        play(stack.url)  # the first turns load what later ones find in memory
        print("conversations  turns median ms  p95 ms   max ms  turns/s")
        for conversations in chosen:
            began = time.monotonic()
            with ThreadPoolExecutor(conversations) as pool:
                played = list(pool.map(play, [stack.url] * conversations))
            report(conversations, [s for one in played for s in one], time.monotonic() - began)
        tell_memory(stack, "after the turns")


if __name__ == "__main__":
    main()
