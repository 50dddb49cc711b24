"""Optimizers: figures by hand, figures of PyTorch, what is refused, and objects that change all or nothing."""

import math
from fractions import Fraction

import pytest

import scalarnn as nn
from scalarnn import gradient_descent_step
from tests.unit.exact import is_exact

F = Fraction


@pytest.mark.parametrize(
    ("theta", "dL_dtheta", "expected"),
    [
        (10, 4, 8.0),
        ([10, 20], [4, -6], [8.0, 23.0]),
        ([[10, 20], [30, 40]], [[2, 4], [6, 8]], [[9.0, 18.0], [27.0, 36.0]]),
        ([[[1]], [[2]]], [[[2]], [[2]]], [[[0.0]], [[1.0]]]),
        ([[1, 2], 3], [[2, 2], 2], [[0.0, 1.0], 2.0]),
    ],
)
def test_every_number_goes_down_the_gradient(theta, dL_dtheta, expected):
    assert gradient_descent_step(theta, dL_dtheta, 0.5) == expected


def test_fractions_stay_exact():
    step = gradient_descent_step([Fraction(1, 3), [Fraction(2)]], [Fraction(1, 2), [Fraction(5)]], Fraction(1, 10))
    assert step == [Fraction(17, 60), [Fraction(3, 2)]]
    assert is_exact(step)
    assert type(gradient_descent_step(1, 18, Fraction(1, 100))) is Fraction


def test_theta_is_left_as_it_was():
    theta, dL_dtheta = [[1.0, 2.0]], [[1.0, 1.0]]
    gradient_descent_step(theta, dL_dtheta, 0.5)
    assert theta == [[1.0, 2.0]]
    assert dL_dtheta == [[1.0, 1.0]]


@pytest.mark.parametrize(
    ("theta", "dL_dtheta", "error", "message"),
    [
        ([1, 2], [1], ValueError, "dL_dtheta has length 1: expected 2, the length of theta"),
        ([[1, 2], [3, 4]], [[1, 2], [3]], ValueError, "dL_dtheta[1] has length 1: expected 2, the length of theta[1]"),
        ([1, 2], 1, TypeError, "dL_dtheta is 1, an int: expected a list"),
        (1, [1], TypeError, "dL_dtheta is [1], a list: expected a number"),
        ([], [], ValueError, "theta is empty: expected at least one entry"),
        ([[]], [[]], ValueError, "theta[0] is empty: expected at least one entry"),
        ([1], [], ValueError, "dL_dtheta is empty: expected at least one entry"),
        ([1, None], [1, 2], TypeError, "theta[1] is None: expected a number"),
        ([1, 2], [1, "2"], TypeError, "dL_dtheta[1] is '2', a str: expected a number"),
        ([1, True], [1, 2], TypeError, "theta[1] is True, a bool: expected a number"),
        ([[1.0, math.nan]], [[1, 2]], ValueError, "theta[0][1] is nan: expected a finite number"),
        (1, math.inf, ValueError, "dL_dtheta is inf: expected a finite number"),
        (None, 1, TypeError, "theta is None: expected a number"),
        ("12", "12", TypeError, "theta is '12', a str: expected a list"),
        ({0: 1}, {0: 1}, TypeError, "theta is {0: 1}, a dict: expected a list"),
    ],
)
def test_wrong_parameters(theta, dL_dtheta, error, message):
    with pytest.raises(error) as caught:
        gradient_descent_step(theta, dL_dtheta, 0.1)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("learning_rate", "error", "message"),
    [
        (0, ValueError, "learning_rate is 0: expected a number above 0"),
        (-0.1, ValueError, "learning_rate is -0.1: expected a number above 0"),
        (math.nan, ValueError, "learning_rate is nan: expected a finite number"),
        (math.inf, ValueError, "learning_rate is inf: expected a finite number"),
        ("0.1", TypeError, "learning_rate is '0.1', a str: expected a number"),
        (None, TypeError, "learning_rate is None: expected a number"),
        (True, TypeError, "learning_rate is True, a bool: expected a number"),
        ([0.1], TypeError, "learning_rate is [0.1], a list: expected a number"),
    ],
)
def test_wrong_learning_rate(learning_rate, error, message):
    with pytest.raises(error) as caught:
        gradient_descent_step([1.0], [1.0], learning_rate)
    assert str(caught.value) == message


def test_smallest_learning_rate():
    assert gradient_descent_step(0.0, 1.0, 5e-324) == -5e-324


# ---- by hand ---------------------------------------------------------------------------------------------------------


def test_momentum_by_hand():
    theta, v = nn.momentum_step([F(1), [F(2)]], [F(4), [F(-2)]], [F(10), [F(20)]], F(1, 10), F(1, 2))
    assert v == [9, [8]]
    assert theta == [F(1, 10), [F(6, 5)]]
    assert is_exact([theta, v])


def test_nesterov_by_hand():
    theta, v = nn.nesterov_step([F(1), [F(2)]], [F(4), [F(-2)]], [F(10), [F(20)]], F(1, 10), F(1, 2))
    assert v == [9, [8]]
    assert theta == [1 - F(1, 10) * (4 + F(9, 2)), [2 - F(1, 10) * (-2 + 4)]]
    assert is_exact([theta, v])


