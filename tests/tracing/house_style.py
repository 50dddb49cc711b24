"""Functions in the style of the package, and near it: what the recorder and the writer are tried on.

`@case(…)` gives a function arguments to be tried with; it returns the function as it is.
"""

from fractions import Fraction

from scalarnn.scalar import exp, log, sqrt

CASES = []
F = Fraction


def case(*arguments):
    def keep(function):
        CASES.append((function, arguments))
        return function

    return keep


RATE = 3
HALF = Fraction(1, 2)

# ---- plain arithmetic ------------------------------------------------------------------------------------------------


@case(7, 4, 9)
@case(-7, -4, -9)
@case(F(1, 3), F(-2, 5), F(7, 2))
@case(0.1, -0.2, 0.3)
def minus_a_difference(a, b, c):
    z = a - (b - c)
    y = a - (b + c)
    v = -(a + b) - c
    return z + y + v


@case(7.0, 4.0, 9.0)
@case(F(-7), F(4), F(-9))
@case(-0.5, 1e-3, -3e17)
def nested_divisions(a, b, c):
    z = a / (b / c)
    y = a / b / c
    v = a / (b * c)
    u = (a / b) * c
    t = a * (b / c)
    s = a * b / c
    r = -a / b
    q = -(a / b)
    return z + y + v + u + t + s + r + q


@case(-3, 2)
@case(F(-3, 4), 3)
@case(-1.5, 2)
def powers(x, n):
    z = x**2
    y = -(x**2)
    v = (-x) ** 2
    u = (x + 1) ** 3
    t = x**n
    s = (x * x) ** 2
    r = 2**n
    q = (-2) ** n
    p = x**-1 if x else x
    return z + y + v + u + t + s + r + q + p


@case(2, -5)
@case(-2.5, 5.5)
@case(F(1, 2), F(-1, 2))
def doubled_signs(a, b):
    z = a - -b
    y = a + -b
    v = a * -b
    u = -a * -b
    t = -(-a)  # noqa: B002
    s = +a
    r = a - (-b - a)
    q = --b * a  # noqa: B002
    return z + y + v + u + t + s + r + q


@case(0.0, -0.0)
@case(-0.0, -0.0)
@case(0, 0)
def signed_zeros(a, b):
    z = a + b
    y = a - b
    v = -a
    u = a * b
    s = 0
    s += a
    return z + y + v + u + s


@case(1e308, 5e-324)
@case(-1e308, 1e16)
@case(123456789012345678, 1e-7)
def large_and_small(a, b):
    z = a + b
    y = a * b
    v = b / a
    u = b - a
    return [z, y, v, u]


@case(float("inf"), 1.0)
@case(float("-inf"), -2.0)
def infinite(a, b):
    z = a + b
    y = -a * b
    v = b / a
    return [z, y, v]


@case(1.0, float("nan"))
def not_a_number(a, b):
    z = a + b
    y = a * 2
    return [z, y]


@case(2.0, 0.5)
@case(-2.0, 3.5)
def functions(z, y):
    e = exp(-z)
    f = exp(z - y)
    g = log(abs(z) + 1)
    h = sqrt(y)
    a = 1 / (1 + exp(-z))
    q = abs(z - y)
    m = max(z, y)
    k = min(z, y, 0)
    r = -exp(z)
    s = exp(z) ** 2
    t = 2 * exp(-y) * sqrt(y * y)
    return e + f + g + h + a + q + m + k + r + s + t


@case(2, 3)
@case(F(1, 3), F(5))
def constants(x, y):
    z = RATE * x
    v = HALF * y
    u = 7
    t = u + RATE
    return z + v + t


@case(2, 3)
def several_lines(a, b):
    z = a + b * 2 - 1
    y = max(
        a,
        b,
    )
    return z * y


