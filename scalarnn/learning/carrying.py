"""A rule for one number, carried over vectors, matrices and deeper lists.

A rule is the mathematics of one parameter θ: a few lines, each with its name, and a `return` of names.

    def momentum_rule(theta, dL_dtheta, v, learning_rate, beta):
        v_new = beta * v + dL_dtheta
        theta_new = theta - learning_rate * v_new
        return theta_new, v_new

What carries it over a list has these very lines inside its loop: they are read from the file, compiled once more with
the loop around them, and keep their line numbers, so a debugger that stops in the loop stops on the line of the rule.
Where the file cannot be read, or is no longer what runs, the loop calls the rule: the same lines, in more time.
"""

from __future__ import annotations

from scalarnn.doors.later import parameters_of, written_later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

__all__ = ["for_every_number", "sum_of"]

LOOP = """
def {step}({signature}):
    if type({theta}) is list:
        {empty_lists}
        for {shaped}, in zip({shaped}):
            if type({theta}) is not list:
                {results} = {rule}({call})
            elif type({theta}[0]) is list:
                {results} = {step}({call})
            else:
                {empty_rows}
                for {shaped}, in zip({shaped}):
                    if type({theta}) is not list:
                        {results} = {rule}({call})
                    else:
                        {results} = {step}({call})
                    {row_appends}
                {results} = {rows}
            {appends}
        return {lists}
    {results} = {rule}({call})
    return {results}
"""
ONLY_THE_TREE = 0x400  # ast.PyCF_ONLY_AST, without the milliseconds of `import ast`


def for_every_number(rule: Any, step: str) -> Any:
    """The rule for every number of θ and of what belongs to it.

    Args:
        rule: a function of one number; what its signature calls Parameters or Squares has the shape of θ, and so has
            what it returns.
        step: the name under which the module keeps what is made.

    Returns:
        A function of numbers, or nested lists of one shape, with the signature and the docstring of the rule.

    Examples:
        >>> from scalarnn.learning.momentum import momentum_step
        >>> momentum_step([[1.0], [2.0]], [[1.0], [1.0]], [[0.0], [1.0]], 0.5, 0.5)
        ([[0.5], [1.25]], [[1.0], [1.5]])
    """

    def write(_: Any) -> CodeType:
        file, lines = rule.__code__.co_filename, _lines_of(rule)
        tree: Any = compile(_text(rule, step, lines), file, "exec", ONLY_THE_TREE)
        _number(tree.body[0], rule.__code__.co_firstlineno)
        if lines is not None:
            _put_in(tree.body[0], lines[:-1], rule.__name__)
        (code,) = _codes_in(compile(tree, file, "exec"))
        return code

    made = written_later(rule, rule.__globals__, write)
    made.__name__ = made.__qualname__ = step
    made.__module__ = rule.__module__
    return made


def sum_of(rule: Any, theta: Any) -> Any:
    """Σ rule(θ) over every number, row by row.

    Args:
        rule: a function of one number.
        theta: a number, or nested lists.

    Examples:
        >>> sum_of(abs, [[3, -4], [0, 1]])
        8
    """
    if type(theta) is not list:
        return rule(theta)
    total = 0
    for theta_i in theta:
        total += sum_of(rule, theta_i)
    return total


def _text(rule: Any, step: str, lines: list[Any] | None) -> str:
    positional, by_name = parameters_of(rule)
    shaped = [name for name in positional if rule.__annotations__[name] in ("Parameters", "Squares")]
    if lines is None:
        results = [f"new_{i}" for i in range(rule.__annotations__["return"].count("Parameters"))]
    else:
        returned = lines[-1].value
        results = [name.id for name in (returned.elts if hasattr(returned, "elts") else [returned])]
    return LOOP.format(
        step=step,
        rule=rule.__name__,
        signature=", ".join([*positional, *(["*"] if by_name else []), *by_name]),
        call=", ".join([*positional, *(f"{name}={name}" for name in by_name)]),
        theta=shaped[0],
        shaped=", ".join(shaped),
        results=", ".join(results),
        lists=", ".join(f"all_{result}" for result in results),
        empty_lists="; ".join(f"all_{result} = []" for result in results),
        appends="; ".join(f"all_{result}.append({result})" for result in results),
        rows=", ".join(f"row_{result}" for result in results),
        empty_rows="; ".join(f"row_{result} = []" for result in results),
        row_appends="; ".join(f"row_{result}.append({result})" for result in results),
    )


def _lines_of(rule: Any) -> list[Any] | None:
    """The statements of a rule; None where its source cannot be read or is not what runs, or does not end as a rule."""
    code = rule.__code__
    try:
        with open(code.co_filename, encoding="utf-8") as file:  # noqa: PTH123  pathlib takes 10 ms to import
            source = file.readlines()[code.co_firstlineno - 1 :]
    except OSError:
        return None
    last = 1
    while last < len(source) and (source[last].startswith((" ", ")")) or not source[last].strip()):
        last += 1
    text = "\n" * (code.co_firstlineno - 1) + "".join(source[:last])
    try:
        tree = compile(text, code.co_filename, "exec", ONLY_THE_TREE)
        again = compile("from __future__ import annotations" + text, code.co_filename, "exec")
    except SyntaxError:
        return None
    if not any(_is_same(code, other) for other in _codes_in(again)):
        return None
    lines = tree.body[0].body
    if type(lines[0]).__name__ == "Expr":  # the docstring
        lines = lines[1:]
    positional, by_name = parameters_of(rule)
    plain = all(_fits_a_loop(line, positional + by_name) for line in lines[:-1])
    return lines if plain and type(lines[-1]).__name__ == "Return" else None


def _fits_a_loop(line: Any, given: tuple[str, ...]) -> bool:
    """Whether a line only names a new value, or chooses between such lines: no early end, nothing given is set."""
    kind = type(line).__name__
    if kind == "If":
        return all(_fits_a_loop(inner, given) for inner in [*line.body, *line.orelse])
    return kind == "Assign" and not any(getattr(name, "id", given[0]) in given for name in line.targets)


def _put_in(node: Any, lines: list[Any], rule: str) -> None:
    """The lines of the rule, wherever the text calls it."""
    for field in ("body", "orelse"):
        inside = getattr(node, field, [])
        for at in range(len(inside) - 1, -1, -1):
            called = getattr(getattr(inside[at], "value", None), "func", None)
            if getattr(called, "id", "") == rule:
                inside[at : at + 1] = lines
            else:
                _put_in(inside[at], lines, rule)


def _number(node: Any, first: int) -> None:
    """What is not the rule's own stands, for a debugger, on the line where the rule begins."""
    if hasattr(node, "lineno"):
        node.lineno = node.end_lineno = first
    for field in node._fields:
        below = getattr(node, field, None)
        for part in below if type(below) is list else [below]:
            if hasattr(part, "_fields"):
                _number(part, first)


def _codes_in(module: CodeType) -> list[CodeType]:
    return [constant for constant in module.co_consts if hasattr(constant, "co_code")]


def _is_same(code: CodeType, other: CodeType) -> bool:
    return (code.co_code, code.co_consts, code.co_names) == (other.co_code, other.co_consts, other.co_names)
