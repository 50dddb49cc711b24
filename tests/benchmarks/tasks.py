"""The tasks: what is given, who takes part, and that all of them compute the same thing."""

from collections import namedtuple
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec

from tests.benchmarks import given
from tests.benchmarks.measuring import flat

__all__ = ["TASKS", "DisagreementError", "Task", "absent", "agree", "contenders", "fingerprint"]

TOLERANCE = 1e-9  # relative; all compute in float64, and differ in the order of their sums

# Who needs what to be installed; the others need nothing.
LIBRARIES = {"with_micrograd": "micrograd", "with_numpy": "numpy", "with_torch": "torch"}
TITLES = {
    "with_micrograd": "micrograd",
    "with_numpy": "NumPy",
    "with_torch": "PyTorch",
    "with_lists": "lists, as in *Data Science from Scratch*",
    "straight_line": "straight-line code (the floor)",
}


class DisagreementError(AssertionError):
    """A contender computes something else than the others."""


class Task(namedtuple("Task", ["title", "step", "given", "steps", "checked", "styles", "others", "slow_steps"])):
    """One thing to compute.

    title         what it is
    step          what a time is given for: an iteration, an epoch, a mini-batch
    given         a function that makes the data
    steps         how many steps a run has
    checked       over how many steps the contenders are compared before
    styles        how a user of scalarnn may write it: name → function of with_scalarnn
    others        module → function
    slow_steps    how many steps a run of micrograd has; its time for a step grows with the number of steps
    """

    __slots__ = ()


def _in_three_styles(name):
    return {
        "functions": f"{name}_functions",
        "bare functions": f"{name}_bare",
        "objects": f"{name}_objects",
    }


def _everyone(function):
    return dict.fromkeys(("with_micrograd", "with_numpy", "with_torch", "straight_line"), function)


CLASSIFIER = {
    "objects": "classifier_objects",
    "training_step": "classifier_training_step",
    "train": "classifier_train",
}
AFTER_EACH_SAMPLE = {"with_lists": "network", "with_numpy": "sigmoid", "straight_line": "sigmoid"}

TASKS = {
    "neuron": Task(
        title="the neuron of `003`: 3 inputs, 200 iterations",
        step="iteration",
        given=given.neuron,
        steps=200,
        checked=200,
        styles=_in_three_styles("neuron"),
        others=_everyone("neuron"),
        slow_steps=200,
    ),
    "layer": Task(
        title="the layer of `003`: 4 inputs, 3 neurons, 200 iterations",
        step="iteration",
        given=given.layer,
        steps=200,
        checked=200,
        styles=_in_three_styles("layer"),
        others=_everyone("layer"),
        slow_steps=200,
    ),
    "network": Task(
        title="the network of `004`: 2-3-1, one sample, 10 epochs",
        step="epoch",
        given=given.network,
        steps=10,
        checked=10,
        styles={**_in_three_styles("network"), "training_step": "network_training_step"},
        others=_everyone("network"),
        slow_steps=10,
    ),
    "demo": Task(
        title="micrograd's demo: 2-16-16-1, 100 samples of two moons, max-margin loss",
        step="epoch",
        given=given.demo,
        steps=10,
        checked=2,
        styles=_in_three_styles("demo"),
        others=_everyone("demo"),
        slow_steps=3,
    ),
    "spiral": Task(
        title="the spiral: 2-64-3, 300 samples in one batch",
        step="epoch",
        given=given.spiral,
        steps=4,
        checked=1,
        styles=CLASSIFIER,
        others=_everyone("classifier"),
        slow_steps=1,
    ),
    "digits": Task(
        title="the digits: 64-32-10, mini-batches of 32",
        step="mini-batch",
        given=given.digits,
        steps=8,
        checked=1,
        styles=CLASSIFIER,
        others=_everyone("classifier"),
        slow_steps=1,
    ),
    "xor": Task(
        title="XOR: 2-2-1 sigmoid neurons, an update after each of 4 samples",
        step="epoch",
        given=given.xor,
        steps=100,
        checked=100,
        styles=_in_three_styles("sigmoid"),
        others=AFTER_EACH_SAMPLE,
        slow_steps=100,
    ),
    "fizz_buzz": Task(
        title="Fizz Buzz: 10-25-4 sigmoid neurons, an update after each of 100 samples",
        step="epoch",
        given=given.fizz_buzz,
        steps=1,
        checked=1,
        styles=_in_three_styles("sigmoid"),
        others=AFTER_EACH_SAMPLE,
        slow_steps=1,
    ),
}


def absent():
    """Modules of contenders whose library is not installed → the reason to leave them out."""
    reasons = {}
    for module, library in LIBRARIES.items():
        if find_spec(library) is None:
            reasons[module] = f"{TITLES[module]} is not installed"
    return reasons


def contenders(task):
    """Name → (function of given and steps, how many steps a run has); scalarnn's styles come first."""
    found = {}
    ours = import_module("tests.benchmarks.with_scalarnn")
    for style, function in task.styles.items():
        found[f"scalarnn, {style}"] = (getattr(ours, function), task.steps)
    missing = absent()
    for module, function in task.others.items():
        if module not in missing:
            steps = task.slow_steps if module == "with_micrograd" else task.steps
            found[TITLES[module]] = (getattr(import_module(f"tests.benchmarks.{module}"), function), steps)
    return found


def fingerprint(function, data, steps):
    """Twelve hexadecimal digits for every bit of the parameters at the end, to be compared across Pythons."""
    _losses, parameters = function(data, steps)
    shown = " ".join(number.hex() for number in flat(parameters))
    return sha256(shown.encode("ascii")).hexdigest()[:12]


def agree(functions, data, steps):
    """All get to the same losses and the same parameters, or a DisagreementError tells who does not.

    Args:
        functions: name → function of given and steps; the first is what the others are compared with.
        data: what is given.
        steps: how many steps.
    """
    first = None
    for name, function in functions.items():
        losses, parameters = function(data, steps)
        figures = {"parameters": flat(parameters)}
        if losses is not None:  # not every style keeps every loss
            figures["losses"] = flat(losses)
        if first is None:
            first, expected = name, figures
            continue
        for kind, numbers in figures.items():
            _compare(numbers, expected.get(kind, numbers), f"{name}: {kind}", first)


def _compare(numbers, expected, what, first):
    if len(numbers) != len(expected):
        raise DisagreementError(f"{what}: {len(numbers)} numbers, {first} has {len(expected)}")
    largest = max(abs(number) for number in expected)
    for i in range(len(numbers)):
        if not abs(numbers[i] - expected[i]) <= TOLERANCE * max(abs(expected[i]), 1e-6 * largest):
            raise DisagreementError(f"{what}[{i}] is {numbers[i]!r}, that of {first} {expected[i]!r}")