@case(1, 2, 3)
def oddly_named(delta_d, dd, e):
    d = delta_d + dd
    dL_dW_out_new = d * e
    lambda_ = dL_dW_out_new - e
    x1_hat = lambda_ * 2
    W12 = x1_hat + 1
    S = W12 + d
    dx = S - 1
    d_x_d = dx + 1
    I_l = d_x_d * 2
    O = I_l + 1
    _private = O - 3
    eta = _private / 2
    epsilon = eta * eta
    sum_of_squares = epsilon + 1
    dL_dz_ = sum_of_squares - 1
    log_ = dL_dz_ + 1
    log_S = log_ - 1
    one_minus_a = 1 - log_S
    one_minus_ = one_minus_a * 2
    y__hat = one_minus_ + 1
    é = y__hat + 1
    return é


# ---- sums ------------------------------------------------------------------------------------------------------------


@case([1, -2, 3], [-3, -1, 2], 1)
@case([F(1, 2), F(-2, 3)], [F(3), F(1, 7)], F(0))
@case([0.1, 0.2, 0.3], [0.4, 0.5, -0.6], -0.7)
@case([5], [-5], 0)
def neuron(x, w, b):
    s = 0
    for i in range(len(x)):
        s += w[i] * x[i]
    z = s + b
    return z


@case([1, 2, 3])
@case([0.1, 0.7, -0.2])
def begins_elsewhere(x):
    s = 10
    for i in range(len(x)):
        s += x[i]
    return s


@case([1, 2, 3], 4)
def begins_with_a_name(x, b):
    s = b
    for i in range(len(x)):
        s += 2 * x[i]
    z = s * b
    return z


@case([1, 2, 3])
def begins_with_a_formula(x):
    s = x[0] * 2 + 1
    for i in range(1, len(x)):
        s += x[i]
    return s


@case([4, 3, 2])
@case([0.3, 0.2, 0.1])
def read_in_the_middle(x):
    s = 0
    partial = []
    for i in range(len(x)):
        s += x[i]
        mean = s / (i + 1)
        partial.append(mean)
    return partial


@case([4, 3, 2], [1, -1, 5])
def two_interleaved(x, y):
    s = 0
    t = 0
    for i in range(len(x)):
        s += x[i]
        t -= y[i] * x[i]
        s += y[i]
    return s * t


@case([4, 3, 2])
def used_again(x):
    s = 0
    for i in range(len(x)):
        s += x[i]
    z = s * 2
    s = 0
    for i in range(len(x)):
        s += x[i] * x[i]
    y = s - z
    return y


@case([4, 3, 2])
def goes_on(x):
    s = 0
    for i in range(len(x)):
        s += x[i]
    z = s * s
    for i in range(len(x)):
        s -= x[i] / 2
    return z + s


@case([4, 3, 2])
@case([F(1, 2), F(3, 5)])
def products(x):
    p = 1
    for i in range(len(x)):
        p *= x[i]
    q = p
    q /= 2
    q -= 1
    q **= 2
    return p + q


@case([4, 3, 2, 7])
def downwards(x):
    s = 0
    for i in range(len(x) - 1, -1, -2):
        s -= x[i]
    for i in range(1, 4, 2):
        s += x[-i]
    return s


@case([])
def nothing_to_add(x):
    s = 0
    for i in range(len(x)):
        s += x[i]
    z = s + 1
    return z


@case([[1, 2], [3, 4], [5, 6]])
@case([[0.1, -2.5], [F(1, 3), 4]])
def nested_sum(X):
    s = 0
    for n in range(len(X)):
        for i in range(len(X[n])):
            s += X[n][i] * X[n][i]
    L = s / len(X)
    return L


@case([1, -2, 3])
def signs_in_a_sum(x):
    s = 0
    for i in range(len(x)):
        if x[i] > 0:
            s += x[i]
        else:
            s -= x[i]
    return s


@case([2, 3], 5)
def sum_inside(x, b):
    s = 0
    for i in range(len(x)):
        s += x[i] + b
        s -= x[i] - b
        s += -(x[i] - 1)
    z = 2 * s
    y = b - s
    v = s / (s + 1)
    return z + y + v


