import httpx

from bot.operations.readiness import Readiness, http_probe, local_address
from bot.settings import Settings


def answer(status: int, **parts: bool) -> httpx.Response:
    described = {name: {"ok": is_there, "detail": ""} for name, is_there in parts.items()}
    return httpx.Response(status, json={"ready": status == 200, "parts": described})


def look(answer: httpx.Response) -> Readiness:
    return http_probe("http://hub", httpx.MockTransport(lambda _request: answer))()


def test_a_hub_that_does_not_answer_is_not_alive() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    state = http_probe("http://hub", httpx.MockTransport(refuse))()
    assert state == Readiness(is_alive=False, is_ready=False, missing="hub")


def test_parts_that_are_not_there_are_named() -> None:
    state = look(answer(503, database=True, rasa=False))
    assert state == Readiness(is_alive=True, is_ready=False, missing="rasa")


def test_a_complete_application_is_ready() -> None:
    state = look(answer(200, database=True, rasa=True))
    assert state == Readiness(is_alive=True, is_ready=True, missing="")


def test_a_stranger_on_the_port_is_not_ready() -> None:
    state = look(httpx.Response(404, text="<html>"))
    assert not state.is_ready


def test_a_hub_on_every_interface_is_asked_on_loopback() -> None:
    everywhere = Settings(host="0.0.0.0", port=8123)  # noqa: S104 - nothing is bound
    assert local_address(everywhere) == "http://127.0.0.1:8123"
    assert local_address(Settings(host="127.0.0.1", port=8123)) == "http://127.0.0.1:8123"
