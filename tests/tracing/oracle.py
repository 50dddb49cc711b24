"""What is true of every written step, checked without the writer's help.

    check_recording     values are those of a run that was watched in another way
    check_solution      each step holds: as a tree, as the text that a reader sees, and in what its letters stand for

The text is read back by a small parser of its own: numbers, + − · /, juxtaposition, powers, e^( ), log, √, | |.
"""

import __future__

import ast
import copy
import inspect
import math
import re
import textwrap
from fractions import Fraction

from scalarnn.dual import Dual
from scalarnn.float32 import Float32, round_to_float32
from scalarnn.tracing.expressions import Comparison, Expression, Named, Style, evaluate, write
from scalarnn.tracing.solution import solution
from scalarnn.tracing.source import IN_PLACE, Crowded
from scalarnn.tracing.symbols import symbol_of
from scalarnn.tracing.write import written

TEXT, DECIMALS = Style(fractions=True), Style(fractions=False)
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


# ---- the same number -------------------------------------------------------------------------------------------------


def same(found, expected):
    """Equal, of the same type, all the way down; NaN is NaN."""
    if isinstance(expected, (list, tuple)):
        return (
            isinstance(found, (list, tuple))
            and len(found) == len(expected)
            and all(same(one, other) for one, other in zip(found, expected, strict=True))
        )
    if type(found) is not type(expected):
        return False
    if isinstance(expected, dict):
        return found.keys() == expected.keys() and all(same(found[name], expected[name]) for name in expected)
    if is_object(expected):
        return True
    if isinstance(expected, float) and math.isnan(expected):
        return math.isnan(found)
    return found is expected or bool(found == expected and repr(found) == repr(expected)) or repr(found) == "0.0"


def close(found, expected):
    """Exactly for whole numbers and Fractions, to 1e-12 for floats, to 1e-6 for float32."""
    if isinstance(found, Fraction) and isinstance(expected, (int, Fraction)):
        return found == expected
    if isinstance(expected, Float32):
        return math.isclose(found, expected.value, rel_tol=1e-6)
    if math.isnan(found):
        return math.isnan(expected)
    return found == expected or math.isclose(float(found), float(expected), rel_tol=1e-12, abs_tol=1e-300)


# ---- reading a text back ---------------------------------------------------------------------------------------------

TOKENS = re.compile(
    r"\s*(\d+(?:\.\d+)?(?:e[−+]?\d+)?|∞|NaN|e\^\(|√\(|\^\(|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[a-z]\w*\(|mod|[()+−·/|,⌊⌋⌈⌉])"
)


