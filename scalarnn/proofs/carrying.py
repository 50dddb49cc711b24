"""From one number to lists: what carries a rule over them does what the rule does, number by number, for every rule."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from types import FunctionType
from typing import Any, TypeAlias

import sympy

from scalarnn.learning import carrying
from scalarnn.learning.adagrad import adagrad_rule, rmsprop_rule
from scalarnn.learning.adam import adam_rule
from scalarnn.learning.carrying import for_every_number, sum_of
from scalarnn.learning.gradient_descent import gradient_descent_rule
from scalarnn.learning.momentum import momentum_rule, nesterov_rule
from scalarnn.learning.optimizer import zero_rule, zeros_like
from scalarnn.learning.penalties import half_l2_gradient_rule, l1_gradient_rule, l2_gradient_rule
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch
from scalarnn.proofs.methods import ROWS, each, entrance, first_for_all, shapes
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

_F, _G = sympy.Function("F", real=True), sympy.Function("G", real=True)  # nothing is known of them

Parameters: TypeAlias = Any  # these words say, as in the rules that ship, what has the shape of θ
Squares: TypeAlias = Any
Number: TypeAlias = Any


# ---- rules of which nothing is known ---------------------------------------------------------------------------------


def _of_three(
    theta: Parameters, g: Parameters, s: Squares, rate: Number, *, beta: Number
) -> tuple[Parameters, Parameters]:
    s_new = _G(s, g, beta)
    theta_new = _F(theta, s_new, rate, beta)
    return theta_new, s_new


def _of_one(theta: Parameters, rate: Number = 2) -> Parameters:
    theta_new = _F(theta, rate)
    return theta_new


def _another(theta: Parameters, rate: Number = 2) -> Parameters:
    theta_new = _G(theta, rate)
    return theta_new


def _with_two_ends(theta: Parameters, rate: Number) -> Parameters:
    theta_new = _G(theta, rate)
    if rate is not None:
        return _F(theta, rate)
    return theta_new


def _with_a_setting_set(theta: Parameters, rate: Number) -> Parameters:
    rate = rate / 2
    theta_new = _F(theta, rate)
    return theta_new


def _copy(rule: Any, file: str, first: int, room: dict[str, Any] | None = None) -> Any:
    """The same rule, said to stand in another place; with other globals, if given."""
    code = rule.__code__.replace(co_filename=file, co_firstlineno=first)
    copy = FunctionType(code, rule.__globals__ if room is None else room, rule.__name__, rule.__defaults__)
    copy.__kwdefaults__, copy.__annotations__ = rule.__kwdefaults__, rule.__annotations__
    return copy


_NOWHERE = "<no file>"
_ANY_RULE: dict[str, Any] = {
    "a rule of θ, g and s": _of_three,
    "the same without a file": _copy(_of_three, _NOWHERE, 1),
    "a rule of θ": _of_one,
    "the same without a file, too": _copy(_of_one, _NOWHERE, 1),
    "a rule in whose place the file now has another": _copy(
        _of_one, _another.__code__.co_filename, _another.__code__.co_firstlineno
    ),
    "a rule that ends in two places": _with_two_ends,
    "a rule that sets what it was given": _with_a_setting_set,
}


_OF_STEPS = [gradient_descent_rule, momentum_rule, nesterov_rule, adagrad_rule, rmsprop_rule, adam_rule]
_SHIPPED = [*_OF_STEPS, zero_rule, l1_gradient_rule, l2_gradient_rule, half_l2_gradient_rule]


# ---- for every number ------------------------------------------------------------------------------------------------


def _letters_of(rule: Any, shape: str) -> tuple[list[Any], list[Any], dict[str, Any]]:
    """Symbols for a rule: what has the shape of θ, settings by position, settings by name."""
    code = rule.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    lists = [shapes(name)[shape] for name in names if rule.__annotations__[name] in ("Parameters", "Squares")]
    settings = [2 if name == "t" else symbols.number(name) for name in names[len(lists) : code.co_argcount]]
    return lists, settings, {name: symbols.number(name) for name in names[code.co_argcount :]}


def _carried(carry: Any, rule: Any) -> Any:
    """The rule carried over lists, in a module of its own, which keeps it under its name."""
    module = dict(rule.__globals__)
    code = rule.__code__
    module["carried"] = carry(_copy(rule, code.co_filename, code.co_firstlineno, module), "carried")
    return module["carried"]


def _number_by_number(rule: Any, lists: list[Any], settings: list[Any], by_name: dict[str, Any]) -> Any:
    """What the rule says when it is called for each number; of several results, a list of each."""
    n_results = rule.__annotations__["return"].count("Parameters")

    def results(*numbers: Any) -> tuple[Any, ...]:
        said = rule(*numbers, *settings, **by_name)
        return said if n_results > 1 else (said,)

    lists_of_results = [each(results, k, *lists) for k in range(n_results)]
    return lists_of_results if n_results > 1 else lists_of_results[0]


_IN_REVERSE = Wrong("the results in reverse", "all_{result}.append(", "all_{result}.insert(0, ", inside=carrying._text)
_OF_LISTS = "elif type({theta}[0]) is list:\n                "
_IN_A_ROW = "else:\n                        "
_NESTED = Wrong(
    "settings by name lost in deeper lists", '(f"{name}={name}" for', '(f"{name}=0" for', inside=carrying._text
)


@theorem(
    id="optimizer.carrying",
    statement="What carries a rule over numbers, vectors, matrices and deeper lists does to each number what the rule "
    "does, whatever the rule: with its lines in the loop, or calling it where they cannot be read or do not fit there.",
    latex=r"\operatorname{step}(\theta, g, \dots)_i = \operatorname{rule}(\theta_i, g_i, \dots)",
    about=[for_every_number],
    refuted=[
        first_for_all("the first entry for all"),
        _IN_REVERSE,
        _NESTED,
        Wrong("the other order of results", "return {lists}", "return [{lists}][::-1]", inside=carrying),
        first_for_all("the first entry of a row for all", ROWS),
        Wrong("a row in reverse", "row_{result}.append(", "row_{result}.insert(0, ", inside=carrying._text),
        Wrong(
            "the other order of rows",
            '"row_{result}" for result in results',
            '"row_{result}" for result in results[::-1]',
            inside=carrying._text,
        ),
        Wrong(
            "a list of lists skipped",
            f"{_OF_LISTS}{{results}} = {{step}}({{call}})",
            f"{_OF_LISTS}continue",
            inside=carrying,
        ),
        Wrong(
            "a list in a row skipped",
            f"{_IN_A_ROW}{{results}} = {{step}}({{call}})",
            f"{_IN_A_ROW}continue",
            inside=carrying,
        ),
        Wrong(
            "the lines of the file, whatever runs", "any(_is_same(code, other)", "any(True", inside=carrying._lines_of
        ),
        Wrong("an end in the middle of the loop", "if plain and", "if", inside=carrying._lines_of),
    ],
)
def any_rule_for_every_number(carry: Any) -> Iterator[Claim]:
    for what, rule in _ANY_RULE.items():
        for shape, theta in shapes("theta").items():
            lists, settings, by_name = _letters_of(rule, shape)

            def carried(
                rule: Any = rule,
                theta: Any = theta,
                lists: Any = lists,
                settings: Any = settings,
                by_name: Any = by_name,
            ) -> Any:
                return entrance(_carried(carry, rule), theta)(*lists, *settings, **by_name)

            right = stated(lambda rule=rule, of=(lists, settings, by_name): _number_by_number(rule, *of))
            yield claim(f"{what}, for {shape}", shipped(carried), right)


@theorem(
    id="optimizer.carried-rules",
    statement="The lines of each rule of the package, put into a loop, give what the rule gives when it is called.",
    latex=r"\operatorname{step}(\theta, g, \dots)_i = \operatorname{rule}(\theta_i, g_i, \dots)",
    about=[for_every_number, *_SHIPPED],
    refuted=[
        first_for_all("the first entry for all"),
        _IN_REVERSE,
        Wrong(
            "the other order of results",
            'all_{result}" for result in results)',
            'all_{result}" for result in results[::-1])',
            inside=carrying._text,
        ),
    ],
)
def shipped_rules_for_every_number(carry: Any) -> Iterator[Claim]:
    for rule in _SHIPPED:
        shape = "a vector" if rule is l1_gradient_rule else "a number, a vector and a matrix"  # |θ| has branches
        lists, settings, by_name = _letters_of(rule, shape)
        of = (lists, settings, by_name)

        def run(rule: Any = rule, of: Any = of) -> Any:
            lists, settings, by_name = of
            left = shipped(lambda: _carried(carry, rule)(*lists, *settings, **by_name))
            return left, stated(lambda: _number_by_number(rule, *of))

        for branch in every_branch(run):
            yield claim(rule.__name__, *branch.value, on=branch)


# ---- 0 for every number ----------------------------------------------------------------------------------------------


@theorem(
    id="optimizer.zeros",
    statement="The state before the first step is 0 for every number of θ, in the shape of θ.",
    latex=r"v_0 = 0",
    about=[zeros_like],
    refuted=[
        Wrong("ones", "zero = 0", "zero = 1"),
        Wrong("θ itself", "return zero", "return theta"),
        first_for_all("the first shape for all"),
        Wrong(
            "one 0 for a matrix",
            f"{_OF_LISTS}{{results}} = {{step}}({{call}})",
            f"{_OF_LISTS}{{results}} = 0",
            carrying,
        ),
    ],
)
def state_begins_with_zeros(function: Any) -> Iterator[Claim]:
    for shape, theta in shapes("theta").items():
        zeros = stated(lambda theta=theta: each(lambda _: (0,), 0, theta))
        yield claim(f"zeros for {shape}", shipped(entrance(function, theta), theta), zeros)


# ---- the sum over every number ---------------------------------------------------------------------------------------


def _numbers(theta: Any) -> list[Any]:
    return [number for entry in theta for number in _numbers(entry)] if isinstance(theta, list) else [theta]


@theorem(
    id="optimizer.sum",
    statement="A sum over numbers, vectors, matrices and deeper lists adds what a rule says of each number, "
    "whatever the rule.",
    latex=r"\sum_i \operatorname{rule}(\theta_i)",
    about=[sum_of],
    refuted=[
        Wrong("the last only", "total += ", "total = "),
        Wrong("a sign", "total += ", "total -= "),
        Wrong("the first for all", "sum_of(rule, theta_i)", "sum_of(rule, theta[0])"),
        Wrong("without the rule", "return rule(theta)", "return theta"),
        Wrong("the rule twice over", "return total", "return rule(total)"),
    ],
)
def sum_over_every_number(function: Any) -> Iterator[Claim]:
    for shape, theta in shapes("theta").items():
        if isinstance(theta, tuple):
            continue
        total = stated(lambda theta=theta: sum(_F(number) for number in _numbers(theta)))
        yield claim(f"the sum over {shape}", shipped(function, _F, theta), total)


THEOREMS.extend(
    [any_rule_for_every_number, shipped_rules_for_every_number, state_begins_with_zeros, sum_over_every_number]
)
