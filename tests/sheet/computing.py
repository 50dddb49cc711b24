"""Formulas computed as a spreadsheet computes them: a minus in front binds strongest, ^ goes from the left."""

import math
import operator
import re

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:E[+-]?\d+)?)|([A-Z]+\d+)|([A-Z]+)|(<=|>=|<>|[-+*/^=<>(),:]))")
COMPARE = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
FUNCTIONS = {"EXP": math.exp, "LN": math.log, "SQRT": math.sqrt, "TANH": math.tanh, "ATANH": math.atanh, "ABS": abs}
FUNCTIONS |= {"MAX": max, "AND": lambda *a: all(a), "OR": lambda *a: any(a), "NOT": operator.not_}
INEXACT = ("TANH", "ATANH")  # which stand for other lines of the package


class Computing:
    """Every cell computed from the numbers that are typed; stored results are not looked at.

    Args:
        cells: name → Read, as reading.cells_of gives them.
    """

    def __init__(self, cells):
        self.cells = cells
        self.known = {}
        self.inexact = set()

    def value(self, name):
        """The number of a cell; a cell that needs one that may differ in its last digit, may do so too."""
        if name not in self.known:
            formula = self.cells[name].formula
            if formula is None:
                self.known[name] = self.cells[name].value
            else:
                outer = getattr(self, "tokens", None), getattr(self, "at", None)
                self.tokens, self.at = tokens_of(formula), 0
                self.known[name] = self.compared()
                assert self.at == len(self.tokens), f"{formula}: {self.tokens[self.at :]} is left"
                if any(kind == "word" and text in INEXACT for kind, text in self.tokens):
                    self.inexact.add(name)
                if not self.inexact.isdisjoint(refers_to(formula)):
                    self.inexact.add(name)
                self.tokens, self.at = outer
        return self.known[name]

    def next(self):
        return self.tokens[self.at][1] if self.at < len(self.tokens) else None

    def take(self, expected=None):
        kind, text = self.tokens[self.at]
        assert expected in (None, text), f"{text} instead of {expected}"
        self.at += 1
        return kind, text

    def compared(self):
        left = self.added()
        while self.next() in COMPARE:
            left = COMPARE[self.take()[1]](left, self.added())
        return left

    def added(self):
        left = self.multiplied()
        while self.next() in ("+", "-"):
            left = left + self.multiplied() if self.take()[1] == "+" else left - self.multiplied()
        return left

    def multiplied(self):
        left = self.raised()
        while self.next() in ("*", "/"):
            left = left * self.raised() if self.take()[1] == "*" else left / self.raised()
        return left

    def raised(self):
        left = self.signed()
        while self.next() == "^":
            self.take()
            left = left ** self.signed()
        return left

    def signed(self):
        if self.next() == "-":
            self.take()
            return -self.signed()
        kind, text = self.take()
        if text == "(":
            inner = self.compared()
            self.take(")")
            return inner
        if kind == "number":
            return float(text)
        if kind == "cell":
            return self.value(text)
        if text in ("TRUE", "FALSE"):
            return text == "TRUE"
        return self.called(text)

    def called(self, name):
        self.take("(")
        if name == "IF":
            return self.chosen()
        arguments = []
        while not arguments or self.next() == ",":
            if arguments:
                self.take(",")
            if self.at + 1 < len(self.tokens) and self.tokens[self.at + 1][1] == ":":
                first, last = self.take()[1], (self.take(), self.take()[1])[1]
                arguments.extend(self.value(one) for one in column(first, last))
            else:
                arguments.append(self.compared())
        self.take(")")
        return FUNCTIONS[name](*arguments)

    def chosen(self):
        """IF works out one side alone."""
        condition = self.compared()
        self.take(",")
        then = self.compared() if condition else self.skip()
        self.take(",")
        other = self.skip() if condition else self.compared()
        self.take(")")
        return then if condition else other

    def skip(self):
        depth = 0
        while depth or self.next() not in (",", ")"):
            text = self.take()[1]
            depth += (text == "(") - (text == ")")


def tokens_of(formula):
    """Kind and text of each part of a formula."""
    found, at = [], 0
    while at < len(formula):
        match = TOKEN.match(formula, at)
        assert match, f"{formula[at:]!r} is not understood"
        kind = ("number", "cell", "word", "sign")[match.lastindex - 1]
        found.append((kind, match[match.lastindex]))
        at = match.end()
    return found


def refers_to(formula):
    """The cells in a formula, those of a range included."""
    found = set()
    for first, last in re.findall(r"\b([A-Z]+\d+)(?::([A-Z]+\d+))?", formula):
        found.update(column(first, last) if last else [first])
    return found


def column(first, last):
    """B4, B5, B6 for B4:B6."""
    letters = first.rstrip("0123456789")
    assert last.startswith(letters)
    numbers = range(int(first.removeprefix(letters)), int(last.removeprefix(letters)) + 1)
    return [f"{letters}{number}" for number in numbers]


def differing(data):
    """Cells whose stored result is not what their formula comes to.

    Bit for bit; a cell that TANH or ATANH led to may differ by a few units of its last digit.
    """
    cells = cells_with_numbers(data)
    computing = Computing(cells)
    wrong = []
    for name, cell in cells.items():
        found = computing.value(name)
        allowed = 1e-14 * max(1.0, abs(cell.value)) if name in computing.inexact else 0.0
        if abs(found - cell.value) > allowed:
            wrong.append(name)
    return wrong


def cells_with_numbers(data):
    from tests.sheet.reading import cells_of

    return {name: cell for name, cell in cells_of(data).items() if not isinstance(cell.value, str)}
