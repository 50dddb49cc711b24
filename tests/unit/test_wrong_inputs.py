"""What people really paste, into every argument of every function: text, None, a bool, lists too deep or ragged.

One table says what each function takes. For each argument in turn, each thing that does not belong there is put in
its place, and the call has to name the argument, before any arithmetic, leaving everything as it was.
"""

import copy
import importlib
import math
import re

import pytest

import scalarnn as nn

INF = math.inf


class Untouched:
    """A number that lets itself be compared and never calculated with: checks may look, arithmetic may not start."""

    def __init__(self, value):
        self.value = value

    def _calculated(self, *_):
        raise AssertionError("arithmetic began before the checks were through")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _calculated
    __neg__ = __pow__ = __float__ = _calculated

    def __eq__(self, other):
        return self.value == (other.value if isinstance(other, Untouched) else other)

    __hash__ = None

    def __lt__(self, other):
        return self.value < (other.value if isinstance(other, Untouched) else other)

    def __le__(self, other):
        return self.value <= (other.value if isinstance(other, Untouched) else other)

    def __gt__(self, other):
        return self.value > (other.value if isinstance(other, Untouched) else other)

    def __ge__(self, other):
        return self.value >= (other.value if isinstance(other, Untouched) else other)

    def __repr__(self):
        return f"Untouched({self.value})"


def untouched(values):
    if isinstance(values, list):
        return [untouched(value) for value in values]
    return Untouched(values)


# What each function takes: the sort of each argument, and a value that fits.
X3 = ("vector", [1.0, -2.0, 3.0])
DL_DZ = ("vector", [1.0, 2.0])
W23 = ("matrix", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
B2 = ("vector", [0.5, -0.5])
BATCH = ("matrix", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0], [1.0, 1.0, 1.0]])
DLN_DZ = ("matrix", [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])
Z = ("number with infinities", 1.5)
ZS = ("vector with infinities", [1.0, -2.0, 3.0])
LOGITS = ("logits", [1.0, -2.0, 3.0])
P3 = ("vector", [0.25, 0.5, 0.25])
Y3 = ("labels", [0.25, 0.5, 0.25])
LABEL = ("whole number", 1)
PAIR = {"y_hat": X3, "y": ("vector", [0.0, 1.0, 2.0])}
BINARY = {"y_hat": P3, "y": ("vector", [0.0, 1.0, 0.5])}
SCORES = {"z": X3, "y": ("vector", [0.0, 1.0, 0.5])}
CATEGORICAL = {"y_hat": P3, "y": Y3}
INDEXED = {"y_hat": P3, "label": LABEL}
ALONE = {"z": Z}
THETA = ("parameters", [1.0, -2.0, 3.0])
SQUARES = ("parameters", [1.0, 0.0, 3.0])
STEP = {"theta": THETA, "dL_dtheta": THETA, "learning_rate": ("number", 0.1)}
PENALTY = {"theta": THETA, "strength": ("number", 0.1)}

