"""Networks as circles and wires: layers by their names, and a trained network with its numbers.

layers_diagram    columns of named nodes, each joined to all of the next column
network_diagram   weights by width and sign, activations in the nodes, gradients below them

The letters are those of `layer`: W[j][i] is the wire from node i of a column to node j of the next.
"""

from __future__ import annotations

from scalarnn.svg.text import counted, cut, digits_below, escape, figure, finite, fitting, key, listed, number, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    Point = tuple[float, float]
    Box = tuple[float, float, float, float]
    Wire = tuple[int, int, Point, Point]  # j, i, and where it begins and ends

__all__ = ["layers_diagram", "network_diagram"]

RADIUS, ROW, GAP = 25, 68, 200
LETTER, BOLD = 7.8, 9.1  # at most about how wide a letter of 13 units is, and a digit of a value
WIDTHS = 8  # a wire's width is one of so many
WIDEST = 5.0  # 3 where there are many
MOST_LABELS = 16  # with more wires than this, their weights are shown by width alone
PLACES = (0.36, 0.5, 0.24, 0.62, 0.74)  # where along a wire its weight may stand


def layers_diagram(
    columns: Sequence[Sequence[str]],
    values: Sequence[Sequence[Any]],
    captions: Sequence[str],
    title: str,
    spoken: str | None = None,
    *,
    bold: int | None = None,
    show: Callable[[Any], str] = number,
) -> str:
    """Columns of named nodes, each joined to every node of the next column.

    Args:
        columns: the names of the nodes of each column.
        values: what stands beside the nodes of each column, or nothing: [].
        captions: what stands below each column.
        title: the picture's name.
        spoken: what it shows; None to have it computed.
        bold: the wires into this node of the last column are drawn strong.
        show: how a value is written.

    Returns:
        A `<figure>`.

    Raises:
        ValueError: there are fewer than two columns, one is empty, or captions or values are not one for each.

    Examples:
        >>> picture = layers_diagram([["x₀", "x₁"], ["z₀"]], [[1, 2], [5]], ["inputs", "neuron"], "One neuron")
        >>> "inputs: x₀ 1, x₁ 2. neuron: z₀ 5." in picture
        True
    """
    if len(columns) < 2 or any(len(column) == 0 for column in columns):
        raise ValueError(f"columns has {len(columns)} entries: expected two or more columns, each with a node")
    if len(captions) != len(columns) or (values and len(values) != len(columns)):
        raise ValueError(f"expected a caption, and values, for each of the {len(columns)} columns")
    texts = [[show(value) for value in column] for column in values] or [[] for _ in columns]
    under = [LETTER * len(caption) for caption in captions]
    left = max(RADIUS + 11 + room(*texts[0]), under[0] / 2 + 4)
    right = max(RADIUS + 7 + room(*texts[-1]), under[-1] / 2 + 4)
    gap = max(115, *((under[at] + under[at + 1]) / 2 + 14 for at in range(len(columns) - 1)))
    gap = max(gap, *(2 * RADIUS + 11 + room(*column) for column in texts[1:]))
    height, places = _places([len(column) for column in columns], left, ROW + 6, 34, gap)
    parts = []
    for at in range(len(columns) - 1):
        for j in range(len(columns[at + 1])):
            strong = at == len(columns) - 2 and j == bold
            kind = "picture__wire picture__wire--strong" if strong else "picture__wire"
            x1, y1 = places[at + 1][j]
            for x0, y0 in places[at]:
                ends = f'x1="{place(x0)}" y1="{place(y0)}" x2="{place(x1)}" y2="{place(y1)}"'
                parts.append(f'<line class="{kind}" {ends}/>')
    said = []
    for at in range(len(columns)):
        first = at == 0
        beside = []
        for j in range(len(columns[at])):
            x, y = places[at][j]
            parts.append(node(x, y, columns[at][j], "picture__node--input" if first else ""))
            text = texts[at][j] if texts[at] else ""
            if text and first:
                parts.append(words(x - RADIUS - 9, y + 5, text, "picture__value", "end"))
            elif text:
                parts.append(words(x + RADIUS + 5, y - 14, text, "picture__value", "start"))
            beside.append(f"{columns[at][j]} {text}".strip())
        parts.append(words(places[at][0][0], height - 8, captions[at], "picture__caption"))
        said.append(f"{captions[at]}: {', '.join(beside)}.")
    size = (left + gap * (len(columns) - 1) + right, height)
    return figure("diagram", size, title, spoken or " ".join(said), parts, zoom=1.25)