def test_adagrad_by_hand():
    theta, s = nn.adagrad_step([1.0, [2.0]], [3.0, [-4.0]], [16.0, [9.0]], 0.5, epsilon=1.0)
    assert s == [25.0, [25.0]]
    assert theta == [1.0 - 0.5 * 3.0 / 6.0, [2.0 + 0.5 * 4.0 / 6.0]]


def test_rmsprop_by_hand():
    theta, s = nn.rmsprop_step([1.0, [2.0]], [4.0, [-4.0]], [0.0, [16.0]], 0.5, beta=0.75, epsilon=1.0)
    assert s == [4.0, [16.0]]
    assert theta == [1.0 - 0.5 * 4.0 / 3.0, [2.0 + 0.5 * 4.0 / 5.0]]


def test_adam_by_hand():
    theta, m, v = nn.adam_step(
        [1.0, [2.0]], [4.0, [-4.0]], [0.0, [1.0]], [0.0, [4.0]], 2, 0.5, beta1=0.5, beta2=0.75, epsilon=1.0
    )
    assert m == [2.0, [-1.5]]
    assert v == [4.0, [7.0]]
    m_hat, v_hat = [2.0 / 0.75, -1.5 / 0.75], [4.0 / 0.4375, 7.0 / 0.4375]
    assert theta[0] == 1.0 - 0.5 * m_hat[0] / (math.sqrt(v_hat[0]) + 1.0)
    assert theta[1] == [2.0 - 0.5 * m_hat[1] / (math.sqrt(v_hat[1]) + 1.0)]


def test_decay_by_hand():
    assert [nn.inverse_time_decay(F(1), t, F(1, 2)) for t in range(4)] == [1, F(2, 3), F(1, 2), F(2, 5)]
    assert [nn.exponential_decay(F(1), t, F(1, 2)) for t in range(4)] == [1, F(1, 2), F(1, 4), F(1, 8)]
    assert nn.inverse_time_decay(0.1, 1000, 0) == 0.1
    assert nn.exponential_decay(0.1, 1000, 1) == 0.1


def test_zeros_like_leaves_every_kind_what_it_is():
    assert nn.zeros_like([[1.5, F(1, 2)], [3]]) == [[0, 0], [0]]
    assert nn.zeros_like(2.5) == 0
    v = nn.momentum_step([F(1, 2)], [F(1, 3)], nn.zeros_like([F(1, 2)]), F(1, 2), F(1, 2))
    assert is_exact(v)


def test_defaults_are_the_settings_of_pytorch():
    """And 0.9 for momentum, where PyTorch has 0: no momentum at all."""
    assert (nn.Momentum(0.1).beta, nn.Nesterov(0.1).beta) == (0.9, 0.9)
    assert nn.AdaGrad(0.1).epsilon == 1e-10
    assert (nn.RMSProp(0.1).beta, nn.RMSProp(0.1).epsilon) == (0.99, 1e-8)
    adam = nn.Adam(0.1)
    assert (adam.beta1, adam.beta2, adam.epsilon) == (0.9, 0.999, 1e-8)


@pytest.mark.parametrize(
    "call",
    [
        lambda theta: nn.adagrad_step(theta, theta, theta, F(1, 2)),
        lambda theta: nn.rmsprop_step(theta, theta, theta, F(1, 2), beta=F(1, 2)),
        lambda theta: nn.adam_step(theta, theta, theta, theta, 1, F(1, 2), beta1=F(1, 2), beta2=F(1, 2)),
    ],
)
def test_a_fraction_has_no_root(call):
    with pytest.raises(TypeError, match=r"a Fraction has no sqrt: .* convert with float"):
        call([F(1)])


# ---- as PyTorch has it -----------------------------------------------------------------------------------------------