FUNCTIONS = {
    nn.weighted_sum: {"x": X3, "w": X3},
    nn.neuron_forward: {"x": X3, "w": X3, "b": ("number", 1.0)},
    nn.neuron_backward: {"dL_dz": ("number", 1.0), "x": X3, "w": X3},
    nn.layer_forward: {"x": X3, "W": W23, "b": B2},
    nn.weight_gradient: {"dL_dz": DL_DZ, "x": X3},
    nn.bias_gradient: {"dL_dz": DL_DZ},
    nn.input_gradient: {"dL_dz": DL_DZ, "W": W23},
    nn.layer_backward: {"dL_dz": DL_DZ, "x": X3, "W": W23},
    nn.batch_forward: {"X": BATCH, "W": W23, "b": B2},
    nn.batch_backward: {"dLn_dZ": DLN_DZ, "X": BATCH, "W": W23},
    nn.batch_backward_sum: {"dLn_dZ": DLN_DZ, "X": BATCH, "W": W23},
    nn.batch_parameter_gradients: {"dLn_dZ": DLN_DZ, "X": BATCH},
    nn.batch_parameter_gradients_sum: {"dLn_dZ": DLN_DZ, "X": BATCH},
    nn.batch_input_gradient: {"dLn_dZ": DLN_DZ, "W": W23},
    nn.identity: ALONE,
    nn.identity_derivative: ALONE,
    nn.relu: ALONE,
    nn.relu_derivative: ALONE,
    nn.leaky_relu: {"z": Z, "slope": ("number", 0.1)},
    nn.leaky_relu_derivative: {"z": Z, "slope": ("number", 0.1)},
    nn.sigmoid: ALONE,
    nn.sigmoid_derivative: ALONE,
    nn.tanh: ALONE,
    nn.tanh_derivative: ALONE,
    nn.softmax: {"z": LOGITS},
    nn.softmax_jacobian: {"y_hat": P3},
    nn.softmax_backward: {"dL_dy_hat": X3, "y_hat": P3},
    nn.log_sum_exp: {"z": LOGITS},
    nn.softmax_cross_entropy: {"z": LOGITS, "y": Y3},
    nn.softmax_cross_entropy_gradient: {"z": LOGITS, "y": Y3},
    nn.softmax_cross_entropy_index: {"z": LOGITS, "label": LABEL},
    nn.softmax_cross_entropy_index_gradient: {"z": LOGITS, "label": LABEL},
    nn.mean_over_samples: {"L_n": ZS},
    nn.squared_error: PAIR,
    nn.squared_error_gradient: PAIR,
    nn.half_squared_error: PAIR,
    nn.half_squared_error_gradient: PAIR,
    nn.mean_squared_error: PAIR,
    nn.mean_squared_error_gradient: PAIR,
    nn.half_mean_squared_error: PAIR,
    nn.half_mean_squared_error_gradient: PAIR,
    nn.root_mean_squared_error: PAIR,
    nn.root_mean_squared_error_gradient: PAIR,
    nn.mean_absolute_error: PAIR,
    nn.mean_absolute_error_gradient: PAIR,
    nn.binary_cross_entropy: BINARY,
    nn.binary_cross_entropy_gradient: BINARY,
    nn.sigmoid_cross_entropy: SCORES,
    nn.sigmoid_cross_entropy_gradient: SCORES,
    nn.cross_entropy: CATEGORICAL,
    nn.cross_entropy_gradient: CATEGORICAL,
    nn.cross_entropy_index: INDEXED,
    nn.cross_entropy_index_gradient: INDEXED,
    nn.clipped_cross_entropy: CATEGORICAL,
    nn.clipped_cross_entropy_gradient: CATEGORICAL,
    nn.clipped_cross_entropy_index: INDEXED,
    nn.clipped_cross_entropy_index_gradient: INDEXED,
    nn.one_hot: {"label": LABEL, "n_classes": ("whole number", 3)},
    nn.predicted_class: {"y_hat": ZS},
    nn.transpose: {"A": W23},
    nn.weights_from_inputs_by_neurons: {"W": W23},
    nn.weights_to_inputs_by_neurons: {"W": W23},
    nn.samples_from_columns: {"X": BATCH},
    nn.samples_to_columns: {"X": BATCH},
    nn.Neuron: {"w": X3, "b": ("number", 1.0)},
    nn.Layer: {"W": W23, "b": B2},
    nn.LeakyReLU: {"slope": ("number", 0.1)},
    nn.gradient_descent_step: STEP,
    nn.momentum_step: {**STEP, "v": THETA, "beta": ("number", 0.5)},
    nn.nesterov_step: {**STEP, "v": THETA, "beta": ("number", 0.5)},
    nn.adagrad_step: {**STEP, "s": SQUARES, "epsilon": ("number", 0.1)},
    nn.rmsprop_step: {**STEP, "s": SQUARES, "beta": ("number", 0.5), "epsilon": ("number", 0.1)},
    nn.adam_step: {**STEP, "m": THETA, "v": SQUARES, "t": LABEL, "beta1": ("number", 0.5), "beta2": ("number", 0.5)},
    nn.inverse_time_decay: {"learning_rate": ("number", 0.1), "t": LABEL, "decay": ("number", 0.5)},
    nn.exponential_decay: {"learning_rate": ("number", 0.1), "t": LABEL, "gamma": ("number", 0.5)},
    nn.zeros_like: {"theta": THETA},
    nn.l1_penalty: PENALTY,
    nn.l1_penalty_gradient: PENALTY,
    nn.l2_penalty: PENALTY,
    nn.l2_penalty_gradient: PENALTY,
    nn.half_l2_penalty: PENALTY,
    nn.half_l2_penalty_gradient: PENALTY,
    nn.total_gradient: {"dL_dtheta": THETA, "dP_dtheta": THETA},
}

# network_forward, network_backward and Network nest deeper; their tests stand in test_network.py.
NESTED = {"Network", "network_forward", "network_backward"}
WITHOUT_ARGUMENTS = {"Identity", "ReLU", "Sigmoid", "Tanh", "Softmax"}
# Those that take networks, functions or a generator, and the objects that keep state: in tests of their own.
ELSEWHERE = {"learning.initialization", "learning.search", "gradient_check"}
LEARNING = ("gradient_descent", "momentum", "adagrad", "adam", "decay", "penalties")
KEEPERS = set()
for module in LEARNING:
    offered = importlib.import_module(f"scalarnn.learning.{module}").__all__
    KEEPERS.update(name for name in offered if name[0].isupper())
