"""The doors: what they hand on, what they look like from outside, and how little stands between a user and a line."""

import bdb
import inspect
import linecache
import pickle
import subprocess
import sys
import traceback
from fractions import Fraction

import numpy as np
import pytest

import scalarnn as nn
from scalarnn import check
from scalarnn.doors import door, is_door
from scalarnn.doors.later import write_now

FUNCTIONS = [name for name in nn.__all__ if inspect.isfunction(getattr(nn, name)) and not name.startswith("check_")]
LOOKS_ITSELF = "scalarnn.gradient_check"


# ---- from outside ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_door_looks_like_its_function(name):
    function = getattr(nn, name)
    bare = function.__wrapped__
    assert is_door(function)
    assert not is_door(bare)
    assert bare is getattr(sys.modules[bare.__module__], name)
    assert inspect.signature(function) == inspect.signature(bare)
    assert (function.__name__, function.__doc__) == (bare.__name__, bare.__doc__)
    assert function.__doc__
    assert pickle.loads(pickle.dumps(function)) is function


def test_objects_pickle():
    network = nn.Network([nn.Layer([[1.0, 2.0]], [0.5], nn.ReLU()), nn.Layer([[1.0]], [0.0], nn.LeakyReLU(0.5))])
    network.forward([1.0, 2.0])
    again = pickle.loads(pickle.dumps(network))
    assert again.forward([1.0, 2.0]) == network.forward([1.0, 2.0])
    assert again.backward([1.0]) == network.backward([1.0])


@pytest.mark.parametrize("kind", [nn.Neuron, nn.Layer, nn.Network, nn.ReLU, nn.Sigmoid, nn.Softmax, nn.LeakyReLU])
def test_public_methods_have_doors(kind):
    for name in ("forward", "backward"):
        if hasattr(kind, name):
            assert is_door(getattr(kind, name))


def test_the_text_of_a_door_is_shown_in_a_traceback():
    nn.neuron_forward([1.0], [2.0], 3.0)
    linecache.clearcache()
    with pytest.raises(TypeError) as caught:
        nn.neuron_forward([1.0], [None], 3.0)
    shown = "".join(traceback.format_tb(caught.value.__traceback__))
    assert "return bare(x, w, b) if plain else bare(*look(x, w, b))" in shown


def test_python_itself_names_the_function_when_arguments_are_missing():
    with pytest.raises(TypeError, match=r"^layer_forward\(\) missing 1 required positional argument: 'b'$"):
        nn.layer_forward([1], [[1]])


# ---- what is handed on -----------------------------------------------------------------------------------------------


def handed_on(*given):
    """What a door of three vectors, matrices and numbers hands to the function behind it."""

    def bare(x: "Vector[n]", W: "Matrix[m, n]", b: "Number"):  # noqa: F821
        return x, W, b

    return door(bare)(*given)


def test_plain_lists_are_handed_on_as_they_are():
    x, W = [1.5, 2], [[1.0, 2], [3, 4.5]]
    assert handed_on(x, W, 1)[0] is x
    assert handed_on(x, W, 1)[1] is W


class ByLabel:
    """A row that reads [i] by a label, as a Series of pandas with a shuffled index does."""

    def __init__(self, values):
        self.values = values

    def __len__(self):
        return len(self.values)

    def __getitem__(self, label):
        return self.values[-1 - label]

    def to_numpy(self):
        return np.array(self.values)


class Frame(ByLabel):
    """A table that reads [i] by the name of a column, as a DataFrame does."""

    def __getitem__(self, label):
        raise KeyError(label)


def test_what_is_read_by_label_is_read_by_position():
    x, W, _ = handed_on(ByLabel([1.0, 2.0]), Frame([[1, 2], [3, 4]]), 1)
    assert (x, W) == ([1.0, 2.0], [[1, 2], [3, 4]])
    assert nn.layer_forward(ByLabel([1.0, 2.0]), [[1.0, 10.0]], [0]) == [21.0]
    with pytest.raises(ValueError, match=r"^W\[1\]\[0\] is nan: expected a finite number$"):
        nn.layer_forward([1.0, 2.0], Frame([[1, 2], [np.nan, 4]]), [0, 0])


@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "i8", "f2", "f4", "f8"])
def test_arrays_become_lists_of_pythons_numbers(dtype):
    x, W, b = handed_on(np.array([1, 2], dtype), np.array([[1, 2], [3, 4]], dtype), np.array([5], dtype)[0])
    kind = float if dtype[0] == "f" else int
    assert (x, W, b) == ([1, 2], [[1, 2], [3, 4]], 5)
    assert {type(number) for number in (*x, *W[0], *W[1], b)} == {kind}
    assert type(x) is type(W) is type(W[0]) is list