# What PyTorch 2.13.0 (CPU, float64) prints, by this script:
#
#     import torch
#
#     torch.set_default_dtype(torch.float64)
#     GRADIENTS = [[0.5, -2.0, 0.0], [0.25, 3.0, 1e-3], [-1.0, 0.125, 0.0], [0.5, -2.0, 40.0], [0.0625, 0.0, -7.0]]
#     O = torch.optim
#     RUNS = {
#         "gradient descent": lambda p: O.SGD(p, lr=0.1),
#         "momentum": lambda p: O.SGD(p, lr=0.1, momentum=0.9),
#         "nesterov": lambda p: O.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
#         "adagrad": lambda p: O.Adagrad(p, lr=0.1),
#         "adagrad, lr_decay": lambda p: O.Adagrad(p, lr=0.1, lr_decay=0.5),
#         "rmsprop": lambda p: O.RMSprop(p, lr=0.1),
#         "rmsprop, alpha 0.5": lambda p: O.RMSprop(p, lr=0.1, alpha=0.5),
#         "adam": lambda p: O.Adam(p, lr=0.1),
#         "adam, betas 0.5": lambda p: O.Adam(p, lr=0.1, betas=(0.5, 0.75), eps=1e-3),
#         "momentum, weight_decay": lambda p: O.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01),
#         "momentum, exponential": lambda p: O.SGD(p, lr=0.1, momentum=0.9),
#     }
#     for name, make in RUNS.items():
#         theta = torch.nn.Parameter(torch.tensor([1.0, -2.0, 0.5]))
#         optimizer = make([theta])
#         schedule = O.lr_scheduler.ExponentialLR(optimizer, gamma=0.5) if "exponential" in name else None
#         print(f'    "{name}": [')
#         for gradient in GRADIENTS:
#             theta.grad = torch.tensor(gradient)
#             optimizer.step()
#             if schedule:
#                 schedule.step()
#             print(f"        {theta.tolist()},")
#         print("    ],")
#
#     # The network: 2-3-2, tanh, mean squared error of one sample, twenty steps.
#     for name, make in RUNS.items():
#         layers = [torch.nn.Linear(2, 3), torch.nn.Linear(3, 2)]
#         with torch.no_grad():
#             layers[0].weight.copy_(torch.tensor([[0.5, -0.25], [1.0, 0.75], [-0.5, 0.125]]))
#             layers[0].bias.copy_(torch.tensor([0.0, 0.25, -0.5]))
#             layers[1].weight.copy_(torch.tensor([[0.25, -1.0, 0.5], [0.75, 0.5, -0.25]]))
#             layers[1].bias.copy_(torch.tensor([0.125, -0.125]))
#         optimizer = make([q for layer in layers for q in layer.parameters()])
#         schedule = O.lr_scheduler.ExponentialLR(optimizer, gamma=0.5) if "exponential" in name else None
#         if "weight_decay" in name:
#             continue  # there it would decay the biases too
#         losses = []
#         for step in range(20):
#             y_hat = layers[1](torch.tanh(layers[0](torch.tensor([1.0, -2.0]))))
#             loss = torch.nn.functional.mse_loss(y_hat, torch.tensor([0.5, -0.5]))
#             losses.append(loss.item())
#             optimizer.zero_grad()
#             loss.backward()
#             optimizer.step()
#             if schedule:
#                 schedule.step()
#         W_0, b = layers[0].weight[0].tolist(), layers[1].bias.tolist()
#         print(f'    "{name}": ({losses[1]}, {losses[-1]}, {W_0}, {b}),')

GRADIENTS = [[0.5, -2.0, 0.0], [0.25, 3.0, 1e-3], [-1.0, 0.125, 0.0], [0.5, -2.0, 40.0], [0.0625, 0.0, -7.0]]

# θ after each of the five steps.
STEPS = {
    "gradient descent": [
        [0.95, -1.8, 0.5],
        [0.9249999999999999, -2.1, 0.4999],
        [1.025, -2.1125000000000003, 0.4999],
        [0.9749999999999999, -1.9125000000000003, -3.5001],
        [0.9687499999999999, -1.9125000000000003, -2.8001],
    ],
    "momentum": [
        [0.95, -1.8, 0.5],
        [0.88, -1.9200000000000002, 0.4999],
        [0.917, -2.0405, 0.49981000000000003],
        [0.9003, -1.9489500000000002, -3.500271],
        [0.87902, -1.8665550000000002, -6.4003439],
    ],
    "nesterov": [
        [0.905, -1.62, 0.5],
        [0.8170000000000001, -2.028, 0.49981],
        [0.9503, -2.14895, 0.499729],
        [0.88527, -1.8665550000000002, -7.100343900000001],
        [0.859868, -1.7923995000000001, -9.010409510000002],
    ],
    "adagrad": [
        [0.90000000002, -1.900000000005, 0.5],
        [0.8552786404780043, -1.9832050294364767, 0.400000009999999],
        [0.9425657965647822, -1.986669824079757, 0.400000009999999],
        [0.9025657965679822, -1.9381849755960838, 0.300000010031499],
        [0.897572034873992, -1.9381849755960838, 0.31723804320145454],
    ],
    "adagrad, lr_decay": [
        [0.90000000002, -1.900000000005, 0.5],
        [0.8701857603253361, -1.9554700196259844, 0.43333333999999935],
        [0.913829338368725, -1.9572024169476245, 0.43333333999999935],
        [0.897829338370005, -1.9378084775541553, 0.39333334001259934],
        [0.8961647511386749, -1.9378084775541553, 0.3990793510692512],
    ],
    "rmsprop": [
        [1.9999996048181146e-07, -1.000000049999998, 0.5],
        [-0.4490129744218298, -1.8333333601851836, -0.49990000999899975],
        [0.4257266160713257, -1.8682092759023257, -0.49990000999899975],
        [0.02331538721316667, -1.3790576763212823, -1.4999000071927182],
        [-0.027174945399457334, -1.3790576763212823, -1.3266772502224575],
    ],
    "rmsprop, alpha 0.5": [
        [0.8585786477626904, -1.8585786447626904, 0.5],
        [0.7769289923365844, -1.986499074030602, 0.3585806437344066],
        [0.9121536712645757, -1.9940261732802262, 0.3585806437344066],
        [0.8329418690813437, -1.8852229097252464, 0.21715928755814567],
        [0.819007209106191, -1.8852229097252464, 0.2511342662072949],
    ],
    "adam": [
        [0.900000002, -1.9000000005, 0.5],
        [0.8067820404774624, -1.9247701820162688, 0.4255873697336899],
        [0.8274177428854115, -1.946120897026562, 0.36806637389094843],
        [0.8196492075907876, -1.933211986701715, 0.30995236093397927],
        [0.8103641993927502, -1.9223010138948697, 0.2709765122873074],
    ],
    "adam, betas 0.5": [
        [0.9001996007984032, -1.9000499750124937, 0.5],
        [0.8122406080499677, -1.9509480457124162, 0.4620333916028707],
        [0.871963612699561, -1.983489542792424, 0.4438291716093913],
        [0.8616575107735566, -1.9448638802976987, 0.3556405557632899],
        [0.8495246008104895, -1.922070784919247, 0.32248100267450486],
    ],
    "momentum, weight_decay": [
        [0.949, -1.798, 0.4995],
        [0.8771509999999999, -1.914402, 0.4984505],
        [0.9116097489999999, -2.029749398, 0.4970074995],
        [0.8917110133509999, -1.9315323068019998, -3.5047882084495],
        [0.8666604402535489, -1.8412053924169978, -6.4028995573956005],
    ],
    "momentum, exponential": [
        [0.95, -1.8, 0.5],
        [0.9149999999999999, -1.86, 0.49995],
        [0.9242499999999999, -1.890125, 0.4999275],
        [0.9221624999999999, -1.87868125, -8.262500000001949e-05],
        [0.9208324999999998, -1.8735315625, -0.18133718125000003],
    ],
}