for module in ELSEWHERE:
    KEEPERS.update(importlib.import_module(f"scalarnn.{module}").__all__)


def test_the_table_misses_no_function():
    assert {function.__name__ for function in FUNCTIONS} == set(nn.__all__) - NESTED - WITHOUT_ARGUMENTS - KEEPERS


def generator():
    yield 1.0


NOT_A_NUMBER = ["1", "", b"1", None, True, False, [1.0], [[1.0]], (1.0,), {}, {1.0}, 1j, object(), float, len]
NOT_A_LIST = ["123", b"123", None, True, 5, 1.5, {0: 1.0}, {1.0, 2.0}, generator(), object(), list, len]
NOT_WHOLE = ["1", None, True, False, 1.0, 1.5, math.nan, [1], [0, 1, 0], {}, 1j]


def replaced(values, index, entry):
    changed = list(values)
    changed[index] = entry
    return changed


def wrong_vectors(good, infinities):
    """(what, the error it deserves, the place that the message has to name)."""
    for thing in NOT_A_LIST:
        yield thing, TypeError, ""
    yield [], ValueError, ""
    for index in range(len(good)):
        place = rf"\[{index}\]"
        for thing in NOT_A_NUMBER:
            yield replaced(good, index, thing), TypeError, place
        yield replaced(good, index, math.nan), ValueError, place
        if not infinities:
            yield replaced(good, index, INF), ValueError, place
            yield replaced(good, index, -INF), ValueError, place
    yield [list(good)], TypeError, r"\[0\]"  # a matrix where a vector is due
    yield [[entry] for entry in good], TypeError, r"\[0\]"  # … or a column


def wrong_matrices(good):
    for thing in NOT_A_LIST:
        yield thing, TypeError, ""
    yield list(good[0]), TypeError, r"\[0\]"  # a vector where a matrix is due
    yield [good], (TypeError, ValueError), r"\[0\]"  # nested too deep
    yield [], ValueError, ""
    yield [[]], ValueError, r"\[0\]"
    for j in range(len(good)):
        for thing in NOT_A_LIST:
            yield replaced(good, j, thing), TypeError, rf"\[{j}\]"
        yield replaced(good, j, []), ValueError, rf"\[{j}\]"
        for thing in NOT_A_NUMBER:
            yield replaced(good, j, replaced(good[j], 1, thing)), TypeError, rf"\[{j}\]\[1\]"
        for thing in (math.nan, INF, -INF):
            yield replaced(good, j, replaced(good[j], 0, thing)), ValueError, rf"\[{j}\]\[0\]"
    for j in range(1, len(good)):
        yield replaced(good, j, good[j][:-1]), ValueError, rf"\[{j}\]"  # ragged
        yield replaced(good, j, [*good[j], 1.0]), ValueError, rf"\[{j}\]"  # overlong


def wrong(sort, good):
    if sort == "number":
        for thing in NOT_A_NUMBER:
            yield thing, TypeError, ""
        for thing in (math.nan, INF, -INF):
            yield thing, ValueError, ""
    elif sort == "number with infinities":
        for thing in NOT_A_NUMBER:
            yield thing, TypeError, ""
        yield math.nan, ValueError, ""
    elif sort == "vector":
        yield from wrong_vectors(good, infinities=False)
    elif sort == "vector with infinities":
        yield from wrong_vectors(good, infinities=True)
    elif sort == "logits":
        yield from wrong_vectors(good, infinities=True)
        yield replaced(good, 1, INF), ValueError, r"\[1\]"
        yield [-INF] * len(good), ValueError, r"\[0\]"
    elif sort == "labels":
        yield from wrong_vectors(good, infinities=False)
        yield replaced(good, 1, 0.75), ValueError, ""
        yield replaced(good, 2, -0.25), ValueError, r"\[2\]"
    elif sort == "matrix":
        yield from wrong_matrices(good)
    else:
        assert sort == "whole number"
        for thing in NOT_WHOLE:
            yield thing, TypeError, ""
        yield -1, ValueError, ""