def test_an_int_beyond_all_floats_is_a_number_all_the_same():
    huge = 10**400
    assert nn.neuron_forward([huge, 1], [1, 1], 0) == huge + 1
    assert nn.gradient_descent_step([huge], [1], 1) == [huge - 1]


def test_exact_numbers_stay_exact():
    third = Fraction(1, 3)
    assert nn.layer_forward((third, 1), ((3, third),), (0,)) == [Fraction(4, 3)]
    theta, v = nn.momentum_step((third, (third,)), (third, (third,)), (0, (0,)), third, third)
    assert (theta, v) == ([third - third * third, [third - third * third]], [third, [third]])


class NAType:
    """A missing value as pandas has it: it calculates, and refuses to be true or false."""

    def __sub__(self, _):
        return self

    __truediv__ = __eq__ = __sub__
    __hash__ = None

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")

    def __repr__(self):
        return "<NA>"


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (np.array(1.5), "x is array(1.5), a ndarray: expected a list"),
        (np.array([1, 2], "M8[D]"), "x[0] is np.datetime64('1970-01-02'), a datetime64: expected a number"),
        ([1.0, NAType()], "x[1] is <NA>, a NAType: expected a number"),
        ([1.0, np.array([[1, 2], [3, 4]])], "x[1] is array([[1, 2], [3, 4]]), a ndarray: expected a number"),
    ],
)
def test_what_only_looks_like_numbers_is_named(x, message):
    for call in (lambda: nn.neuron_forward(x, [1, 1], 0), lambda: nn.Neuron([1, 1], 0).forward(x)):
        with pytest.raises(TypeError) as caught:
            call()
        assert str(caught.value) == message


# ---- what is assigned between the calls ------------------------------------------------------------------------------


def stepped(change, step):
    """The parameters after a step before which something was assigned."""
    network = nn.Network([nn.Layer([[1.0, 2.0], [3.0, 4.0]], [0.5, 0.25])])
    network.forward([1.0, 2.0])
    network.backward([0.1, -0.3])
    change(network.layers[0])
    step(network)
    return network.layers[0].W, network.layers[0].b


def as_arrays(layer):
    layer.dL_dW, layer.dL_db, layer.b = map(np.array, (layer.dL_dW, layer.dL_db, layer.b))
    layer.W[0] = np.array(layer.W[0])


@pytest.mark.parametrize("step", [lambda network: network.update(0.1), lambda network: nn.Adam(0.1).step(network)])
def test_gradients_that_are_arrays_become_lists_of_pythons_numbers(step):
    W, b = stepped(as_arrays, step)
    assert (W, b) == stepped(lambda _: None, step)
    assert {type(number) for row in (*W, b) for number in row} == {float}


def test_what_an_optimizer_keeps_may_be_assigned_as_an_array():
    def two_steps(change):
        network, optimizer = nn.Network([nn.Layer([[1.0, 2.0]], [0.5])]), nn.Momentum(0.1)
        for _ in range(2):
            network.backward(network.forward([1.0, 2.0]))
            optimizer.step(network)
            change(optimizer.state[0])
        return network.layers[0].W, network.layers[0].b

    def as_array(kept):
        kept["v_W"] = np.array(kept["v_W"])

    W, b = two_steps(as_array)
    assert (W, b) == two_steps(lambda _: None)
    assert {type(number) for number in (*W[0], *b)} == {float}


@pytest.mark.parametrize(
    ("assigned", "shown"), [("relu", "'relu', a str"), (nn.ReLU, "the class ReLU"), (nn.relu, "the function relu")]
)
@pytest.mark.parametrize("way", ["forward", "backward"])
def test_an_activation_that_is_assigned_later_is_one(assigned, shown, way):
    neuron, network = nn.Neuron([1.0], 0.0), nn.Network([nn.Layer([[1.0]], [0.0])])
    neuron.forward([1.0]), network.forward([1.0])
    neuron.activation = network.layers[0].activation = assigned
    given = {"forward": ([1.0], [1.0]), "backward": (1.0, [1.0])}[way]
    for thing, argument, where in ((neuron, given[0], ""), (network, given[1], "layers[0]: ")):
        with pytest.raises(TypeError) as caught:
            getattr(thing, way)(argument)
        assert str(caught.value).startswith(f"{where}activation is {shown}: expected ")


class OfYours:
    """An activation that answers whatever it was made with."""

    def __init__(self, answer):
        self.value = self.derivative = lambda _: answer


def test_what_an_activation_of_a_neuron_answers_is_looked_at():
    assert type(nn.Neuron([1.0], 0.0, OfYours(np.float32(0.5))).forward([1.0])) is float
    for answer in (None, "0.5", [0.5]):
        neuron = nn.Neuron([1.0], 0.0, OfYours(answer))
        with pytest.raises(TypeError, match=r"^a is .*: expected a number$"):
            neuron.forward([1.0])
        assert neuron.z is None
    neuron = nn.Neuron([1.0], 0.0, OfYours(float("inf")))
    neuron.forward([1.0])
    with pytest.raises(ValueError, match=r"^da_dz is inf: expected a finite number$"):
        neuron.backward(1.0)