def network_diagram(
    title: str,
    network: Any,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    *,
    edges: str = "weights",
    most: int = 8,
    spoken: str | None = None,
    show: Callable[[Any], str] = fitting,
) -> str:
    """A network with its numbers: whatever its layers hold after the last forward and backward pass of one sample.

    A wire is as wide as its weight is large, solid if it is positive, dashed if negative; in a small network the
    weight stands on it, and its gradient below that. A node holds its activation a, an input its x; below it stands
    ∂L/∂z, or ∂L/∂x. A node that ReLU has switched off has a dashed ring. Biases are not drawn. In a wide layer
    some nodes are left out. After `forward_batch` or `train` there is no single sample: call `forward` (and
    `backward`) for numbers.

    Args:
        title: the picture's name.
        network: anything with `layers`, each with W, b, x, z, a, dL_dz, dL_dW, dL_dx; what is None is not drawn.
        input_names: one for each input; None for x₀ and so on.
        output_names: one for each output; None for ŷ₀ and so on.
        edges: "weights", or "gradients" for wires by ∂L/∂W.
        most: how many nodes a column may have before some are left out; 4 or more.
        spoken: what it shows; None to have it computed.
        show: how a number is written.

    Returns:
        A `<figure>`.

    Raises:
        ValueError: edges is neither word, there are no gradients to draw, most is below 4, names are too few, or a
            number is not finite.

    Examples:
        >>> from scalarnn import Layer, Network, ReLU
        >>> hidden = Layer([[1, 2], [-3, 4], [1, -1]], [1, 2, 0], ReLU())
        >>> network = Network([hidden, Layer([[1, 2, 3]], [1])])
        >>> picture = network_diagram("A network", network)
        >>> "2 inputs, 3 neurons with ReLU, 1 linear neuron" in picture
        True
        >>> network.forward([1, 2])
        [21]
        >>> "x₀ 1, x₁ 2. Layer 0 gives 6, 7, 0. Layer 1 gives 21." in network_diagram("A network", network)
        True
    """
    layers = network.layers
    if edges not in ("weights", "gradients"):
        raise ValueError(f'edges is {edges!r}: expected "weights" or "gradients"')
    if most < 4:
        raise ValueError(f"most is {most!r}: expected 4 or more, two at each end")
    if edges == "gradients" and any(layer.dL_dW is None for layer in layers):
        raise ValueError("the network has no gradients yet: expected one after a backward pass")
    sizes = [len(layers[0].W[0])] + [len(layer.W) for layer in layers]
    inputs = _named(input_names, sizes[0], "x", "input_names")
    outputs = _named(output_names, sizes[-1], "ŷ", "output_names")
    shown = [_shown(size, most) for size in sizes]
    numbers = _numbers(layers)
    gradients = any(column is not None for column in numbers[1])
    captions = [_caption(layers[at - 1] if at else None, sizes[at]) for at in range(len(sizes))]
    left, right = _margin(inputs, captions[0]), _margin(outputs, captions[-1])
    few = max(len(shown[at]) * len(shown[at + 1]) for at in range(len(layers))) <= MOST_LABELS
    row = ROW + (26 if few else 8 if gradients else 0)
    height, places = _places([len(column) for column in shown], left, row, 30)
    height += 8 if gradients else 0
    parts = []
    wires = [_wires(shown[at], shown[at + 1], places[at], places[at + 1]) for at in range(len(layers))]
    for at in range(len(layers)):
        matrix, name = (layers[at].W, "W") if edges == "weights" else (layers[at].dL_dW, "dL_dW")
        parts += _by_width(wires[at], matrix, f"layers[{at}].{name}")
    if few:
        for at in range(len(layers)):
            parts += _labels(layers[at], wires[at], show)
    for at in range(len(shown)):
        parts += _column(at, shown[at], places[at], numbers, show)
        parts.append(words(places[at][0][0], height - 8, captions[at], "picture__caption"))
    parts += _beside(inputs, shown[0], places[0], -1)
    parts += _beside(outputs, shown[-1], places[-1], 1)
    what = "weight" if edges == "weights" else "gradient"
    keys = [
        key('<path class="picture__plus" stroke-width="2.5" d="M0 6H26"/>', f"positive {what}"),
        key('<path class="picture__minus" stroke-width="2.5" d="M0 6H26"/>', "negative"),
    ]
    if spoken is None:
        spoken = _said(layers, captions, inputs, numbers)
    size = (left + GAP * (len(sizes) - 1) + right, height)
    return figure("diagram", size, title, spoken, parts, keys, zoom=1.25)


