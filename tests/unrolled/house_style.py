"""Functions in the style of the package, to be unrolled: steps of networks, and every turn that a loop can take."""

import math

from scalarnn.scalar import exp, expm1, is_symbolic, log, ratio, sqrt, zero

# ---- rooms -----------------------------------------------------------------------------------------------------------


def weighted_sum(x, w):
    s = 0
    for i in range(len(x)):
        s += w[i] * x[i]
    return s


def relu(z):
    if z > 0:
        a = z
    else:
        a = 0
    return a


def relu_derivative(z):
    if z > 0:
        da_dz = 1
    else:
        da_dz = 0
    return da_dz


def sigmoid(z):
    if z >= 0:
        e = exp(-z)
        a = 1 / (1 + e)
    else:
        e = exp(z)
        a = e / (1 + e)
    return a


def sigmoid_derivative(z):
    a = sigmoid(z)
    one_minus_a = sigmoid(-z)
    da_dz = a * one_minus_a
    return da_dz


def tanh(z):
    if z >= 0:
        d = expm1(-2 * z)
        a = -d / (2 + d)
    else:
        d = expm1(2 * z)
        a = d / (2 + d)
    return a


def layer_forward(x, W, b):
    z = []
    for j in range(len(W)):
        W_j = W[j]
        s_j = 0
        for i in range(len(x)):
            s_j += W_j[i] * x[i]
        z_j = s_j + b[j]
        z.append(z_j)
    return z


def layer_backward(dL_dz, x, W):
    dL_dW = []
    for j in range(len(dL_dz)):
        dL_dz_j = dL_dz[j]
        dL_dW_j = []
        for i in range(len(x)):
            dz_dw = x[i]
            dL_dw = dL_dz_j * dz_dw
            dL_dW_j.append(dL_dw)
        dL_dW.append(dL_dW_j)
    dL_db = []
    for j in range(len(dL_dz)):
        dz_db_j = 1
        dL_db_j = dL_dz[j] * dz_db_j
        dL_db.append(dL_db_j)
    dL_dx = [0] * len(W[0])
    for j in range(len(W)):
        for i in range(len(W[j])):
            dL_dx[i] += dL_dz[j] * W[j][i]
    return dL_dW, dL_db, dL_dx


class ReLU:
    def value(self, z):
        return relu(z)

    def forward(self, z):
        a = []
        for j in range(len(z)):
            a_j = z[j] if z[j] > 0 else zero(z[j])
            a.append(a_j)
        return a

    def backward(self, dL_da, z):
        dL_dz = []
        for j in range(len(z)):
            da_dz = 1 if z[j] > 0 else 0
            dL_dz_j = dL_da[j] * da_dz
            dL_dz.append(dL_dz_j)
        return dL_dz


class LeakyReLU(ReLU):
    def __init__(self, slope=None):
        self.slope = slope

    def forward(self, z):
        if type(self) is ReLU:
            return super().forward(z)
        a = []
        for z_j in z:
            slope = ratio(1, 100, like=z_j) if self.slope is None else self.slope
            a.append(z_j if z_j > 0 else slope * z_j)
        return a


def descend(theta, dL_dtheta, learning_rate):
    if type(theta) is float or not hasattr(type(theta), "__len__"):
        theta_new = theta - learning_rate * dL_dtheta
        return theta_new
    updated = []
    for i, theta_i in enumerate(theta):
        updated.append(descend(theta_i, dL_dtheta[i], learning_rate))
    return updated


def maximum(z):
    m = z[0]
    for k in range(1, len(z)):
        if z[k] > m:
            m = z[k]
    return m


def softmax(z):
    m = maximum(z)
    e = []
    S = 0
    for k in range(len(z)):
        e_k = exp(z[k] - m)
        S += e_k
        e.append(e_k)
    y_hat = []
    for k in range(len(z)):
        y_hat_k = e[k] / S
        y_hat.append(y_hat_k)
    return y_hat