@case(list(range(20)))
def a_long_sum(x):
    s = 0
    for i in range(len(x)):
        s += x[i] * 2
    z = s / 4
    return z


@case([1, 2, 3])
def sum_in_a_list(x):
    sums = [0] * 2
    for i in range(len(x)):
        sums[0] += x[i]
        sums[1] += x[i] * x[i]
    variance = sums[1] / 3 - (sums[0] / 3) ** 2
    return variance


@case([1, 2], [[3, 4], [5, 6]])
def sums_in_a_matrix(x, W):
    G = [[0] * 2 for _ in W]
    for j in range(2):
        for i in range(2):
            G[j][i] += x[i] * W[j][i]
            G[j][i] += 1
    return G


# ---- lists -----------------------------------------------------------------------------------------------------------


@case([1, 2], [[3, -4], [5, 6]], [7, 8])
@case([F(1, 2), F(2)], [[F(1, 3), F(1)], [F(0), F(-1)]], [F(1), F(2)])
@case([0.1, 0.2], [[0.3, 0.4]], [0.5])
def layer(x, W, b):
    z = []
    for j in range(len(W)):
        W_j = W[j]
        s_j = 0
        for i in range(len(x)):
            s_j += W_j[i] * x[i]
        z_j = s_j + b[j]
        z.append(z_j)
    return z


@case([1, 2], [[3, -4], [5, 6]])
def rows(x, W):
    z = []
    for row in W:
        s = 0
        for i in range(len(x)):
            s += row[i] * x[i]
        z.append(s)
    return z


@case([1, 2], [3, -4])
def zipped(x, w):
    s = 0
    for x_i, w_i in zip(x, w, strict=True):
        s += x_i * w_i
    z = s + 1
    return z


@case([1, 2], [3, -4])
def enumerated(x, w):
    s = 0
    for i, x_i in enumerate(x):
        s += x_i * w[i]
    total = 0
    for value in x:
        total += value * value
    return s + total


@case([3, 1, 2])
def entries_changed(x):
    y = list(x)
    y[0] = y[0] * 2
    y[1] = y[0] + y[1]
    y[-1] = 7
    y[2] += y[0]
    z = y[0] + y[1] + y[2] + x[0]
    return z


@case([[1, 2], [3, 4]], 2)
def matrix_changed(W, k):
    W[0][1] = W[0][0] * k
    W[1][0] -= W[0][1]
    z = W[0][1] + W[1][0]
    return z


@case([1, 2])
def changed_after_it_was_named(x):
    row = x
    y = row[0] * 10
    x[0] = 5
    z = row[0] * 10
    return y + z


@case([1, 2, 3])
def one_list_twice(x):
    rows = []
    rows.append(x)
    rows.append(x)
    rows[0][0] = 9
    z = rows[1][0] + x[0]
    return z


@case([1, 2, 3])
def inserted(x):
    y = []
    for i in range(len(x)):
        y.insert(0, x[i] * 2)
    y.extend([1, 2])
    y.append(y[0] + y[1])
    z = y[0] + y[-1]
    return z


@case([3, 1, 2, 5])
def sliced(x):
    y = x[1:3]
    z = y[0] + y[1]
    v = x[::-1]
    u = v[0] - v[1]
    y[:] = [7, 8]
    t = y[0] * 2
    del y[0]
    s = y[0] * 2
    return z + u + t + s


@case([3, 1, 2, 5])
def sorted_in_place(x):
    y = list(x)
    y.sort()
    z = y[0] * 10
    y.reverse()
    v = y[0] * 10
    u = y.pop()
    t = y[-1] + u
    x.pop(0)
    s = x[0] * 10
    return z + v + t + s


@case([1, -2, 3])
def comprehensions(x):
    y = [2 * x_i for x_i in x]
    z = [x[i] + y[i] for i in range(len(x))]
    v = [x_i for x_i in x if x_i > 0]
    u = [i * x[i] for i in range(len(x))]
    s = sum([x_i * x_i for x_i in x])
    t = [a * b for a in x for b in y]
    return z[0] + v[0] + u[2] + s + t[0] + v[1]


