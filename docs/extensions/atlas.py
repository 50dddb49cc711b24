"""Tables of what other packages do, made of the files of `scalarnn.frameworks`: every cell with its version."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markdown.extensions.toc import slugify

import scalarnn.dialects.losses as losses_of_samples
from docs.extensions.code import ROOT
from docs.extensions.errors import BookError
from docs.extensions.figures import number, table
from scalarnn import leaky_relu_derivative, mean_absolute_error_gradient, relu_derivative
from scalarnn.dialects import RULES
from scalarnn.dialects.activations import hard_sigmoid_derivative
from scalarnn.dialects.named_loss import NamedLoss
from scalarnn.frameworks import Framework, clues, frameworks, others
from scalarnn.frameworks.courses import COURSES

# The families of optimizers, by how a name begins.
FAMILIES = {
    "Momentum, and Nesterov's": ("momentum", "nesterov", "damped_momentum", "later_damped"),
    "AdaGrad": ("adagrad",),
    "RMSProp": ("rmsprop",),
    "Adam": ("adam",),
    "AMSGrad": ("amsgrad",),
    "Adamax": ("adamax",),
    "NAdam": ("nadam",),
    "AdaDelta": ("adadelta",),
    "Lion": ("lion",),
}

# What the courses of a loss try, where a package differs.
COURSE_SAYS = {"edge": "at probabilities of 0 and 1", "far": "at scores of 1000 and 0", "zero": "at a score of 0"}

LONG = 8  # lines
CORRECTION = "[Correction](../api/dialects.md#scalarnn.dialects.by_name.Correction)"


def named(framework: Framework | Mapping[str, str]) -> str:
    """A package with its version, and what it ran on with that one's: lines break before "on" alone."""
    if not isinstance(framework, Framework):
        return _kept_together(f"{framework['name']} {framework['version']}")
    package, on, below = framework.full_name.partition(" on ")
    return _kept_together(package) + (f" {_kept_together(f'on {below}')}" if on else "")