# ---- parts that the neuron uses too ----------------------------------------------------------------------------------


def room(*texts: str) -> float:
    """How wide the longest of some values is, at most."""
    return BOLD * max((len(text) for text in texts), default=0)


def node(x: float, y: float, text: str, kind: str = "") -> str:
    """A circle with a text in it."""
    kind = f"picture__node {kind}".strip()
    inside = (
        f'<text x="{place(x)}" y="{place(y)}" dy=".35em" text-anchor="middle">{escape(text)}</text>' if text else ""
    )
    return f'<g class="{kind}"><circle cx="{place(x)}" cy="{place(y)}" r="{RADIUS}"/>{inside}</g>'


def words(x: float, y: float, text: str, kind: str, anchor: str = "middle") -> str:
    """A text somewhere."""
    return f'<text class="{kind}" x="{place(x)}" y="{place(y)}" text-anchor="{anchor}">{escape(text)}</text>'


def patch(x: float, y: float, wide: float, high: float) -> str:
    """A piece of paper below a text that stands on a wire."""
    box = f'x="{place(x - wide / 2)}" y="{place(y - high / 2)}" width="{place(wide)}" height="{place(high)}"'
    return f'<rect class="picture__patch" {box} rx="5"/>'


# ---- parts of a network ----------------------------------------------------------------------------------------------


def _places(
    sizes: Sequence[int], left: float, row: float, top: float, gap: float = GAP
) -> tuple[float, list[list[Point]]]:
    """The height, and the middle of every node: columns side by side, each around the same line."""
    tallest = max(sizes)
    middle = top + row * (tallest - 1) / 2
    places = []
    for at in range(len(sizes)):
        first = middle - row * (sizes[at] - 1) / 2
        places.append([(left + gap * at, first + row * j) for j in range(sizes[at])])
    return top + row * (tallest - 1) + 58, places


def _shown(size: int, most: int) -> list[int]:
    """The nodes of a column that are drawn; −1 stands for those left out."""
    if size <= most:
        return list(range(size))
    return [*range(most - 3), -1, size - 2, size - 1]


def _named(names: Sequence[str] | None, size: int, letter: str, what: str) -> list[str]:
    if names is None:
        return [letter + (digits_below(k) if size > 1 or letter == "x" else "") for k in range(size)]
    if len(names) != size:
        raise ValueError(f"{what} has {len(names)} entries: expected {size}, one for each")
    return [cut(name, 16) for name in names]


def _margin(names: Sequence[str], caption: str) -> float:
    """Room on a side for names beside the nodes, and for the caption below."""
    return max(36 + LETTER * max(len(name) for name in names), 6 + LETTER * len(caption) / 2)