@case([[1, 2], [3, 4]])
def nested_comprehensions(X):
    Y = [[2 * x for x in row] for row in X]
    Z = [[X[n][i] + Y[n][i] for i in range(2)] for n in range(2)]
    T = [[X[n][i] for n in range(2)] for i in range(2)]
    z = Z[0][1] + T[0][1]
    return z


@case([1, 2, 3])
def list_of_lists(x):
    grid = []
    for i in range(len(x)):
        row = []
        for j in range(i):
            row.append(x[i] - x[j])
        grid.append(row)
    z = grid[2][1] + grid[1][0]
    return z


@case((1, 2), {"k": 3})
def tuples_and_dicts(pair, given):
    x, y = pair
    z = x * y + given["k"]
    given["k"] = z
    v = given["k"] * 2
    (u, t), *rest = (x, y), 5, 6
    s = u + t + rest[1]
    return z + v + s


# ---- names -----------------------------------------------------------------------------------------------------------


@case(1, 2)
@case(0.5, -3.0)
def swapped(a, b):
    a, b = b, a
    z = a - b
    a, b = a + b, a * b
    y = a - b
    (a, b) = (b, a - 1)
    return z + y + a + b


@case([1, 2, 3])
def swapped_entries(x):
    x[0], x[2] = x[2], x[0]
    z = x[0] - x[2]
    return z


@case(3)
def bound_again(x):
    z = x * 2
    z = z + 1
    z = z * z
    x = z - x
    x += 1
    x = x
    y = x * 2
    return y + z


@case(3)
def several_targets(x):
    a = b = x * 2
    c = d = [x, x + 1]
    c[0] = 7
    z = d[0] + a + b
    return z


@case([1, 2])
def a_variable_of_a_loop_again(x):
    i = 5
    s = 0
    for i in range(len(x)):
        s += x[i] * i
    z = s * i
    for x_i in x:
        i += x_i
    y = i * 2
    return z + y


@case([1, 2, 3])
def shadowed(x):
    s = 0
    for x in x:  # noqa: B020
        s += x * 2
    z = x + s
    return z


@case(3)
def walrus(x):
    z = (y := x + 1) * 2
    if (v := z - y) > 2:
        z = v + y
    return z


@case(4, 3)
def annotated(x, y):
    z: int = x * y
    v: int
    v = z - x
    return v


# ---- branches --------------------------------------------------------------------------------------------------------


@case(3)
@case(-3)
@case(0)
@case(F(-1, 2))
@case(-0.0)
def branch(z):
    if z > 0:
        a = z
    elif z < 0:
        a = -z / 2
    else:
        a = 1
    return a


@case(3, 1)
@case(-3, 1)
@case(3, -1)
@case(0, 0)
def nested_branches(x, y):
    if x > 0:
        if y > 0:
            z = x * y
        else:
            z = x - y
    else:
        z = 0
        if y != 0:
            z = y / 2
    v = z + 1
    return v


@case(3, 1)
@case(-3, 1)
@case(-3, -1)
def conditions(x, y):
    if x > 0 and y > 0:
        z = x
    elif x > 0 or not y > 0:
        z = y
    else:
        z = 0 - x
    if 0 < z < 10:
        z = z * 2
    if x:
        z = z - 1
    if not x > y:
        z = z - 2
    if -x <= y + 1:
        z = z * 3
    return z


@case(3)
@case(-3)
def in_one_line(x):
    a = x if x > 0 else 0
    b = 2 * x if x < 0 else x - 1
    c = 1 + (x if x > 0 else -x)
    return a + b + c


@case([3, -1, 4])
def early_return(x):
    s = 0
    for i in range(len(x)):
        if x[i] < 0:
            return s * 2
        s += x[i]
    return s


@case([3, -1, 4, 0, 5])
def skipping(x):
    s = 0
    for i in range(len(x)):
        if x[i] < 0:
            continue
        if x[i] == 0:
            break
        s += x[i] * 2
    else:
        s += 100
    z = s + 1
    return z