def wrong_parameters(good):
    """theta may be a number or deeper lists, so some of what is wrong elsewhere is right there."""
    for thing in ("123", b"123", {0: 1.0}):
        yield thing, TypeError, ""
    for index in range(len(good)):
        for thing in ("1", None, True, {}, 1j, object()):
            yield replaced(good, index, thing), TypeError, rf"\[{index}\]"
        yield replaced(good, index, math.nan), ValueError, rf"\[{index}\]"
    yield None, TypeError, ""
    yield True, TypeError, ""
    yield [], ValueError, ""


def same(a, b):
    """Equal, entry by entry, where NaN equals NaN and things that cannot be copied are themselves."""
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(same(p, q) for p, q in zip(a, b, strict=True))
    return a is b or a == b or (isinstance(a, float) and a != a and b != b)


def copied(value):
    return [copied(entry) for entry in value] if isinstance(value, list) else value


CASES = []
for function, arguments in FUNCTIONS.items():
    for name in arguments:
        CASES.append(pytest.param(function, arguments, name, id=f"{function.__name__}-{name}"))


@pytest.mark.parametrize(("function", "arguments", "name"), CASES)
def test_wrong_argument_is_named_before_any_arithmetic(function, arguments, name):
    sort, good = arguments[name]
    cases = wrong_parameters(good) if sort == "parameters" else wrong(sort, good)
    count = 0
    for bad, error, place in cases:
        call = {}
        for other, (other_sort, value) in arguments.items():
            # a check has to add labels up, and a whole number is none that could be watched
            plain = other == name or other_sort in ("labels", "whole number")
            call[other] = copy.deepcopy(value) if plain else untouched(value)
        if isinstance(bad, list) and sort != "labels":
            bad = [Untouched(entry) if type(entry) is float else entry for entry in bad]
        if function is nn.leaky_relu_derivative and name == "slope" and bad is None:
            continue  # None stands for one hundredth
        if function in (nn.leaky_relu, nn.LeakyReLU) and name == "slope" and bad is None:
            continue
        call[name] = bad
        before = {key: copied(value) for key, value in call.items()}
        with pytest.raises(error) as caught:
            function(**call)
        message = str(caught.value)
        # no n_classes below one: then the label has no range either, and n_classes is named
        assert re.match(rf"{name}{place}(\W|$)", message), (bad, message)
        assert ": expected " in message, (bad, message)
        for key, value in call.items():
            assert same(value, before[key]), (key, bad)
        count += 1
    assert count > 3


# ---- lengths that do not fit one another -----------------------------------------------------------------------------

LENGTHS = []
for function, arguments in FUNCTIONS.items():
    lists = [name for name, (sort, _) in arguments.items() if not sort.startswith(("number", "whole number"))]
    for name in lists:
        # an outer product takes any two lengths, and a way through W any number of samples
        samples = {nn.batch_forward: "X", nn.batch_input_gradient: "dLn_dZ"}
        free = function is nn.weight_gradient or samples.get(function) == name
        if len(lists) > 1 and not free:
            LENGTHS.append(pytest.param(function, arguments, name, id=f"{function.__name__}-{name}"))


@pytest.mark.parametrize(("function", "arguments", "name"), LENGTHS)
@pytest.mark.parametrize("longer", [True, False])
def test_lengths_have_to_fit(function, arguments, name, longer):
    call = {}
    for other, (sort, value) in arguments.items():
        call[other] = copy.deepcopy(value) if sort in ("labels", "whole number") or other == name else untouched(value)
    sort = arguments[name][0]
    if sort == "labels":
        call[name] = [0.25, 0.25, 0.25, 0.25] if longer else [0.5, 0.5]
    elif longer:
        call[name].append(call[name][0])
    else:
        call[name].pop()
    before = {key: copied(value) for key, value in call.items()}
    with pytest.raises(ValueError, match=r"^\w+(\[\d+\])* has length \d+: expected \d+, .+$"):
        function(**call)
    assert all(same(value, before[key]) for key, value in call.items())


@pytest.mark.parametrize(
    ("function", "arguments"),
    [(function, arguments) for function, arguments in FUNCTIONS.items() if "W" in arguments and len(arguments) > 1],
)
def test_transposed_weights_do_not_fit(function, arguments):
    call = {name: untouched(value) for name, (_, value) in arguments.items()}
    call["W"] = nn.transpose(arguments["W"][1])
    with pytest.raises(ValueError, match=r"^\w+(\[\d+\])* has length \d+: expected \d+, .+$"):
        function(**call)


def test_samples_as_columns_do_not_fit():
    X, W, b = BATCH[1], W23[1], B2[1]
    with pytest.raises(ValueError, match=r"^W\[0\] has length 3: expected 4, one weight for each input$"):
        nn.batch_forward(nn.transpose(X), W, b)