def _numbers(layers: Sequence[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """For each column: a (or x), its gradient ∂L/∂z (or ∂L/∂x), and z; None where there is none."""
    a = [layers[0].x] + [layer.a for layer in layers]
    gradients = [layers[0].dL_dx] + [layer.dL_dz for layer in layers]
    z = [None] + [layer.z for layer in layers]
    return a, gradients, z


def _caption(layer: Any, size: int) -> str:
    if layer is None:
        return counted(size, "input")
    if layer.activation is None:
        return f"{number(size)} linear neuron{'' if size == 1 else 's'}"
    return f"{counted(size, 'neuron')} with {type(layer.activation).__name__}"


def _column(
    at: int, shown: Sequence[int], places: Sequence[Point], numbers: tuple[list[Any], ...], show: Callable[[Any], str]
) -> list[str]:
    """The nodes of a column with a inside and the gradient below."""
    a, gradients, z = (kind[at] for kind in numbers)
    parts = []
    for k in range(len(shown)):
        j = shown[k]
        x, y = places[k]
        if j < 0:
            parts.append(words(x, y + 6, "⋮", "picture__more"))
            continue
        kind = "picture__node--input" if at == 0 else ""
        if z is not None and a is not None and z[j] != a[j] and a[j] == 0:
            kind = "picture__node--off"
        parts.append(node(x, y, "" if a is None else show(a[j]), f"{kind} picture__node--value".strip()))
        if gradients is not None:
            parts.append(words(x, y + RADIUS + 14, show(gradients[j]), "picture__gradient"))
    return parts


def _beside(names: Sequence[str], shown: Sequence[int], places: Sequence[Point], side: int) -> list[str]:
    """The names of inputs, left of them (side −1), or of outputs, right of them (side 1)."""
    parts = []
    for k in range(len(shown)):
        if shown[k] >= 0:
            x, y = places[k]
            anchor = "end" if side < 0 else "start"
            parts.append(words(x + side * (RADIUS + 7), y + 5, names[shown[k]], "picture__name", anchor))
    return parts


def _wires(before: Sequence[int], after: Sequence[int], starts: Sequence[Point], ends: Sequence[Point]) -> list[Wire]:
    """Every wire that is drawn between two columns: from `before`, placed at `starts`, to `after`, placed at `ends`."""
    wires = []
    for n in range(len(after)):
        for m in range(len(before)):
            if after[n] >= 0 and before[m] >= 0:
                wires.append((after[n], before[m], starts[m], ends[n]))
    return wires


def _by_width(wires: Sequence[Wire], matrix: Sequence[Sequence[Any]], name: str) -> list[str]:
    """Wires of about the same weight as one path, thin ones first; a weight of 0 is a hairline."""
    weights = [finite(matrix[j][i], f"{name}[{j}][{i}]") for j, i, _, _ in wires]
    largest = max(abs(float(w)) for row in matrix for w in row)
    together: dict[tuple[int, bool], list[str]] = {}
    for k in range(len(wires)):
        _, _, (x0, y0), (x1, y1) = wires[k]
        level = round(abs(weights[k]) / largest * WIDTHS) if largest else 0
        line = f"M{place(x0)} {place(y0)}L{place(x1)} {place(y1)}"
        together.setdefault((level, weights[k] < 0), []).append(line)
    parts = []
    widest = WIDEST if len(wires) <= MOST_LABELS else 3
    for (level, negative), lines in sorted(together.items()):
        kind = "picture__minus" if negative else "picture__plus"
        width = 0.6 + (widest - 0.6) * level / WIDTHS
        parts.append(f'<path class="{kind}" stroke-width="{place(width)}" d="{"".join(lines)}"/>')
    return parts


def _labels(layer: Any, wires: Sequence[Wire], show: Callable[[Any], str]) -> list[str]:
    """Each weight, and its gradient, on its wire; none at all if two would cover each other."""
    taken: list[Box] = []
    parts = []
    for j, i, start, end in wires:
        texts = [show(layer.W[j][i])]
        if layer.dL_dW is not None:
            texts.append(show(layer.dL_dW[j][i]))
        wide, high = LETTER * max(len(text) for text in texts) + 6, 17.0 * len(texts)
        spot = _free_spot(start, end, wide, high, taken)
        if spot is None:
            return []
        x, y = spot
        taken.append((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
        parts.append(patch(x, y, wide, high - 1))
        parts.append(words(x, y + 5 - (8 if len(texts) > 1 else 0), texts[0], "picture__value"))
        if len(texts) > 1:
            parts.append(words(x, y + 13, texts[1], "picture__gradient"))
    return parts


def _free_spot(start: Point, end: Point, wide: float, high: float, taken: Sequence[Box]) -> Point | None:
    for share in PLACES:
        x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
        clear = start[0] + RADIUS + 3 < x - wide / 2 and x + wide / 2 < end[0] - RADIUS - 3
        for x0, y0, x1, y1 in taken:
            if x - wide / 2 < x1 and x0 < x + wide / 2 and y - high / 2 < y1 and y0 < y + high / 2:
                clear = False
        if clear:
            return x, y
    return None


def _said(layers: Sequence[Any], captions: Sequence[str], inputs: Sequence[str], numbers: tuple[list[Any], ...]) -> str:
    a, gradients, _ = numbers
    said = [f"A network of {counted(len(layers), 'layer')}: {', '.join(captions)}."]
    for at in range(len(layers)):
        weights = [w for row in layers[at].W for w in row]
        low, high = min(weights), max(weights)
        said.append(f"Weights of layer {at}: {counted(len(weights), 'weight')} from {number(low)} to {number(high)}.")
    if a[0] is not None:
        said.append(f"Inputs: {listed([f'{inputs[i]} {number(a[0][i])}' for i in range(len(inputs))])}.")
    for at in range(1, len(a)):
        if a[at] is not None:
            said.append(f"Layer {at - 1} gives {listed(a[at])}.")
    for at in range(len(gradients) - 1, -1, -1):
        if gradients[at] is not None:
            where = f"the weighted sums of layer {at - 1}" if at else "the inputs"
            said.append(f"Gradients at {where}: {listed(gradients[at])}.")
    return " ".join(said)