@case(10)
def while_loop(n):
    steps = 0
    while n > 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    z = steps * 2
    return z


@case([0.25, 0.5, 0.1])
def newton(x):
    y = x[0]
    for _ in range(3):
        y = y - (y * y - 2) / (2 * y)
    return y


@case([3, 9, 4])
def maximum(z):
    m = z[0]
    for k in range(1, len(z)):
        if z[k] > m:
            m = z[k]
    y = m * 2
    return y


@case(0)
@case(4)
def caught(x):
    try:
        z = 12 / x
    except ZeroDivisionError:
        z = -1
    finally:
        y = x + 1
    v = z * y
    return v


@case("text", 2)
def words(name, n):
    label = name + "!"
    z = len(label) * n
    twice = label * n
    y = z + len(twice)
    flag = z > 3
    w = flag + y
    nothing = None
    return w if nothing is None else z


@case(7, 2)
@case(-7, 2)
def whole(a, b):
    z = a // b
    y = a % b
    v = a << b
    u = round(a / b)
    t = int(a / b)
    s = float(a)
    r = a & b
    q = ~a
    p = divmod(a, b)[1]
    return z + y + v + u + t + s + r + q + p


# ---- lines that hold several statements -----------------------------------------------------------------------------

# fmt: off


@case(3, -2)
@case(-3, 2)
def crowded(x, y):
    z = 0
    if x > 0: z = x * 2  # noqa: E701
    a = z + 1; b = a * y  # noqa: E702
    for k in range(3): b += k  # noqa: E701
    while b > 100: b -= 1  # noqa: E701
    v = (
        a
        + b * 2
        - 1
    )
    u = max(
        a,
        b,
    )
    return (
        z
        * v + u
    )
# fmt: on


@case(3)
@case(-3)
@case(0)
def bodies_that_say_nothing(x):
    if x > 0:
        pass
    else:
        x = 1 - x
    if x > 2:
        import math

        y = math.floor(x)
    else:
        """Nothing."""
        y = x + 1
    for _ in range(2):
        pass
    z = x * y
    return z


@case(2)
@case(5)
def matched(x):
    match x:
        case 2:
            y = x * 10
        case _:
            y = x + 10
    with_y = y * 2
    return with_y


@case(7, [4, 5, 6])
def index_arithmetic(n, x):
    s = [0] * 3
    for i in range(n):
        s[i % 3] += x[i // 3] * i
    z = s[n % 3] - s[-1]
    return z


@case([1, 2, 3])
def aliases(x):
    y = x
    z = y
    z[0] = 10
    a = x[0] + y[0] + z[0]
    b = [y, z]
    b[1][1] = 20
    c = x[1] * 2
    return a + c


@case([3, 4])
def a_raising_line_binds_nothing(x):
    y = 1
    for i in range(3):
        try:
            y = 12 / (x[0] - i - 1)
        except ZeroDivisionError:
            y += 5
        z = y * 2
    return z


@case([1, -2, 3])
def appended_sometimes(x):
    z = []
    for i in range(len(x)):
        y = x[i] * 2
        if y > 0:
            z.append(y)
    s = z[0] + z[1]
    return s


@case([1, -2, 3])
def appended_twice_or_elsewhere(x):
    z = []
    a = []
    for i in range(len(x)):
        z_i = x[i] + 1
        z.append(z_i)
        z.append(z_i)
        a.insert(0, z_i)
    z.reverse()
    s = z[0] - a[0]
    return s


@case([1, 2, 3])
def built_backwards(x):
    z = []
    for i in range(len(x) - 1, -1, -1):
        z_i = x[i] * 10
        z.append(z_i)
    s = z[0] + x[0]
    return s


def reversed_inside(x):
    z = []
    for i in range(len(x)):
        z_i = x[i] * 10
        z.append(z_i)
    z.reverse()
    return z


@case([1, 2, 3])
def labels_of_a_list_that_turns(x):
    z = reversed_inside(x)
    s = z[0] + 1
    return s