# A network after twenty steps: the loss before the second step and before the last, the first row of W, the last b.
NETWORKS = {
    "gradient descent": (
        0.14464045391094385,
        2.1496197811125738e-09,
        [0.409401213629936, -0.06880242725987211],
        [0.1207873282731255, -0.36372552642930045],
    ),
    "momentum": (
        0.14464045391094385,
        0.009692971037866285,
        [0.47853058356172357, -0.20706116712344738],
        [-0.13034051052772083, -0.24331802970577993],
    ),
    "nesterov": (
        0.07572642002735303,
        5.499640756182259e-05,
        [0.43859251447291936, -0.12718502894583852],
        [0.015105097198013994, -0.4265558247975048],
    ),
    "adagrad": (
        0.10922503702309252,
        4.134721717607279e-21,
        [0.30075436162006025, -0.05075436158969171],
        [0.16441593507321806, -0.2807886977444005],
    ),
    "adagrad, lr_decay": (
        0.10922503702309252,
        0.00019873064339236035,
        [0.30467836744736915, -0.0546783674181058],
        [0.16441540610006936, -0.27850307041467676],
    ),
    "rmsprop": (
        1.0315222196592704,
        2.1998860010842136e-12,
        [-0.4881880222136199, 0.7381881936857291],
        [0.9292898689113153, -0.9129057065360655],
    ),
    "rmsprop, alpha 0.5": (
        0.12245515470683833,
        0.04996522543758439,
        [0.17922952689332, 0.07077049889685766],
        [0.2469121538589502, -0.27205469919252445],
    ),
    "adam": (
        0.10922503706382616,
        0.004224332979079875,
        [0.492006799123244, -0.24200680131245214],
        [0.017425732391302268, -0.2504251777045997],
    ),
    "adam, betas 0.5": (
        0.10923328195319956,
        0.0053796814717634,
        [0.30116185841538934, -0.050541612650075465],
        [0.13073720272537076, -0.30630703011647276],
    ),
    "momentum, exponential": (
        0.14464045391094385,
        0.028511938024760472,
        [0.4197651782652191, -0.08953035653043788],
        [0.15932768520009044, -0.37299473282124107],
    ),
}

# As close as sums and products in another order can be.
CLOSE = {"rel": 1e-12, "abs": 1e-14}


def descend(theta, gradient, state, _):
    return gradient_descent_step(theta, gradient, 0.1), state


def momentum(theta, gradient, v, _):
    return nn.momentum_step(theta, gradient, v, 0.1, 0.9)


def nesterov(theta, gradient, v, _):
    return nn.nesterov_step(theta, gradient, v, 0.1, 0.9)


def adagrad(theta, gradient, s, _):
    return nn.adagrad_step(theta, gradient, s, 0.1)


def adagrad_with_decay(theta, gradient, s, t):
    return nn.adagrad_step(theta, gradient, s, nn.inverse_time_decay(0.1, t, 0.5))


def rmsprop(theta, gradient, s, _):
    return nn.rmsprop_step(theta, gradient, s, 0.1)


def rmsprop_half(theta, gradient, s, _):
    return nn.rmsprop_step(theta, gradient, s, 0.1, beta=0.5)


