"""A network in a file: saved whole or not at all, loaded bit for bit or not at all.

The file is JSON that a person can read:

    {
     "format": "scalarnn network",
     "version": 1,
     "layers": [
      {"activation": {"name": "ReLU"},
       "b": [0.0, 0.0],
       "W": [[0.1, -0.2],
             [0.3, 0.4]]}
     ],
     "notes": {"whatever": "was given"}
    }

A float is written with the fewest digits that give the same float back, an int as an int, a Fraction as "p/q". Other
kinds of number are refused, since they would come back as something else.
"""

from __future__ import annotations

import errno
import math
import os
import re
import stat
from pathlib import Path

from scalarnn import check
from scalarnn.activations import Identity, LeakyReLU, ReLU, Sigmoid, Tanh
from scalarnn.layer import Layer
from scalarnn.network import Network
from scalarnn.passing import Passing
from scalarnn.softmax import Softmax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from typing import Any

    from scalarnn.layer import Activation
    from scalarnn.scalar import Number

__all__ = [
    "SavedNetworkError",
    "behind_links",
    "beside",
    "from_text",
    "load",
    "load_with_notes",
    "save",
    "to_text",
    "write_whole",
]

FORMAT = "scalarnn network"
VERSION = 1
ACTIVATIONS = {kind.__name__: kind for kind in (Identity, LeakyReLU, ReLU, Sigmoid, Softmax, Tanh)}
OF_DIALECTS = ("CELU", "ELU", "GELU", "GELUTanh", "HardSigmoid", "SELU", "SiLU", "Softplus")
KNOWN = f"{', '.join(ACTIVATIONS)}, {', '.join(OF_DIALECTS)}"
NUMBERS = {"LeakyReLU": ("slope",), "CELU": ("alpha",), "ELU": ("alpha",), "SELU": ("scale", "alpha")}

# What no honest file exceeds; they bound the memory that a hostile one can take.
LARGEST_FILE = 2**25
MOST_PARTS = 2**20
MOST_LAYERS = 1000
DEEPEST_NOTES = 20
MOST_DIGITS = 4000
LARGEST_INT = 10**MOST_DIGITS - 1  # of an int, or of either part of a Fraction; Python itself stops at 4300

LEFT_FOR = 600  # seconds without a change, after which the file of a save that was killed is removed

ONE_WEIGHT_PER_NEURON_BEFORE = "one weight for each neuron of the layer before"
FRACTION = re.compile(r"(-?[0-9]+)/([0-9]+)")


class SavedNetworkError(ValueError):
    """A file or text that is not a whole, sound network; the message says what is wrong and where.

    Examples:
        >>> from_text('{"format": "scalarnn network", "version": 2}')
        Traceback (most recent call last):
        scalarnn.saving.SavedNetworkError: version is 2: this scalarnn reads version 1; a newer one wrote it
    """


# ---- to text ---------------------------------------------------------------------------------------------------------


