"""The chat page's two connections without a browser: one that sends, one that waits for news."""

import http.client
import json
import queue
import threading
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

WAIT_S = 25
PATIENCE_S = 60.0
PERSON = "applicant"


@dataclass(frozen=True)
class Spoken:
    """Moments of one message, in seconds of `time.perf_counter`.

    Attributes:
        sent_at: The last byte of the message had gone to the hub.
        taken_at: The hub had acknowledged it.
        read_at: The last byte of the answer had come.
        texts: What was answered.
    """

    sent_at: float
    taken_at: float
    read_at: float
    texts: list[str] = field(default_factory=list)


class ChatPage:
    """One conversation as the page holds it: a call that waits for news is always open.

    Args:
        url: Address of the hub.
        every_s: Ask for news once in so many seconds instead, as a page without long polls would.
    """

    def __init__(self, url: str, every_s: float = 0.0) -> None:
        self._host = urlsplit(url).netloc
        self._every_s = every_s
        self._sends = http.client.HTTPConnection(self._host, timeout=PATIENCE_S)
        opened = self._call(self._sends, "POST", "/api/chat/conversations")
        self._headers = {
            "Authorization": f"Bearer {opened['token']}",
            "Content-Type": "application/json",
        }
        self._news: queue.SimpleQueue[tuple[float, dict[str, Any]]] = queue.SimpleQueue()
        self._is_over = False
        threading.Thread(target=self._watch, daemon=True).start()

    def say(self, text: str) -> Spoken:
        """Send a message and wait for its whole answer."""
        body = json.dumps({"text": text, "client_id": uuid.uuid4().hex})
        self._sends.request("POST", "/api/chat/messages", body.encode(), self._headers)
        sent_at = time.perf_counter()
        answer = self._sends.getresponse()
        taken = json.loads(answer.read())
        taken_at = time.perf_counter()
        while True:
            read_at, page = self._news.get(timeout=PATIENCE_S)
            lines = [line for line in page["messages"] if line["id"] > taken["message_id"]]
            texts = [line["text"] for line in lines if line["author"] != PERSON]
            if texts and not page["busy"]:
                return Spoken(sent_at, taken_at, read_at, texts)

    def close(self) -> None:
        """Leave; what waits ends by itself."""
        self._is_over = True
        self._sends.close()

    def _watch(self) -> None:
        with suppress(OSError, http.client.HTTPException):  # the hub ends before the page
            self._fetch()

    def _fetch(self) -> None:
        line = http.client.HTTPConnection(self._host, timeout=PATIENCE_S)
        after, wait = 0, 0 if self._every_s else WAIT_S
        while not self._is_over:
            address = f"/api/chat/messages?after={after}&wait={wait}"
            line.request("GET", address, headers=self._headers)
            answer = line.getresponse()
            raw = answer.read()
            if answer.status != http.client.OK:
                return
            read_at = time.perf_counter()
            page = json.loads(raw)
            after = max([after, *(one["id"] for one in page["messages"])])
            self._news.put((read_at, page))
            time.sleep(self._every_s)
        line.close()

    def _call(self, line: http.client.HTTPConnection, method: str, path: str) -> Any:
        line.request(method, path)
        return json.loads(line.getresponse().read())
