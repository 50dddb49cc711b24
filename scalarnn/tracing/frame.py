"""One call of a recorded run, read line by line with the names of its caller: what `solution` is made with.

    Frame       one call; what each of its names means at the present line
    Shared      what all frames of a solution have in common
    Growing     a sum, or product, that a loop adds to

A formula is written down only if it holds: its value, computed from its leaves, is that of the run, and no letter in it
stands for another value than the reader was told last. Otherwise the line stays code.
"""

from __future__ import annotations

import ast
import inspect
from copy import deepcopy

from scalarnn.tracing.blocks import Block, Step
from scalarnn.tracing.expressions import (
    All,
    Comparison,
    Expression,
    Function,
    Named,
    Number,
    Sum,
    holds,
    leaves,
    same_number,
)
from scalarnn.tracing.symbols import Symbol, symbol_of
from scalarnn.tracing.syntax import (
    Order,
    bound_in_loops_only,
    calls_inside_out,
    enclosing_loops,
    extremes,
    loop_in_place,
    name_of,
    names_added_to,
    names_fed_back,
    rounds_to_leave_out,
)
from scalarnn.tracing.translate import (
    Listed,
    Vector,
    combined,
    element,
    is_number,
    named,
    reason,
    translate,
    whole_number,
)
from scalarnn.tracing.write import function_of, symbols_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from scalarnn.tracing.record import Call, Line
    from scalarnn.tracing.translate import Meaning

    # What a local name is called outside: a symbol, or one symbol for each entry.
    Label: TypeAlias = Symbol | list["Label"]

__all__ = ["Frame", "Shared", "entries_of"]

DEEPEST = 40


class Growing:
    """A sum, or product, that a loop adds to: what it is so far, and since when which conditions were so."""

    def __init__(self, start: Expression | None, line: Line) -> None:
        self.terms: list[tuple[int, Expression]] = []
        self.other = start
        self.reasons: list[Comparison] = []
        self.line = line

    def grow(self, operator: ast.operator, more: Expression, line: Line) -> bool:
        """Add, subtract, multiply …; False for an operator without a notation."""
        self.line = line
        if isinstance(operator, (ast.Add, ast.Sub)):
            if self.other is not None:
                self.terms = list(self.other.terms) if isinstance(self.other, Sum) else [(1, self.other)]
                self.other = None
            self.terms.append((1 if isinstance(operator, ast.Add) else -1, more))
            return True
        self.other = combined(self.expression(), operator, more)
        return self.other is not None

    def expression(self) -> Expression:
        """What it is so far."""
        if self.other is not None:
            return self.other
        if len(self.terms) == 1 and self.terms[0][0] == 1:
            return self.terms[0][1]
        return Sum(tuple(self.terms)) if self.terms else Number(0)


class Shared:
    """What all frames of a solution have in common.

    Attributes:
        steps: those of the present block.
        told: what each symbol stands for, as the reader was told by the blocks so far.
        letters: the same in this block.
        updated: the symbols that an update of this block gave another value.
        objects: what is known of each object, by its identity: the object, its name, and what its attributes mean.
    """

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.told: dict[str, Any] = {}
        self.letters: dict[str, Any] = {}
        self.updated: set[str] = set()
        self.objects: dict[int, tuple[Any, str, dict[str, Meaning | None]]] = {}

    def begin(self, steps: list[Step]) -> None:
        """A new block: the letters of the last one's inner calls are forgotten."""
        self.told |= {text: self.letters[text] for text in self.updated if text in self.told}
        self.steps, self.letters, self.updated = steps, {}, set()

    def known(self, text: str, otherwise: Any = None) -> Any:
        """What a symbol stands for, as the reader was told."""
        return self.letters.get(text, self.told.get(text, otherwise))

    def agree(self, expression: Expression) -> bool:
        """Whether every letter of an expression stands for what the reader was told."""
        seen: dict[str, Any] = {}
        for leaf in leaves(expression):
            text = leaf.symbol.unicode()
            if not same_number(self.known(text, seen.setdefault(text, leaf.value)), leaf.value):
                return False
        return True

    def take_back(self, entries: dict[str, Any]) -> None:
        """Steps that gave a letter another value than the line has bound under it, as those of a callee may: code."""
        wrong = {text for text, value in entries.items() if text in self.letters}
        wrong = {text for text in wrong if not same_number(self.letters[text], entries[text])}
        for i, step in enumerate(self.steps if wrong else []):
            if step.symbol is not None and step.expression is not None:
                texts = {step.symbol.unicode(), *(leaf.symbol.unicode() for leaf in leaves(step.expression))}
                if texts & wrong:
                    self.steps[i] = Step(None, None, step.value, None, step.line)

    def write_down(self, step: Step) -> None:
        """One more step; its letters are known from here on."""
        self.steps.append(step)
        if step.expression is None or step.symbol is None:
            return
        for leaf in leaves(step.expression):
            self.letters[leaf.symbol.unicode()] = leaf.value
        if step.is_update:
            self.updated.add(step.symbol.unicode())
        self.letters[step.symbol.unicode()] = step.value


