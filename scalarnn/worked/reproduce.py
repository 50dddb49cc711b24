"""Work the examples and hold every computed value against the printed figure.

reproduced    the computed value, written like the printed figure, is the printed figure
erratum       the printed figure is wrong: the ledger says what is right, and the computed value agrees with that;
              where the wrong route is known, it leads to the printed figure
unexplained   anything else

And not every figure says as much. A source prints results, and prints what it was given once more on the way:

computed      what comes out of the work
given         what the source starts from, read back
shape         rows, columns, layers and samples, counted
"""

from __future__ import annotations

from dataclasses import dataclass

from scalarnn.worked.example import EXAMPLES, load, lookup
from scalarnn.worked.ledger import read_figures
from scalarnn.worked.printed import as_printed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.worked.ledger import Figure

__all__ = ["KINDS", "Result", "compare", "counted", "reproduce"]

KINDS = ("computed", "given", "shape")
COUNTED = ("shape_", "n_")  # so the names of what is counted begin


@dataclass(frozen=True)
class Result:
    """One printed figure beside the computed one."""

    source: str
    example: str
    quantity: str
    place: str
    printed: str
    computed: str
    value: float | int
    status: str
    cause: str | None

    @property
    def kind(self) -> str:
        """Which of KINDS the figure is.

        Examples:
            >>> [result.kind for result in reproduce(["004-network"])[:4]]
            ['shape', 'shape', 'shape', 'shape']
        """
        name = self.quantity.partition("[")[0]
        if name.startswith(COUNTED):
            return "shape"
        return "given" if self.example in EXAMPLES and name in load(self.example).given else "computed"


def reproduce(examples: Sequence[str] = EXAMPLES) -> list[Result]:
    """Work these examples, by default all of them, and compare every figure that the sources print for them.

    Args:
        examples: names out of EXAMPLES.

    Returns:
        One result a figure, in the order of the ledger.

    Raises:
        KeyError: there is no example of that name.

    Examples:
        >>> results = reproduce(["004-epochs"])
        >>> len(results), {result.status for result in results}
        (20, {'reproduced'})
    """
    worked = {}
    slips = {}
    for name in examples:
        example = load(name)
        worked[name] = example.work()
        slips[name] = example.slips(worked[name])
    results = []
    for figure in read_figures():
        if figure.example in worked:
            results.append(compare(figure, worked[figure.example], slips[figure.example]))
    return results


def counted(results: Sequence[Result]) -> str:
    """How many figures there are, and how many of each kind.

    Examples:
        >>> counted(reproduce(["004-epochs"])), counted(reproduce(["003-neuron"]))
        ('20 figures (20 computed)', '204 figures (200 computed, 4 given)')
    """
    parts = []
    for kind in KINDS:
        n = sum(result.kind == kind for result in results)
        if n:
            parts.append(f"{n} {kind}{'s' if kind == 'shape' and n > 1 else ''}")
    return f"{len(results)} figures" + (f" ({', '.join(parts)})" if parts else "")


def compare(figure: Figure, worked: dict[str, Any], slips: dict[str, Any]) -> Result:
    """One figure against the computed values.

    Raises:
        KeyError: the ledger names a quantity that the example does not compute.
    """
    value = lookup(worked, figure.quantity)
    computed = as_printed(value, figure.printed, figure.style)
    status, cause = _status(figure, computed, slips)
    return Result(
        source=figure.source,
        example=figure.example,
        quantity=figure.quantity,
        place=figure.place,
        printed=figure.printed,
        computed=computed,
        value=value if isinstance(value, int) else float(value),
        status=status,
        cause=cause,
    )


def _status(figure: Figure, computed: str, slips: dict[str, Any]) -> tuple[str, str | None]:
    if figure.right is None:
        if computed == figure.printed:
            return "reproduced", None
        return "unexplained", f"computed {computed}, printed {figure.printed}"
    if computed == figure.printed:
        return "unexplained", "the ledger calls this figure wrong, yet the computed value agrees with it"
    if computed != figure.right:
        return "unexplained", f"the ledger says that {figure.right} is right, yet {computed} is computed"
    if figure.route is not None:
        wrong = as_printed(lookup(slips, figure.route), figure.printed, figure.style)
        if wrong != figure.printed:
            return "unexplained", f"the route {figure.route} leads to {wrong}, not to the printed figure"
    return "erratum", figure.cause
