"""Style rule 10: what fits on a screen can be understood."""

from statistics import median

from tests.quality.sources import functions, modules

LONGEST_MODULE = 500
P95_MODULE = 300
MEDIAN_MODULE = 100
LONGEST_FUNCTION = 50
MEDIAN_FUNCTION = 10
LONGEST_TEST_MODULE = 600
LONGEST_RUN_OF_AN_ACTION = 25


def test_no_module_is_too_long() -> None:
    lengths = {str(module.path): module.lines for module in modules("bot", "actions", "tools")}
    assert {path: n for path, n in lengths.items() if n > LONGEST_MODULE} == {}
    ordered = sorted(lengths.values())
    assert ordered[int(len(ordered) * 0.95)] <= P95_MODULE, sorted(
        lengths.items(), key=lambda pair: -pair[1]
    )[:10]


def test_most_modules_are_short() -> None:
    lengths = [module.lines for module in modules("bot", "actions", "tools")]
    assert median(lengths) <= MEDIAN_MODULE


def test_no_function_is_too_long() -> None:
    lengths = dict(pair for m in modules("bot", "actions", "tools") for pair in functions(m))
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_most_functions_are_short() -> None:
    lengths = [n for m in modules("bot", "actions", "tools") for _, n in functions(m)]
    assert median(lengths) <= MEDIAN_FUNCTION


def test_an_action_stays_thin() -> None:
    lengths = dict(pair for module in modules("actions") for pair in functions(module))
    runs = {name: n for name, n in lengths.items() if name.endswith(" run")}
    assert {name: n for name, n in runs.items() if n > LONGEST_RUN_OF_AN_ACTION} == {}


def test_test_modules_stay_readable() -> None:
    lengths = {str(module.path): module.lines for module in modules("tests")}
    assert {path: n for path, n in lengths.items() if n > LONGEST_TEST_MODULE} == {}