def adam(theta, gradient, state, t):
    m, v = state or (nn.zeros_like(theta), nn.zeros_like(theta))
    theta, m, v = nn.adam_step(theta, gradient, m, v, t + 1, 0.1)
    return theta, (m, v)


def adam_half(theta, gradient, state, t):
    m, v = state or (nn.zeros_like(theta), nn.zeros_like(theta))
    theta, m, v = nn.adam_step(theta, gradient, m, v, t + 1, 0.1, beta1=0.5, beta2=0.75, epsilon=1e-3)
    return theta, (m, v)


def momentum_with_weight_decay(theta, gradient, v, _):
    penalty = nn.half_l2_penalty_gradient(theta, 0.01)
    return nn.momentum_step(theta, [g + p for g, p in zip(gradient, penalty, strict=True)], v, 0.1)


def momentum_with_decay(theta, gradient, v, t):
    return nn.momentum_step(theta, gradient, v, nn.exponential_decay(0.1, t, 0.5))


OURS = {
    "gradient descent": descend,
    "momentum": momentum,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "adagrad, lr_decay": adagrad_with_decay,
    "rmsprop": rmsprop,
    "rmsprop, alpha 0.5": rmsprop_half,
    "adam": adam,
    "adam, betas 0.5": adam_half,
    "momentum, weight_decay": momentum_with_weight_decay,
    "momentum, exponential": momentum_with_decay,
}


def path(step):
    theta = [1.0, -2.0, 0.5]
    state = None if step in (adam, adam_half) else nn.zeros_like(theta)
    thetas = []
    for t in range(len(GRADIENTS)):
        theta, state = step(theta, GRADIENTS[t], state, t)
        thetas.append(theta)
    return thetas


def agrees(found, expected):
    return all(f == pytest.approx(e, **CLOSE) for f, e in zip(found, expected, strict=True))


@pytest.mark.parametrize("name", STEPS)
def test_every_step_is_that_of_pytorch(name):
    assert agrees(path(OURS[name]), STEPS[name])


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("other", OURS)
def test_no_other_method_passes_for_it(name, other):
    assert agrees(path(OURS[other]), STEPS[name]) == (other == name)


def dampened(theta, gradient, v, _):
    v = [0.9 * a + 0.1 * g for a, g in zip(v, gradient, strict=True)]
    return [p - 0.1 * a for p, a in zip(theta, v, strict=True)], v


def epsilon_inside_the_root(theta, gradient, s, _):
    s = [a + g * g for a, g in zip(s, gradient, strict=True)]
    return [p - 0.1 * g / math.sqrt(a + 1e-10) for p, g, a in zip(theta, gradient, s, strict=True)], s


def rate_in_the_velocity(theta, gradient, v, t):
    v = [0.9 * a - 0.1 * 0.5**t * g for a, g in zip(v, gradient, strict=True)]
    return [p + a for p, a in zip(theta, v, strict=True)], v


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (dampened, "momentum"),
        (epsilon_inside_the_root, "adagrad"),
        (rate_in_the_velocity, "momentum, exponential"),
    ],
)
def test_a_near_miss_does_not_pass(wrong, name):
    assert not agrees(path(wrong), STEPS[name])


OBJECTS = {
    "gradient descent": lambda: nn.GradientDescent(0.1),
    "momentum": lambda: nn.Momentum(0.1),
    "nesterov": lambda: nn.Nesterov(0.1),
    "adagrad": lambda: nn.AdaGrad(0.1),
    "adagrad, lr_decay": lambda: nn.AdaGrad(nn.InverseTimeDecay(0.1, decay=0.5)),
    "rmsprop": lambda: nn.RMSProp(0.1),
    "rmsprop, alpha 0.5": lambda: nn.RMSProp(0.1, beta=0.5),
    "adam": lambda: nn.Adam(0.1),
    "adam, betas 0.5": lambda: nn.Adam(0.1, beta1=0.5, beta2=0.75, epsilon=1e-3),
    "momentum, exponential": lambda: nn.Momentum(nn.ExponentialDecay(0.1, gamma=0.5)),
}


def small_network():
    hidden = nn.Layer([[0.5, -0.25], [1.0, 0.75], [-0.5, 0.125]], [0.0, 0.25, -0.5], nn.Tanh())
    return nn.Network([hidden, nn.Layer([[0.25, -1.0, 0.5], [0.75, 0.5, -0.25]], [0.125, -0.125])])


def passed(network):
    """Forward and backward; the loss."""
    y_hat = network.forward([1.0, -2.0])
    network.backward(nn.mean_squared_error_gradient(y_hat, [0.5, -0.5]))
    return nn.mean_squared_error(y_hat, [0.5, -0.5])


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_learns_as_in_pytorch(name):
    network, optimizer = small_network(), OBJECTS[name]()
    losses = []
    for _ in range(20):
        losses.append(passed(network))
        optimizer.step(network)
    second, last, W_0, b = NETWORKS[name]
    assert losses[1] == pytest.approx(second, rel=1e-12)
    assert losses[-1] == pytest.approx(last, rel=1e-6, abs=1e-20)  # as small as the rounding of what it is made of
    assert network.layers[0].W[0] == pytest.approx(W_0, rel=1e-10)
    assert network.layers[1].b == pytest.approx(b, rel=1e-10)
    assert optimizer.t == 20