def cross_entropy_of_scores(z, y):
    m = maximum(z)
    S = 0
    for k in range(len(z)):
        e_k = exp(z[k] - m)
        S += e_k
    log_S = log(S)
    L = 0
    for k in range(len(z)):
        if y[k] == 0:
            continue
        log_y_hat_k = (z[k] - m) - log_S
        L -= y[k] * log_y_hat_k
    return L


# ---- whole steps -----------------------------------------------------------------------------------------------------


def neuron_step(x, w, b, y, learning_rate):
    z = weighted_sum(x, w) + b
    a = relu(z)
    d = a - y
    L = d * d
    dL_da = 2 * d
    dL_dz = dL_da * relu_derivative(z)
    w_new = []
    for i in range(len(w)):
        dL_dw_i = dL_dz * x[i]
        w_new.append(w[i] - learning_rate * dL_dw_i)
    b_new = b - learning_rate * dL_dz
    return L, w_new, b_new


def layer_step(x, W, b, y, learning_rate):
    activation = LeakyReLU()
    z = layer_forward(x, W, b)
    a = activation.forward(z)
    total = weighted_sum(a, [1] * len(a))
    d = total - y
    L = d * d
    dL_dz = activation.backward([2 * d] * len(a), z)
    dL_dW, dL_db, dL_dx = layer_backward(dL_dz, x, W)
    return L, descend(W, dL_dW, learning_rate), descend(b, dL_db, learning_rate), dL_dx


def network_step(x, target, W, b, W_out, b_out, learning_rate):
    activation = ReLU()
    u = layer_forward(x, W, b)
    z = activation.forward(u)
    y_hat = layer_forward(z, W_out, b_out)
    L = 0
    dL_dy = []
    for k in range(len(y_hat)):
        d_k = y_hat[k] - target[k]
        L += d_k * d_k
        dL_dy.append(d_k)
    L = L / 2
    dL_dW_out, dL_db_out, dL_dz = layer_backward(dL_dy, z, W_out)
    dL_du = activation.backward(dL_dz, u)
    dL_dW, dL_db, _dL_dx = layer_backward(dL_du, x, W)
    W_new = descend(W, dL_dW, learning_rate)
    b_new = descend(b, dL_db, learning_rate)
    W_out_new = descend(W_out, dL_dW_out, learning_rate)
    b_out_new = descend(b_out, dL_db_out, learning_rate)
    return L, W_new, b_new, W_out_new, b_out_new


def xor_epoch(X, targets, W, b, W_out, b_out, learning_rate):
    losses = []
    for x, target in zip(X, targets, strict=True):
        z = layer_forward(x, W, b)
        a = [sigmoid(z_j) for z_j in z]
        z_out = layer_forward(a, W_out, b_out)
        y_hat = [sigmoid(z_k) for z_k in z_out]
        d = [y_hat_k - y_k for y_hat_k, y_k in zip(y_hat, target, strict=True)]
        L = 0
        for d_k in d:
            L += d_k * d_k / 2
        losses.append(L)
        dL_dz_out = [d[k] * sigmoid_derivative(z_out[k]) for k in range(len(d))]
        dL_dW_out, dL_db_out, dL_da = layer_backward(dL_dz_out, a, W_out)
        dL_dz = [dL_da[j] * sigmoid_derivative(z[j]) for j in range(len(z))]
        dL_dW, dL_db, _dL_dx = layer_backward(dL_dz, x, W)
        W = descend(W, dL_dW, learning_rate)
        b = descend(b, dL_db, learning_rate)
        W_out = descend(W_out, dL_dW_out, learning_rate)
        b_out = descend(b_out, dL_db_out, learning_rate)
    return losses, W, b, W_out, b_out


def softmax_step(z, y, label):
    L = cross_entropy_of_scores(z, y)
    y_hat = softmax(z)
    dL_dz = [y_hat[k] - y[k] for k in range(len(z))]
    score = z[label]
    L_index = log(sum_of(y_hat)) - score
    return L, y_hat, dL_dz, L_index