def to_text(network: Network, notes: Mapping[str, Any] | None = None) -> str:
    """The network as JSON.

    Args:
        network: layers whose numbers are of type float, int or Fraction, and whose activations are this package's.
        notes: anything to keep beside it, such as class names: text, numbers, True, False, None, and lists and dicts of
            them, at most 20 deep. A tuple comes back as a list.

    Returns:
        Text that from_text turns into an equal network. What the last pass left behind (x, z, gradients) is not in it.

    Raises:
        TypeError: not a Network, a kind of number that would not come back as it was, or an activation of your own.
        ValueError: a number is not finite or has more than 4000 digits, layers do not fit or are more than 1000, notes
            are too deep, or the whole is larger than 32 MiB.

    Source: not in the five documents.

    Examples:
        >>> from scalarnn import Layer, Network, ReLU
        >>> print(to_text(Network([Layer([[0.1, -2.0]], [0.0], ReLU())]), notes={"seed": 7}))
        {
         "format": "scalarnn network",
         "version": 1,
         "layers": [
          {"activation": {"name": "ReLU"},
           "b": [0.0],
           "W": [[0.1, -2.0]]}
         ],
         "notes": {"seed": 7}
        }
        <BLANKLINE>
    """
    import json

    if not isinstance(network, Network):
        raise TypeError(f"network is {_shown(network)}: expected a Network")
    if len(network.layers) > MOST_LAYERS:
        raise ValueError(f"{len(network.layers)} layers: expected at most {MOST_LAYERS}, as many as are loaded")
    layers = []
    for k in range(len(network.layers)):
        layer, place = network.layers[k], f"layers[{k}]"
        check.matrix(layer.W, f"{place}.W")
        check.vector(layer.b, f"{place}.b")
        check.length(layer.b, f"{place}.b", len(layer.W), "one bias for each neuron")
        if k > 0:
            check.length(layer.W[0], f"{place}.W[0]", len(network.layers[k - 1].W), ONE_WEIGHT_PER_NEURON_BEFORE)
        activation = _activation_to_json(layer.activation, f"{place}.activation")
        b = json.dumps(_vector_to_json(layer.b, f"{place}.b"))
        rows = []
        for j in range(len(layer.W)):
            rows.append(json.dumps(_vector_to_json(layer.W[j], f"{place}.W[{j}]")))
        W = ",\n        ".join(rows)
        layers.append(f'  {{"activation": {json.dumps(activation)},\n   "b": {b},\n   "W": [{W}]}}')
    text = f'{{\n "format": "{FORMAT}",\n "version": {VERSION},\n "layers": [\n' + ",\n".join(layers) + "\n ]"
    if notes is not None:
        text += f',\n "notes": {json.dumps(_notes_to_json(notes))}'
    text += "\n}\n"
    if len(text) > LARGEST_FILE or _n_parts(text) > MOST_PARTS:
        raise ValueError("the network is larger than 32 MiB or has more than a million rows: too large for this format")
    return text


def _activation_to_json(activation: Activation | None, place: str) -> dict[str, Any] | None:
    if activation is None:
        return None
    name = type(activation).__name__
    if type(activation) is Passing:
        bends = _activation_to_json(activation.activation, f"{place}.activation")
        return {"name": name, "first": activation.first, "activation": bends}
    if _kind_of_activation(name) is not type(activation):
        raise TypeError(f"{place} is {_shown(activation)}: only None, {KNOWN} can be saved")
    data: dict[str, Any] = {"name": name}
    for key in NUMBERS.get(name, ()):
        number = getattr(activation, key)
        data[key] = None if number is None else _number_to_json(number, f"{place}.{key}")
    return data


def _kind_of_activation(name: Any) -> Any:
    """The class of that name; None if there is none."""
    if name in OF_DIALECTS:
        from scalarnn.dialects import activations

        return getattr(activations, name)
    return ACTIVATIONS.get(name)


def _vector_to_json(numbers: Any, place: str) -> list[int | float | str]:
    converted = []
    for i in range(len(numbers)):
        converted.append(_number_to_json(numbers[i], f"{place}[{i}]"))
    return converted


def _number_to_json(value: Number, place: str) -> int | float | str:
    if type(value) is float:
        if not math.isfinite(value):
            raise ValueError(f"{place} is {value}: expected a finite number")
        return value
    if type(value) is int:
        _check_digits(value, place)
        return value
    if _is_fraction(value):
        _check_digits(value.numerator, place)
        _check_digits(value.denominator, place)
        return f"{value.numerator}/{value.denominator}"
    raise TypeError(f"{place} is {_shown(value)}: only float, int and Fraction can be saved; convert it first")


def _is_fraction(value: Any) -> bool:
    kind = type(value)
    return kind.__name__ == "Fraction" and kind.__module__ == "fractions"


def _check_digits(value: int, place: str) -> None:
    if abs(value) > LARGEST_INT:
        raise ValueError(f"{place} has more than {MOST_DIGITS} digits: too many to save; float(…) would make it short")


def _notes_to_json(notes: Any) -> dict[str, Any]:
    if not hasattr(notes, "items"):
        raise TypeError(f"notes is {_shown(notes)}: expected a dict")
    _check_note(dict(notes), "notes", 0)
    return dict(notes)