# ---- what is refused -------------------------------------------------------------------------------------------------

CALLS = {
    "momentum": lambda **changed: nn.momentum_step(**given({"v": [0.0, 0.0]}, changed)),
    "nesterov": lambda **changed: nn.nesterov_step(**given({"v": [0.0, 0.0]}, changed)),
    "adagrad": lambda **changed: nn.adagrad_step(**given({"s": [0.0, 0.0]}, changed)),
    "rmsprop": lambda **changed: nn.rmsprop_step(**given({"s": [0.0, 0.0]}, changed)),
    "adam": lambda **changed: nn.adam_step(**given({"m": [0.0, 0.0], "v": [0.0, 0.0], "t": 1}, changed)),
}


def given(state, changed):
    return {"theta": [1.0, 2.0], "dL_dtheta": [3.0, 4.0], "learning_rate": 0.1, **state, **changed}


@pytest.mark.parametrize(
    ("name", "changed", "error", "message"),
    [
        ("momentum", {"v": [0.0]}, ValueError, "v has length 1: expected 2, the length of theta"),
        ("momentum", {"v": 0.0}, TypeError, "v is 0.0, a float: expected a list"),
        ("momentum", {"v": [0.0, math.inf]}, ValueError, "v[1] is inf: expected a finite number"),
        ("momentum", {"v": [0.0, None]}, TypeError, "v[1] is None: expected a number"),
        ("momentum", {"beta": 1}, ValueError, "beta is 1: expected a number from 0 up to, but not including, 1"),
        ("momentum", {"beta": -0.1}, ValueError, "beta is -0.1: expected a number from 0 up to, but not including, 1"),
        ("nesterov", {"beta": 1.5}, ValueError, "beta is 1.5: expected a number from 0 up to, but not including, 1"),
        ("nesterov", {"beta": "0.9"}, TypeError, "beta is '0.9', a str: expected a number"),
        ("nesterov", {"v": [[0.0], 0.0]}, TypeError, "v[0] is [0.0], a list: expected a number"),
        ("adagrad", {"s": [0.0, -1e-300]}, ValueError, "s[1] is -1e-300: expected a number from 0 up"),
        ("adagrad", {"s": [-1, 0]}, ValueError, "s[0] is -1: expected a number from 0 up"),
        ("adagrad", {"epsilon": 0}, ValueError, "epsilon is 0: expected a number above 0"),
        ("rmsprop", {"s": [-1.0, 0.0]}, ValueError, "s[0] is -1.0: expected a number from 0 up"),
        ("rmsprop", {"epsilon": math.nan}, ValueError, "epsilon is nan: expected a finite number"),
        ("rmsprop", {"beta": math.nan}, ValueError, "beta is nan: expected a finite number"),
        ("adam", {"v": [0.0, -1.0]}, ValueError, "v[1] is -1.0: expected a number from 0 up"),
        ("adam", {"m": [math.nan, 0.0]}, ValueError, "m[0] is nan: expected a finite number"),
        ("adam", {"m": [0.0]}, ValueError, "m has length 1: expected 2, the length of theta"),
        ("adam", {"t": 0}, ValueError, "t is 0: expected a whole number from 1 up"),
        ("adam", {"t": 1.0}, TypeError, "t is 1.0, a float: expected a whole number from 1 up"),
        ("adam", {"beta1": 1.0}, ValueError, "beta1 is 1.0: expected a number from 0 up to, but not including, 1"),
        ("adam", {"beta2": 2}, ValueError, "beta2 is 2: expected a number from 0 up to, but not including, 1"),
        ("adam", {"epsilon": -1e-8}, ValueError, "epsilon is -1e-08: expected a number above 0"),
        ("adam", {"learning_rate": 0.0}, ValueError, "learning_rate is 0.0: expected a number above 0"),
        ("adam", {"dL_dtheta": [1.0]}, ValueError, "dL_dtheta has length 1: expected 2, the length of theta"),
    ],
)
def test_wrong_arguments(name, changed, error, message):
    with pytest.raises(error) as caught:
        CALLS[name](**changed)
    assert str(caught.value) == message


