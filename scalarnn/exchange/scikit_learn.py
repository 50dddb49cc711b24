"""scikit-learn's MLPClassifier and MLPRegressor: the object itself, or its lists as JSON.

    json.dump({"coefs": [W.tolist() for W in mlp.coefs_], "intercepts": [b.tolist() for b in mlp.intercepts_],
               "activation": mlp.activation, "out_activation": mlp.out_activation_,
               "classes": mlp.classes_.tolist()}, file)

There a column of `coefs_[k]` is a neuron, so every matrix is turned.
"""

from __future__ import annotations

from scalarnn.exchange.arrived import Arrived, Draft, Wishes
from scalarnn.exchange.leaving import after_scaling
from scalarnn.exchange.tensors import ExchangeError, tensor_of
from scalarnn.frameworks.reading import like

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["from_lists", "from_sklearn"]

TURNED = "every matrix was turned: a column of coefs_ is a neuron"
SUM = "scikit-learn adds the loss up over the outputs of a sample, here it is their mean"
MEAN = "loss_ of scikit-learn is a mean over the outputs of a sample, and its gradients are those of their sum, as here"
# Loss by the activation at the end, and why.
LOSSES = {
    "softmax": ("cross_entropy", "log loss, which MLPClassifier has"),
    "logistic": ("binary_cross_entropy", "log loss, which MLPClassifier has"),
    "identity": ("half_squared_error", "half the squared error, whose gradients MLPRegressor follows"),
}


def from_sklearn(mlp: Any) -> Arrived:
    """The network of a trained MLPClassifier or MLPRegressor, or of a Pipeline that ends with one.

    The means and scales of a StandardScaler in the Pipeline go into the first layer, so that the network takes what the
    Pipeline takes.

    Args:
        mlp: an object with `coefs_`, `intercepts_`, `activation` and `out_activation_`; or one with `steps`.

    Returns:
        An Arrived: a Network that prints what was assumed, with the names of classes and features where they are known.

    Raises:
        TypeError: it is no such object, or has not learned yet.
        ValueError: its lists are no network.

    Examples:
        >>> class MLP:
        ...     coefs_, intercepts_ = [[[1.0, 2.0], [3.0, 4.0]]], [[0.5, -0.5]]
        ...     activation, out_activation_ = "relu", "identity"
        >>> from_sklearn(MLP()).layers[0].W
        [[1.0, 3.0], [2.0, 4.0]]
    """
    steps = getattr(mlp, "steps", None)
    if steps is not None:
        return _from_pipeline([step for _, step in steps])
    lists: dict[str, Any] = {}
    for name in ("coefs_", "intercepts_", "activation", "out_activation_"):
        if not hasattr(mlp, name):
            kind = type(mlp).__name__
            raise TypeError(f"mlp is a {kind} without {name}: expected a trained MLPClassifier or MLPRegressor")
        lists[name.rstrip("_")] = getattr(mlp, name)
    for name in ("coefs", "intercepts"):
        lists[name] = [_plain(part) for part in lists[name]]
    if hasattr(mlp, "classes_"):
        lists["classes"] = _plain(mlp.classes_)
    if hasattr(mlp, "feature_names_in_"):
        lists["features"] = _plain(mlp.feature_names_in_)
    loss = getattr(mlp, "loss", None)
    if loss not in (None, "log_loss", "squared_error"):
        raise ExchangeError(f"the loss {ascii(loss)[:40]}: expected log_loss or squared_error")
    alpha = getattr(mlp, "alpha", 0)
    arrived = from_lists(lists, Wishes(), f"scikit-learn's {type(mlp).__name__}")
    if alpha:
        arrived.said.append(f"the penalty alpha={alpha} is left out: gradients are of the loss alone")
    return arrived