# ---- good calls change nothing either --------------------------------------------------------------------------------


@pytest.mark.parametrize("function", list(FUNCTIONS))
def test_arguments_are_left_as_they_were(function):
    call = {name: copy.deepcopy(value) for name, (_, value) in FUNCTIONS[function].items()}
    function(**call)
    assert call == {name: value for name, (_, value) in FUNCTIONS[function].items()}


@pytest.mark.parametrize("function", list(FUNCTIONS))
def test_tuples_do_as_well_as_lists(function):
    def frozen(value):
        return tuple(frozen(entry) for entry in value) if isinstance(value, list) else value

    listed = function(**{name: value for name, (_, value) in FUNCTIONS[function].items()})
    tupled = function(**{name: frozen(value) for name, (_, value) in FUNCTIONS[function].items()})
    if isinstance(function, type):
        assert vars(tupled) == vars(listed)
    else:
        assert tupled == listed


# ---- objects ---------------------------------------------------------------------------------------------------------


def test_activation_objects_check_before_they_compute():
    for activation in (nn.Identity(), nn.ReLU(), nn.LeakyReLU(), nn.Sigmoid(), nn.Tanh(), nn.Softmax()):
        for bad, error, place in wrong_vectors([1.0, 2.0, 3.0], infinities=True):
            with pytest.raises(error, match=rf"^z{place}(\W|$)"):
                activation.forward(bad)
            with pytest.raises(error, match=rf"^z{place}(\W|$)"):
                activation.backward(untouched([1.0, 2.0, 3.0]), bad)
        for bad, error, place in wrong_vectors([1.0, 2.0, 3.0], infinities=False):
            with pytest.raises(error, match=rf"^dL_da{place}(\W|$)"):
                activation.backward(bad, untouched([1.0, 2.0, 3.0]))
        for dL_da in ([1.0, 2.0], [1.0, 2.0, 3.0, 4.0]):
            message = rf"^dL_da has length {len(dL_da)}: expected 3, one gradient for each (neuron|class) of z$"
            with pytest.raises(ValueError, match=message):
                activation.backward(dL_da, untouched([1.0, 2.0, 3.0]))


def objects():
    neuron = nn.Neuron([1.0, 2.0, 3.0], 1.0, nn.ReLU())
    neuron.forward([1.0, 1.0, 1.0])
    neuron.backward(1.0)
    layer = nn.Layer(W23[1], B2[1], nn.Sigmoid())
    network = nn.Network([nn.Layer(W23[1], B2[1], nn.Tanh()), nn.Layer([[1.0, 2.0]], [0.0], nn.Identity())])
    for each, dL_da in ((layer, [1.0, 2.0]), (network, [1.0])):
        each.forward([1.0, 2.0, 3.0])
        each.backward(dL_da)
    return neuron, layer, network


def state(thing):
    if isinstance(thing, nn.Network):
        return [dict(vars(layer)) for layer in thing.layers]
    return dict(vars(thing))


def fails(thing, method, cases):
    before = state(thing)
    for bad, error, place in cases:
        with pytest.raises(error) as caught:
            getattr(thing, method)(bad)
        assert re.match(rf"\w+{place}\W.*: expected ", str(caught.value)), (bad, str(caught.value))
        assert state(thing) == before


def test_failed_calls_leave_objects_as_they_were():
    neuron, layer, network = objects()
    vector = list(wrong_vectors([1.0, 2.0, 3.0], infinities=False))
    matrix = list(wrong_matrices([[1.0, 2.0, 3.0]]))
    for thing in (neuron, layer, network):
        fails(thing, "forward", vector)
    for thing in (layer, network):
        fails(thing, "forward_batch", matrix)
    fails(neuron, "backward", list(wrong("number", 1.0)))
    fails(layer, "backward", list(wrong_vectors([1.0, 2.0], infinities=False)))
    fails(network, "backward", list(wrong_vectors([1.0], infinities=False)))
    for each, dL_da in ((layer, [1.0, 2.0]), (network, [1.0])):
        each.forward_batch([[1.0, 2.0, 3.0]])
        each.backward_batch([dL_da])
    for thing in (layer, network):
        fails(thing, "forward", vector)
        fails(thing, "forward_batch", matrix)
    fails(layer, "backward_batch", list(wrong_matrices([[1.0, 2.0]])))
    fails(network, "backward_batch", [case for case in wrong_matrices([[1.0, 2.0]]) if case[2] in ("", r"\[0\]")])
    fails(network, "update", list(wrong("number", 1.0)))
    fails(network, "update", [(0, ValueError, ""), (-0.1, ValueError, "")])
