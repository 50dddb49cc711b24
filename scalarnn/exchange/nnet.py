"""R's nnet: what `summary(fit)` prints, with two decimals, or the lists of the fit in full, as `dput` writes them.

    dput(unclass(fit)[c("n", "nconn", "conn", "nsunits", "wts", "softmax", "entropy", "lev", "coefnames")],
         "fit.R", control = c("niceNames", "digits17"))

Unit 0 is the bias, then come inputs, hidden units, outputs. `conn` has the units that feed a unit, `nconn` where the
list of each begins, `wts` a weight for each connection. Units from `nsunits` on are linear, the others logistic.
"""

from __future__ import annotations

import re

from scalarnn.exchange.arrived import Arrived, Draft, Wishes
from scalarnn.exchange.tensors import MOST_NUMBERS, ExchangeError, tensor_of
from scalarnn.passing import handing_on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number

__all__ = ["HEAD", "LISTS", "NAMES", "from_fit", "from_lists_of_r", "from_summary"]

HEAD = re.compile(r"a ([0-9]{1,5})-([0-9]{1,5})-([0-9]{1,5}) network with ([0-9]{1,7}) weights?")
LISTS = re.compile(r"\s*(?:[A-Za-z_.]+ <-\s*)?(?:structure\()?list\(")
NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|-?(?:NaN|Inf|NA)")
TOKEN = re.compile(
    r'\s*(?:"((?:[^"\\]|\\.)*)"|(-?0x[0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?p[-+]?[0-9]+|-?[0-9.]+(?:[eE][-+]?[0-9]+)?)L?'
    r"|(`[^`]*`|[A-Za-z_.][A-Za-z0-9_.]*)|([(),=:]))"
)
BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`|[(){}\[\],]')
NAMES = ("n", "nconn", "conn", "nsunits", "wts", "softmax", "entropy", "lev", "coefnames")
DIGITS = "the summary has two decimals of each weight: outputs agree to about that; dput gives all digits"


def from_summary(text: str, wishes: Wishes) -> Arrived:
    """The network of a printed summary.

    Args:
        text: what `print(summary(fit))` wrote.
        wishes: of the user.

    Raises:
        ExchangeError: it is cut off, or the numbers are not what its first line says.

    Examples:
        >>> text = "a 1-0-1 network with 2 weights\\noptions were - linear output units \\n b->o i1->o \\n 0.50  -2.00 "
        >>> from_summary(text, Wishes()).forward([1.0])
        [-1.5]
    """
    match = HEAD.search(text)
    if match is None:
        raise ExchangeError('the first line: expected "a 2-3-1 network with 13 weights"')
    n = [int(size) for size in match.groups()[:3]]
    n_weights = int(match.group(4))
    lines = text[match.end() :].splitlines()
    options = next((line for line in lines if line.startswith("options were")), "")
    names: list[str] = []
    wts: list[Number] = []
    for line in lines:
        if "->" in line:
            names += line.split()
        elif names and line.strip():
            numbers = line.split()
            if not all(NUMBER.fullmatch(word) for word in numbers):
                raise ExchangeError(f"a line of weights: {ascii(line)[:60]}: expected numbers")
            wts += [float(word) for word in numbers]
    if len(names) != n_weights or len(wts) != n_weights:
        raise ExchangeError(f"cut off: {len(wts)} weights and {len(names)} names for {n_weights} weights")
    n_units = 1 + sum(n)
    nconn, conn = _from_names(names, n)
    fit: dict[str, Any] = {"n": n, "conn": conn, "nconn": nconn, "wts": wts}
    fit["softmax"], fit["entropy"] = "softmax modelling" in options, "entropy fitting" in options
    linear = "linear output units" in options or fit["softmax"]
    fit["nsunits"] = n_units - n[2] if linear else n_units
    return _network(fit, "a summary of R's nnet", wishes, [DIGITS])


def _from_names(names: list[str], n: list[int]) -> tuple[list[int], list[int]]:
    """nconn and conn of names such as `b->h1 i1->h1 h1->o`."""
    begins = {"i": 1, "h": 1 + n[0], "o": 1 + n[0] + n[1]}
    feeding: list[list[int]] = [[] for _ in range(1 + sum(n))]
    for name in names:
        match = re.fullmatch("(b|[ih][0-9]{1,5})->([ho])([0-9]{0,5})", name)
        if match is None:
            raise ExchangeError(f"{ascii(name)[:40]}: expected a connection such as i1->h1")
        before, kind, number = match.groups()
        source = 0 if before == "b" else begins[before[0]] + int(before[1:]) - 1
        unit = begins[kind] + int(number or 1) - 1
        if not 0 <= source < begins["o"] or unit >= len(feeding):
            raise ExchangeError(f"{ascii(name)[:40]}: there is no such unit")
        feeding[unit].append(source)
    nconn, conn = [0], []
    for sources in feeding:
        conn += sources
        nconn.append(len(conn))
    return nconn, conn


def from_lists_of_r(text: str, wishes: Wishes) -> Arrived:
    """The network of the lists of a fit.

    Args:
        text: what `dput` wrote.
        wishes: of the user.

    Raises:
        ExchangeError: it is no such text, or its lists are no network.

    Examples:
        >>> text = "list(n = c(1, 0, 1), nconn = c(0, 0, 0, 2), conn = c(0, 1), nsunits = 2, wts = c(0.5, -2))"
        >>> from_lists_of_r(text, Wishes()).forward([1.0])
        [-1.5]
    """
    return from_fit(_read_list(text), wishes)


def from_fit(fit: dict[str, Any], wishes: Wishes) -> Arrived:
    """The network of the same lists, read already, as JSON has them.

    Args:
        fit: n, nconn, conn, nsunits, wts, and perhaps softmax, entropy, lev, coefnames.
        wishes: of the user.

    Raises:
        ExchangeError: they are no network.

    Examples:
        >>> lists = {"n": [1, 0, 1], "nconn": [0, 0, 0, 2], "conn": [0, 1], "nsunits": [3], "wts": [0.0, 2.0]}
        >>> from_fit(lists, Wishes()).forward([0.0])
        [0.5]
    """
    fit = {name: fit[name] for name in NAMES if fit.get(name) is not None}
    for name in ("softmax", "entropy"):
        fit[name] = fit.get(name) in (True, [True])
    for name in ("n", "nconn", "conn", "nsunits", "wts"):
        if name not in fit:
            raise ExchangeError(f"the list has no {name}: expected n, nconn, conn, nsunits and wts")
        fit[name] = fit[name] if isinstance(fit[name], list) else [fit[name]]
        numbers = tensor_of(name, fit[name]).numbers
        fit[name] = numbers if name == "wts" else [_whole(number, name) for number in numbers]
    if len(fit["nsunits"]) != 1:
        raise ExchangeError("nsunits: expected one number")
    fit["nsunits"] = fit["nsunits"][0]
    return _network(fit, "lists of R's nnet", wishes, [])


def _whole(number: Number, name: str) -> int:
    if not 0 <= number <= MOST_NUMBERS or number != int(number):
        raise ExchangeError(f"{name}: {number} is there: expected whole numbers")
    return int(number)


# ---- the network of the lists ----------------------------------------------------------------------------------------


def _network(fit: dict[str, Any], source: str, wishes: Wishes, said: list[str]) -> Arrived:
    """Inputs, hidden units and outputs as layers."""
    wishes.no_activations()
    n, nconn, conn, wts = fit["n"], fit["nconn"], fit["conn"], fit["wts"]
    if (
        len(n) != 3
        or len(nconn) != 2 + sum(n)
        or len(conn) != len(wts)
        or sorted(nconn) != nconn
        or nconn[-1] != len(wts)
    ):
        raise ExchangeError(f"{len(wts)} weights, {len(conn)} connections, {len(nconn)} beginnings: they do not fit")
    n_inputs, n_hidden, n_outputs = n
    if n_inputs < 1 or n_outputs < 1:
        raise ExchangeError("no inputs, or no outputs")
    draft = Draft(source)
    draft.said.append("nothing was turned: the weights of a unit stand together in nnet, its bias first")
    draft.said += said
    first_hidden, first_output = 1 + n_inputs, 1 + n_inputs + n_hidden
    skips = any(0 < unit <= n_inputs for unit in conn[nconn[first_output] :])
    if n_hidden:
        hidden = _dense(fit, range(first_hidden, first_output), range(1, first_hidden))
        draft.dense("hidden", *(handing_on(*hidden) if skips else hidden))
        draft.activation("logistic", passing=n_hidden if skips else None)
    inputs = [*range(first_hidden, first_output), *(range(1, first_hidden) if skips or not n_hidden else ())]
    if skips and n_hidden:
        draft.said.append(f"the inputs skip the hidden units: {n_inputs} neurons beside them hand the inputs on")
    output = _dense(fit, range(first_output, 1 + sum(n)), inputs)
    draft.dense("output", *output)
    softmax = fit["softmax"]
    draft.activation("softmax" if softmax else "linear" if fit["nsunits"] <= first_output else "logistic")
    names: dict[str, Any] = {}
    if isinstance(fit.get("lev"), list) and len(fit["lev"]) == max(2, n_outputs):
        names["class_names"] = [str(name) for name in fit["lev"]]
    if isinstance(fit.get("coefnames"), list) and len(fit["coefnames"]) == n_inputs:
        names["feature_names"] = [str(name) for name in fit["coefnames"]]
    if fit["nsunits"] <= first_output and not softmax and n_outputs == 1:
        names["label_name"] = "y"
    draft.said.append("nnet adds the loss up over the samples, here it is their mean; its decay is left out")
    return draft.arrived(wishes, loss=_loss(fit, n_outputs), **names)


def _dense(fit: dict[str, Any], units: Any, inputs: Any) -> tuple[list[list[Number]], list[Number]]:
    """W and b of these units; a connection that is not there weighs 0."""
    place = {unit: i for i, unit in enumerate(inputs)}
    if len(units) * len(place) > MOST_NUMBERS:
        raise ExchangeError(f"more than {MOST_NUMBERS} weights: too many for a network of plain lists")
    W: list[list[Number]] = []
    b: list[Number] = []
    for unit in units:
        W_j: list[Number] = [0.0] * len(place)
        b_j: Number = 0.0
        for k in range(fit["nconn"][unit], fit["nconn"][unit + 1]):
            if fit["conn"][k] == 0:
                b_j = fit["wts"][k]
            elif fit["conn"][k] in place:
                W_j[place[fit["conn"][k]]] = fit["wts"][k]
            else:
                raise ExchangeError(f"unit {unit} is fed by unit {fit['conn'][k]}: expected one of a layer before")
        W.append(W_j)
        b.append(b_j)
    return W, b


def _loss(fit: dict[str, Any], n_outputs: int) -> tuple[str, str]:
    if fit["softmax"]:
        return "cross_entropy", "it was fitted with softmax"
    if fit["entropy"]:
        return "binary_cross_entropy", f"it was fitted with entropy{', and a sum over the outputs' * (n_outputs > 1)}"
    return "squared_error", "nnet fits the sum of squares"


# ---- what dput writes ------------------------------------------------------------------------------------------------


def _read_list(text: str) -> dict[str, Any]:
    """The named parts of `list(a = …, b = …)`, around which `structure(` or `name <-` may stand."""
    match = LISTS.match(text)
    if match is None:
        raise ExchangeError("expected list(n = …, …), as dput writes it")
    at = match.end()
    found: dict[str, Any] = {}
    while True:
        name, at = _token(text, at)
        if name == ")":
            return found
        equal, at = _token(text, at)
        if equal != "=":
            raise ExchangeError(f"after {ascii(name)[:40]}: expected = and a value (of dput, niceNames writes them)")
        name = str(name).strip("`")
        if name in NAMES:
            found[name], at = _value(text, at)
        else:  # the call, the formula, the fitted values
            at = _end_of(text, at)
        between, at = _token(text, at)
        if between == ")":
            return found
        if between != ",":
            raise ExchangeError(f"after {ascii(name)[:40]}: expected , or )")


def _end_of(text: str, at: int) -> int:
    """Where a value ends that is of no use here, whatever R has in it: at the comma or bracket behind it."""
    depth = 0
    for match in BRACKETS.finditer(text, at):
        sign = match.group()
        if sign in (",", ")") and depth == 0:
            return match.start()
        depth += (sign in "([{") - (sign in ")]}") if len(sign) == 1 else 0
    raise ExchangeError("cut off: expected what dput writes")


def _value(text: str, at: int) -> tuple[Any, int]:
    """A number, a text, TRUE, FALSE, NULL, a range, or c(…) of them."""
    token, after = _token(text, at)
    if token == "c":
        parts: list[Any] = []
        between, after = _token(text, after)
        while between != ")":
            part, after = _value(text, after)
            parts += part if isinstance(part, list) else [part]
            between, after = _token(text, after)
            if between not in (",", ")") or len(parts) > MOST_NUMBERS:
                raise ExchangeError("in c(…): expected , or )")
        return parts, after
    if isinstance(token, float):
        colon, behind = _token(text, after) if text[after : after + 1] == ":" else ("", after)
        if colon == ":":
            last, behind = _token(text, behind)
            if not isinstance(last, float) or not 0 <= last - token <= MOST_NUMBERS:
                raise ExchangeError("a range: expected two whole numbers")
            return [token + k for k in range(int(last - token) + 1)], behind
        return token, after
    words: dict[Any, Any] = {"TRUE": True, "FALSE": False, "NULL": None}
    if token in words:
        return words[token], after
    if isinstance(token, str) and token.startswith('"'):
        return token[1:], after
    raise ExchangeError(f"{ascii(token)[:40]}: expected a number, a text, TRUE, FALSE, NULL or c(…)")


def _token(text: str, at: int) -> tuple[Any, int]:
    """The next number, sign, name, or text, which begins with a quotation mark here; and where it ends."""
    match = TOKEN.match(text, at)
    if match is None:
        raise ExchangeError(f"cut off, or {text[at : at + 20]!a}: expected what dput writes")
    quoted, number, name, sign = match.groups()
    if quoted is not None:
        return '"' + re.sub(r"\\(.)", r"\1", quoted), match.end()
    if number is None:
        return name or sign, match.end()
    try:
        return (float.fromhex(number) if "x" in number else float(number)), match.end()
    except (OverflowError, ValueError):
        raise ExchangeError(f"{ascii(number)[:40]}: expected a number") from None
