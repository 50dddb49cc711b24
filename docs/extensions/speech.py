"""The spoken name of a typeset formula, read off the tree that MathJax leaves in its SVG.

A character without a word stops the build, so that no formula reaches a listener half read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from docs.extensions.errors import BookError

DIFFERENTIALS = {"∂": "partial", "d": "d"}
SUM = {"∑": "the sum", "∏": "the product", "∫": "the integral"}
ACCENTS = {"ˆ": "hat", "^": "hat", "¯": "bar", "ˉ": "bar", "~": "tilde", "˜": "tilde", "˙": "dot", "→": "vector"}
SILENT = {"\u2061", "\u2062", "\u2063", "\u2064", "\u200b"}
WORDS = {
    "∂": "partial", "∇": "gradient of", "=": "equals", "≠": "is not equal to", "≈": "is about", "≔": "is set to",
    "+": "plus", "−": "minus", "-": "minus", "±": "plus or minus", "∓": "minus or plus", "·": "times",
    "⋅": "times", "×": "times", "∗": "times",
    "/": "over", "<": "is less than", ">": "is greater than", "≤": "is at most",
    "≥": "is at least", "→": "goes to", "←": "becomes", "↦": "maps to", "⇒": "implies", "∈": "in",
    "∞": "infinity", "…": "and so on", "⋯": "and so on", "⋮": "and so on", "⋱": "and so on", "∝": "is proportional to",
    ",": ",", ";": ";", ":": ":", ".": ".", "!": "factorial", "′": "prime", "|": "bar", "∣": "given", "‖": "norm",
    "(": "open bracket", ")": "close bracket", "[": "open bracket", "]": "close bracket",
    "{": "open brace", "}": "close brace", "⊤": "transpose", "⊙": "times, entry by entry,", "%": "percent",
    "∥": "norm", "ℝ": "the real numbers", "ℓ": "ell", "∑": "the sum of", "∏": "the product of",
    "∫": "the integral of", "⊕": "exclusive or", "⌊": "floor of", "⌋": "end floor", "–": "none",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ϵ": "epsilon", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Δ": "delta", "Γ": "gamma", "Λ": "lambda", "Σ": "sigma", "Ω": "omega", "Φ": "phi", "Π": "pi", "Θ": "theta",
}  # fmt: skip
POWERS = {"2": "squared", "3": "cubed", "⊤": "transpose", "T": "transpose", "′": "prime", "−1": "to the minus one"}
POWERS |= {"∗": "star", "⋆": "star"}
BARS = {"|", "∣"}  # two of them are a size; one alone is a bar, or says what is given
FUNCTIONS = {"f", "g", "σ", "L"}
# What says above a letter which layer is meant: (2) or (l + 1) in brackets, the letter l; on W, b and f also 0 and 1.
LAYER = re.compile(r"\(([^()]+)\)|(l(?:[+−]1)?)")
FIRST_LAYERS = re.compile("[Wbf][01]")


def speak(svg: Element, tex: str) -> str:
    """The formula in words."""
    root = next(node for node in svg.iter() if node.get("data-mml-node") == "math")
    words = _row(list(root), tex)
    words = re.sub(r"\s+([,;.])", r"\1", " ".join(words.split()))
    return re.sub(r",+([,;])", r"\1", words).strip(" ,;")


def characters(node: Element) -> str:
    """The characters a node draws, italic and bold letters folded to plain ones; not the pieces of a long brace."""
    drawn = [chr(int(part.get("data-c", ""), 16)) for part in node.iter() if part.get("data-c")]
    text = "".join(one for one in drawn if unicodedata.category(one) != "Co")
    return "".join(c if c in WORDS or c in ACCENTS else unicodedata.normalize("NFKC", c) for c in text)


def _kind(node: Element) -> str:
    return node.get("data-mml-node", "")


def _children(node: Element) -> list[Element]:
    return [child for child in node if _kind(child)]


def _unwrap(node: Element) -> Element:
    while _kind(node) in {"TeXAtom", "mrow", "mstyle", "mpadded"} and len(_children(node)) == 1:
        node = _children(node)[0]
    return node


def _flatten(nodes: Sequence[Element]) -> list[Element]:
    """Groups without a meaning of their own dissolve; a table between its fences stays together."""
    flat: list[Element] = []
    for node in nodes:
        fenced = any(_kind(child) == "mtable" for child in node)
        if _kind(node) in {"TeXAtom", "mrow", "mstyle", "mpadded"} and not fenced:
            flat.extend(_flatten(_children(node)))
        elif _kind(node) or len(node):
            flat.append(node) if _kind(node) else flat.extend(_flatten(list(node)))
    return flat


def _row(nodes: Sequence[Element], tex: str) -> str:
    spoken: list[str] = []
    flat = _flatten(nodes)
    applied = False
    for at, node in enumerate(flat):
        text = characters(node)
        if text == "\u2061":
            applied = True
            continue
        if _kind(node) == "mo" and text in {"−", "-"} and _is_sign(flat, at):
            spoken.append("minus")
        elif text in BARS and not _bars(flat) % 2:
            spoken.append(", end size," if _bars(flat[:at]) % 2 else "the size of")
        elif text == "(" and (applied or _is_function(flat, at)):
            spoken.append("of")
        elif text == ")" and _closes_call(flat, at):
            spoken.append(",") if at + 1 < len(flat) else None
        else:
            spoken.append(_node(node, tex))
        applied = False
    return " ".join(spoken)


def _bars(flat: Sequence[Element]) -> int:
    return sum(characters(node) in BARS for node in flat)


def _is_sign(flat: Sequence[Element], at: int) -> bool:
    return at == 0 or (_kind(flat[at - 1]) == "mo" and characters(flat[at - 1]) not in {")", "]"})


def _is_function(flat: Sequence[Element], at: int) -> bool:
    """A name of several letters, or one of f, g, σ, L, their derivatives and layers, before a bracket is a function."""
    if at == 0:
        return False
    before, marks = flat[at - 1], ""
    if _kind(before) in {"msub", "msup", "msubsup"}:  # f′, softmax_k
        base, *scripts = _children(before)
        before, marks = _unwrap(base), "".join(characters(script) for script in scripts)
    elif _kind(before) == "mn" and at > 1 and len(characters(flat[at - 2])) > 1:  # float32
        before = flat[at - 2]
    name = characters(before)
    if name == "\u2061":
        return True
    if name in FUNCTIONS:
        return marks.strip("′") == "" or _is_layer(name, marks)
    return _kind(before) in {"mi", "mo", "mtext"} and len(name) > 1 and name.isalpha()


def _closes_call(flat: Sequence[Element], at: int) -> bool:
    depth = 0
    for back in range(at, -1, -1):
        text = characters(flat[back])
        if text == ")":
            depth += 1
        elif text == "(":
            depth -= 1
            if depth == 0:
                return _is_function(flat, back)
    return False


def _node(node: Element, tex: str) -> str:
    node = _unwrap(node)
    kind = _kind(node)
    parts = _children(node)
    if kind in {"mi", "mn", "mo", "mtext"}:
        return _leaf(node, tex)
    if kind == "mfrac":
        return _fraction(parts[0], parts[1], tex)
    if kind in {"msub", "msup", "msubsup"}:
        return _scripts(parts, tex)
    if kind in {"munder", "mover", "munderover"}:
        return _limits(parts, tex)
    if kind in {"msqrt", "mroot"}:
        inside = [part for part in _flatten(list(node)) if characters(part) != "√"]
        return f"the square root of {_row(inside, tex)}, end root,"
    if kind == "mtable":
        return _rows(node, tex)
    if kind == "mspace":
        return ""
    if any(_kind(part) == "mtable" for part in parts):
        return _fenced(parts, tex)
    return _row(parts, tex)


def _leaf(node: Element, tex: str) -> str:
    text = characters(node)
    if _kind(node) == "mtext":
        return text.replace("\xa0", " ").replace("\u2019", "'")
    if not text or text in SILENT:
        return ""
    if text in WORDS:
        return WORDS[text]
    if text.isascii() and text.replace(".", "").isalnum():
        return text
    if _kind(node) == "mn":
        return text
    if _kind(node) == "mo" and text[0] in WORDS:
        return WORDS[text[0]]
    raise BookError(f"no spoken word for {text!r} in the formula {tex!r}; add one to docs/extensions/speech.py")


def _is_leaf(node: Element) -> bool:
    return _kind(_unwrap(node)) in {"mi", "mn", "mtext"}


def _fraction(over: Element, under: Element, tex: str) -> str:
    top, bottom = _flatten([over]), _flatten([under])
    sign = characters(top[0])
    if sign == characters(bottom[0]) and sign in DIFFERENTIALS and len(bottom) > 1:
        of, by, d = _row(top[1:], tex), _row(bottom[1:], tex), DIFFERENTIALS[sign]
        return f"{d} {of} by {d} {by}," if of else f"the derivative by {by} of"
    if _is_leaf(over) and _is_leaf(under):
        return f"{_row(top, tex)} over {_row(bottom, tex)}"
    return f"the fraction {_row(top, tex)} over {_row(bottom, tex)}, end fraction,"


def _height(node: Element) -> float:
    """How far up a script is moved, from its transform."""
    moved = node.get("transform", "translate(0,0)")
    return float(moved.split("(", 1)[1].split(")", 1)[0].replace(",", " ").split()[-1])


def _split(scripts: Sequence[Element]) -> tuple[Element | None, Element | None]:
    below = next((part for part in scripts if _height(part) < 0), None)
    above = next((part for part in scripts if _height(part) >= 0), None)
    return below, above


def _scripts(parts: Sequence[Element], tex: str) -> str:
    base, (below, above) = parts[0], _split(parts[1:])
    spoken = _big_operator(base, below, above, tex)
    if spoken:
        return spoken
    spoken = _node(base, tex)
    if below is not None:
        spoken += f" sub {_row([below], tex)}"
    if above is not None:
        power = characters(above)
        if power in POWERS:
            spoken += f" {POWERS[power]}"
        elif _is_layer(characters(base), power):
            of = [node for node in _flatten([above]) if characters(node) not in {"(", ")", "⊤", "T"}]
            spoken += f" of layer {_row(of, tex)},{' transpose' if power[-1] in '⊤T' else ''}"
        elif _kind(_unwrap(above)) == "mtext":
            spoken += f" {_row([above], tex)}"
        else:
            spoken += f" to the power {_row([above], tex)},"
    return spoken


def _is_layer(name: str, power: str) -> bool:
    """Whether what stands above a name is no power, but says of which layer it is."""
    return bool(LAYER.fullmatch(power.rstrip("⊤T")) or FIRST_LAYERS.fullmatch(name + power))


def _big_operator(base: Element, below: Element | None, above: Element | None, tex: str) -> str:
    sign = characters(base)
    if sign not in SUM:
        return ""
    if above is None:
        return f"{SUM[sign]} over {_row([below], tex)} of" if below is not None else f"{SUM[sign]} of"
    start = _row([below], tex) if below is not None else ""
    return f"{SUM[sign]} from {start} to {_row([above], tex)} of"


def _limits(parts: Sequence[Element], tex: str) -> str:
    base, (below, above) = parts[0], _split(parts[1:])
    spoken = _big_operator(base, below, above, tex)
    if spoken:
        return spoken
    spoken = _node(base, tex)
    mark = characters(parts[1])
    if len(parts) == 2 and mark in ACCENTS:
        return f"{spoken} {ACCENTS[mark]}"
    if below is not None and characters(below):  # a brace alone has no word
        spoken += f" under {_row([below], tex)}"
    if above is not None:
        spoken += f" above {_row([above], tex)}"
    return spoken


def _cells(row: Element, tex: str) -> list[str]:
    return [_row(list(cell), tex) for cell in _children(row) if characters(cell)]


def _rows(table: Element, tex: str) -> str:
    """Aligned equations: one line after the other."""
    return "; ".join(" ".join(_cells(row, tex)) for row in _children(table))


def _fenced(parts: Sequence[Element], tex: str) -> str:
    """A matrix between brackets, or the cases behind a brace."""
    table = next(part for part in parts if _kind(part) == "mtable")
    rows = _children(table)
    if characters(parts[0])[:1] in {"{", "⎧", "⎨", "⎩"}:
        return "; ".join(" ".join(_cells(row, tex)) for row in rows)
    lines = [f"row {at + 1}: {', '.join(_cells(row, tex))}" for at, row in enumerate(rows)]
    count = f"{len(rows)} row" + ("s" if len(rows) > 1 else "")
    return f"the matrix with {count}, {'; '.join(lines)}, end matrix,"
