"""Runs the trained graph in its own order, one component after the other.

Stock Rasa hands a handful of quick components to dask, which plans, submits and collects them
anew for every message and every prediction. The order is fixed by the model, so it is found once
for each target.
"""

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

from bot.nlu.levers.lever import Lever, Replaced

Order = tuple[tuple[str, tuple[str, ...]], ...]
"""Names of nodes in the order of their needs, each with what it needs."""

_ORDERS = "_xiaoer_orders"


def _pull() -> None:
    DaskGraphRunner.run = _run  # type: ignore[method-assign,assignment]


def _run(
    runner: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    schema = runner._graph_schema  # noqa: SLF001 - this stands in for a method of it
    wanted = tuple(targets or schema.target_names)
    orders: dict[tuple[str, ...], Order] = runner.__dict__.setdefault(_ORDERS, {})
    if wanted not in orders:
        orders[wanted] = order_of(schema.minimal_graph_schema(list(wanted)))
    # a node takes (name of what it needs, value), and passes its own on in the same way
    results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, needs in orders[wanted]:
            node = runner._instantiated_nodes[name]  # noqa: SLF001
            results[name] = node(*(results.get(need, need) for need in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(results[name] for name in wanted)


def order_of(schema: GraphSchema) -> Order:
    """Return the nodes so that each stands behind those that it needs."""
    found: dict[str, tuple[str, ...]] = {}

    def visit(name: str) -> None:
        if name in found or name not in schema.nodes:
            return
        needs = tuple(schema.nodes[name].needs.values())
        for need in needs:
            visit(need)
        found[name] = needs

    for name in schema.nodes:
        visit(name)
    return tuple(found.items())


LEVER = Lever(
    "graph",
    _pull,
    (
        Replaced(DaskGraphRunner.run, "39c53d008746a393"),
        Replaced(DaskGraphRunner._build_dask_graph, "d9a3c5c70763c421"),  # noqa: SLF001
    ),
)