def _check_note(value: Any, place: str, depth: int) -> None:
    """Text, numbers, True, False, None; lists and dicts of them."""
    if depth > DEEPEST_NOTES:
        raise ValueError(f"{_cut(place)} is more than {DEEPEST_NOTES} deep")
    if value is None or type(value) in (bool, str):
        return
    if type(value) is int:
        _check_digits(value, _cut(place))
    elif type(value) is float:
        if not math.isfinite(value):
            raise ValueError(f"{_cut(place)} is {value}: expected a finite number")
    elif isinstance(value, (list, tuple)):
        for i in range(len(value)):
            _check_note(value[i], f"{place}[{i}]", depth + 1)
    elif isinstance(value, _Repeated):
        raise ValueError(f"{_cut(place)}: the key {_shown_text(value.key)} is there twice")
    elif isinstance(value, dict):
        for key in value:
            if type(key) is not str:
                raise TypeError(f"{_cut(place)}: the key {_shown(key)}: expected text")
            _check_note(value[key], f"{place}[{_shown_text(key)}]", depth + 1)
    else:
        expected = "text, a number, True, False, None, a list or a dict"
        raise TypeError(f"{_cut(place)} is {_shown(value)}: expected {expected}")


# ---- from text -------------------------------------------------------------------------------------------------------


def from_text(text: str) -> tuple[Network, dict[str, Any]]:
    """The network and the notes that to_text wrote.

    Args:
        text: JSON.

    Returns:
        network, notes: a new Network, equal bit for bit, and the notes, {} if there were none.

    Raises:
        SavedNetworkError: whatever is wrong with the text. It is a ValueError.
        TypeError: text is not a str.

    Source: not in the five documents.

    Examples:
        >>> from fractions import Fraction
        >>> from scalarnn import Layer, Network
        >>> network, notes = from_text(to_text(Network([Layer([[0.1, 1, Fraction(1, 3)]], [0.0])]), {"seed": 7}))
        >>> network.layers[0].W, notes
        ([[0.1, 1, Fraction(1, 3)]], {'seed': 7})
    """
    if not isinstance(text, str):
        raise TypeError(f"text is {_shown(text)}: expected a str")
    parts = _object(_parsed(text), "the file", ("format", "version", "layers"), ("notes",), before=_check_version)
    if not isinstance(parts["layers"], list) or not parts["layers"]:
        raise SavedNetworkError(f"layers is {_shown(parts['layers'])}: expected a list of at least one layer")
    if len(parts["layers"]) > MOST_LAYERS:
        raise SavedNetworkError(f"{len(parts['layers'])} layers: expected at most {MOST_LAYERS}")
    layers: list[Layer] = []
    for k in range(len(parts["layers"])):
        n_inputs = len(layers[-1].W) if layers else None
        layers.append(_layer(parts["layers"][k], f"layers[{k}]", n_inputs))
    notes = _object(parts.get("notes", {}), "notes", (), None)
    try:
        _check_note(notes, "notes", 0)
    except (TypeError, ValueError) as error:
        raise SavedNetworkError(str(error)) from None
    return Network(layers), notes


class _Repeated:
    """What stands in for an object with the same key twice, until its place is known."""

    def __init__(self, key: str) -> None:
        self.key = key


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Repeated:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            return _Repeated(key)
        found[key] = value
    return found


def _integer(digits: str) -> int:
    n_digits = len(digits.lstrip("-"))
    if n_digits > MOST_DIGITS:
        raise SavedNetworkError(f"a number of {n_digits} digits, {digits[:20]}...: expected at most {MOST_DIGITS}")
    return int(digits)


def _n_parts(text: str) -> int:
    """How many lists, objects and keys there can be at most: one for each sign, even those in a text."""
    return text.count("[") + text.count("{") + text.count(":")