@pytest.mark.parametrize("name", CALLS)
def test_a_negative_zero_is_a_square(name):
    state = {"adagrad": {"s": [-0.0, 0.0]}, "rmsprop": {"s": [-0.0, 0.0]}, "adam": {"v": [-0.0, 0.0]}}
    CALLS[name](**state.get(name, {"v": [-5.0, -0.0]}))  # a velocity has a sign


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: nn.inverse_time_decay(0, 1, 1), ValueError, "learning_rate is 0: expected a number above 0"),
        (lambda: nn.inverse_time_decay(1, -1, 1), ValueError, "t is -1: expected a whole number from 0 up"),
        (lambda: nn.inverse_time_decay(1, 1, -1), ValueError, "decay is -1: expected a number from 0 up"),
        (lambda: nn.inverse_time_decay(1, 1, math.inf), ValueError, "decay is inf: expected a finite number"),
        (lambda: nn.exponential_decay(1, 1, 0), ValueError, "gamma is 0: expected a number above 0 and at most 1"),
        (lambda: nn.exponential_decay(1, 1, 1.5), ValueError, "gamma is 1.5: expected a number above 0 and at most 1"),
        (lambda: nn.exponential_decay(1, 0.5, 1), TypeError, "t is 0.5, a float: expected a whole number from 0 up"),
        (lambda: nn.exponential_decay("1", 1, 1), TypeError, "learning_rate is '1', a str: expected a number"),
        (lambda: nn.ExponentialDecay(1, 2), ValueError, "gamma is 2: expected a number above 0 and at most 1"),
        (lambda: nn.InverseTimeDecay(-1, 2), ValueError, "learning_rate is -1: expected a number above 0"),
        (lambda: nn.InverseTimeDecay(1, None), TypeError, "decay is None: expected a number"),
        (lambda: nn.Momentum("fast"), TypeError, "learning_rate is 'fast', a str: expected a number"),
        (lambda: nn.GradientDescent(0), ValueError, "learning_rate is 0: expected a number above 0"),
        (lambda: nn.Nesterov(1, beta=1), ValueError, "beta is 1: expected a number from 0 up to, but not including, 1"),
        (lambda: nn.AdaGrad(1, epsilon=0), ValueError, "epsilon is 0: expected a number above 0"),
        (lambda: nn.RMSProp(1, epsilon=0), ValueError, "epsilon is 0: expected a number above 0"),
        (lambda: nn.RMSProp(1, beta=7), ValueError, "beta is 7: expected a number from 0 up to, but not including, 1"),
        (lambda: nn.Adam(1, beta1=7), ValueError, "beta1 is 7: expected a number from 0 up to, but not including, 1"),
        (lambda: nn.Adam(1, beta2=7), ValueError, "beta2 is 7: expected a number from 0 up to, but not including, 1"),
        (lambda: nn.Adam(1, epsilon=None), TypeError, "epsilon is None: expected a number"),
        (lambda: nn.zeros_like([[]]), ValueError, "theta[0] is empty: expected at least one entry"),
        (lambda: nn.zeros_like("0"), TypeError, "theta is '0', a str: expected a list"),
    ],
)
def test_wrong_settings(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message


# ---- objects ---------------------------------------------------------------------------------------------------------


def seen(network, optimizer):
    layers = [dict(vars(layer)) for layer in network.layers]
    return layers, optimizer.t, list(optimizer.state), optimizer.state


def trained(name, steps=1):
    network, optimizer = small_network(), OBJECTS[name]()
    for _ in range(steps):
        passed(network)
        optimizer.step(network)
    passed(network)
    return network, optimizer


@pytest.mark.parametrize("name", OBJECTS)
def test_repr_says_the_settings(name):
    optimizer = OBJECTS[name]()
    namespace = {cls: getattr(nn, cls) for cls in nn.__all__ if cls[0].isupper()}
    assert repr(eval(repr(optimizer), namespace)) == repr(optimizer)


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("steps", [0, 1])
@pytest.mark.parametrize(("layer", "what"), [(0, "W"), (1, "W"), (1, "b")])
@pytest.mark.parametrize("bad", [math.nan, None])
def test_a_step_that_fails_changes_nothing(name, steps, layer, what, bad):
    network, optimizer = trained(name, steps)
    gradient = getattr(network.layers[layer], f"dL_d{what}")
    row = gradient[-1] if what == "W" else gradient
    row[-1] = bad
    before = seen(network, optimizer)
    place = rf"layers\[{layer}\]\.dL_d{what}(\[\d\])+ is (nan|None): expected a (finite )?number"
    with pytest.raises((ValueError, TypeError), match=f"^{place}$"):
        optimizer.step(network)
    assert seen(network, optimizer) == before
    row[-1] = 0.0
    optimizer.step(network)
    assert optimizer.t == steps + 1


class Stubborn(nn.Layer):
    """A layer whose new W cannot be set, as if somebody had pressed Ctrl-C right there."""

    stubborn = False

    def __setattr__(self, name, value):
        if self.stubborn and name == "W":
            type(self).stubborn = False
            raise KeyboardInterrupt
        super().__setattr__(name, value)


@pytest.mark.parametrize("name", OBJECTS)
def test_an_interrupted_step_changes_nothing(name):
    hidden = nn.Layer([[0.5, -0.25]], [0.0], nn.Tanh())
    network, optimizer = nn.Network([hidden, Stubborn([[2.0], [1.0]], [0.0, 0.0])]), OBJECTS[name]()
    passed(network)
    before = seen(network, optimizer)
    Stubborn.stubborn = True
    with pytest.raises(KeyboardInterrupt):
        optimizer.step(network)
    assert seen(network, optimizer) == before
    optimizer.step(network)
    assert optimizer.t == 1
    assert network.layers[0].W != [[0.5, -0.25]]


def test_a_step_needs_a_backward_pass_of_its_own():
    network, optimizer = small_network(), nn.Momentum(0.1)
    with pytest.raises(RuntimeError, match=r"^step before backward: call backward"):
        optimizer.step(network)
    passed(network)
    optimizer.step(network)
    with pytest.raises(RuntimeError, match=r"^step after step: call forward\(x\) and backward"):
        optimizer.step(network)
    passed(network)
    network.layers[1].W = [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    with pytest.raises(RuntimeError, match=r"^step after W has changed: call forward\(x\) and backward"):
        optimizer.step(network)
    passed(network)
    network.update(0.1)
    with pytest.raises(RuntimeError, match=r"^step after step"):
        optimizer.step(network)


@pytest.mark.parametrize("name", OBJECTS)
def test_one_optimizer_is_for_one_network(name):
    network, optimizer = trained(name)
    other = small_network()
    passed(other)
    before = seen(other, optimizer)
    if name == "gradient descent":  # keeps nothing
        optimizer.step(other)
        return
    with pytest.raises(ValueError, match=r"^network has other layers than in the steps before: expected the same"):
        optimizer.step(other)
    assert seen(other, optimizer) == before
    optimizer.step(network)


def test_a_layer_that_has_changed_its_shape():
    network, optimizer = trained("momentum")
    network.layers[1].W, network.layers[1].b = [[1.0, 1.0, 1.0]], [0.0]
    y_hat = network.forward([1.0, -2.0])
    network.backward(nn.mean_squared_error_gradient(y_hat, [0.5]))
    with pytest.raises(
        ValueError, match=r"^state\[1\]\['v_W'\] has length 2: expected 1, the length of layers\[1\].W$"
    ):
        optimizer.step(network)


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (
            nn.Layer([[1.0]], [0.0]),
            "network is Layer(1 input, 1 neuron, activation=N…, a Layer: expected a Network; put it into one, "
            "Network([layer])",
        ),
        ([[1.0]], "network is [[1.0]], a list: expected a Network"),
        (None, "network is None: expected a Network"),
    ],
)
def test_only_a_network_is_stepped(thing, message):
    with pytest.raises(TypeError) as caught:
        nn.Adam(0.1).step(thing)
    assert str(caught.value) == message