def _kept_together(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def measured_in(framework: Framework, kind: str) -> str:
    """Whose figures they are: optax has no activations and no maximum, so at a kink JAX was measured."""
    if kind == "kinks" and framework.name.startswith("optax"):
        return _kept_together(f"JAX {framework.others['jax']}")
    return named(framework)


def own_kinks() -> dict[str, float]:
    """The slopes that this package takes at a kink."""
    return {
        "relu(0)": relu_derivative(0.0),
        "abs(0)": mean_absolute_error_gradient([0.0], [0.0])[0],
        "leaky_relu(0)": leaky_relu_derivative(0.0),
        "hard_sigmoid(3)": hard_sigmoid_derivative(3.0),
    }


def filterable(markdown: str) -> str:
    """A table whose headings a script lets sort; above a long one there is room for a filter."""
    room = '<p class="atlas__room"></p>\n\n' if markdown.count("\n") > LONG else ""
    return f'<div class="atlas" markdown>\n\n{room}{markdown}\n\n</div>'


def liked() -> str:
    """What may stand after `like` in an exercise, and the optimizers and losses that may then be named."""
    rows = []
    for framework in frameworks().values():
        names = ", ".join(f"`{name}`" for name in framework.optimizers)
        losses = ", ".join(f"`{name}`" for name in framework.losses)
        rows.append((f'`like = "{framework.called[0]} {framework.version}"`', names, losses))
    return filterable(table(("the package", "`optimizer`", "`loss`"), rows))


# ---- one question, every package -------------------------------------------------------------------------------------


def answers(question: str, *, of_others: bool = True) -> str:
    """Each answer, and who gives it."""
    givers: dict[str, list[str]] = {}
    for framework in frameworks().values():
        givers.setdefault(framework.says[question], []).append(named(framework))
    if of_others:
        for other in others().values():
            givers.setdefault(other[question], []).append(named(other))
    if not givers:
        raise BookError(f"nobody answers {question!r}")
    rows = [(answer, ", ".join(who)) for answer, who in sorted(givers.items(), key=lambda item: -len(item[1]))]
    return filterable(table(("answer", "who"), [(_safe(answer), who) for answer, who in rows]))


def starts_and_layouts() -> str:
    """First weights and how they lie, a row a package."""
    rows = [
        (named(one), one.start["W_says"], one.start["b_says"], one.layout["W"], ", ".join(_code(one.layout["names"])))
        for one in frameworks().values()
    ]
    rows += [(named(other), other["start"], "", other["W"], "") for other in others().values()]
    return filterable(table(("package", "first weights", "first biases", "a row of W", "names"), _all_safe(rows)))


def ties() -> str:
    """What the other packages do at a tie, and with their activations."""
    rows = [(named(other), _safe(other["tie"])) for other in others().values()]
    return filterable(table(("package", "what it does"), rows))


# ---- figures ---------------------------------------------------------------------------------------------------------


def by_value(kind: str, shown: Callable[[Any], str]) -> str:
    """Of the derivatives or losses that were measured: at what, which value, and who has it."""
    found: dict[str, dict[str, list[str]]] = {}
    for framework in frameworks().values():
        for what, figure in framework.figures.get(kind, {}).items():
            found.setdefault(what, {}).setdefault(shown(figure), []).append(measured_in(framework, kind))
    for what, slope in own_kinks().items() if kind == "kinks" else ():
        found[what].setdefault(shown(slope), []).append("**this book**")
    rows = []
    for what, values in found.items():
        for value, who in sorted(values.items(), key=lambda item: -len(item[1])):
            rows.append((_safe(what), value, ", ".join(who)))
    return filterable(table(("at", "value", "who"), rows))


def derivative(figure: Any) -> str:
    """A derivative: four digits are enough to tell them apart."""
    if isinstance(figure, list):
        return f"({', '.join(derivative(one) for one in figure)})"
    if math.isnan(figure) or math.isinf(figure):
        return "NaN" if math.isnan(figure) else "∞"
    return number(round(figure, 4) + 0.0).removesuffix(".0")


def loss_and_gradient(figure: Any) -> str:
    """A loss, and its gradient."""
    value, *gradient = figure if isinstance(figure, list) else [figure]
    if not gradient:
        return _seven(value)
    return f"{_seven(value)}; {', '.join(_seven(one) for one in gradient)}"


def _seven(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    return f"{value + 0.0:.7g}".replace("-", "−")


def optimizers(family: str) -> str:
    """Of one family: how a package calls it, which rule it is here, and the way of a weight."""
    rows = []
    for framework in frameworks().values():
        for name in framework.optimizers:
            entry = framework.data["optimizers"][name]
            if _family_of(entry["rule"]) == family:
                figures = framework.figures["optimizers"][name]
                way = "<br>".join(number(place) for place in figures.get("mixed", figures["mixed_float32"])[:3])
                rows.append((f"{named(framework)}<br>`{framework.call(name)}`", rule(framework, name), way))
    if not rows:
        raise BookError(f"no optimizer of the family {family!r}")
    return filterable(table(("there", "here", "the weight, three steps"), rows))


def losses() -> str:
    """Every loss that can be had by its name: how it is called there, which rule it is here, and what is not equal."""
    rows = []
    for framework in frameworks().values():
        for name in framework.losses:
            entry = framework.data["losses"][name]
            why = [f"{COURSE_SAYS.get(course, course)}: {said}" for course, said in entry.get("differs", {}).items()]
            why += [f"seven digits: {entry['seven_digits']}"] if "seven_digits" in entry else []
            call = f"{named(framework)}<br>`{framework.call(name)}`"
            taken = what_goes_in(framework.loss(name))
            rows.append((call, _loss(framework, name), taken, _safe("; ".join(why))))
    return filterable(table(("there", "here", "what goes in", "not equal"), rows))


def what_goes_in(loss: NamedLoss) -> str:
    """Scores or probabilities, where a loss compares these, and the kind of target."""
    if "cross_entropy" not in loss.rule and "kullback" not in loss.rule:
        return loss.takes
    return f"{'scores' if loss.rule.startswith(('softmax', 'sigmoid')) else 'probabilities'}; {loss.takes}"


def _loss(framework: Framework, name: str) -> str:
    """The rule of a loss, linked to what is said of it, and its settings."""
    loss = framework.loss(name)
    room = loss.function.__module__.removeprefix("scalarnn.")
    page = "../api/dialects.md" if room.startswith("dialects") else f"../api/{room}.md"
    written = framework.data["losses"][name].get("settings", {})
    settings = [f"{key}={value}" for key, value in (loss.settings | written).items()]
    settings += [f"smoothing={loss.smoothing}"] if loss.smoothing else []
    said = f"[`{loss.rule}`]({page}#{loss.function.__module__}.{loss.rule})"
    if loss.gradient_rule != loss.rule:
        said += f", its step that of `{loss.gradient_rule}`"
    return said + (f" with {', '.join(settings)}" if settings else "")


def few_digits() -> str:
    """Activations that have seven digits where sixteen are asked for, and why."""
    rows = [
        (f"`{name}`", named(framework), _safe(why))
        for framework in frameworks().values()
        for name, why in framework.data.get("seven_digits", {}).items()
    ]
    return filterable(table(("activation", "package", "because"), rows))


def last_bits() -> str:
    """How many optimizers are equal in float32 to the last bit; of the others which, and why they are not."""
    why, n = dict[tuple[str, str], list[str]](), 0
    for framework in frameworks().values():
        n += len(framework.optimizers)
        for name in framework.optimizers:
            said = framework.data["optimizers"][name].get("last_bit")
            if said:
                why.setdefault((named(framework), said), []).append(f"`{framework.call(name)}`")
    rows = [(who, ", ".join(calls), _safe(said)) for (who, said), calls in why.items()]
    equal = n - sum(map(len, why.values()))
    text = f"In float32 {equal} of {n} are equal to the last bit, fused operations and all. The others:"
    return f"{text}\n\n{filterable(table(('package', 'optimizer', 'because'), rows))}"


def _family_of(rule_name: str) -> str:
    """The family whose beginning is the longest: adamax is no adam."""
    fits = [(len(one), family) for family, begins in FAMILIES.items() for one in begins if rule_name.startswith(one)]
    return max(fits)[1] if fits else ""


def rule(framework: Framework, name: str) -> str:
    """The rule of an optimizer, linked to what is said of it, and all that its digits hang on beside it."""
    entry = framework.data["optimizers"][name]
    settings = [one.replace("correction=Correction", CORRECTION) for one in framework.constants(name)]
    settings += [f"decay={entry['decay']} {_where(entry)}"] if "decay" in entry else []
    return _of_rule(entry["rule"]) + (f" with {', '.join(settings)}" if settings else "")


def _of_rule(name: str) -> str:
    """Its name, linked to its formula; of an optimizer, or of a loss over samples."""
    if name not in RULES:
        return f"[`{name}`](../api/dialects.md#{losses_of_samples.__name__}.{name})"
    room = RULES[name].__module__.removeprefix("scalarnn.")
    page = "../api/dialects.md" if room.startswith("dialects") else f"../api/{room.replace('.', '/')}.md"
    return f"[`{name}`]({page}#{RULES[name].__module__}.{name}_rule)"


def _where(entry: Mapping[str, Any]) -> str:
    return "beside the step" if entry.get("decoupled", True) else "in the gradient"


def decays() -> str:
    """Every optimizer that was measured with a weight decay: where it stands, and the weight after a gradient of 0."""
    rows = []
    for framework in frameworks().values():
        for name, entry in framework.data["optimizers"].items():
            if "decay" in entry:
                after = framework.figures["optimizers"][name]["nothing_first"][0]
                call = f"{named(framework)}<br>`{framework.call(name)}`"
                rows.append((call, f"{entry['decay']}", _where(entry), number(after)))
    return filterable(table(("there", "λ", "where", "the weight"), rows))


def mixed() -> tuple[str, str]:
    """The gradients and the rate of the course that the tables show."""
    course = COURSES["mixed"]
    return ", ".join(number(one).removesuffix(".0") for one in course["gradients"][:3]), number(course["rates"][0])


# ---- from the wrong number -------------------------------------------------------------------------------------------


def from_the_wrong_number() -> str:
    """What is seen, because of what, and a figure."""
    rows = [(_safe(clue["seen"]), _safe(clue["because"]), _figure(clue)) for clue in clues()]
    return filterable(table(("you see", "because", "for example"), rows))


def _figure(clue: Mapping[str, Any]) -> str:
    page, named_rules = clue.get("page", ""), clue.get("rule", [])
    said = [f"here {_of_rule(name)}" for name in ([named_rules] if isinstance(named_rules, str) else named_rules)]
    said += [f"see [{_title(page)}]({page})"] if page else []
    for name, optimizer, course, step in clue.get("ways", ()):
        (framework,) = [one for one in frameworks().values() if name in one.called]
        gradients, rates = COURSES[course]["gradients"][:step], COURSES[course]["rates"]
        place = framework.figures["optimizers"][optimizer][course][step - 1]
        shown = ", ".join(number(one).removesuffix(".0") for one in gradients)
        eta = ", ".join(number(rate) for rate in dict.fromkeys(rates[:step]))
        many = "s" if step > 1 else ""
        call = f"{named(framework)}, `{framework.call(optimizer)}`"
        said.append(f"{call}: from 1, with the gradient{many} {shown} and η = {eta}: {number(place)}")
    return "<br>".join(said)


def _title(page: str) -> str:
    """The heading that a link leads to."""
    name, _, place = page.partition("#")
    headings = re.findall(r"^#+ (.+)$", (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8"), re.MULTILINE)
    (title,) = [one for one in headings if place in (slugify(one, "-"), one.partition("#")[2].rstrip(" }"))]
    return str(title.partition(" {")[0])


def _code(names: Iterable[str]) -> list[str]:
    return [f"`{name}`" for name in names]


def _safe(text: str) -> str:
    """A text inside a cell: bars would end it."""
    return text.replace("|", "∣")


def _all_safe(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [tuple(_safe(cell) for cell in row) for row in rows]
