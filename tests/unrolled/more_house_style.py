"""More functions in the style of the package: other networks, other algorithms, and lists with two names."""

import math
from dataclasses import dataclass

from scalarnn.scalar import sqrt
from tests.unrolled.house_style import layer_forward, sigmoid, tanh


def lstm(x, hs, c, Wf, Wi, Wo, Wg, b):
    joined = [*x, *hs]
    f = [sigmoid(z) for z in layer_forward(joined, Wf, b)]
    i = [sigmoid(z) for z in layer_forward(joined, Wi, b)]
    o = [sigmoid(z) for z in layer_forward(joined, Wo, b)]
    g = [tanh(z) for z in layer_forward(joined, Wg, b)]
    c_new = [f_j * c_j + i_j * g_j for f_j, c_j, i_j, g_j in zip(f, c, i, g, strict=True)]
    h_new = [o[j] * tanh(c_new[j]) for j in range(len(o))]
    return h_new, c_new


def predicted(X, labels, W, b):
    n_right = 0
    confusion = [[0] * len(W) for _ in W]
    for n, x in enumerate(X):
        z = layer_forward(x, W, b)
        best = 0
        for k in range(1, len(z)):
            if z[k] > z[best]:
                best = k
        if best == labels[n]:
            n_right += 1
        confusion[labels[n]][best] += 1
    return n_right / len(X), confusion


def clipped(g, limit):
    norm = sqrt(sum(g_i * g_i for g_i in g))
    if norm > limit:
        g = [g_i * limit / norm for g_i in g]
    return g, norm


def pool(image, size):
    rows = len(image) // size
    pooled = []
    for r in range(rows):
        row = []
        for c in range(len(image[0]) // size):
            window = [image[r * size + i][c * size + j] for i in range(size) for j in range(size)]
            row.append(max(window))
        pooled.append(row)
    return pooled


def conv2d(image, kernel):
    height, width = len(kernel), len(kernel[0])
    out = [[0] * (len(image[0]) - width + 1) for _ in range(len(image) - height + 1)]
    for r, row in enumerate(out):
        for c in range(len(row)):
            for i, kernel_row in enumerate(kernel):
                for j, k in enumerate(kernel_row):
                    row[c] += k * image[r + i][c + j]
    return out


def layer_norm(x, gamma, beta, eps=1e-5):
    n = len(x)
    mean = sum(x) / n
    var = sum((x_i - mean) ** 2 for x_i in x) / n
    return [
        gamma_i * (x_i - mean) / (var + eps) ** 0.5 + beta_i
        for x_i, gamma_i, beta_i in zip(x, gamma, beta, strict=True)
    ]


def transpose(X):
    return [list(column) for column in zip(*X, strict=True)]


def perceptron(X, y, w, b):
    mistakes = 0
    for x, t in zip(X, y, strict=True):
        s = b
        for w_i, x_i in zip(w, x, strict=True):
            s += w_i * x_i
        prediction = 1 if s >= 0 else -1
        if prediction != t:
            mistakes += 1
            w = [w_i + t * x_i for w_i, x_i in zip(w, x, strict=True)]
            b += t
    return w, b, mistakes


@dataclass
class Params:
    W: list
    b: list

    def apply(self, x):
        return layer_forward(x, self.W, self.b)


def with_dataclass(x, W, b):
    p = Params(W, b)
    return p.apply(x)


def with_nested(x, ws):
    def f(v, k=2):
        return v * k + 1

    total = 0
    for i, w in enumerate(reversed(ws)):
        total += f(w * x) if i % 2 else f(x, k=w)
    return total, [f(w) for w in sorted(range(3))]


def dropout(x, mask, p):
    if not 0 <= p < 1:
        raise ValueError(f"p is {p}")
    return [x_i / (1 - p) if m else 0 for x_i, m in zip(x, mask, strict=True)]


def polynomial(c, x):
    *rest, last = c
    y = last
    for c_k in rest[::-1]:
        y = y * x + c_k
    return y


def huber(d, delta):
    a = abs(d)
    return d * d / 2 if a <= delta else delta * (a - delta / 2)


def newton(x, n_steps):
    k = 0
    while k < n_steps:
        x = x - (x * x - 2) / (2 * x)
        k += 1
    return x


def normal(x, labels):
    counts = {0: 0, 1: 0}
    sums = {}
    for value, label in zip(x, labels, strict=True):
        counts[label] = counts.get(label, 0) + 1
        sums.setdefault(label, []).append(value)
    return {str(k): sum(v) / counts[k] for k, v in sorted(sums.items())}


def gru_like(x, hs):
    z, r = sigmoid(x + hs), sigmoid(x - hs)
    n = math.tanh(x + r * hs)
    return (1 - z) * n + z * hs


def early(x, y):
    if x < 0:
        return 0
    if y < 0:
        return 1
    for v in (x, y):
        if v > 10:
            return 2
        if v > 5:
            continue
        x = x + v
    else:
        x = -x
    return x


def matrix_power(A, n):
    R = [[1 if i == j else 0 for j in range(len(A))] for i in range(len(A))]
    for _ in range(n):
        R = [[sum(R[i][k] * A[k][j] for k in range(len(A))) for j in range(len(A))] for i in range(len(A))]
    return R


def sort3(a):
    a = list(a)
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a


def kmeans(X, centres):
    new = [[0, 0] for _ in centres]
    counts = [0] * len(centres)
    for x in X:
        distances = [sum((x_i - c_i) ** 2 for x_i, c_i in zip(x, c, strict=True)) for c in centres]
        nearest = 0
        for k, d in enumerate(distances):
            if d < distances[nearest]:
                nearest = k
        counts[nearest] += 1
        for i in range(len(x)):
            new[nearest][i] += x[i]
    return [[s / max(n, 1) for s in row] for row, n in zip(new, counts, strict=True)]


# ---- two names of one list -------------------------------------------------------------------------------------------


def chosen_list(a, b, x):
    """What is put into the chosen list is in one of the two."""
    if x > 0:
        one = a
    else:
        one = b
    one[0] = x
    one[1] += one[0]
    return a, b, one


def chosen_row(rows, x):
    best = 0
    for k in range(len(rows)):
        if rows[k][0] > x:
            best = k
    row = rows[best]
    row[0] = x
    rows[best][1] *= 2
    return rows, best


def in_a_branch(rows, x):
    target = rows[0]
    if x > 0:
        target = rows[1]
        target[0] += x
    target[1] = x
    return rows
