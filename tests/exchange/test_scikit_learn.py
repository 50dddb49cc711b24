"""scikit-learn: lists without it, and its MLPs where it is installed."""

import pytest

import scalarnn
from scalarnn.exchange import ExchangeError, from_sklearn
from scalarnn.random_numbers import LegacyRandom
from tests.exchange.comparing import worst

X = LegacyRandom(0).randn(20, 3)


class MLP:
    """What from_sklearn looks at."""

    def __init__(self, **changed):
        lists = {"coefs_": [[[1.0, 2.0]], [[3.0], [4.0]]], "intercepts_": [[0.5, -0.5], [1.0]]}
        self.__dict__.update({**lists, "activation": "relu", "out_activation_": "logistic", **changed})


def test_a_column_of_a_matrix_is_a_neuron():
    network = scalarnn.from_sklearn(MLP(classes_=["no", "yes"], feature_names_in_=["mass"], alpha=0.1))
    assert [layer.W for layer in network.layers] == [[[1.0], [2.0]], [[3.0, 4.0]]]
    assert (network.class_names, network.feature_names) == (["no", "yes"], ["mass"])
    assert "the penalty alpha=0.1 is left out" in str(network)
    assert network.loss == "binary_cross_entropy"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"activation": "elu"}, "the activation 'elu'"),
        ({"intercepts_": [[0.5], [1.0]]}, "has 1 biases: expected 2"),
        ({"coefs_": [[[1.0, 2.0]], [[3.0]]]}, "has 1 inputs: expected 2"),
        ({"loss": "poisson"}, "the loss 'poisson'"),
        ({"feature_names_in_": ["a", "b"]}, "features has 2 names: expected 1"),
    ],
)
def test_what_is_no_network_is_refused(changed, message):
    with pytest.raises(ExchangeError, match=message):
        from_sklearn(MLP(**changed))


def test_one_that_has_not_learned_is_refused():
    with pytest.raises(TypeError, match="a list without coefs_: expected a trained"):
        from_sklearn([])


class Scaler:
    mean_, scale_ = [4.0], [2.0]


class Pipeline:
    def __init__(self, *steps):
        self.steps = [(str(k), step) for k, step in enumerate(steps)]


def test_a_scaler_before_the_network_goes_into_its_first_layer():
    network = from_sklearn(Pipeline(Scaler(), MLP()))
    assert network.forward([6.0]) == from_sklearn(MLP()).forward([1.0])
    assert "Scaler went into the first layer" in str(network)
    with pytest.raises(ExchangeError, match="MLP stands before the network: expected a StandardScaler"):
        from_sklearn(Pipeline(MLP(), MLP()))


@pytest.mark.filterwarnings("ignore")
def test_a_trained_pipeline_gives_the_same_outputs():
    neural_network = pytest.importorskip("sklearn.neural_network", reason="scikit-learn is not installed")
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    labels = [int(x[0] > x[1]) for x in X]
    for scaler in (StandardScaler(), StandardScaler(with_std=False), StandardScaler(with_mean=False)):
        pipeline = make_pipeline(scaler, neural_network.MLPClassifier((4,), random_state=0, max_iter=30)).fit(X, labels)
        found = [[1 - p, p] for (p,) in from_sklearn(pipeline).forward_batch(X)]
        assert worst(found, pipeline.predict_proba(X).tolist()) < 1e-12


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
@pytest.mark.parametrize("solver", ["adam", "lbfgs"])
def test_trained_ones_give_the_same_outputs(activation, solver):
    neural_network = pytest.importorskip("sklearn.neural_network", reason="scikit-learn is not installed")
    how = {"hidden_layer_sizes": (5, 4), "activation": activation, "solver": solver, "max_iter": 30, "random_state": 0}
    numbers = [x[0] * x[1] - x[2] for x in X]
    labels = ["a" if y < -0.5 else "b" if y < 0.5 else "c" for y in numbers]
    classifier = neural_network.MLPClassifier(**how).fit(X, labels)
    network = from_sklearn(classifier)
    assert worst(network.forward_batch(X), classifier.predict_proba(X).tolist()) < 1e-12
    assert network.class_names == ["a", "b", "c"]
    regressor = neural_network.MLPRegressor(**how).fit(X, numbers)
    network = from_sklearn(regressor)
    assert worst(network.forward_batch(X), regressor.predict(X).reshape(-1, 1).tolist()) < 1e-12
    assert network.label_name == "y"
