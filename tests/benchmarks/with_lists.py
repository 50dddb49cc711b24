"""A network of lists after the description in *Data Science from Scratch* (chapter "Neural Networks"): own code.

A neuron is a list of weights with the bias as its last; a layer is a list of neurons, a network a list of layers. An
input gets a 1 at its end for the bias. Vectors are added, scaled and multiplied by small functions that look at the
lengths first; a step makes new neurons.
"""

from math import exp


def dot(v, w):
    assert len(v) == len(w), "vectors must be the same length"
    return sum(v_i * w_i for v_i, w_i in zip(v, w))  # noqa: B905


def add(v, w):
    assert len(v) == len(w), "vectors must be the same length"
    return [v_i + w_i for v_i, w_i in zip(v, w)]  # noqa: B905


def scalar_multiply(c, v):
    return [c * v_i for v_i in v]


def gradient_step(v, gradient, step_size):
    assert len(v) == len(gradient)
    return add(v, scalar_multiply(step_size, gradient))


def sigmoid(t):
    return 1 / (1 + exp(-t))


def neuron_output(weights, inputs):
    return sigmoid(dot(weights, inputs))


def feed_forward(neural_network, input_vector):
    outputs = []
    for layer in neural_network:
        input_with_bias = input_vector + [1]  # noqa: RUF005
        output = [neuron_output(neuron, input_with_bias) for neuron in layer]
        outputs.append(output)
        input_vector = output
    return outputs


def sqerror_gradients(network, input_vector, target_vector):
    hidden, outputs = feed_forward(network, input_vector)
    output_deltas = [
        output * (1 - output) * (output - target)
        for output, target in zip(outputs, target_vector)  # noqa: B905
    ]
    output_grads = [[delta * value for value in hidden + [1]] for delta in output_deltas]  # noqa: RUF005
    hidden_deltas = [
        value * (1 - value) * dot(output_deltas, [neuron[i] for neuron in network[-1]])
        for i, value in enumerate(hidden)
    ]
    hidden_grads = [[delta * value for value in input_vector + [1]] for delta in hidden_deltas]  # noqa: RUF005
    return [hidden_grads, output_grads]


def network(given, steps):
    X, targets, learning_rate = given["X"], given["targets"], given["learning_rate"]
    network = []
    for W, b in zip(given["Ws"], given["bs"], strict=True):
        network.append([[*W_j, b_j] for W_j, b_j in zip(W, b, strict=True)])
    for _ in range(steps):
        for x, y in zip(X, targets):  # noqa: B905
            gradients = sqerror_gradients(network, x, y)
            network = [
                [gradient_step(neuron, grad, -learning_rate) for neuron, grad in zip(layer, layer_grad)]  # noqa: B905
                for layer, layer_grad in zip(network, gradients)  # noqa: B905
            ]
    Ws = [[neuron[:-1] for neuron in layer] for layer in network]
    bs = [[neuron[-1] for neuron in layer] for layer in network]
    return None, [Ws, bs]
