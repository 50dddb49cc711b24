"""The written solution: a whole run as a person would write it down.

The writer knows one line. This module follows names through calls: `z_new = neuron_forward(x, w_new, b_new)` runs lines
that speak of w, b and z; in the solution they speak of w_new, b_new and z_new. A loop that accumulates becomes one sum.
A branch becomes a reason. Lines that only look something up leave no trace.

    Block       one line of the function that was asked for, and the steps that it took
    Step        one named value: symbol, expression, value, and the condition under which it was taken

What is not expressible stays code: a Step without an expression.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from scalarnn.digits import shown
from scalarnn.tracing.expressions import (
    Comparison,
    Expression,
    Named,
    Number,
    Style,
    Sum,
    evaluate,
    number_text,
    write,
)
from scalarnn.tracing.symbols import INDEX_LETTERS, Symbol, symbol_of
from scalarnn.tracing.translate import (
    Listed,
    Vector,
    comparison,
    element,
    is_number,
    named,
    translate,
    whole_number,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from scalarnn.tracing.record import Call, Line, Recording
    from scalarnn.tracing.translate import Meaning

    # What a local name is called outside: a symbol, or one symbol for each entry.
    Label: TypeAlias = Symbol | list["Label"]

__all__ = ["Block", "Step", "solution"]

LONGEST_LOOP = 3
OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}


@dataclass(frozen=True)
class Step:
    """One named value.

    Attributes:
        symbol: what it is called; None for a line that stays code.
        expression: what it is; None for a line that stays code.
        value: its value.
        reason: the condition that led to this line, as it held; None where there was no choice.
        line: the recorded line.
    """

    symbol: Symbol | None
    expression: Expression | None
    value: Any
    reason: Comparison | None
    line: Line

    def parts(self, style: Style) -> list[str]:
        """The step as the parts of an equation: name, formula, numbers put in, value."""
        if self.symbol is None or self.expression is None:
            return [self.line.source, *shown(self.value, style.fractions)]
        parts = [self.symbol.latex() if style.latex else self.symbol.unicode()]
        if not isinstance(self.expression, Number):
            parts.append(write(self.expression, style))
        numbers = write(self.expression, Style(style.latex, numbers=True, fractions=style.fractions))
        value = number_text(self.value, style)
        if numbers != value:
            parts.append(numbers)
        return [*parts, value]

    def why(self, style: Style) -> str:
        """The reason as text: "z = 6 > 0"; empty where there is none."""
        if self.reason is None:
            return ""
        left, right = write(self.reason.left, style), write(self.reason, Style(style.latex, True, style.fractions))
        if isinstance(self.reason.left, Number):
            return right
        return f"{left} = {right}"


@dataclass
class Block:
    """One line of the function that was asked for, with the steps taken by it and by what it called.

    Attributes:
        line: the recorded line.
        steps: what it took.
        rounds_left_out: where a loop goes round many times, how many rounds are left out here; such a block is empty.
    """

    line: Line
    steps: list[Step] = field(default_factory=list)
    rounds_left_out: int = 0


def solution(recording: Recording) -> list[Block]:
    """The run as blocks of steps.

    Args:
        recording: of any function.

    A loop of the function that goes round more than three times and calls others is folded: its first and its last
    round are written out.

    Returns:
        One block for each executed line of that function that took a step, or bound anything.

    Examples:
        >>> from scalarnn import neuron_forward
        >>> from scalarnn.tracing import record
        >>> blocks = solution(record(neuron_forward, [1, -2, 3], [-3, -1, 2], 1))
        >>> for step in (blocks[0].steps[0], blocks[1].steps[0]):
        ...     print(" = ".join(step.parts(Style())))
        s = w₀x₀ + w₁x₁ + w₂x₂ = (−3)(1) + (−1)(−2) + (2)(3) = 5
        z = s + b = 5 + 1 = 6
    """
    call = recording.call
    meanings = {name: named(symbol_of(name), value) for name, value in call.arguments.items()}
    blocks: list[Block] = []
    frame = _Frame(call, meanings, None, None)
    frame.walk(blocks)
    return [block for block in blocks if block.steps or block.line.bound or block.rounds_left_out]


class _Frame:
    """One call, read line by line with the names of its caller.

    Attributes:
        meanings: what each name means now.
        labels: what a returned name is called outside.
        sums: names that are being accumulated: the terms so far.
        sizes: how many entries each list has got by append.
    """

    def __init__(
        self, call: Call, meanings: dict[str, Meaning | None], label: Label | None, steps: list[Step] | None
    ) -> None:
        self.recorded = call
        self.meanings = meanings
        self.label = label
        self.steps: list[Step] = [] if steps is None else steps
        self.line: Line | None = None
        self.labels: dict[str, Label] = {}
        self.whole: dict[str, int] = {}
        self.sums: dict[str, dict[tuple[int, ...], list[tuple[int, Expression]]]] = {}
        self.sizes: dict[str, int] = {}
        self.returns: dict[int, Meaning | None] = {}
        self.reason: tuple[Comparison, list[ast.stmt]] | None = None
        self.returned: Meaning | None = None
        self.enclosing = _enclosing_loops(call)
        self.is_outermost = steps is None
        self.outside = {} if self.is_outermost else _letters_outside(meanings)
        self.looped = _bound_in_loops_only(call)
        self.added_to, self.lists_of = _survey(call.function.definition)
        self._label_what_is_returned()

    # ---- names -------------------------------------------------------------------------------------------------------

    def _label_what_is_returned(self) -> None:
        if self.label is None or not self.recorded.lines:
            return
        last = self.recorded.lines[-1].statement
        value = last.value if isinstance(last, ast.Return) else None
        if isinstance(value, ast.Name):
            self.labels[value.id] = self.label
        elif isinstance(value, ast.Tuple) and isinstance(self.label, list) and len(value.elts) == len(self.label):
            for entry, label in zip(value.elts, self.label, strict=True):
                if isinstance(entry, ast.Name):
                    self.labels[entry.id] = label
        for name, label in self.labels.items():
            inside = symbol_of(name)
            if inside.under is not None and isinstance(label, Symbol) and label.under is not None:
                self.outside.setdefault(inside.under.bare().unicode(), (label.under, False))

    def label_of(self, name: str) -> Label:
        """What a name is called: as outside, as an entry of its list, or as itself."""
        if name in self.labels:
            return self.labels[name]
        if name in self.lists_of:
            owner = self.lists_of[name]
            inner = _label_element(self.label_of(owner), self.sizes.get(owner, 0))
            outside = owner in self.labels or self.lists_of.get(owner) in self.labels
            apart = _has_index(name) or symbol_of(owner).is_word
            if inner is not None and (outside or not apart):
                return inner
        symbol = self._as_outside(symbol_of(name)).with_values(self.whole)
        if name in self.looped and symbol.is_plain and not symbol.indices and self.loops:
            return symbol.at(self.loops[-1]).with_values(self.whole)
        return symbol

    def _as_outside(self, symbol: Symbol) -> Symbol:
        """∂a/∂z inside a function that was given z for a and u for z: ∂z₀/∂u₀, at the entry where the loop is."""
        if symbol.over is None or symbol.under is None:
            return symbol
        over, under = (self._letter_outside(part) for part in (symbol.over, symbol.under))
        return over.over_(under)

    def _letter_outside(self, symbol: Symbol) -> Symbol:
        found = self.outside.get(symbol.bare().unicode())
        if found is None:
            return symbol
        outside, is_list = found
        if symbol.indices:
            return outside.at(*symbol.indices)
        return outside.at(self.loops[-1]) if is_list and self.loops else outside

    @property
    def loops(self) -> list[str]:
        """The loop variables around the present line, outermost first, that are index letters."""
        return self.enclosing.get(self.line.statement, []) if self.line is not None else []

    def symbol_for(self, name: str) -> Symbol:
        label = self.label_of(name)
        return label if isinstance(label, Symbol) else symbol_of(name).with_values(self.whole)

    def meaning(self, name: str) -> Meaning | None:
        """What a name means in an expression: an accumulated sum is put in place if it is used once only."""
        if name in self.sums:
            terms = self.sums[name].get(())
            if terms is not None and self._uses_left(name) <= 1:
                return _as_expression(terms)
            self.settle(name)
        return self.meanings.get(name)

    def call(self, node: ast.Call) -> Meaning | None:
        return self.returns.get(id(node))

    def whole_number(self, name: str) -> int | None:
        return self.whole.get(name)

    def _uses_left(self, name: str) -> int:
        """How often a name is read from the present line on, until it is bound anew."""
        assert self.line is not None
        uses = 0
        for line in self.recorded.lines[self.line.order :]:
            if name in line.read:
                uses += 1
            if name in line.bound and line is not self.line and isinstance(line.statement, ast.Assign):
                break
        return uses

    # ---- lines -------------------------------------------------------------------------------------------------------

    def walk(self, blocks: list[Block] | None = None) -> None:
        left_out = _rounds_to_leave_out(self.recorded) if blocks is not None else {}
        for line in self.recorded.lines:
            self.line = line
            n_rounds = left_out.get(line.order)
            if blocks is not None and n_rounds != 0:
                blocks.append(Block(line, rounds_left_out=n_rounds or 0))
                self.steps = blocks[-1].steps
            if n_rounds is None:
                self._read_line(line)
            else:
                self._pass_over(line)
            for name, value in line.bound.items():
                if type(value) is int and isinstance(line.statement, ast.For):
                    self.whole[name] = value

    def _pass_over(self, line: Line) -> None:
        """A line of a round that is left out: names get their new values, and nothing is written down."""
        self.steps.clear()
        for name, value in line.bound.items():
            if isinstance(line.statement, ast.Expr):
                self.sizes[name] = len(value)
            self.meanings[name] = named(self.symbol_for(name), value)

    def _read_line(self, line: Line) -> None:
        statement = line.statement
        if isinstance(statement, ast.If):
            self._branch(statement, bool(line.value))
        elif isinstance(statement, ast.For):
            self._loop_variables(line)
        elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            self._assign(statement.targets[0], statement.value, line)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            self._assign(statement.target, statement.value, line)
        elif isinstance(statement, ast.AugAssign):
            self._accumulate(statement, line)
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            self._append(statement.value, line)
        elif isinstance(statement, ast.Return) and statement.value is not None:
            self._return(statement.value, line)

    def _loop_variables(self, line: Line) -> None:
        """`for row in rows` gives row a meaning too; `for i in range(n)` is kept as a whole number by walk."""
        for name, value in line.bound.items():
            if type(value) is int:
                self.meanings[name] = Number(value)
            else:
                self.meanings[name] = named(symbol_of(name), value)

    def _branch(self, statement: ast.If, held: bool) -> None:
        condition = comparison(statement.test, self)
        self.reason = None
        if condition is None:
            return
        if not held:
            condition = Comparison(condition.left, OPPOSITE[condition.sign], condition.right)
        self.reason = (condition, statement.body if held else statement.orelse)

    def _why(self, line: Line) -> Comparison | None:
        """The reason, if this line stands in the branch that was taken."""
        if self.reason is None:
            return None
        condition, body = self.reason
        self.reason = None
        return condition if line.statement in body else None

    def _assign(self, target: ast.expr, value: ast.expr, line: Line) -> None:
        if isinstance(value, ast.IfExp):
            value = self._taken(value, line)
        if isinstance(target, ast.Name) and target.id in self.added_to and self._begins_sum(target.id, value, line):
            return
        if isinstance(value, ast.ListComp) and isinstance(target, ast.Name):
            self._comprehension(target.id, value, line)
            return
        label = self._label_of_target(target, line)
        made = self._own_call(value, line)
        if made is not None and isinstance(value, ast.Call):
            self._keep(target, self._descend(value, made, label), line)
            return
        self._nested_calls(value, line)
        if isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, ast.Tuple):
            for one, other in zip(target.elts, value.elts, strict=False):
                self._assign(one, other, line)
            return
        meaning = translate(value, self)
        if not isinstance(target, ast.Name):
            return
        bound = line.bound.get(target.id)
        self.sizes[target.id] = 0
        if isinstance(meaning, Named) and self._only_looks_up(target.id, value):
            self.meanings[target.id] = meaning
        elif isinstance(meaning, Expression) and is_number(bound):
            symbol = self.symbol_for(target.id)
            self._step(symbol, meaning, bound, line)
            self.meanings[target.id] = Named(symbol, bound)
        elif isinstance(meaning, Vector) and not self._same_letters(target.id, value):
            self.meanings[target.id] = named(self.symbol_for(target.id), bound)
        elif meaning is not None:
            self.meanings[target.id] = meaning
        else:
            self._stays_code(target.id, value, bound, line)

    def _only_looks_up(self, name: str, value: ast.expr) -> bool:
        """Whether a line gives another name to an entry: `dL_dz_j = dL_dz[j]`, or `dz_dw = x[i]` once for each i."""
        if not isinstance(value, ast.Subscript) or name in self.labels or name in self.lists_of:
            return False
        own = symbol_of(name)
        once_for_each = bool(self.whole) and not own.index_letters() and own.over is not None
        return once_for_each or self._same_letters(name, value)

    def _same_letters(self, name: str, value: ast.expr) -> bool:
        """Whether `W_j` stands for an entry of `W`: the same symbol but for indices."""
        while isinstance(value, ast.Subscript):
            value = value.value
        return isinstance(value, ast.Name) and symbol_of(value.id).bare() == symbol_of(name).bare()

    def _stays_code(self, name: str, value: ast.expr, bound: Any, line: Line) -> None:
        """A line without a formula: shown as code if it computes a number, else passed over."""
        self.meanings[name] = named(self.symbol_for(name), bound)
        if is_number(bound) and not isinstance(value, ast.Constant):
            self.steps.append(Step(None, None, bound, None, line))

    def _step(self, symbol: Symbol, expression: Expression, value: Any, line: Line) -> None:
        """Write a step down, unless it says no more than that a thing is itself."""
        reason = self._why(line)
        if isinstance(expression, Named) and expression.symbol == symbol:
            return
        if evaluate(expression) == value:
            self.steps.append(Step(symbol, expression, value, reason, line))
        else:  # read wrongly: a line is shown as code sooner than as a formula that does not hold
            self.steps.append(Step(None, None, value, reason, line))

    # ---- sums --------------------------------------------------------------------------------------------------------

    def _begins_sum(self, name: str, value: ast.expr, line: Line) -> bool:
        """`s = 0` before `s += …`, or `[0] * n` before `s[i] += …`."""
        bound = line.bound.get(name)
        if isinstance(value, ast.Constant) and bound == 0:
            self.sums[name] = {(): []}
            return True
        if isinstance(bound, list) and isinstance(value, (ast.BinOp, ast.ListComp)):
            self.sums[name] = {}
            self.meanings[name] = named(self.symbol_for(name), bound)
            return True
        return False

    def _accumulate(self, statement: ast.AugAssign, line: Line) -> None:
        name, indices = self._target_path(statement.target)
        self._nested_calls(statement.value, line)
        term = translate(statement.value, self)
        sign = {ast.Add: 1, ast.Sub: -1}.get(type(statement.op))
        if name is None or indices is None or sign is None or not isinstance(term, Expression):
            self.sums.pop(name or "", None)
            self.steps.append(Step(None, None, line.value, None, line))
            return
        if name not in self.sums:
            before = self.meanings.get(name)
            self.sums[name] = {indices: [(1, before)]} if isinstance(before, Expression) else {}
        self.sums[name].setdefault(indices, []).append((sign, term))
        self._note_value(name, line)

    def _note_value(self, name: str, line: Line) -> None:
        bound = line.bound.get(name)
        label = self.label_of(name)
        if isinstance(label, list):
            pairs = zip(label, bound if isinstance(bound, list) else [], strict=False)
            entries = [named(one, value) for one, value in pairs if isinstance(one, Symbol)]
            self.meanings[name] = Listed(tuple(entry for entry in entries if entry is not None))
        else:
            self.meanings[name] = named(label, bound)

    def _target_path(self, target: ast.expr) -> tuple[str | None, tuple[int, ...] | None]:
        indices: list[int] = []
        while isinstance(target, ast.Subscript):
            i = whole_number(target.slice, self)
            if i is None:
                return None, None
            indices.insert(0, i)
            target = target.value
        return (target.id if isinstance(target, ast.Name) else None), tuple(indices)

    def settle(self, name: str) -> None:
        """An accumulated sum is complete: write it down under its name."""
        assert self.line is not None
        label = self.label_of(name)
        for indices, terms in sorted(self.sums.pop(name, {}).items()):
            meaning: Meaning | None = self.meanings.get(name)
            symbol: Label | None = label
            for i in indices:
                meaning = element(meaning, i)
                symbol = _label_element(symbol, i)
            if not indices and meaning is None:
                meaning = Named(self.symbol_for(name), 0)
            if isinstance(meaning, Named) and isinstance(symbol, Symbol) and terms:
                self._step(symbol, _as_expression(terms), meaning.value, self.line)

    # ---- lists -------------------------------------------------------------------------------------------------------

    def _append(self, node: ast.Call, line: Line) -> None:
        function = node.func
        if not (isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and node.args):
            self._nested_calls(node, line)
            return
        owner = function.value.id
        if function.attr == "append":
            label = _label_element(self.label_of(owner), self.sizes.get(owner, 0))
            made = self._own_call(node.args[0], line)
            if made is not None and isinstance(node.args[0], ast.Call):
                self._descend(node.args[0], made, label)
            elif not isinstance(node.args[0], ast.Name):
                self._nested_calls(node.args[0], line)
                meaning = translate(node.args[0], self)
                bound = line.bound.get(owner)
                if isinstance(meaning, Expression) and isinstance(label, Symbol) and bound:
                    self._step(label, meaning, bound[-1], line)
            elif node.args[0].id in self.sums:
                self.settle(node.args[0].id)
        self.sizes[owner] = self.sizes.get(owner, 0) + 1
        if owner in line.bound:
            self._note_value(owner, line)

    def _comprehension(self, name: str, node: ast.ListComp, line: Line) -> None:
        """[f(entry) for entry in entries]: one step, or one call, for each entry."""
        bound = line.bound.get(name)
        generator = node.generators[0]
        entries = translate(generator.iter, self)
        single = len(node.generators) == 1 and not generator.ifs and isinstance(generator.target, ast.Name)
        calls = list(line.calls)
        if single and isinstance(bound, list) and (not calls or len(calls) == len(bound)):
            assert isinstance(generator.target, ast.Name)
            variable = generator.target.id
            kept, kept_whole = self.meanings.get(variable), self.whole.get(variable)
            for i in range(len(bound)):
                if entries is not None:
                    self.meanings[variable] = element(entries, i)
                elif _is_range(generator.iter):
                    self.whole[variable] = i
                    self.meanings[variable] = Number(i)
                one = _label_element(self.label_of(name), i)
                if calls and isinstance(node.elt, ast.Call):
                    self._descend(node.elt, calls[i], one)
                elif not calls:
                    meaning = translate(node.elt, self)
                    if isinstance(meaning, Expression) and isinstance(one, Symbol) and is_number(bound[i]):
                        self._step(one, meaning, bound[i], line)
            self.meanings[variable] = kept
            self.whole.pop(variable, None)
            if kept_whole is not None:
                self.whole[variable] = kept_whole
        self.meanings[name] = named(self.symbol_for(name), bound)

    # ---- calls -------------------------------------------------------------------------------------------------------

    def _label_of_target(self, target: ast.expr, line: Line) -> Label | None:
        if isinstance(target, ast.Name):
            return self.label_of(target.id)
        if isinstance(target, (ast.Tuple, ast.List)):
            labels = [self._label_of_target(entry, line) for entry in target.elts]
            return [label for label in labels if label is not None] if None not in labels else None
        return None

    def _taken(self, node: ast.IfExp, line: Line) -> ast.expr:
        """The arm of `a if … else b` that was taken: the one with the recorded call, or the one of that value."""
        for arm in (node.body, node.orelse):
            if isinstance(arm, ast.Call) and line.calls and _name_of(arm) == line.calls[0].function.definition.name:
                return arm
        for arm in (node.body, node.orelse):
            if not isinstance(arm, ast.Call) or not line.calls:
                return arm
        return node

    def _own_call(self, value: ast.expr, line: Line) -> Call | None:
        """The recorded call that a value consists of, as in `z = neuron_forward(…)`."""
        if not isinstance(value, ast.Call):
            return None
        inner = [node for argument in value.args for node in ast.walk(argument) if isinstance(node, ast.Call)]
        names = [_name_of(node) for node in inner]
        own = [made for made in line.calls if made.function.definition.name == _name_of(value)]
        if not own or any(made.function.definition.name in names for made in line.calls):
            return None
        return own[-1]

    def _nested_calls(self, value: ast.expr, line: Line) -> None:
        """Calls inside a formula: their steps come first, then the formula uses what they returned."""
        waiting = list(line.calls)
        for node in _calls_inside_out(value):
            if waiting and _name_of(node) == waiting[0].function.definition.name:
                self.returns[id(node)] = self._descend(node, waiting.pop(0), None)

    def _descend(self, node: ast.Call, made: Call, label: Label | None) -> Meaning | None:
        """Read a call with the names of this frame; what it returned, under the name it has outside."""
        meanings = self._arguments(node, made)
        frame = _Frame(made, meanings, label, self.steps)
        frame.walk()
        return frame.returned

    def _arguments(self, node: ast.Call, made: Call) -> dict[str, Meaning | None]:
        """The parameters of a call, each with the meaning that its argument has here."""
        names = list(made.arguments)
        given: dict[str, ast.expr] = {}
        positional = names[1:] if names[:1] == ["self"] else names
        given.update(zip(positional, node.args, strict=False))
        given.update({keyword.arg: keyword.value for keyword in node.keywords if keyword.arg})
        meanings: dict[str, Meaning | None] = {}
        for name, value in made.arguments.items():
            meaning = translate(given[name], self) if name in given else None
            if meaning is None and name in given and isinstance(given[name], ast.Attribute):
                meaning = named(symbol_of(given[name].attr), value)  # type: ignore[attr-defined]
            if isinstance(meaning, Vector) and isinstance(value, list):
                meaning = Vector(meaning.symbol, value)
            meanings[name] = meaning if meaning is not None else named(symbol_of(name), value)
        return meanings

    def _keep(self, target: ast.expr, returned: Meaning | None, line: Line) -> None:
        """Bind what a call returned; an accumulated sum that is used once more only stays a sum."""
        if isinstance(target, (ast.Tuple, ast.List)):
            for entry in target.elts:
                if isinstance(entry, ast.Name):
                    self.meanings[entry.id] = named(self.symbol_for(entry.id), line.bound.get(entry.id))
            return
        if not isinstance(target, ast.Name):
            return
        name, bound = target.id, line.bound.get(target.id)
        symbol = self.symbol_for(name)
        self.sums.pop(name, None)
        if isinstance(returned, Sum) and is_number(bound):
            self.meanings[name] = Named(symbol, bound)
            if self._is_put_in_place(name, line):
                self.sums[name] = {(): list(returned.terms)}
            else:
                self._step(symbol, returned, bound, line)
        elif isinstance(self.label_of(name), list):
            self.meanings[name] = returned
        else:
            self.meanings[name] = named(symbol, bound)
            self.sizes[name] = len(bound) if isinstance(bound, list) else 0

    def _is_put_in_place(self, name: str, line: Line) -> bool:
        """Whether a name is read exactly once below, by a line of plain arithmetic of the same function."""
        if self.is_outermost:  # the quantities that were asked for
            return False
        readers = [later for later in self.recorded.lines[line.order + 1 :] if name in later.read]
        return len(readers) == 1 and not readers[0].calls and isinstance(readers[0].statement, ast.Assign)

    def _return(self, value: ast.expr, line: Line) -> None:
        made = self._own_call(value, line)
        if made is not None and isinstance(value, ast.Call):
            self.returned = self._descend(value, made, self.label)
            return
        if isinstance(value, ast.Name):
            terms = self.sums.get(value.id, {}).get(())
            if terms:
                self.returned = Sum(tuple(terms))
                return
            self.settle(value.id)
            self.returned = self.meanings.get(value.id)
            return
        if isinstance(value, ast.Tuple):
            for entry in value.elts:
                if isinstance(entry, ast.Name):
                    self.settle(entry.id)
            return
        self._nested_calls(value, line)
        meaning = translate(value, self)
        if isinstance(meaning, Expression) and isinstance(self.label, Symbol) and is_number(line.value):
            self._step(self.label, meaning, line.value, line)
            self.returned = Named(self.label, line.value)
        else:
            self.returned = meaning


# ---- small questions about syntax ------------------------------------------------------------------------------------


def _survey(definition: ast.FunctionDef) -> tuple[set[str], dict[str, str]]:
    """Which names are added to by +=, and which names are appended to which list."""
    added_to: set[str] = set()
    lists_of: dict[str, str] = {}
    for node in ast.walk(definition):
        if isinstance(node, ast.AugAssign):
            target = node.target
            while isinstance(target, ast.Subscript):
                target = target.value  # type: ignore[assignment]
            if isinstance(target, ast.Name):
                added_to.add(target.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
            owner = node.func.value
            if isinstance(owner, ast.Name) and len(node.args) == 1 and isinstance(node.args[0], ast.Name):
                lists_of[node.args[0].id] = owner.id
    return added_to, lists_of


def _letters_outside(meanings: dict[str, Meaning | None]) -> dict[str, tuple[Symbol, bool]]:
    """Which letter of a function is which symbol of its caller: from z ↦ u, and from ∂L/∂a ↦ ∂L/∂z also a ↦ z."""
    letters: dict[str, tuple[Symbol, bool]] = {}
    for name, meaning in meanings.items():
        is_list = isinstance(meaning, Vector) and bool(meaning.value) and is_number(meaning.value[0])
        while isinstance(meaning, Listed) and len(meaning.entries) == 1:
            meaning = meaning.entries[0]
        if not isinstance(meaning, (Named, Vector)):
            continue
        inside, outside = symbol_of(name), meaning.symbol
        if inside.under is not None and outside.under is not None:
            inside, outside = inside.under, outside.under
        if inside.over is None and outside.over is None and not inside.indices:
            letters[inside.unicode()] = (outside, is_list)
    return letters


def _bound_in_loops_only(call: Call) -> set[str]:
    """Names that are bound anew each time round a loop, and nowhere else, where the loop goes round more than once."""
    bound_outside: set[str] = set()
    inside: set[str] = set()
    rounds: dict[ast.stmt, int] = {}
    for line in call.lines:
        if isinstance(line.statement, ast.For) and line.bound:
            rounds[line.statement] = rounds.get(line.statement, 0) + 1
    repeated = {id(node) for loop, n in rounds.items() if n > 1 for node in ast.walk(loop)}
    for line in call.lines:
        if isinstance(line.statement, ast.Assign) and is_number(line.value):
            (inside if id(line.statement) in repeated else bound_outside).update(line.bound)
    return inside - bound_outside


def _enclosing_loops(call: Call) -> dict[ast.stmt, list[str]]:
    """For each statement the index letters of the loops that it stands in."""
    found: dict[ast.stmt, list[str]] = {}

    def visit(body: list[ast.stmt], letters: list[str]) -> None:
        for statement in body:
            found[statement] = letters
            inner = letters
            if isinstance(statement, ast.For) and isinstance(statement.target, ast.Name):
                letter = statement.target.id
                inner = [*letters, letter] if letter in INDEX_LETTERS else letters
            visit(getattr(statement, "body", []), inner)
            visit(getattr(statement, "orelse", []), inner)

    visit(call.function.definition.body, [])
    return found


def _rounds_to_leave_out(call: Call) -> dict[int, int]:
    """The lines of all rounds but the first and the last of a long loop, and on the first such line their number."""
    heads: dict[ast.stmt, list[int]] = {}
    for line in call.lines:
        if isinstance(line.statement, ast.For) and line.bound and line.statement in call.function.definition.body:
            heads.setdefault(line.statement, []).append(line.order)
    left_out: dict[int, int] = {}
    for loop, orders in heads.items():
        inside = [node for part in loop.body for node in ast.walk(part)]  # type: ignore[attr-defined]
        adds_up = any(isinstance(node, ast.AugAssign) for node in inside)
        calls = any(line.calls for line in call.lines[orders[0] : orders[-1]])
        if len(orders) > LONGEST_LOOP and calls and not adds_up and orders[0] not in left_out:
            for order in range(orders[1], orders[-1]):
                left_out[order] = 0
            left_out[orders[1]] = len(orders) - 2
    return left_out


def _as_expression(terms: list[tuple[int, Expression]]) -> Expression:
    if len(terms) == 1 and terms[0][0] == 1:
        return terms[0][1]
    return Sum(tuple(terms)) if terms else Number(0)


def _label_element(label: Label | None, i: int) -> Label | None:
    if isinstance(label, Symbol):
        return label.at(i)
    return label[i] if label is not None and i < len(label) else None


def _has_index(name: str) -> bool:
    return bool(symbol_of(name).index_letters())


def _name_of(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _calls_inside_out(node: ast.AST) -> list[ast.Call]:
    """The calls in the order in which Python makes them."""
    calls = []
    for child in ast.iter_child_nodes(node):
        calls += _calls_inside_out(child)
    if isinstance(node, ast.Call):
        calls.append(node)
    return calls


def _is_range(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _name_of(node) == "range" and len(node.args) == 1
