"""What each task is given: the same plain lists for every contender, which never changes them."""

from random import Random

from scalarnn import ReLU, Sigmoid, dense_network, glorot_uniform
from scalarnn.datasets import load_digits, moons_data, spiral_data

DEMO_SEED = 1337  # that of micrograd's notebook


def neuron():
    """`003` §2: one ReLU neuron, squared loss."""
    return {"x": [1.0, -2.0, 3.0], "w": [-3.0, -1.0, 2.0], "b": 1.0, "y": 0.0, "learning_rate": 0.001}


def layer():
    """`003` §3: three ReLU neurons whose outputs should sum to 0."""
    W = [[0.1, 0.2, 0.3, 0.4], [0.5, 0.6, 0.7, 0.8], [0.9, 1.0, 1.1, 1.2]]
    return {"x": [1.0, 2.0, 3.0, 4.0], "W": W, "b": [0.1, 0.2, 0.3], "target": 0.0, "learning_rate": 0.001}


def network():
    """`004`: a 2-3-1 ReLU network and its one sample."""
    Ws = [[[1.0, 2.0], [-3.0, 4.0], [1.0, -1.0]], [[1.0, 2.0, 3.0]]]
    bs = [[1.0, 2.0, 0.0], [1.0]]
    return {"x": [1.0, 2.0], "target": [3.0], "Ws": Ws, "bs": bs, "learning_rate": 0.01}


def one_sample(n_hidden):
    """A 2-n-1 ReLU network and one sample, to find where NumPy overtakes."""
    Ws, bs = parameters_of(dense_network([2, n_hidden, 1], [ReLU(), None], seed=0))
    return {"x": [1.0, 2.0], "target": [3.0], "Ws": Ws, "bs": bs, "learning_rate": 0.001}


def demo(samples=100, epochs=100):
    """micrograd's demo: two moons, a 2-16-16-1 ReLU network from uniform weights, labels −1 and 1."""
    X, labels = moons_data(samples // 2, noise=0.1, seed=DEMO_SEED)
    random = Random(DEMO_SEED)
    sizes = [2, 16, 16, 1]
    Ws, bs = [], []
    for layer in range(3):
        Ws.append([[random.uniform(-1, 1) for _ in range(sizes[layer])] for _ in range(sizes[layer + 1])])
        bs.append([0.0] * sizes[layer + 1])
    return {"X": X, "y": [2 * label - 1 for label in labels], "Ws": Ws, "bs": bs, "alpha": 1e-4, "epochs": epochs}


def spiral(samples_per_class=100, n_hidden=64):
    """Three spiral arms, a 2-64-3 ReLU network, all samples in one batch."""
    X, labels = spiral_data(samples_per_class, classes=3, seed=0)
    Ws, bs = parameters_of(dense_network([2, n_hidden, 3], [ReLU(), None], seed=0))
    return {"X": X, "labels": labels, "Ws": Ws, "bs": bs, "learning_rate": 0.5, "batch_size": len(X)}


def digits(samples=256, n_hidden=32, batch_size=32):
    """Handwritten digits, ink from 0 to 1, a 64-32-10 ReLU network, mini-batches of 32 in the order of the file."""
    table = load_digits()
    X = [[ink / 16 for ink in x] for x in table.X[:samples]]
    Ws, bs = parameters_of(dense_network([64, n_hidden, 10], [ReLU(), None], seed=0))
    labels = table.labels[:samples]
    return {"X": X, "labels": labels, "Ws": Ws, "bs": bs, "learning_rate": 0.1, "batch_size": batch_size}


def xor():
    """The XOR network of the list-based book: 2-2-1 sigmoid neurons, an update after each sample."""
    X, targets = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [[0.0], [1.0], [1.0], [0.0]]
    return {"X": X, "targets": targets, "learning_rate": 1.0} | sigmoid_network([2, 2, 1])


def fizz_buzz():
    """The list-based book's larger example: ten binary digits in, four classes out, 25 sigmoid neurons between."""
    X, targets = [], []
    for number in range(101, 201):
        X.append([float(number >> digit & 1) for digit in range(10)])
        kind = 3 if number % 15 == 0 else 2 if number % 5 == 0 else 1 if number % 3 == 0 else 0
        targets.append([float(k == kind) for k in range(4)])
    return {"X": X, "targets": targets, "learning_rate": 1.0} | sigmoid_network([10, 25, 4])


def sigmoid_network(sizes):
    Ws, bs = parameters_of(dense_network(sizes, [Sigmoid(), Sigmoid()], seed=0, initialization=glorot_uniform))
    return {"Ws": Ws, "bs": bs}


def parameters_of(network):
    return [layer.W for layer in network.layers], [layer.b for layer in network.layers]
