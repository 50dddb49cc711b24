"""One table for the reader, the schema and the class: what one of them knows, all of them know."""

import re
import tomllib

import pytest

import scalarnn
from scalarnn.exercise import KEYS, LAYER_KEYS, ExerciseError, read_text, schema
from scalarnn.exercise.keys import ACTIVATIONS, OPTIMIZERS
from scalarnn.exercise.kinds import Choice
from scalarnn.learning.optimizer import Optimizer
from tests.exercise.test_reading import WHOLE, WRONG


def test_the_schema_has_every_key_and_says_what_it_is_for():
    properties = schema()["properties"]
    assert set(properties) == {key.name for key in KEYS} | {"layer"}
    layer = schema()["definitions"]["layer"]["properties"]
    assert set(layer) == {key.name for key in LAYER_KEYS}
    for key in (*KEYS, *LAYER_KEYS):
        assert (properties | layer)[key.name]["description"] == key.says


def test_every_activation_and_every_rule_of_the_package_has_a_name():
    kinds = {kind for kind, _ in ACTIVATIONS.values()}
    assert kinds == {name for name in scalarnn.__all__ if hasattr(getattr(scalarnn, name), "_f")} | {"Softmax"}
    optimizers = [name for name in scalarnn.__all__ if Optimizer in getattr(getattr(scalarnn, name), "__bases__", ())]
    assert [name.replace("_", "") for name in OPTIMIZERS] == [name.lower() for name in optimizers]
    for kind in optimizers:
        rule = next(rule for name, rule in OPTIMIZERS.items() if name.replace("_", "") == kind.lower())
        assert tuple(rule.state) == getattr(scalarnn, kind).letters


@pytest.mark.parametrize(
    "key", [key for key in (*KEYS, *LAYER_KEYS) if isinstance(key.kind, Choice)], ids=lambda k: k.name
)
def test_reader_and_schema_take_the_same_spellings(key):
    pattern = key.kind.schema["anyOf"][1]["pattern"]
    for name in key.kind.names:
        for text in (name, name.upper(), name.title().replace("_", "-"), name.replace("_", " "), name.replace("_", "")):
            assert key.kind.read(text, (key.name,)) == name
            assert re.search(pattern, text)
        for text in (f"{name}x", f"x{name[1:]}"):
            assert not re.search(pattern, text)
            with pytest.raises(ExerciseError, match="is not known"):
                key.kind.read(text, (key.name,))


def test_other_names():
    exercise = read_text(
        "x = 1\ny = 2\nloss = 'squared error'\nlearning_rate = 1\noptimizer = 'SGD'\n[[layer]]\nW = [[1]]\n"
    )
    assert exercise.optimizer == "gradient_descent"
    assert read_text("x = 1\n[[layer]]\nW = [[1]]\nactivation = 'Linear'").layers[0].activation == "identity"


def test_a_validator_of_schemas_says_what_the_reader_says():
    """What the schema can say of a file: all of the right one, and every wrong key, name and sort of value."""
    jsonschema = pytest.importorskip("jsonschema", reason="no validator of JSON Schema is installed")
    validator = jsonschema.Draft7Validator(schema())
    jsonschema.Draft7Validator.check_schema(schema())
    assert list(validator.iter_errors(tomllib.loads(WHOLE))) == []
    seen = 0
    for text, _, says in WRONG:
        if re.search(
            "no such key|belongs to|is not known|a text in quotes|has no W|a list of rows, such|expected layers", says
        ):
            seen += 1
            if "no TOML" not in says:
                with pytest.raises(ExerciseError):
                    read_text(text)
                assert list(validator.iter_errors(tomllib.loads(text))) != [], text
    assert seen > 10
