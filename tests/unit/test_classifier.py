"""A classifier: a network and what has to go with it."""

import math

import pytest

from scalarnn import Layer, Network, ReLU, Softmax, dense_network, softmax
from scalarnn.classifier import Classifier, load_classifier
from scalarnn.saving import SavedNetworkError, save


def two_features():
    network = Network([Layer([[1.0, 2.0], [0.0, -1.0], [0.5, 0.5]], [0.1, 0.2, 0.3])])
    return Classifier(network, ["a", "b", "c"], ["x", "y"], [10.0, 20.0], [2.0, 4.0], "kind")


def test_inputs_are_shifted_and_divided():
    assert two_features().inputs([[10.0, 20.0], [14.0, 12.0]]) == [[0.0, 0.0], [2.0, -2.0]]


def test_outputs_are_those_of_the_network_on_inputs():
    classifier = two_features()
    X = [[14.0, 12.0], [9.0, 33.0]]
    assert classifier.outputs(X) == [classifier.network.forward(x) for x in classifier.inputs(X)]
    assert classifier.probabilities(X) == [softmax(z) for z in classifier.outputs(X)]


def test_many_samples_are_not_kept_in_the_layers_at_once():
    classifier = two_features()
    X = [[float(n), 20.0] for n in range(250)]
    outputs = classifier.outputs(X)
    assert outputs == [classifier.outputs([x])[0] for x in X]
    assert len(outputs) == 250


def test_the_largest_output_is_the_class_and_the_first_of_equals():
    classifier = Classifier(Network([Layer([[1.0], [1.0], [0.0]], [0.0, 0.0, 0.0])]), ["a", "b", "c"], ["x"])
    assert classifier.predicted([[1.0], [0.0], [-1.0]]) == [0, 0, 2]


def test_a_last_layer_with_softmax_gives_probabilities_already():
    network = Network([Layer([[1.0], [2.0]], [0.0, 0.0], Softmax())])
    classifier = Classifier(network, ["a", "b"], ["x"])
    assert classifier.probabilities([[1.0]]) == [softmax([1.0, 2.0])]


def test_a_single_output_says_which_of_two():
    classifier = Classifier(Network([Layer([[1.0]], [0.0])]), ["no", "yes"], ["x"])
    assert classifier.single_output
    assert classifier.predicted([[0.4], [0.5], [math.nextafter(0.5, 1)], [7.0], [-7.0]]) == [0, 0, 1, 1, 0]
    with pytest.raises(ValueError, match="that is no probability"):
        classifier.probabilities([[0.4]])


def test_saved_and_loaded_it_says_the_same_bit_for_bit(tmp_path):
    network = dense_network([2, 5, 3], [ReLU(), None], seed=4)
    classifier = Classifier(network, ["a", "é\n", "\udcff"], ["x", "y"], [1 / 3, 0.1], [2.0, 1e-300], "kind")
    classifier.save(tmp_path / "m.json", {"more": [1, 2]})
    loaded, notes = load_classifier(tmp_path / "m.json")
    assert notes == {"more": [1, 2]}
    for name in ("class_names", "feature_names", "means", "deviations", "label_name"):
        assert getattr(loaded, name) == getattr(classifier, name)
    X = [[0.3, 0.1], [-1.0, 0.1]]
    assert loaded.outputs(X) == classifier.outputs(X)
    assert repr(loaded) == "<Classifier: 2 features, 3 classes>"


def test_a_network_alone_is_no_classifier(tmp_path):
    save(Network([Layer([[1.0]], [0.0])]), tmp_path / "m.json")
    with pytest.raises(SavedNetworkError, match="it was not saved as a classifier"):
        load_classifier(tmp_path / "m.json")


NETWORK = Network([Layer([[1.0], [2.0]], [0.0, 0.0])])


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((3, ["a", "b"], ["x"]), TypeError, "network is a int: expected a Network"),
        ((NETWORK, [], ["x"]), ValueError, "class_names is empty"),
        ((NETWORK, ["a"], ["x"]), ValueError, "class_names has 1 name"),
        ((NETWORK, ["a", "b", "c"], ["x"]), ValueError, "class_names has 3 names: the network has 2 outputs"),
        ((NETWORK, ["a", "a"], ["x"]), ValueError, "class_names: a name is there twice"),
        ((NETWORK, ["a", 1], ["x"]), TypeError, "class_names[1] is a int: expected text"),
        ((NETWORK, ["a", "b"], []), ValueError, "feature_names is empty"),
        ((NETWORK, ["a", "b"], ["x", "y"]), ValueError, "feature_names has 2 names: the network has 1 inputs"),
        ((NETWORK, ["a", "b"], ["x"], [1.0, 2.0]), ValueError, "means has length 2"),
        ((NETWORK, ["a", "b"], ["x"], ["1"]), TypeError, "means[0]"),
        ((NETWORK, ["a", "b"], ["x"], [math.nan]), ValueError, "means[0] is nan"),
        ((NETWORK, ["a", "b"], ["x"], [0.0], [0.0]), ValueError, "deviations[0] is 0"),
        ((NETWORK, ["a", "b"], ["x"], None, None, None), TypeError, "label_name is a NoneType"),
    ],
)
def test_wrong_arguments(arguments, error, message):
    with pytest.raises(error) as caught:
        Classifier(*arguments)
    assert message in str(caught.value)