def _from_pipeline(steps: list[Any]) -> Arrived:
    """The network at the end, and the scaling before it in its first layer."""
    *before, last = steps
    network = from_sklearn(last)
    for step in reversed(before):
        if not hasattr(step, "mean_") or not hasattr(step, "scale_"):
            raise ExchangeError(f"{type(step).__name__} stands before the network: expected a StandardScaler")
        first = network.layers[0]
        n_inputs = len(first.W[0])
        takes_off = getattr(step, "with_mean", True) and step.mean_ is not None  # mean_ is there even if it is not used
        means = _plain(step.mean_) if takes_off else [0.0] * n_inputs
        scales = [1.0] * n_inputs if step.scale_ is None else _plain(step.scale_)
        if len(means) != n_inputs or len(scales) != n_inputs:
            raise ExchangeError(f"{type(step).__name__} has {len(means)} columns: expected {n_inputs}")
        network.layers[0] = after_scaling(first, means, scales)
        network.feature_names = _plain(getattr(step, "feature_names_in_", [])) or network.feature_names
        network.said.append(f"{type(step).__name__} went into the first layer: its gradients are of that")
    return network


def from_lists(lists: dict[str, Any], wishes: Wishes, source: str) -> Arrived:
    """The network of such lists.

    Args:
        lists: coefs, intercepts, activation, out_activation, and perhaps classes and features.
        wishes: of the user.
        source: what they are read from, in words.

    Raises:
        ExchangeError: they are no network.

    Examples:
        >>> lists = {"coefs": [[[1.0]]], "intercepts": [[0.0]], "activation": "relu", "out_activation": "softmax"}
        >>> from_lists(lists, Wishes(), "lists").because
        'log loss, which MLPClassifier has'
    """
    lists = {str(key).rstrip("_"): value for key, value in lists.items()}
    coefs, intercepts = lists.get("coefs"), lists.get("intercepts")
    if not isinstance(coefs, list) or not isinstance(intercepts, list) or len(coefs) != len(intercepts) or not coefs:
        raise ExchangeError("coefs and intercepts: expected two lists of the same length")
    draft = Draft(source, like("sklearn").activations)
    draft.said.append(TURNED)
    known = "activation" in lists and "out_activation" in lists
    for k in range(len(coefs)):
        draft.kernel(f"coefs[{k}]", tensor_of(f"coefs[{k}]", coefs[k]), tensor_of(f"intercepts[{k}]", intercepts[k]))
        if known:
            draft.activation(lists["activation" if k < len(coefs) - 1 else "out_activation"])
    if not known:
        draft.assume(wishes, "activation and out_activation are not there")
        return draft.arrived(wishes, **_names(lists, draft))
    wishes.no_activations()
    end = lists["out_activation"]
    n_outputs = len(intercepts[-1])
    if end == "logistic" and n_outputs > 1:
        draft.said.append(SUM)
    if end == "identity" and n_outputs > 1:
        draft.said.append(MEAN)
    return draft.arrived(wishes, loss=LOSSES.get(end), **_names(lists, draft))


def _names(lists: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """The names of classes and features; a regressor of one output tells a number."""
    names: dict[str, Any] = {}
    classes, features = lists.get("classes"), lists.get("features")
    n_outputs = len(lists["intercepts"][-1])
    for key, given in (("classes", classes), ("features", features)):
        if given is not None and (not isinstance(given, list) or any(isinstance(one, (list, dict)) for one in given)):
            raise ExchangeError(f"{key}: expected a list of names")
    if classes is not None and len(classes) in (max(n_outputs, 2),):
        if lists.get("out_activation") != "logistic" or n_outputs == 1:
            names["class_names"] = [str(name) for name in classes]
    elif classes is None and n_outputs == 1 and lists.get("out_activation") == "identity":
        names["label_name"] = "y"
    if features is not None:
        if len(features) != draft.n_inputs:
            raise ExchangeError(f"features has {len(features)} names: expected {draft.n_inputs}")
        names["feature_names"] = [str(name) for name in features]
    return names


def _plain(values: Any) -> Any:
    """Lists of Python's numbers, of an array or a list of arrays."""
    return values.tolist() if hasattr(values, "tolist") else list(values)