# ---- how little stands between ---------------------------------------------------------------------------------------


class Steps(bdb.Bdb):
    """`step` from a line of this file until a function of the mathematics begins: how many stops that takes."""

    def __init__(self, target, skip=None):
        super().__init__(skip=skip)
        self.target, self.stops, self.arrived = target, 0, None

    def user_line(self, frame):
        if self.arrived is None and frame.f_globals.get("__name__", "").startswith("scalarnn"):
            self.stops += 1
            if frame.f_code is self.target.__code__:
                self.arrived = self.stops
        self.set_step()


def stops_to(target, call, skip=None):
    steps = Steps(target, skip)
    before = sys.gettrace()
    try:
        steps.runcall(call)
    finally:
        sys.settrace(before)
    return steps.arrived


NUMBERS = [([1.0, 2.0], [3.0, 4.0], 5.0), ([1, 2], [3, 4], 5), ([1, 2.5], [3.5, 4], 5)]


@pytest.mark.parametrize("given", NUMBERS)
@pytest.mark.parametrize("first", [True, False])
def test_six_steps_to_the_mathematics_and_one_past_the_door(given, first):
    bare = nn.neuron_forward.__wrapped__
    opened = door(bare) if first else nn.neuron_forward  # one that nobody has come to yet
    if not first:
        opened(*given)
    assert stops_to(bare, lambda: opened(*given)) <= 6
    assert stops_to(bare, lambda: nn.neuron_forward(*given), skip=["scalarnn.doors*"]) == 1


def test_eight_steps_to_the_way_back_and_two_past_the_door():
    layer = nn.Layer([[1.0, 2.0], [3.0, 4.0]], [0.0, 0.0], nn.ReLU())
    bare = nn.Layer.backward.__wrapped__
    for skip, most in ((None, 8), (["scalarnn.doors*"], 2)):
        layer.forward([1.0, 2.0])
        assert stops_to(bare, lambda: layer.backward([1.0, 1.0]), skip) <= most


def test_steps_are_counted():
    """A check in lines of Python between a user and the mathematics would be seen."""

    def with_checks():
        x, w, b = NUMBERS[0]
        check.vector(x, "x")
        check.vector(w, "w")
        check.number(b, "b")
        return nn.neuron_forward.__wrapped__(x, w, b)

    assert stops_to(nn.neuron_forward.__wrapped__, with_checks) > 6


def calls_of(function, *given):
    """The Python calls that a call makes, itself counted, once everything has been written that is written later."""
    function(*given)
    names = []

    def note(frame, event, _):
        if event == "call":
            names.append(frame.f_code.co_name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        function(*given)
    finally:
        sys.setprofile(before)
    return names


W, x, b = [[1.0, 2.0], [3.0, 4.0]], [1.0, -2.0], [0.5, 0.5]


def test_python_calls():
    assert len(calls_of(nn.layer_forward.__wrapped__, x, W, b)) == 1
    assert len(calls_of(nn.Layer(W, b, nn.ReLU()).forward, x)) <= 6
    zeros = [0.0, 0.0]
    assert calls_of(nn.adam_step.__wrapped__, x, b, zeros, zeros, 1, 0.1) == ["adam_step", "sqrt", "sqrt"]
    assert len(calls_of(nn.adam_step, x, b, zeros, zeros, 1, 0.1)) <= 6


def test_writing_a_door_is_not_counted():
    opened, names = door(nn.layer_forward.__wrapped__), []  # nobody has come to it yet

    def note(frame, event, _):
        if event == "call":
            names.append(frame.f_code.co_name)

    sys.setprofile(note)
    try:
        opened(x, W, b)
    finally:
        sys.setprofile(None)
    assert [name for name in names if name != "now"] == ["layer_forward"] * 3  # its one line, the door, the mathematics


def test_what_is_written_later_is_written_under_cprofile():
    """cProfile sets an object that cannot be called, and so not be set again: it has to stay where it is."""
    code = (
        "import cProfile, sys, scalarnn\n"
        "profile = cProfile.Profile()\n"
        "profile.enable()\n"
        "scalarnn.neuron_forward([1.0], [2.0], 3.0)\n"
        "assert sys.getprofile() is profile\n"
        "profile.disable()\n"
        "assert any('neuron_forward' in str(entry.code) for entry in profile.getstats())"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_written_later_can_be_written_now():
    def bare(x: "Number"):  # noqa: F821
        return x

    opened = door(bare)
    code = opened.__code__
    assert write_now(opened) is opened
    assert opened.__code__ is not code
    assert opened(2.0) == 2.0