def sum_of(values):
    total = 0
    for value in values:
        total += value
    return total


def momentum_step(x, y, W1, b1, W2, b2, velocities, learning_rate, beta):
    z1 = layer_forward(x, W1, b1)
    a1 = [tanh(z) for z in z1]
    z2 = layer_forward(a1, W2, b2)
    a2 = [tanh(z) for z in z2]
    d = [a2[k] - y[k] for k in range(len(y))]
    L = sum_of([d_k * d_k for d_k in d]) / len(d)
    dL_dz2 = [2 * d[k] * (1 - a2[k] * a2[k]) / len(d) for k in range(len(d))]
    dL_dW2, dL_db2, dL_da1 = layer_backward(dL_dz2, a1, W2)
    dL_dz1 = [dL_da1[j] * (1 - a1[j] * a1[j]) for j in range(len(a1))]
    dL_dW1, dL_db1, _dL_dx = layer_backward(dL_dz1, x, W1)
    gradients = [dL_dW1, dL_dW2]
    for layer, dL_dW in enumerate(gradients):
        for j in range(len(dL_dW)):
            for i in range(len(dL_dW[j])):
                velocities[layer][j][i] = beta * velocities[layer][j][i] + dL_dW[j][i]
    W1_new = descend(W1, velocities[0], learning_rate)
    W2_new = descend(W2, velocities[1], learning_rate)
    b1_new, b2_new = descend(b1, dL_db1, learning_rate), descend(b2, dL_db2, learning_rate)
    return L, W1_new, b1_new, W2_new, b2_new, velocities


def rnn_step(xs, h, W_x, W_h, b, targets):
    L = 0
    states = [h]
    for t, x in enumerate(xs):
        from_x = layer_forward(x, W_x, b)
        from_h = layer_forward(h, W_h, [0] * len(h))
        h = []
        for j in range(len(from_x)):
            h.append(tanh(from_x[j] + from_h[j]))
        states.append(h)
        d = h[0] - targets[t]
        L += d * d
    return L, states[1:], h


def attention(tokens, W_q, W_k, W_v):
    no_bias = [0 for _ in W_q]
    q = [layer_forward(token, W_q, no_bias) for token in tokens]
    k = [layer_forward(token, W_k, no_bias) for token in tokens]
    v = [layer_forward(token, W_v, no_bias) for token in tokens]
    scale = sqrt(1.0 * len(q[0]))
    outputs = []
    for n in range(len(tokens)):
        scores = [weighted_sum(q[n], k[m]) / scale for m in range(len(tokens))]
        weights = softmax(scores)
        output = [0] * len(v[0])
        for m, weight in enumerate(weights):
            for i in range(len(output)):
                output[i] += weight * v[m][i]
        outputs.append(output)
    return outputs


def batch_normalisation(X, gamma, beta, epsilon):
    N = len(X)
    Y = [[] for _ in X]
    for i in range(len(X[0])):
        mean = sum_of([x[i] for x in X]) / N
        variance = 0
        for x in X:
            d = x[i] - mean
            variance += d * d
        variance = variance / N
        for n in range(N):
            x_hat = (X[n][i] - mean) / sqrt(variance + epsilon)
            Y[n].append(gamma[i] * x_hat + beta[i])
    return Y


def convolution(signal, kernel, bias, stride=1):
    width = len(kernel)
    output = []
    start = 0
    while start + width <= len(signal):
        window = signal[start : start + width]
        s = bias
        for k, x in zip(kernel, window, strict=True):
            s += k * x
        output.append(max(s, 0))
        start += stride
    return output


# ---- turns -----------------------------------------------------------------------------------------------------------


def first_above(values, limit):
    """Return out of a loop."""
    for i in range(len(values)):
        if values[i] > limit:
            return values[i], i
    return limit, -1


def until_negative(values):
    """Break, and what comes after the loop."""
    total = 0
    n = 0
    for value in values:
        if value < 0:
            break
        total += value
        n += 1
    return total * 2, n