class Frame:
    """One call, read line by line with the names of its caller.

    Attributes:
        meanings: what each name means now.
        labels: what a returned name is called outside.
        growing: names that a loop adds to, each with its entries that have begun.
        guards: why the function did not return earlier.
        candidates: names that a loop looks for the largest under.
        returned: what the call returned.
    """

    def __init__(
        self, call: Call, meanings: dict[str, Meaning | None], label: Label | None, shared: Shared, outermost: bool
    ) -> None:
        self.recorded = call
        self.meanings = meanings
        self.label = label
        self.shared = shared
        self.is_outermost = outermost
        self.line: Line = call.lines[0]
        self.symbols = dict(symbols_in(call.function))
        self.order = Order(call)
        self.labels: dict[str, Label] = {}
        self.whole: dict[str, int] = {}
        self.loop_names: set[str] = set()
        self.rounds: dict[ast.stmt, int] = {}
        self.growing: dict[str, dict[tuple[int, ...], Growing]] = {}
        self.candidates: dict[str, tuple[str, list[Expression]]] = {}
        self.rows: dict[str, tuple[str, tuple[int, ...]]] = {}
        self.wholes: dict[str, Any] = {}
        self.returns: dict[int, Meaning | None] = {}
        self.reason: tuple[Comparison | All, list[ast.stmt]] | None = None
        self.more_reasons: list[Comparison] = []
        self.guards: list[Comparison] = []
        self.returned: Meaning | None = None
        definition = call.function.definition
        self.enclosing = enclosing_loops(call)
        self.looped = bound_in_loops_only(call)
        self.added_to = names_added_to(definition)
        self.fed_back = names_fed_back(definition)
        self.extremes: dict[ast.If, tuple[str, ast.expr, str]] = extremes(definition)
        self.sought = {name: kind for name, _, kind in self.extremes.values()}
        self.outside = {} if outermost else _letters_outside(meanings)
        self._label_what_is_returned()

    # ---- names -------------------------------------------------------------------------------------------------------

    def _label_what_is_returned(self) -> None:
        last = self.recorded.lines[-1].statement
        value = last.value if isinstance(last, ast.Return) else None
        if self.label is None:
            return
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
        if name in self.labels and not self.order.is_bound_again(name, self.line.order):
            return self.labels[name]
        end = self.order.ends.get((name, self.order.bound_last(name, self.line.order)))
        if end is not None and end[0] != name:
            inner = self._label_in_list(name, *end)
            if inner is not None:
                return inner
        symbol = self._of_object(name, self._as_outside(self._own(name))).with_values(self.whole)
        if name in self.looped and symbol.is_plain and not symbol.indices and self.loops:
            return symbol.at(self.loops[-1]).with_values(self.whole)
        return symbol

    def _label_in_list(self, name: str, owner: str, position: int) -> Label | None:
        """As an entry of the list that it will be appended to, if that list is known outside, or bears its letter."""
        end = self.order.ends.get((owner, self.order.bound_last(owner, self.line.order)))
        outside = owner in self.labels or (end is not None and end[0] in self.labels)
        alike = symbol_of(name).bare() == symbol_of(owner).bare()  # z_j goes where it is put, whatever j is
        apart = (bool(symbol_of(name).index_letters()) and not alike) or self._own(owner).is_word
        if apart and not outside:
            return None
        if owner in self.labels and not self._stays_in_place(owner, position):
            return None
        return _label_element(self.label_of(owner), position)

    def _stays_in_place(self, owner: str, position: int) -> bool:
        """Whether what was appended to a list still stands there when the list is returned."""
        returned, last = self.recorded.returned, self.recorded.lines[-1].statement
        if isinstance(last, ast.Return) and isinstance(last.value, ast.Tuple) and isinstance(returned, list):
            names = [entry.id if isinstance(entry, ast.Name) else "" for entry in last.value.elts]
            returned = returned[names.index(owner)] if owner in names else None
        if not isinstance(returned, list) or position >= len(returned):
            return False
        return _same(returned[position], self.order.appended.get((owner, position)))

    def _own(self, name: str) -> Symbol:
        return self.symbols.get(name) or symbol_of(name)

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

    def _of_object(self, name: str, symbol: Symbol) -> Symbol:
        """In a method: what the object keeps under that name, z_hidden for z; of ∂L/∂W, the lower letter."""
        own = self.recorded.lines[0].read.get("self", self.recorded.arguments.get("self"))
        if id(own) not in self.shared.objects:
            return symbol
        if symbol.under is not None and symbol.over is not None:
            attribute = name.rpartition("_d")[2]
            if not hasattr(own, attribute):
                return symbol
            return symbol.over.over_(self._kept_as(own, attribute))
        return self._attribute_symbol(own, name) if hasattr(own, name) else symbol

    def _kept_as(self, own: Any, attribute: str) -> Symbol:
        """What an attribute of an object is called: as what was put there, or by the object's name."""
        _, _, kept = self.shared.objects.get(id(own), (own, "", {}))
        meaning = kept.get(attribute)
        return meaning.symbol if isinstance(meaning, (Vector, Named)) else self._attribute_symbol(own, attribute)

    def _attribute_symbol(self, own: Any, attribute: str) -> Symbol:
        """An attribute by the name of its object, where there are others like it: z_hidden."""
        _, name, _ = self.shared.objects.get(id(own), (own, "", {}))
        symbol = symbol_of(attribute)
        alike = sum(
            1 for other, other_name, _ in self.shared.objects.values() if type(other) is type(own) and other_name
        )
        if symbol.is_word and name:
            return Symbol(f"{name}.{attribute}", is_word=True)
        if symbol.is_plain and name and alike > 1:
            symbol.mark = f"{symbol.mark},{name}" if symbol.mark else name
        return symbol

    @property
    def loops(self) -> list[str]:
        """The loop variables around the present line, outermost first, that are index letters."""
        return self.enclosing.get(self.line.statement, [])

    def symbol_for(self, name: str) -> Symbol:
        """One symbol for a name."""
        label = self.label_of(name)
        return label if isinstance(label, Symbol) else self._own(name).with_values(self.whole)

    # ---- what names mean ---------------------------------------------------------------------------------------------

    def meaning(self, name: str) -> Meaning | None:
        """What a name means in an expression: an accumulated sum is put in place if it is used once only."""
        if name in self.candidates:
            self.settle(name)
        if name in self.growing:
            growing = self.growing[name].get(())
            is_sum = growing is not None and (growing.other is None or not self.is_outermost)
            if growing is not None and is_sum and self.order.uses_left(name, self.line.order) <= 1:
                expression = growing.expression()
                if self.shared.agree(expression) and self._is_known(name, expression):
                    self.more_reasons += growing.reasons
                    return expression
            self.settle(name)
        return self.meanings.get(name)

    def _is_known(self, name: str, expression: Expression) -> bool:
        value = self.line.read.get(name)
        return value is None or holds(expression, value)

    def attribute(self, name: str, attribute: str) -> Meaning | None:
        """What `layer.W` means: what was put there, if it is still so."""
        text = f"{name}.{attribute}"
        if text not in self.line.attributes_read or name not in self.line.read:
            return None
        own, value = self.line.read[name], self.line.attributes_read[text]
        _, _, kept = self.shared.objects.get(id(own), (own, "", {}))
        meaning = kept.get(attribute)
        if meaning is not None and _denotes(meaning, value):
            return meaning
        return named(self._kept_as(own, attribute), value)

    def call(self, node: ast.Call) -> Meaning | None:
        """What a call inside the present line returned."""
        return self.returns.get(id(node))

    def function(self, node: ast.expr) -> Any:
        """The function that a name means here."""
        return function_of(node, self.line)

    def whole_number(self, name: str) -> int | None:
        """The value of a name that is an index."""
        value = self.whole.get(name, self.line.read.get(name))
        return value if type(value) is int else None

    def _refresh(self, line: Line) -> None:
        """What a name was thought to mean, held against what it was when the line read it."""
        for name, value in line.read.items():
            if name in self.growing or name in self.candidates:
                continue
            if self._is_constant(name) and is_number(value):
                self.meanings[name] = Number(value)
            elif not _denotes(self.meanings.get(name), value):
                self.meanings[name] = named(self.symbol_for(name), value)
            if name in self.whole and value != self.whole[name]:
                del self.whole[name]

    def _is_constant(self, name: str) -> bool:
        """Whether a name is one of the module's constants, such as CLIP_TO_ONE_IN: the reader sees the number."""
        if len(name) == 1 or not name.isupper() or name not in self.recorded.room:
            return False
        return name not in self.recorded.arguments and name not in self.order.binds

    # ---- lines -------------------------------------------------------------------------------------------------------

    def walk(self, blocks: list[Block] | None = None) -> None:
        """Read every line; of the outermost call, a block for each."""
        left_out = rounds_to_leave_out(self.recorded) if blocks is not None else {}
        for line in self.recorded.lines:
            self.line = line
            n_rounds = left_out.get(line.order)
            if blocks is not None:
                if n_rounds != 0:
                    blocks.append(Block(line, rounds_left_out=n_rounds or 0))
                self.shared.begin(blocks[-1].steps)
            if n_rounds is None:
                self._read_line(line)
            else:
                self._pass_over(line)
            if isinstance(line.statement, ast.For):
                self.whole |= {name: value for name, value in line.bound.items() if type(value) is int}
            if blocks is not None:
                for name, value in line.bound.items():
                    entries = dict(entries_of(self.symbol_for(name), value, line))
                    self.shared.take_back(entries)
                    self.shared.told.update(entries)
                    self._meet(name, value)

    def _meet(self, name: str, value: Any) -> None:
        """An object goes by the name that it has outside."""
        if hasattr(value, "__dict__") and not is_number(value) and not callable(value) and not inspect.ismodule(value):
            _, _, kept = self.shared.objects.get(id(value), (value, "", {}))
            self.shared.objects[id(value)] = (value, name, kept)

    def _pass_over(self, line: Line) -> None:
        """A line of a round that is left out: names get their new values, and nothing is written down."""
        self.shared.steps.clear()
        for name, value in line.bound.items():
            self.meanings[name] = named(self.symbol_for(name), value)

    def _read_line(self, line: Line) -> None:
        self.returns.clear()
        self.more_reasons = []
        self._refresh(line)
        statement = line.statement
        if isinstance(statement, ast.If):
            self._branch(statement, bool(line.value))
        elif isinstance(statement, ast.For):
            self._loop_variables(statement, line)
        elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            self._assign(statement.targets[0], statement.value, line)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            self._assign(statement.target, statement.value, line)
        elif isinstance(statement, ast.AugAssign):
            self._accumulate(statement, line)
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            self._call_alone(statement.value, line)
        elif isinstance(statement, ast.Return) and statement.value is not None:
            self._return(statement.value, line)
        else:
            self._other(line)

    def _other(self, line: Line) -> None:
        """Whatever else it was: `a = b = 1`, several statements on a line, del, with."""
        for made in line.calls:
            self._descend_without_names(made)
        numbers = {name: value for name, value in line.bound.items() if is_number(value)}
        for name, value in line.bound.items():
            self._forget(name)
            self.meanings[name] = named(self.symbol_for(name), value)
        if numbers and not isinstance(line.statement, (ast.While, ast.With)):
            self._code(line.value, line, *numbers)

    def _forget(self, name: str) -> None:
        self.growing.pop(name, None)
        self.candidates.pop(name, None)
        self.rows.pop(name, None)
        self.wholes.pop(name, None)

    def _loop_variables(self, statement: ast.For, line: Line) -> None:
        """`for i in range(n)`, `for x_i in x`, `for i, x_i in enumerate(x)`, `for x_i, w_i in zip(x, w)`."""
        self.rounds[statement] = self.rounds.get(statement, -1) + 1 if loop_in_place(line) else 0
        for made in line.calls:
            self._descend_without_names(made)
        found = self._entries(statement.iter, self.rounds[statement]) if line.bound else None
        targets = statement.target.elts if isinstance(statement.target, ast.Tuple) else [statement.target]
        parts = found if isinstance(statement.target, ast.Tuple) and isinstance(found, list) else [found]
        for position, target in enumerate(targets):
            if not isinstance(target, ast.Name) or target.id not in line.bound:
                continue
            name, value = target.id, line.bound[target.id]
            self._forget(name)
            meaning = parts[position] if position < len(parts) else None
            if type(value) is int and (meaning is None or isinstance(meaning, Number)):
                self.meanings[name] = Number(value)
                self.loop_names.add(name)
            elif not isinstance(meaning, list) and meaning is not None and _denotes(meaning, value):
                self.meanings[name] = meaning
            else:
                self.meanings[name] = named(self._own(name).with_values(self.whole), value)

    def _entries(self, node: ast.expr, i: int) -> Any:
        """What a loop gives in its round i: a meaning, or a list of them for a tuple; None if unknown."""
        if not isinstance(node, ast.Call):
            return element(translate(node, self), i)
        function = self.function(node.func)
        if function is reversed and len(node.args) == 1:
            return element(translate(node.args[0], self), -1 - i)
        if function is enumerate and len(node.args) == 1:
            return [Number(i), self._entries(node.args[0], i)]
        if function is zip:
            return [self._entries(argument, i) for argument in node.args]
        return None

    # ---- conditions --------------------------------------------------------------------------------------------------

    def _branch(self, statement: ast.If, held: bool) -> None:
        self.reason = None
        if statement in self.extremes:
            name, candidate, kind = self.extremes[statement]
            meaning = translate(candidate, self)
            if name in self.candidates and isinstance(meaning, Expression) and self.candidates[name][0] == kind:
                self.candidates[name][1].append(meaning)
                return
        found = self._reason(statement.test, held)
        if found is None:
            return
        if not held and not statement.orelse and isinstance(statement.body[-1], ast.Return):
            self.guards += found.parts if isinstance(found, All) else (found,)
        else:
            self.reason = (found, statement.body if held else statement.orelse)

    def _reason(self, test: ast.expr, held: bool) -> Comparison | All | None:
        """What was so; a loop variable goes by its name here."""
        kept = {name: self.meanings.get(name) for name in self.loop_names}
        for name, meaning in kept.items():
            if isinstance(meaning, Number):
                self.meanings[name] = Named(self._own(name), meaning.value)
        found = reason(test, held, self)
        self.meanings |= kept
        return found

    def _why(self, line: Line) -> Comparison | All | None:
        """The reason, if this line stands in the branch that was taken, and those of the sum that it writes down."""
        parts = list(self.more_reasons)
        self.more_reasons = []
        if self.reason is not None:
            condition, body = self.reason
            self.reason = None
            if line.statement in body:
                parts = [*(condition.parts if isinstance(condition, All) else (condition,)), *parts]
        parts = [part for part in dict.fromkeys(parts) if self.shared.agree(part)]
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _truth(self, test: ast.expr) -> bool | None:
        """Whether a condition holds; None where that cannot be told."""
        if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], (ast.Is, ast.IsNot)):
            left, right = test.left, test.comparators[0]
            if isinstance(left, ast.Name) and left.id in self.line.read and ast.unparse(right) == "None":
                return (self.line.read[left.id] is None) is isinstance(test.ops[0], ast.Is)
            return None
        if isinstance(test, ast.Name) and isinstance(self.line.read.get(test.id), (bool, int, float)):
            return bool(self.line.read[test.id])
        if self._reason(test, True) is not None:
            return True
        return False if self._reason(test, False) is not None else None

    def _taken(self, node: ast.IfExp, line: Line) -> ast.expr:
        """The arm of `a if … else b` that was taken; the whole where that cannot be told."""
        truth = self._truth(node.test)
        if truth is not None:
            found = self._reason(node.test, truth)
            if found is not None:
                self.more_reasons += found.parts if isinstance(found, All) else (found,)
            return node.body if truth else node.orelse
        called = line.calls[0].function.definition.name if line.calls else None
        for arm in (node.body, node.orelse):
            if isinstance(arm, ast.Call) and name_of(arm) == called:
                return arm
        arms = [(arm, translate(arm, self)) for arm in (node.body, node.orelse)]
        lists = [arm for arm, meaning in arms if isinstance(meaning, Vector) and _denotes(meaning, line.value)]
        return lists[0] if len(lists) == 1 and not line.calls else node

    # ---- assignments -------------------------------------------------------------------------------------------------

    def _assign(self, target: ast.expr, value: ast.expr, line: Line) -> None:
        if isinstance(value, ast.IfExp):
            value = self._taken(value, line)
        if isinstance(target, ast.Name):
            if self._begins(target.id, value, line) or self._is_row(target.id, value, line):
                return
            if isinstance(value, ast.ListComp):
                self._comprehension(target.id, value, line)
                return
        label = self._label_of_target(target, value, line)
        made = self._own_call(value, line)
        if made is not None and isinstance(value, ast.Call):
            self._keep(target, self._descend(value, made, label), line)
            return
        self._nested_calls(value, line)
        if isinstance(target, (ast.Tuple, ast.List)):
            self._assign_several(target, value, line)
            return
        meaning = translate(value, self)
        self._bind(target, value, meaning, line)

    def _assign_several(self, target: ast.Tuple | ast.List, value: ast.expr, line: Line) -> None:
        """`a, b = b, a`: what stands on the right is read before anything is bound."""
        several = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
        values = value.elts if several and isinstance(value, (ast.Tuple, ast.List)) else [value] * len(target.elts)
        whole = None if several else translate(value, self)
        meanings = [translate(one, self) if several else element(whole, i) for i, one in enumerate(values)]
        for one, other, meaning in zip(target.elts, values, meanings, strict=True):
            self._bind(one, other if several else None, meaning, line)

    def _bind(self, target: ast.expr, value: ast.expr | None, meaning: Meaning | None, line: Line) -> None:
        """Give a target its meaning, and write the step down that this takes."""
        if isinstance(target, ast.Starred):
            target = target.value
        if isinstance(target, (ast.Tuple, ast.List)):
            for i, entry in enumerate(target.elts):
                self._bind(entry, None, element(meaning, i), line)
        elif isinstance(target, ast.Name):
            self._bind_name(target.id, value, meaning, line)
        else:
            self._bind_entry(target, meaning, line)

    def _bind_name(self, name: str, value: ast.expr | None, meaning: Meaning | None, line: Line) -> None:
        bound = line.bound.get(name)
        self._forget(name)
        if meaning is not None and not _denotes(meaning, bound):
            meaning = None
        if isinstance(meaning, Named) and value is not None and self._only_looks_up(name, value):
            self.meanings[name] = meaning
        elif isinstance(meaning, Expression) and is_number(bound):
            symbol = self.symbol_for(name)
            self._step(symbol, meaning, bound, line)
            self.meanings[name] = Named(symbol, bound)
        elif isinstance(meaning, Vector) and self._has_own_letters(name, value):
            self.meanings[name] = named(self.symbol_for(name), bound)
        elif meaning is not None:
            self.meanings[name] = meaning
        else:
            self.meanings[name] = named(self.symbol_for(name), bound)
            if is_number(bound):
                self._code(bound, line, name)

    def _bind_entry(self, target: ast.expr, meaning: Meaning | None, line: Line) -> None:
        """`x[0] = …`, `self.w = …`, `self.W[0][1] = …`."""
        symbol, value = self._entry(target, line)
        if symbol is not None and isinstance(meaning, Expression) and is_number(value):
            looked_up = isinstance(meaning, Named) and isinstance(target, ast.Attribute)
            if not looked_up:
                self._step(symbol, meaning, value, line)
        elif is_number(value) or (symbol is None and not isinstance(meaning, (Vector, Listed))):
            self._code(value, line)
        self._keep_entry(target, meaning, line)

    def _keep_entry(self, target: ast.expr, meaning: Meaning | None, line: Line) -> None:
        """What the list, or the attribute, means now."""
        base = target
        while isinstance(base, ast.Subscript):
            base = base.value
        if isinstance(base, ast.Name) and base.id in line.bound:
            self.meanings[base.id] = named(self._symbol_of_list(base.id), line.bound[base.id])
        if not isinstance(base, ast.Attribute) or not isinstance(base.value, ast.Name):
            return
        text, own = f"{base.value.id}.{base.attr}", line.read.get(base.value.id)
        value = line.attributes_bound.get(text)
        _, _, kept = self.shared.objects.setdefault(id(own), (own, "", {}))
        old = kept.get(base.attr)
        if base is not target or not isinstance(meaning, (Vector, Named, Listed)) or not _denotes(meaning, value):
            meaning = named(self._attribute_symbol(own, base.attr), value)
        elif isinstance(meaning, (Vector, Named)) and meaning.symbol.mark == "new" and isinstance(old, (Vector, Named)):
            meaning = named(_new(old.symbol), value)
        kept[base.attr] = meaning

    def _entry(self, target: ast.expr, line: Line) -> tuple[Symbol | None, Any]:
        """The symbol and the new value of an entry or attribute."""
        path: list[int] = []
        while isinstance(target, ast.Subscript):
            i = whole_number(target.slice, self)
            if i is None:
                return None, None
            path.insert(0, i)
            target = target.value
        if isinstance(target, ast.Name):
            symbol, value = self._symbol_of_list(target.id), line.bound.get(target.id)
        elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            symbol = self._attribute_symbol(line.read.get(target.value.id), target.attr)
            value = line.attributes_bound.get(f"{target.value.id}.{target.attr}")
        else:
            return None, None
        for i in path:
            if not isinstance(value, list) or not -len(value) <= i < len(value):
                return None, None
            symbol, value = symbol.at(i % len(value)), value[i]
        return symbol, value

    def _symbol_of_list(self, name: str) -> Symbol:
        meaning = self.meanings.get(name)
        return meaning.symbol if isinstance(meaning, Vector) else self.symbol_for(name)

    def _only_looks_up(self, name: str, value: ast.expr) -> bool:
        """Whether a line gives another name to an entry: `dL_dz_j = dL_dz[j]`, or `dz_dw = x[i]` once for each i."""
        in_list = (name, self.line.order) in self.order.ends
        if not isinstance(value, ast.Subscript) or name in self.labels or in_list:
            return False
        own = symbol_of(name)
        once_for_each = bool(self.whole) and not own.index_letters() and own.over is not None
        return once_for_each or self._same_letters(name, value)

    def _has_own_letters(self, name: str, value: ast.expr | None) -> bool:
        """Whether a list goes by its new name: in the work that was asked for, and where a call has made it."""
        if value is None or self._same_letters(name, value):
            return False
        return self.is_outermost or id(value) in self.returns

    def _same_letters(self, name: str, value: ast.expr) -> bool:
        """Whether `W_j` stands for an entry of `W`: the same symbol but for indices."""
        while isinstance(value, ast.Subscript):
            value = value.value
        return isinstance(value, ast.Name) and symbol_of(value.id).bare() == symbol_of(name).bare()

    # ---- steps -------------------------------------------------------------------------------------------------------

    def _step(self, symbol: Symbol, expression: Expression, value: Any, line: Line) -> None:
        """Write a step down, unless it says no more than that a thing is itself."""
        why = self._why(line)
        if isinstance(expression, Named) and expression.symbol == symbol and same_number(expression.value, value):
            return
        if holds(expression, value) and self.shared.agree(expression):
            self.shared.write_down(Step(symbol, expression, value, why, line))
        else:  # read wrongly, or ambiguous: a line is shown as code sooner than as a formula that does not hold
            self.shared.write_down(Step(None, None, value, None, line))
            self.shared.letters[symbol.unicode()] = value

    def _code(self, value: Any, line: Line, *names: str) -> None:
        """A line without a formula."""
        self._why(line)
        if any(step.line is line and step.symbol is None for step in self.shared.steps):
            return
        statement = line.statement
        constant = isinstance(statement, (ast.Assign, ast.AnnAssign)) and isinstance(statement.value, ast.Constant)
        if not constant:
            self.shared.write_down(Step(None, None, value, None, line))
        for name in names:
            self.shared.letters[self.symbol_for(name).unicode()] = line.bound.get(name)

    # ---- sums, products, largest and smallest ------------------------------------------------------------------------

    def _begins(self, name: str, value: ast.expr, line: Line) -> bool:
        """`s = 0` before `s += …`, `[0] * n` before `s[i] += …`, `m = z[0]` before `if z[k] > m`."""
        bound = line.bound.get(name)
        if name in self.candidates and any(line.statement in search.body for search in self.extremes):
            self.meanings[name] = Named(self.symbol_for(name), bound)
            return True
        self._forget(name)
        if name in self.added_to and isinstance(bound, list) and isinstance(value, (ast.BinOp, ast.ListComp)):
            self.growing[name] = {}
            self.meanings[name] = named(self.symbol_for(name), bound)
            return True
        if line.calls or not is_number(bound) or name not in self.added_to | self.sought.keys():
            return False
        meaning = translate(value, self)
        if not isinstance(meaning, Expression) or not holds(meaning, bound):
            return False
        if name in self.sought:
            self.candidates[name] = (self.sought[name], [meaning])
        else:
            start = None if isinstance(value, ast.Constant) and type(bound) is int and bound == 0 else meaning
            self.growing[name] = {(): Growing(start, line)}
            self._take_reasons(name, ())
        self.meanings[name] = Named(self.symbol_for(name), bound)
        return True

    def _is_row(self, name: str, value: ast.expr, line: Line) -> bool:
        """`row = M[j]` before `row[i] += …`: what is added to the row is added to M."""
        if name not in self.added_to or not isinstance(value, ast.Subscript):
            return False
        whole, path = self._path(value)
        if whole is None or path is None or whole not in self.growing:
            return False
        self._forget(name)
        self.rows[name] = (whole, path)
        if whole not in self.wholes:
            meaning = self.meanings.get(whole)
            self.wholes[whole] = deepcopy(meaning.value) if isinstance(meaning, Vector) else None
        self.meanings[name] = named(self.symbol_for(name), line.bound.get(name))
        return True

    def _after(self, target: ast.expr, name: str, line: Line) -> Any:
        """The list with the name, after an entry of it, or of a row of it, was changed."""
        while isinstance(target, ast.Subscript):
            target = target.value
        if not isinstance(target, ast.Name) or target.id not in self.rows:
            return line.bound.get(name)
        _, path = self.rows[target.id]
        outer = _entry_at(self.wholes[name], path[:-1])
        if isinstance(outer, list) and path[-1] < len(outer):
            outer[path[-1]] = line.bound.get(target.id)
        return deepcopy(self.wholes[name])

    def _accumulate(self, statement: ast.AugAssign, line: Line) -> None:
        self._nested_calls(statement.value, line)
        more = translate(statement.value, self)
        name, path = self._path(statement.target)
        if name is None or path is None:
            self._accumulate_attribute(statement, more, line)
            return
        after = self._after(statement.target, name, line)
        value = _entry_at(after, path)
        if not isinstance(more, Expression) or not is_number(value):
            self._stop_growing(name, line)
            return
        before = _entry_of(self.meanings.get(name), path)
        entries = self.growing.setdefault(name, {})
        if path not in entries:
            starts = isinstance(before, Expression) and not (isinstance(before, Named) and self._is_zero(name, before))
            entries[path] = Growing(before if starts and isinstance(before, Expression) else None, line)
        if not entries[path].grow(statement.op, more, line):
            self._stop_growing(name, line)
            return
        self._take_reasons(name, path)
        self.meanings[name] = self._noted(name, after)

    def _is_zero(self, name: str, before: Named) -> bool:
        """Whether an entry is still the zero of `[0] * n`, of which nobody was told."""
        is_list = name in self.wholes or isinstance(self.line.read.get(name), list)
        return type(before.value) is int and before.value == 0 and is_list

    def _accumulate_attribute(self, statement: ast.AugAssign, more: Meaning | None, line: Line) -> None:
        """`self.count += step`."""
        before = translate(ast.parse(ast.unparse(statement.target), mode="eval").body, self)
        after = None
        if isinstance(before, Expression) and isinstance(more, Expression):
            after = combined(before, statement.op, more)
        self._bind_entry(statement.target, after, line)

    def _stop_growing(self, name: str, line: Line) -> None:
        """A line that adds something without a notation: what there is is written down, the rest is code."""
        self.settle(name)
        self._forget(name)
        self.meanings[name] = named(self.symbol_for(name), line.bound.get(name))
        if is_number(line.value):
            self._code(line.value, line, name)

    def _take_reasons(self, name: str, path: tuple[int, ...]) -> None:
        """The condition under which something was added belongs to the sum."""
        why = self._why(self.line)
        if why is not None:
            self.growing[name][path].reasons += why.parts if isinstance(why, All) else (why,)

    def _noted(self, name: str, bound: Any) -> Meaning | None:
        label = self.label_of(name)
        if isinstance(label, list):
            pairs = zip(label, bound if isinstance(bound, list) else [], strict=False)
            entries = [named(one, value) for one, value in pairs if isinstance(one, Symbol)]
            return Listed(tuple(entry for entry in entries if entry is not None))
        return named(label, bound)

    def _path(self, target: ast.expr) -> tuple[str | None, tuple[int, ...] | None]:
        indices: list[int] = []
        while isinstance(target, ast.Subscript):
            i = whole_number(target.slice, self)
            if i is None:
                return None, None
            indices.insert(0, i)
            target = target.value
        if isinstance(target, ast.Name) and target.id in self.rows:
            whole, row = self.rows[target.id]
            return whole, (*row, *indices)
        return (target.id if isinstance(target, ast.Name) else None), tuple(indices)

    def settle(self, name: str) -> None:
        """A sum is complete, or the largest is found: write it down under its name."""
        kept, self.reason, more, self.more_reasons = self.reason, None, self.more_reasons, []
        if name in self.candidates:
            kind, found = self.candidates.pop(name)
            meaning = self.meanings.get(name)
            expression = found[0] if len(found) == 1 else Function(kind, tuple(found))
            if isinstance(meaning, Named):
                self._step(meaning.symbol, expression, meaning.value, self.line)
        for path, growing in sorted(self.growing.pop(name, {}).items()):
            self.more_reasons = growing.reasons
            meaning = _entry_of(self.meanings.get(name), path)
            if isinstance(meaning, Named):
                expression = growing.expression()
                if not any(True for _ in leaves(expression)) and holds(expression, meaning.value):
                    expression = Number(meaning.value)
                self._step(meaning.symbol, expression, meaning.value, growing.line)
        self.reason, self.more_reasons = kept, more

    # ---- lists -------------------------------------------------------------------------------------------------------

    def _call_alone(self, node: ast.Call, line: Line) -> None:
        """`z.append(…)`, or a call for what it does."""
        function = node.func
        owner = (
            function.value.id if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) else ""
        )
        if owner in line.bound and isinstance(function, ast.Attribute) and function.attr == "append":
            self._append(owner, node.args[0], line)
        elif owner in line.bound:
            self._nested_calls(node, line)
        else:
            made = self._own_call(node, line)
            if made is None:
                self._nested_calls(node, line)
            else:
                self._descend(node, made, None)
        if owner in line.bound:
            self.meanings[owner] = self._noted(owner, line.bound.get(owner))

    def _append(self, owner: str, value: ast.expr, line: Line) -> None:
        entries = line.bound[owner]
        label = _label_element(self.label_of(owner), len(entries) - 1)
        if owner in self.labels and not self._stays_in_place(owner, len(entries) - 1):
            label = None
        made = self._own_call(value, line)
        if isinstance(value, ast.Name):
            self.settle(value.id)
        elif made is not None and isinstance(value, ast.Call):
            self._descend(value, made, label if _same(made.returned, entries[-1]) else None)
        else:
            if isinstance(value, ast.IfExp):
                value = self._taken(value, line)
            self._nested_calls(value, line)
            meaning = translate(value, self)
            if isinstance(meaning, Expression) and isinstance(label, Symbol) and is_number(entries[-1]):
                self._step(label, meaning, entries[-1], line)

    def _comprehension(self, name: str, node: ast.ListComp, line: Line) -> None:
        """[f(entry) for entry in entries]: one step, or one call, for each entry."""
        bound = line.bound.get(name)
        generator = node.generators[0]
        single = len(node.generators) == 1 and not generator.ifs and isinstance(generator.target, ast.Name)
        calls = list(line.calls)
        label = self.label_of(name)
        if single and isinstance(bound, list) and (not calls or len(calls) == len(bound)):
            assert isinstance(generator.target, ast.Name)
            variable = generator.target.id
            if isinstance(label, Symbol) and label.indices[-1:] == (variable,) and name not in self.labels:
                label = self.symbols[name] = self._own(name).without_last_index()
            kept = self.meanings.get(variable), self.whole.get(variable)
            for i in range(len(bound)):
                if not self._comprehension_variable(variable, generator.iter, i):
                    break
                one = _label_element(label, i)
                if not calls:
                    self._comprehension_entry(node.elt, one, bound[i], line)
                elif isinstance(node.elt, ast.Call) and name_of(node.elt) == calls[i].function.definition.name:
                    self._descend(node.elt, calls[i], one if _same(calls[i].returned, bound[i]) else None)
            self.meanings[variable] = kept[0]
            self.whole.pop(variable, None)
            if kept[1] is not None:
                self.whole[variable] = kept[1]
        self.meanings[name] = named(self.symbol_for(name), bound)

    def _comprehension_variable(self, variable: str, entries: ast.expr, i: int) -> bool:
        """What the variable means in round i; False where that cannot be told."""
        start = self._start_of_range(entries)
        if start is not None:
            self.whole[variable] = start + i
            self.meanings[variable] = Number(start + i)
            return True
        meaning = self._entries(entries, i)
        self.meanings[variable] = meaning
        self.whole.pop(variable, None)
        if isinstance(meaning, (Named, Number)) and type(meaning.value) is int:
            self.whole[variable] = meaning.value
        return isinstance(meaning, (Expression, Vector, Listed))

    def _start_of_range(self, node: ast.expr) -> int | None:
        if not isinstance(node, ast.Call) or self.function(node.func) is not range or len(node.args) > 2:
            return None
        return 0 if len(node.args) == 1 else whole_number(node.args[0], self)

    def _comprehension_entry(self, node: ast.expr, label: Label | None, value: Any, line: Line) -> None:
        meaning = translate(node, self)
        if isinstance(meaning, Expression) and isinstance(label, Symbol) and is_number(value):
            self._step(label, meaning, value, line)
        elif isinstance(node, ast.ListComp) and isinstance(value, list) and isinstance(label, Symbol):
            generator = node.generators[0]
            if len(node.generators) > 1 or generator.ifs or not isinstance(generator.target, ast.Name):
                return
            variable = generator.target.id
            for i, entry in enumerate(value):
                if not self._comprehension_variable(variable, generator.iter, i):
                    break
                self._comprehension_entry(node.elt, label.at(i), entry, line)
            self.meanings.pop(variable, None)
            self.whole.pop(variable, None)

    # ---- calls -------------------------------------------------------------------------------------------------------

    def _label_of_target(self, target: ast.expr, value: ast.expr, line: Line) -> Label | None:
        if isinstance(target, ast.Name):
            if self._is_state(target.id):
                return None
            label = self.label_of(target.id)
            if isinstance(label, Symbol) and label.mark == "new" and isinstance(value, ast.Call) and value.args:
                return self._renewed(label, value.args[0])
            return label
        if isinstance(target, (ast.Tuple, ast.List)):
            labels = [self._label_of_target(entry, value, line) for entry in target.elts]
            return [label for label in labels if label is not None] if None not in labels else None
        return None

    def _renewed(self, label: Symbol, old: ast.expr) -> Symbol:
        """W_new = f(layer.W, …) where layer.W is called W_out: W_out,new."""
        if not isinstance(old, ast.Attribute):
            return label
        meaning = translate(old, self)
        if not isinstance(meaning, (Named, Vector)) or meaning.symbol.bare() == label.bare():
            return label
        return _new(meaning.symbol)

    def _own_call(self, value: ast.expr, line: Line) -> Call | None:
        """The recorded call that a value consists of, as in `z = neuron_forward(…)`; calls inside it are read first."""
        if not isinstance(value, ast.Call) or not line.calls or not self._is_call_of(value, line.calls[-1]):
            return None
        inner = [node for part in ast.iter_child_nodes(value) for node in calls_inside_out(part)]
        self._read_calls(inner, line.calls[:-1])
        return line.calls[-1]

    def _is_call_of(self, node: ast.Call, made: Call) -> bool:
        """Whether a recorded call may be that of a node: the names agree, or it makes an object of the class."""
        name = made.function.definition.name
        if name == "__init__":
            kind = self.function(node.func)
            return inspect.isclass(kind) and type(made.arguments.get("self")) is kind
        return name == name_of(node) or self._is_alias_of(node.func, name)

    def _is_alias_of(self, node: ast.expr, name: str) -> bool:
        """Whether it is an attribute such as `self.value`, which holds a function under a name of its own."""
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            return False
        holder = self.recorded.arguments.get(node.value.id)
        held = inspect.getattr_static(type(holder), node.attr, None)
        return isinstance(held, staticmethod) and held.__name__ == name

    def _nested_calls(self, value: ast.expr, line: Line) -> None:
        """Calls inside a formula: their steps come first, then the formula uses what they returned."""
        self._read_calls(calls_inside_out(value), line.calls)

    def _read_calls(self, nodes: list[ast.Call], calls: list[Call]) -> None:
        waiting = list(calls)
        for node in nodes:
            if waiting and self._is_call_of(node, waiting[0]):
                made = waiting.pop(0)
                returned = self._descend(node, made, None)
                self.returns[id(node)] = (
                    returned if returned is not None and _denotes(returned, made.returned) else None
                )

    def _descend_without_names(self, made: Call) -> None:
        if made.lines and made.depth <= DEEPEST:
            meanings = {name: named(symbol_of(name), value) for name, value in made.arguments.items()}
            Frame(made, meanings, None, self.shared, outermost=False).walk()

    def _descend(self, node: ast.Call, made: Call, label: Label | None) -> Meaning | None:
        """Read a call with the names of this frame; what it returned, under the name it has outside."""
        if not made.lines or made.depth > DEEPEST:
            return None
        meanings = self._arguments(node, made)
        frame = Frame(made, meanings, label, self.shared, outermost=False)
        frame.walk()
        why = frame._why(frame.line)  # what no step of its own has said
        if why is not None and isinstance(frame.line.statement, ast.Return):
            self.more_reasons += why.parts if isinstance(why, All) else (why,)
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
            if isinstance(meaning, Vector) and isinstance(value, list):
                meaning = Vector(meaning.symbol, value) if _same(meaning.value, value) else None
            if meaning is None or not _denotes(meaning, value):
                meaning = named(symbol_of(name), value)
                self._introduce(meaning, made)
            meanings[name] = meaning
        return meanings

    def _introduce(self, meaning: Meaning | None, made: Call) -> None:
        """A parameter whose letter means something else here: the reader is told its value."""
        if isinstance(meaning, Named) and not self.shared.agree(meaning):
            self.shared.write_down(Step(meaning.symbol, Number(meaning.value), meaning.value, None, made.lines[0]))

    def _keep(self, target: ast.expr, returned: Meaning | None, line: Line) -> None:
        """Bind what a call returned; an accumulated sum that is used once more only stays a sum."""
        if isinstance(target, (ast.Tuple, ast.List)):
            for i, entry in enumerate(target.elts):
                if isinstance(entry, ast.Name):
                    self._keep_one(entry.id, element(returned, i), line)
                else:
                    self._bind(entry, None, element(returned, i), line)
        elif isinstance(target, ast.Name):
            self._keep_name(target.id, returned, line)
        else:
            self._bind_entry(target, returned, line)

    def _keep_one(self, name: str, returned: Meaning | None, line: Line) -> None:
        bound = line.bound.get(name)
        symbol = self.symbol_for(name)
        self._forget(name)
        told = self.shared.known(symbol.unicode())
        if isinstance(returned, Named) and is_number(bound) and not same_number(told, bound):
            self._step(symbol, returned, bound, line)
        self.meanings[name] = named(symbol, bound)

    def _keep_name(self, name: str, returned: Meaning | None, line: Line) -> None:
        bound = line.bound.get(name)
        symbol = self.symbol_for(name)
        self._forget(name)
        if returned is not None and not _denotes(returned, bound):
            returned = None
        if isinstance(returned, Expression) and is_number(bound):
            self.meanings[name] = Named(symbol, bound)
            if isinstance(returned, Sum) and self._is_put_in_place(name, line):
                growing = Growing(returned, line)
                growing.reasons += self.more_reasons
                self.growing[name] = {(): growing}
            else:
                self._step(symbol, returned, bound, line)
        elif isinstance(self.label_of(name), list) or (isinstance(returned, Vector) and self._is_state(name)):
            self.meanings[name] = returned
        else:
            self.meanings[name] = named(symbol, bound)

    def _is_state(self, name: str) -> bool:
        """Whether a name goes from layer to layer, as in `a = layer.forward(a)`: its values have names of their own."""
        return not self.is_outermost and name not in self.labels and name in self.fed_back

    def _is_put_in_place(self, name: str, line: Line) -> bool:
        """Whether a name is read exactly once below, by a line of plain arithmetic of the same function."""
        if self.is_outermost:  # the quantities that were asked for
            return False
        readers = [place for place in self.order.reads.get(name, []) if place > line.order]
        if len(readers) != 1:
            return False
        reader = self.recorded.lines[readers[0]]
        return not reader.calls and isinstance(reader.statement, ast.Assign)

    def _return(self, value: ast.expr, line: Line) -> None:
        self.more_reasons += self.guards
        self.guards = []
        if isinstance(value, ast.IfExp):
            value = self._taken(value, line)
        made = self._own_call(value, line)
        if made is not None and isinstance(value, ast.Call):
            self.returned = self._descend(value, made, self.label if _same(made.returned, line.value) else None)
            return
        if isinstance(value, ast.Name):
            self._return_name(value.id)
            return
        self._nested_calls(value, line)
        if isinstance(value, ast.Tuple):
            self._return_several(value, line)
            return
        meaning = translate(value, self)
        if isinstance(meaning, Expression) and isinstance(self.label, Symbol) and is_number(line.value):
            self._step(self.label, meaning, line.value, line)
            self.returned = Named(self.label, line.value)
        elif isinstance(meaning, Expression) and self.is_outermost and not isinstance(meaning, (Named, Number)):
            self._step(Symbol("result", is_word=True), meaning, line.value, line)
        else:
            self.returned = meaning

    def _return_name(self, name: str) -> None:
        growing = self.growing.get(name, {}).get(())
        if growing is not None and growing.terms and not self.is_outermost:
            expression = growing.expression()
            if self.shared.agree(expression) and self._is_known(name, expression):
                self.returned = expression if isinstance(expression, Sum) else Sum(((1, expression),))
                return
        self.settle(name)
        self.returned = self.meanings.get(name)

    def _return_several(self, value: ast.Tuple, line: Line) -> None:
        labels = self.label if isinstance(self.label, list) and len(self.label) == len(value.elts) else None
        meanings: list[Meaning | None] = []
        for i, entry in enumerate(value.elts):
            if isinstance(entry, ast.Name):
                self.settle(entry.id)
                meanings.append(self.meanings.get(entry.id))
                continue
            meaning = translate(entry, self)
            label = labels[i] if labels is not None else None
            if isinstance(meaning, Expression) and isinstance(label, Symbol) and isinstance(line.value, list):
                self._step(label, meaning, line.value[i], line)
                meaning = Named(label, line.value[i])
            meanings.append(meaning)
        if None not in meanings:
            self.returned = Listed(tuple(meaning for meaning in meanings if meaning is not None))


