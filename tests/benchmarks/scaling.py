"""How the cost of an epoch grows, and where NumPy overtakes."""

from math import log

from tests.benchmarks import given, tasks, with_scalarnn
from tests.benchmarks.measuring import side_by_side

__all__ = ["batch_sizes", "exponent", "samples", "weights", "widths"]

SAMPLES = [30, 60, 120, 240, 480, 960]
HIDDEN_UNITS = [16, 32, 64, 128, 256]
WIDTHS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128]
BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64]


def samples(quick, **settings):
    """Number of samples → seconds of an epoch: spiral, 2-16-3, mini-batches of 30."""
    runs = {}
    for n in SAMPLES[: 3 if quick else None]:
        data = given.spiral(n // 3, n_hidden=16) | {"batch_size": 30}
        runs[n] = _run(with_scalarnn.classifier_training_step, data, n // 30)
    return _medians(runs, settings)


def weights(quick, **settings):
    """Number of weights and biases → seconds of an epoch: 64-n-10, one mini-batch of 32 digits."""
    runs = {}
    for n_hidden in HIDDEN_UNITS[: 3 if quick else None]:
        data = given.digits(samples=32, n_hidden=n_hidden)
        n_parameters = 64 * n_hidden + n_hidden + n_hidden * 10 + 10
        runs[n_parameters] = _run(with_scalarnn.classifier_training_step, data, 1)
    return _medians(runs, settings)


def exponent(costs):
    """The slope of log cost over log size by least squares: 1 is linear growth."""
    x = [log(size) for size in costs]
    y = [log(cost) for cost in costs.values()]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    covariance = sum((x_i - mean_x) * (y_i - mean_y) for x_i, y_i in zip(x, y, strict=True))
    return covariance / sum((x_i - mean_x) ** 2 for x_i in x)


def widths(quick, **settings):
    """n → contender → seconds of a step of 2-n-1 on one sample."""
    styles = {"scalarnn, functions": "network_functions", "scalarnn, objects": "network_objects"}
    found = {}
    for n in WIDTHS[: 3 if quick else None]:
        found[n] = _beside_numpy(given.one_sample(n), styles, "network", settings)
    return found


def batch_sizes(quick, **settings):
    """Batch size → contender → seconds of a step of 2-8-3 on spiral samples."""
    found = {}
    for size in BATCH_SIZES[: 3 if quick else None]:
        data = given.spiral(32, n_hidden=8) | {"batch_size": size}
        found[size] = _beside_numpy(
            data, {"scalarnn, training_step": "classifier_training_step"}, "classifier", settings
        )
    return found


def _beside_numpy(data, styles, function, settings):
    functions = {name: getattr(with_scalarnn, style) for name, style in styles.items()}
    if "with_numpy" not in tasks.absent():
        from tests.benchmarks import with_numpy

        functions["NumPy"] = getattr(with_numpy, function)
    tasks.agree(functions, data, 1)
    steps = 4
    runs = {name: _run(contender, data, steps) for name, contender in functions.items()}
    return {name: seconds / steps for name, seconds in _medians(runs, settings).items()}


def _medians(runs, settings):
    taken = side_by_side(runs, collector=True, **settings)
    return {name: seconds.median for name, seconds in taken.items()}


def _run(function, data, steps):
    def run():
        function(data, steps)

    return run