def else_of_a_loop(values, limit):
    for value in values:
        if value > limit:
            found = value
            break
    else:
        found = limit * 2
    return found + 1


def two_ways_out(values, limit):
    """Continue, break and return in one loop."""
    total = 0
    for value in values:
        if value < 0:
            continue
        if value > limit:
            break
        if value == limit:
            return total
        total += value
    total = total + limit
    return -total


def out_of_two_loops(rows, limit):
    """Return from an inner loop that can break as well."""
    total = 0
    for row in rows:
        for value in row:
            if value < 0:
                break
            if value > limit:
                return [total, value]
            total += value
        total = total * 2
    return [total, limit]


def half_a_side(a, b, c):
    """One side of a branch leaves on a further condition; what follows is shared."""
    result = c
    if a > 0:
        result = a
        if b > 0:
            return result + b
        result = result * 3
    else:
        result = result - b
    result = result * result
    return result - a


def nested_ifs(a, b, c):
    if a > b:
        if b > c:
            low, high = c, a
        elif a > c:
            low, high = b, a
        else:
            low, high = b, c
    elif 0 <= b <= 1 or c < a:
        low, high = a, b
    else:
        low = a + b
        high = low * c
    return low, high


def in_place(x, step):
    """Changes its argument."""
    for i in range(len(x)):
        if x[i] > 0:
            x[i] -= step
        else:
            x[i] *= 2
    x[0], x[-1] = x[-1], x[0]
    return sum_of(x)


def same_list_twice(x):
    """Two names of one list, changed on one side of a branch."""
    y = x
    rows = [y, x]
    if x[0] > x[1]:
        y[0] = x[1]
    else:
        rows[1][1] = 7
    return rows[0][0] + x[1] + y[0], rows


def counted(values):
    """Comparisons as numbers, chained comparisons, not."""
    n = 0
    for value in values:
        n += -1 < value < 1
        n += (value > 0) == (value >= 1)
        if not value > 2 and value == value:
            n -= 3
    return n, n / len(values), bool(values[0])


def one_of_each(values, label):
    """An index that is an input, read and written."""
    changed = list(values)
    changed[label] -= 1
    rows = [[value, 2 * value] for value in values]
    return changed, rows[label], values[label] * 2


def with_objects(x, W, b):
    layers = [Dense(W, b, ReLU()), Dense(W, b, LeakyReLU(2))]
    a = x
    for layer in layers:
        a = layer.forward(a)
    return a, layers[0].z, layers[1].size


class Dense:
    def __init__(self, W, b, activation=None):
        self.W = [list(row) for row in W]
        self.b = list(b)
        self.activation = activation
        self.x = self.z = None

    @property
    def size(self):
        return len(self.W)

    def forward(self, x):
        self.x, self.z = list(x), layer_forward(x, self.W, self.b)
        return self.z if self.activation is None else self.activation.forward(self.z)


def with_dict(given):
    x, w = given["x"], given["w"]
    results = {"s": weighted_sum(x, w)}
    results["parts"] = {name: sum_of(given[name]) for name in ("x", "w")}
    results.update(n=len(x))
    return results


def signs(x, y):
    """Zeros with a sign, absolute values, powers, largest and smallest."""
    s = 0
    s += x
    t = 0 + y * 1 - 0
    return [s, t, s * t, abs(x), -x, x**2, max(x, y), min(x, y, 0), 0 * x, x - y, 1 * x, x / 1, t * s + y, +x]


def guarded(x, y):
    """Raises where a value is out of reach."""
    if y == 0:
        raise ValueError(f"y is {y}: expected another number")
    if x > 1e300:
        raise OverflowError("x is too large")
    return x / y


def nothing_symbolic(x):
    total = 0
    for x_i in x:
        if is_symbolic(x_i) or x_i != 0:
            total += math.sqrt(abs(x_i))
    return total


def power_of_a_rate(rate, gamma, t):
    inner = lambda k: rate * gamma**k  # noqa: E731
    return [inner(k) for k in range(t)]