def _parsed(text: str) -> Any:
    import json

    if _n_parts(text) > MOST_PARTS:
        raise SavedNetworkError(f"more than {MOST_PARTS} lists, objects and keys: no network has so many rows")
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise SavedNetworkError(f"line {error.lineno}, column {error.colno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise SavedNetworkError("lists in lists in lists, too deep to read") from None
    except SavedNetworkError:
        raise
    except ValueError as error:  # PYTHONINTMAXSTRDIGITS may allow fewer digits
        raise SavedNetworkError(f"a number that cannot be read: {error}") from None


def _object(
    value: Any, place: str, keys: tuple[str, ...], optional: tuple[str, ...] | None = (), before: Any = None
) -> dict[str, Any]:
    """A JSON object with these keys and no other (or any, where optional is None), which `before` looks at first."""
    if isinstance(value, _Repeated):
        raise SavedNetworkError(f"{place}: the key {_shown_text(value.key)} is there twice")
    if not isinstance(value, dict):
        having = f" with {', '.join(keys)}" if keys else ""
        raise SavedNetworkError(f"{place} is {_shown(value)}: expected an object{having}")
    if before is not None:
        before(value)
    for key in keys:
        if key not in value:
            raise SavedNetworkError(f"{place} has no {key}")
    for key in value:
        if optional is not None and key not in keys and key not in optional:
            raise SavedNetworkError(f"{place} has {_shown_text(key)}: expected {', '.join(keys + optional)} only")
    return value


def _check_version(value: dict[str, Any]) -> None:
    """The version first: a newer one may well have other keys."""
    if value.get("format") != FORMAT:
        raise SavedNetworkError(f'the file\'s format is {_shown(value.get("format"))}: expected "{FORMAT}"')
    version = value.get("version")
    if type(version) is not int or version < 1:
        raise SavedNetworkError(f"version is {_shown(version)}: expected {VERSION}")
    if version > VERSION:
        raise SavedNetworkError(
            f"version is {_shown(version).split(',')[0]}: this scalarnn reads version {VERSION}; a newer one wrote it"
        )


def _layer(value: Any, place: str, n_inputs: int | None) -> Layer:
    parts = _object(value, place, ("activation", "b", "W"))
    activation = _activation(parts["activation"], f"{place}.activation")
    rows = parts["W"]
    if not isinstance(rows, list) or not rows:
        raise SavedNetworkError(f"{place}.W is {_shown(rows)}: expected a list of at least one row")
    because = ONE_WEIGHT_PER_NEURON_BEFORE
    W = []
    for j in range(len(rows)):
        W_j = _vector(rows[j], f"{place}.W[{j}]")
        if n_inputs is None:
            n_inputs, because = len(W_j), f"as in {place}.W[0]"
        if len(W_j) != n_inputs:
            raise SavedNetworkError(f"{place}.W[{j}] has {len(W_j)} numbers: expected {n_inputs}, {because}")
        W.append(W_j)
    b = _vector(parts["b"], f"{place}.b")
    if len(b) != len(W):
        raise SavedNetworkError(f"{place}.b has {len(b)} numbers: expected {len(W)}, one for each row of W")
    return Layer(W, b, activation)


def _activation(value: Any, place: str) -> Activation | None:
    if value is None:
        return None
    if isinstance(value, dict) and value.get("name") == "Passing":
        return _passing(_object(value, place, ("name", "first", "activation")), place)
    name = _object(value, place, ("name",), ("slope", "scale", "alpha"))["name"]
    kind = _kind_of_activation(name) if isinstance(name, str) else None
    if kind is None:
        raise SavedNetworkError(f"{place}.name is {_shown(name)}: expected one of {KNOWN}")
    keys = NUMBERS.get(name, ())
    if not keys and len(value) > 1:
        raise SavedNetworkError(f"{place} has {next(key for key in value if key != 'name')}: {name} takes none")
    numbers = []
    for key in keys:
        number = _object(value, place, ("name", *keys))[key]
        is_usual = number is None and name == "LeakyReLU"
        numbers.append(None if is_usual else _number(number, f"{place}.{key}"))
    activation: Activation = kind(*numbers)
    return activation


def _passing(parts: dict[str, Any], place: str) -> Activation:
    """An activation of the first neurons alone."""
    bends = parts["activation"]
    if not isinstance(bends, dict) or bends.get("name") == "Passing":
        raise SavedNetworkError(f"{place}.activation is {_shown(bends)}: expected one of {KNOWN}")
    activation = _activation(bends, f"{place}.activation")
    if type(parts["first"]) is not int or parts["first"] < 1 or activation is None:
        raise SavedNetworkError(f"{place}.first is {_shown(parts['first'])}: expected a whole number from 1 up")
    return Passing(activation, parts["first"])


def _vector(value: Any, place: str) -> list[Number]:
    if not isinstance(value, list) or not value:
        raise SavedNetworkError(f"{place} is {_shown(value)}: expected a list of at least one number")
    numbers = []
    for i in range(len(value)):
        numbers.append(_number(value[i], f"{place}[{i}]"))
    return numbers


def _number(value: Any, place: str) -> Number:
    """A finite float, an int, or a Fraction written as "p/q" in lowest terms."""
    if type(value) is float:
        if not math.isfinite(value):
            raise SavedNetworkError(f"{place} is {value}: expected a finite number")
        return value
    if type(value) is int:
        return value
    match = FRACTION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise SavedNetworkError(f'{place} is {_shown(value)}: expected a number, or a fraction "p/q"')
    from fractions import Fraction

    try:
        p, q = _integer(match.group(1)), _integer(match.group(2))
    except ValueError as error:
        raise SavedNetworkError(f"{place}: {error}") from None
    if q == 0 or math.gcd(p, q) != 1 or f"{p}/{q}" != value:
        raise SavedNetworkError(f"{place} is {_shown(value)}: expected a fraction in lowest terms")
    return Fraction(p, q)


# ---- files -----------------------------------------------------------------------------------------------------------


def save(network: Network, path: str | PathLike[str], notes: Mapping[str, Any] | None = None) -> None:
    """The network in a file that is there whole, or not at all.

    The text goes to a new file beside it, and to the disk, before that takes the place of the old one in one step: a
    crash or a kill in the middle leaves the old file as it was (and perhaps a file named `.….tmp`, which a later save
    under the same name removes once it is ten minutes old and its process is gone).

    Args:
        network: layers whose numbers are of type float, int or Fraction, and whose activations are this package's.
        path: the file; an old one is replaced, and keeps its permissions. A link stays, what it points to is replaced.
        notes: as for to_text.

    Raises:
        TypeError, ValueError: the network or the notes cannot be saved, see to_text; no file is touched.
        OSError: the file cannot be written, or path is something else than a file, such as a folder.

    Source: not in the five documents.

    Examples:
        >>> import tempfile
        >>> from scalarnn import Layer, Network, Softmax
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     save(Network([Layer([[0.1, 0.2], [0.3, 0.4]], [0.0, 0.0], Softmax())]), f"{folder}/model.json")
        ...     load(f"{folder}/model.json").forward([1.0, 2.0])
        [0.3543436937742045, 0.6456563062257954]
    """
    write_whole(path, to_text(network, notes).encode("ascii"))


def write_whole(path: str | PathLike[str], data: bytes) -> None:
    """Bytes in a file that is there whole, or not at all, as `save` does it.

    Args:
        path: the file; an old one is replaced, and keeps its permissions. A link stays, what it points to is replaced.
        data: all of it.

    Raises:
        OSError: the file cannot be written, or path is something else than a file, such as a folder.

    Source: not in the five documents.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_whole(f"{folder}/report.html", b"<!doctype html>")
        ...     Path(f"{folder}/report.html").read_bytes()
        b'<!doctype html>'
    """
    target = behind_links(path)
    mode = None
    if target.exists():
        if not target.is_file():
            raise OSError(f"{path}: not a file, so it will not be replaced")
        mode = target.stat().st_mode & 0o777
    new = beside(target)
    file = new.open("xb")
    try:
        with file:
            if mode is not None:
                new.chmod(mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    if os.name == "posix":  # the file is there: whatever fails from here on is no failure
        _sync_folder(target.parent)
        _remove_left_behind(target)


def behind_links(path: str | PathLike[str]) -> Path:
    """The file that a path leads to, there or not.

    Args:
        path: a file, or a link.

    Returns:
        Its path from the root, without a link in it.

    Raises:
        OSError: links that lead in a circle.
        ValueError: a name that no file can have.

    Source: not in the five documents.

    Examples:
        >>> behind_links("model.json") == Path.cwd().resolve() / "model.json"
        True
    """
    try:
        target = Path(path).resolve()
    except RuntimeError:  # so says Python up to 3.12
        target = None
    if target is None or target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return target


def beside(target: Path) -> Path:
    """A name in the same folder for the new file, until it is whole.

    Args:
        target: the name that it will have then.

    Returns:
        A name that no other process uses.

    Source: not in the five documents.

    Examples:
        >>> beside(Path("model.json")).name.split(".")[:3]
        ['', 'model', 'json']
    """
    return target.with_name(f".{target.name[:50]}.{os.getpid()}.{os.urandom(4).hex()}.tmp")


def _sync_folder(folder: Path) -> None:
    """The new name to the disk too, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # a folder that may be written and not read
        return
    try:
        os.fsync(descriptor)
    except OSError:  # some file systems have no such thing; the file itself is safe
        pass
    finally:
        os.close(descriptor)


def _remove_left_behind(target: Path) -> None:
    """New files for this target whose process was killed before they were whole.

    The age is asked too: a process of another machine, or container, may write to the same folder, and cannot be seen.
    """
    from time import time

    pattern = re.compile(rf"\.{re.escape(target.name[:50])}\.([1-9][0-9]{{0,9}})\.[0-9a-f]{{8}}\.tmp")
    try:
        with os.scandir(target.parent) as entries:
            for entry in entries:
                match = pattern.fullmatch(entry.name)
                if match is None or _is_alive(int(match.group(1))):
                    continue
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(found.st_mode) and time() - found.st_mtime > LEFT_FOR:
                    os.unlink(entry.path)  # noqa: PTH108
    except OSError:  # they stay
        pass


def _is_alive(process: int) -> bool:
    """Whether there is a process of that number, as far as can be known."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # somebody else's, or no such number can be
        return True
    return True


def load(path: str | PathLike[str]) -> Network:
    """The network in a file, bit for bit as it was saved.

    Args:
        path: a file that save wrote.

    Returns:
        A new Network.

    Raises:
        SavedNetworkError: the file is damaged, cut off, not a network, or from the future. It is a ValueError; the
            message names the file, the place, and what was expected.
        OSError: there is no such file, or no right to read it.

    Source: not in the five documents.

    Examples:
        >>> import tempfile
        >>> from scalarnn import Layer, Network
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     save(Network([Layer([[1, 2]], [3])]), f"{folder}/model.json")
        ...     load(f"{folder}/model.json").layers[0].W
        [[1, 2]]
    """
    return load_with_notes(path)[0]


def load_with_notes(path: str | PathLike[str]) -> tuple[Network, dict[str, Any]]:
    """The network in a file, and the notes beside it.

    Args:
        path: a file that save wrote.

    Returns:
        network, notes: as from_text gives them.

    Raises:
        SavedNetworkError, OSError: as for load.

    Source: not in the five documents.

    Examples:
        >>> import tempfile
        >>> from scalarnn import Layer, Network
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     save(Network([Layer([[1, 2]], [3])]), f"{folder}/model.json", notes={"class_names": ["cat", "dog"]})
        ...     load_with_notes(f"{folder}/model.json")[1]
        {'class_names': ['cat', 'dog']}
    """
    with Path(path).open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise SavedNetworkError(f"{path}: larger than 32 MiB: no network of this format is")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SavedNetworkError(f"{path}: byte {error.start} is not UTF-8 text") from None
    try:
        return from_text(text)
    except SavedNetworkError as error:
        raise SavedNetworkError(f"{path}: {error}") from None


# ---- messages --------------------------------------------------------------------------------------------------------


def _shown(value: Any) -> str:
    """A value as a message shows it: printable, and cut if it is long."""
    if value is None:
        return "None"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        return _shown_text(value)
    try:
        text = ascii(value)
    except (RecursionError, ValueError):  # an int of too many digits
        text = "one"
    kind = type(value).__name__
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{_cut(text)}, {article} {kind}"


def _shown_text(text: str) -> str:
    return _cut(ascii(text[:50]))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