class Reader:
    """Reads a formula with the numbers put in, as a person reads it: powers first, then products, then sums."""

    def __init__(self, text, exactly):
        self.tokens = []
        at = 0
        while at < len(text.rstrip()):
            found = TOKENS.match(text, at)
            assert found, f"cannot read {text[at:]!r} of {text!r}"
            self.tokens.append(found[1])
            at = found.end()
        self.exactly = exactly
        self.at = 0
        self.bars = 0

    def value(self):
        result = self.sum()
        assert self.at == len(self.tokens), f"left over: {self.tokens[self.at :]}"
        return result

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def close(self):
        assert self.next() == ")"

    def sum(self):
        total = self.product()
        while self.peek() in ("+", "−"):
            sign = self.next()
            assert self.peek() != "−", "two signs side by side"
            term = self.product()
            total = total + term if sign == "+" else total - term
        if self.peek() == "mod":
            self.next()
            total = total % self.sum()
        return total

    def product(self):
        negative = self.peek() == "−"
        if negative:
            self.next()
        result = self.power()
        while True:
            if self.peek() in ("·", "/"):
                sign = self.next()
                assert self.peek() != "−", "a sign behind a sign"
                factor = self.power()
                result = result * factor if sign == "·" else result / factor
            elif self.peek() == "(" or (re.match(r"[a-z√|∞\d⌊⌈]", self.peek()) and self.peek() != "mod"):
                if self.peek() == "|" and self.bars:
                    break
                assert self.peek() == "(" or self.peek()[0] not in "0123456789", "two numbers side by side"
                result = result * self.power()
            else:
                break
        return -result if negative else result

    def power(self):
        base = self.atom()
        while True:
            if re.match(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", self.peek()):
                base = base ** int(self.next().translate(SUPERSCRIPTS))
            elif self.peek() == "^(":
                self.next()
                base = base ** self.sum()
                self.close()
            else:
                return base

    def atom(self):
        token = self.next()
        if token == "(":
            inner = self.sum()
            self.close()
            return inner
        if token in "⌊⌈":
            inner = self.sum()
            assert self.next() == {"⌊": "⌋", "⌈": "⌉"}[token]
            return math.floor(inner) if token == "⌊" else math.ceil(inner)
        if token == "|":
            self.bars += 1
            inner = self.sum()
            assert self.next() == "|"
            self.bars -= 1
            return abs(inner)
        if token in ("∞", "NaN"):
            return math.inf if token == "∞" else math.nan
        if token.endswith("("):
            arguments = [self.sum()]
            while self.peek() == ",":
                self.next()
                arguments.append(self.sum())
            self.close()
            return FUNCTIONS[token](*arguments)
        assert re.match(r"\d", token), f"{token!r} out of place"
        number = token.replace("−", "-")
        return Fraction(number) if self.exactly else float(number)


FUNCTIONS = {
    "e^(": lambda x: math.exp(x),
    "exp(": lambda x: math.exp(x),
    "√(": lambda x: math.sqrt(x),
    "log(": lambda x: math.log(x) if x else -math.inf,
    "abs(": abs,
    "max(": max,
    "min(": min,
    "float32(": lambda x: round_to_float32(float(x)),
    "expm1(": lambda x: math.expm1(x),
    "log₁₀(": math.log10,
    "log₂(": math.log2,
    "log1p(": math.log1p,
    "tanh(": math.tanh,
    "sin(": math.sin,
    "cos(": math.cos,
    "round(": lambda x, *digits: round(x, *map(int, digits)),
    "int(": int,
    "float(": float,
    "sum(": lambda *terms: sum(terms),
    "fsum(": lambda *terms: math.fsum(terms),
}


def is_exact(value):
    return isinstance(value, (int, Fraction))


def read_back(text, value):
    """The value that a text has for its reader: by exact arithmetic if the run was exact, else in floats."""
    return Reader(text, is_exact(value)).value()


# ---- a run that was watched in another way ---------------------------------------------------------------------------


class _Noting(ast.NodeTransformer):
    """Puts a note behind each assignment and each append, with a deep copy of what was bound."""

    def visit_FunctionDef(self, node):
        node.body = self.noted(node.body)
        node.decorator_list = []
        return node

    def noted(self, body):
        result = []
        for statement in body:
            names = _bound_names(statement)
            note = ast.parse(f"__note__({statement.lineno}, dict({', '.join(f'{n}={n}' for n in names)}))").body
            if isinstance(statement, ast.For) and names:
                statement.body = [*note, *self.noted(statement.body)]
                statement.orelse = self.noted(statement.orelse)
                result.append(statement)
                continue
            for field in ("body", "orelse", "finalbody"):
                if hasattr(statement, field) and not isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
                    setattr(statement, field, self.noted(getattr(statement, field)))
            for part in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]:
                part.body = self.noted(part.body)
            result.append(statement)
            result += note if names else []
        return result


def _bound_names(statement):
    targets = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, (ast.AugAssign, ast.AnnAssign, ast.For)):
        targets = [statement.target]
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function = statement.value.func
        if isinstance(function, ast.Attribute) and function.attr in IN_PLACE:
            targets = [function.value]
    if isinstance(statement, ast.AnnAssign) and statement.value is None:
        return []
    names = []
    for target in targets:
        names += _names(target)
    return list(dict.fromkeys(names))


def _names(target):
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, (ast.Tuple, ast.List)):
        return [name for entry in target.elts for name in _names(entry)]
    if isinstance(target, (ast.Subscript, ast.Starred)):
        return _names(target.value)
    return []


def noted_run(function, arguments, named):
    """The result of a plain function, and (line, what was bound) for each assignment, without any tracing."""
    lines, first = inspect.getsourcelines(function)
    tree = ast.parse(textwrap.dedent("".join(lines)))
    ast.increment_lineno(tree, first - 1)
    tree = ast.fix_missing_locations(_Noting().visit(tree))
    notes = []
    room = dict(function.__globals__)
    room["__note__"] = lambda number, values: notes.append((number, copy.deepcopy(values)))
    exec(compile(tree, "<noted>", "exec", flags=__future__.annotations.compiler_flag), room)
    noted, room[function.__name__] = room[function.__name__], function  # what it calls, itself too, takes no notes
    return noted(*arguments, **named), notes


def check_recording(function, arguments, recording, **named):
    """The result and every value bound are those of an untraced run."""
    assert same(recording.result, function(*copy.deepcopy(arguments), **copy.deepcopy(named)))
    result, notes = noted_run(function, copy.deepcopy(arguments), copy.deepcopy(named))
    assert same(recording.result, result)
    lines = [line for line in recording.call.lines if not isinstance(line.statement, (ast.If, ast.While))]
    crowded = {line.number for line in lines if isinstance(line.statement, Crowded)}
    notes = [(number, noted) for number, noted in notes if number not in crowded]
    recorded = [(line.number, line.bound) for line in lines if line.bound and line.number not in crowded]
    assert [number for number, _ in recorded] == [number for number, _ in notes]
    for (number, bound), (_, noted) in zip(recorded, notes, strict=True):
        assert bound.keys() >= noted.keys(), number
        for name, value in noted.items():
            assert same(bound[name], value), (number, name)


