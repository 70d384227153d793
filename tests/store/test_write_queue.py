import threading

import pytest

from bot.store.write_queue import WriteQueue


def queue_up(queue: WriteQueue, names: list[str], gone: list[str]) -> list[threading.Thread]:
    """Start a thread for each name, each asking after the one before it waits."""
    threads = []
    for name in names:
        asks = threading.Event()

        def take(name: str = name, asks: threading.Event = asks) -> None:
            asks.set()
            with queue.turn():
                gone.append(name)

        before = queue.waiting
        threads.append(threading.Thread(target=take))
        threads[-1].start()
        asks.wait()
        while queue.waiting == before:
            pass
    return threads


def test_writers_come_in_the_order_in_which_they_asked() -> None:
    queue, gone, names = WriteQueue(patience_s=60), [], [f"writer {n}" for n in range(20)]
    with queue.turn():
        threads = queue_up(queue, names, gone)
        assert gone == []
    for thread in threads:
        thread.join()

    assert gone == names
    assert queue.waiting == 0


def test_who_waited_too_long_goes_on_and_takes_nobody_s_turn() -> None:
    queue, gone = WriteQueue(patience_s=0.01), []
    with queue.turn():
        for thread in queue_up(queue, ["impatient"], gone):
            thread.join()
        assert gone == ["impatient"]
        assert queue.waiting == 0
    with queue.turn():
        gone.append("next")

    assert gone == ["impatient", "next"]


def test_an_error_in_a_turn_lets_the_next_one_in() -> None:
    queue = WriteQueue(patience_s=60)
    with pytest.raises(RuntimeError), queue.turn():
        raise RuntimeError
    with queue.turn():
        assert queue.waiting == 0