@pytest.mark.parametrize("attribute", ["learning_rate", "beta1", "beta2", "epsilon"])
def test_settings_are_checked_again_before_every_step(attribute):
    network, optimizer = trained("adam")
    setattr(optimizer, attribute, -1)
    before = seen(network, optimizer)
    with pytest.raises(ValueError, match=f"^{attribute} is -1: expected a number"):
        optimizer.step(network)
    assert seen(network, optimizer) == before


@pytest.mark.parametrize(
    ("optimizer", "attribute"),
    [(nn.Momentum(1), "beta"), (nn.Nesterov(1), "beta"), (nn.AdaGrad(1), "epsilon"), (nn.RMSProp(1), "beta")],
)
def test_so_are_those_of_the_others(optimizer, attribute):
    network = small_network()
    passed(network)
    setattr(optimizer, attribute, None)
    with pytest.raises(TypeError, match=f"^{attribute} is None: expected a number"):
        optimizer.step(network)


def test_squares_in_the_state_stay_squares():
    network, optimizer = trained("rmsprop")
    optimizer.state[1]["s_b"][0] = -1.0
    with pytest.raises(ValueError, match=r"^state\[1\]\['s_b'\]\[0\] is -1.0: expected a number from 0 up$"):
        optimizer.step(network)


def test_a_decay_of_ones_own():
    class WarmUp:
        def at(self, t):
            return 0.25 * t

    network, optimizer = small_network(), nn.GradientDescent(WarmUp())
    W = network.layers[0].W
    passed(network)
    optimizer.step(network)
    assert network.layers[0].W == W
    passed(network)
    optimizer.step(network)
    assert network.layers[0].W != W


def test_a_decay_that_goes_wrong():
    class Broken:
        def at(self, _):
            return math.nan

    network, optimizer = small_network(), nn.GradientDescent(Broken())
    passed(network)
    with pytest.raises(ValueError, match=r"^learning_rate is nan: expected a finite number$"):
        optimizer.step(network)


def test_the_rate_may_be_changed_between_steps():
    network, optimizer = small_network(), nn.GradientDescent(0.1)
    passed(network)
    hidden = network.layers[0]
    W_new = gradient_descent_step(hidden.W, hidden.dL_dW, 0.5)
    optimizer.learning_rate = 0.5
    optimizer.step(network)
    assert W_new == hidden.W


def test_fractions_stay_exact_in_a_network():
    network = nn.Network([nn.Layer([[F(1, 2), F(1, 3)]], [F(0)], nn.ReLU())])
    for optimizer in (nn.GradientDescent(F(1, 10)), nn.Momentum(F(1, 10), F(1, 2)), nn.Nesterov(F(1, 10), F(1, 2))):
        network.forward([F(1), F(2)])
        network.backward([F(1, 5)])
        optimizer.step(network)
    assert is_exact([network.layers[0].W, network.layers[0].b])