def is_object(value):
    """An object or a function, which the copy of a run has another one of."""
    return not isinstance(value, (int, float, complex, Fraction, list, tuple, str)) and not hasattr(value, "__add__")


# ---- every step of a solution ----------------------------------------------------------------------------------------


def leaves(expression):
    """The named values in an expression."""
    if isinstance(expression, Named):
        yield expression
    for part in vars(expression).values() if isinstance(expression, Expression) else []:
        yield from _leaves_of(part)


def _leaves_of(part):
    if isinstance(part, Expression):
        yield from leaves(part)
    elif isinstance(part, tuple):
        for entry in part:
            yield from _leaves_of(entry)


def check_step(step):
    """A step with a formula holds as a tree and as the text a reader sees."""
    assert same(evaluate(step.expression), step.value), step.parts(TEXT)
    if isinstance(step.value, (Dual, complex)):
        return  # these have no notation of their own
    for style in (TEXT, DECIMALS) if is_exact(step.value) else (TEXT,):
        *_, value = step.parts(style)
        numbers = write(step.expression, Style(numbers=True, fractions=style.fractions))
        assert close(read_back(value, step.value), step.value), step.parts(style)
        if "…" not in numbers:
            assert close(read_back(numbers, step.value), step.value), step.parts(style)


def check_reason(step):
    """A reason is true."""
    if not isinstance(step.reason, Comparison):
        return
    left, right = evaluate(step.reason.left), evaluate(step.reason.right)
    assert {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "==": left == right,
        "!=": left != right,
    }[step.reason.sign], step.why(TEXT)


def entries_of(symbol, value):
    """Symbol text → value, for a number and for each entry of a list."""
    if isinstance(value, (list, tuple)):
        for i, entry in enumerate(value):
            yield from entries_of(symbol.at(i), entry)
    else:
        yield symbol.unicode(), value


def check_letters(recording, blocks):
    """Within a block a letter stands for one value, until a step gives it another."""
    known = {}
    for name, value in recording.call.arguments.items():
        known |= entries_of(symbol_of(name), value)
    for block in blocks:
        if block.rounds_left_out:
            known = {}
            continue
        now = dict(known)
        for step in block.steps:
            if step.symbol is None:
                continue
            for leaf in leaves(step.expression):
                text = leaf.symbol.unicode()
                assert same(leaf.value, now.get(text, leaf.value)), (text, leaf.value, now[text], step.parts(TEXT))
            now[step.symbol.unicode()] = step.value
            if step.is_update and step.symbol.unicode() in known:
                known[step.symbol.unicode()] = step.value
        for name, value in block.line.bound.items():
            known |= entries_of(symbol_of(name), value)


def check_names(blocks):
    """What a step calls z₁ is what z[1] is, or becomes."""
    promised, present = {}, {}
    for block in blocks:
        if block.rounds_left_out:
            promised, present = {}, {}
            continue
        here = {}
        for step in block.steps:
            if step.symbol is None:  # code that says for itself what it binds
                for name, value in step.line.bound.items():
                    for text, _ in entries_of(symbol_of(name), value):
                        here.pop(text, None)
            else:
                text = step.symbol.unicode()
                here[text] = step.value
                if step.line.call is block.line.call and not same(present.get(text), step.value):
                    promised[text] = step.value
        for name, value in block.line.bound.items():
            if _is_told(block.steps, name, value):  # as y₂, in round 2
                continue
            for text, entry in entries_of(symbol_of(name), value):
                present[text] = entry
                kept = here.get(text, promised.pop(text, entry))
                assert same(kept, entry), (text, kept, entry, block.line.source)


def _is_told(steps, name, value):
    named = [step for step in steps if step.symbol is not None and step.symbol.indices]
    return any(step.symbol.bare() == symbol_of(name) and same(step.value, value) for step in named)


def check_solution(recording):
    """Every step, reason and letter; how many steps there were, and how many of them stayed code."""
    blocks = solution(recording)
    steps = [step for block in blocks for step in block.steps]
    for step in steps:
        check_reason(step)
        if step.symbol is not None:
            check_step(step)
    check_letters(recording, blocks)
    check_names(blocks)
    return len(steps), sum(step.symbol is None for step in steps)


def check_written(recording):
    """Every line that the writer of single lines expresses holds as text; how many there were."""
    count = 0
    for line in recording.lines():
        text = written(line, TEXT)
        if text is None or text.is_condition or isinstance(line.value, (Dual, complex, Float32)):
            continue
        count += 1
        if text.numbers and "…" not in text.numbers:
            value = read_back(text.value, Fraction(1) if _looks_exact(text) else 1.0)
            assert close(read_back(text.numbers, Fraction(1) if _looks_exact(text) else 1.0), value), str(text)
    return count


def _looks_exact(text):
    return "." not in str(text) and "∞" not in str(text) and not re.search(r"[a-z√]", text.numbers + text.value)