# ---- small questions about meanings ----------------------------------------------------------------------------------


def _same(found: Any, expected: Any) -> bool:
    """The same numbers, in lists of the same shape."""
    if isinstance(expected, (list, tuple)):
        if not isinstance(found, (list, tuple)) or len(found) != len(expected):
            return False
        return all(_same(one, other) for one, other in zip(found, expected, strict=True))
    return found is expected or same_number(found, expected)


def _new(symbol: Symbol) -> Symbol:
    """W_out,new for W_out."""
    renewed = symbol.at()
    if not renewed.mark.endswith("new"):
        renewed.mark = f"{renewed.mark},new" if renewed.mark else "new"
    return renewed


def _denotes(meaning: Meaning | None, value: Any) -> bool:
    """Whether a meaning has that value."""
    if isinstance(meaning, Vector):
        return _same(meaning.value, value)
    if isinstance(meaning, Listed):
        if not isinstance(value, (list, tuple)) or len(value) != len(meaning.entries):
            return False
        return all(_denotes(one, other) for one, other in zip(meaning.entries, value, strict=True))
    return isinstance(meaning, Expression) and is_number(value) and holds(meaning, value)


def _entry_at(value: Any, path: tuple[int, ...]) -> Any:
    for i in path:
        value = value[i] if isinstance(value, list) and -len(value) <= i < len(value) else None
    return value


def _entry_of(meaning: Meaning | None, path: tuple[int, ...]) -> Meaning | None:
    for i in path:
        meaning = element(meaning, i)
    return meaning


def entries_of(symbol: Symbol, value: Any, line: Line | None = None) -> Iterator[tuple[str, Any]]:
    """Each symbol and its number; of a list that was appended to, the last entry only."""
    if isinstance(value, (list, tuple)):
        for i, entry in enumerate(value):
            if (
                line is not None
                and isinstance(line.statement, ast.Expr)
                and i < len(value) - 1
                and symbol.indices == ()
            ):
                continue
            yield from entries_of(symbol.at(i), entry, line)
    elif is_number(value):
        yield symbol.unicode(), value


def _label_element(label: Label | None, i: int) -> Label | None:
    if isinstance(label, Symbol):
        return label.at(i)
    return label[i] if label is not None and i < len(label) else None


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
            if inside.over is not None and outside.over is not None:
                letters[inside.over.bare().unicode()] = (outside.over.bare(), False)
            inside, outside = inside.under, outside.under
        if inside.over is None and outside.over is None and not inside.indices:
            letters[inside.unicode()] = (outside, is_list)
    return letters
