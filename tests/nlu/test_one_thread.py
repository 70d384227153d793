"""The matrix library is asked for one thread, and an operator's own wish stands."""

from bot.nlu import one_thread


def test_one_thread_is_asked_for_unless_somebody_has_asked_for_more() -> None:
    environ: dict[str, str] = {}
    one_thread.use(environ)
    assert environ == {one_thread.SETTING: "1"}

    wished = {one_thread.SETTING: "4"}
    one_thread.use(wished)
    assert wished == {one_thread.SETTING: "4"}
