"""A program: callable, readable line by line, and as text."""

from __future__ import annotations

from scalarnn.notebook import aligned, on_a_screen
from scalarnn.scalar import is_portable
from scalarnn.unrolled.following import follow
from scalarnn.unrolled.made import Made, collector_off
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Bound, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from scalarnn.unrolled.run import Run
    from scalarnn.unrolled.values import Origin

__all__ = ["Line", "Program"]


class Line:
    """One line of a program.

    Attributes:
        name: what it binds.
        expression: what stands on the right.
        number: its number in `program.python`.
        file: the file of the source line.
        source_line: the number of the source line.
        function: the function that the source line is in.
        variable: the name that the source line binds; None for a part of a line.
        path: the calls that led there, outermost first, as (function, line number).
        also: other places that compute the same, as (function, line number).
    """

    __slots__ = ("also", "expression", "file", "function", "name", "number", "path", "source_line", "variable")

    def __init__(self, name: str, expression: str, number: int, value: Value, origin: Origin | None) -> None:
        self.name = name
        self.expression = expression
        self.number = number
        self.path = () if origin is None else origin.path
        self.function = None if origin is None else origin.function
        self.file = "" if origin is None else origin.file
        self.source_line = 0 if origin is None else origin.line
        self.variable = value.origin.variable if value.origin is not None else None
        self.also = tuple(dict.fromkeys(one.path[-1] for one in value.more))

    def __repr__(self) -> str:
        return f"{self.name} = {self.expression}"


class Program(Made):
    """The straight lines of a function, for arguments of given shapes. Made by `unroll`.

    It gives the bits that the function gives on floats, the sign of zero too. It checks lengths, and the settings that
    it was made with; it does not look at numbers: NaN, text or True are handed on, and an index from the end is none.
    Lines that nothing needs are left out, and with them the errors that they could raise. Where a batch leaves out what
    is 0.0, a program adds it, which differs if the other factor is infinite.

    Attributes:
        name: the name of the function.
        parameters: the names of its parameters.
        kind: "float", or "any".
    """

    def __init__(self, run: Run, *, again: Callable[[str], Program], **parts: Any) -> None:
        super().__init__(run.kind, run.block, **parts)
        self.gradients: dict[Value, Any] = {}  # of a derivative: for each value of the program, what its gradient is
        self._again = again  # the same program for another kind of number
        self._texts: dict[Any, Any] = {}
        self._function: Any = None

    def __repr__(self) -> str:
        return on_a_screen(self.python().splitlines(), "print(program.python())")

    def _repr_latex_(self) -> str:
        _, *rows, _ = self.latex.splitlines()  # without the words of its own `aligned`
        return aligned((row.removesuffix(" \\\\").replace("&", "", 1) for row in rows), "print(program.latex)")

    # ---- running -----------------------------------------------------------------------------------------------------

    @property
    def run(self) -> Any:
        """The compiled function itself, a little faster than the program that calls it."""
        if self._function is None:
            compiled = self._compiled(self.text_to_run, "run")
            self._function = follow(compiled) if self.kind == "float" else compiled
        return self._function

    def __call__(self, *arguments: Any) -> Any:
        """What the function gives for these arguments.

        Raises:
            ValueError: the arguments are of other shapes than those that the program was unrolled for.
        """
        return (self._function or self.run)(*arguments)

    def _compiled(self, text: str, what: str) -> Any:
        import linecache

        file = f"<{self.name}, unrolled to {what}>"
        names: dict[str, Any] = {"_refuse": self._refuse, "__name__": "scalarnn.unrolled.programs"}
        exec(compile(text, file, "exec"), names)
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        return names[self.name]

    def _refuse(self, *arguments: Any) -> None:
        from scalarnn.unrolled.door import refuse

        refuse(self, arguments)

    # ---- texts -------------------------------------------------------------------------------------------------------

    @property
    def text_to_run(self) -> str:
        """The Python text that is run: as few lines as possible."""
        return self._text("to run")[0]

    def python(self, kind: str | None = None) -> str:
        """The program as Python, a line for each named value.

        Args:
            kind: "float", or "any" for a text that takes any kind of number; as the program was made if not given.
        """
        if kind is not None and kind != self.kind:
            return self.of_kind(kind).python()
        return self._text(self._to_read)[0]

    @property
    def javascript(self) -> str:
        """The program as JavaScript, with the exp, log … of Math, or the portable ones where those are switched on."""
        return self.to_javascript()

    def to_javascript(self, functions: str | None = None, *, portable: bool | None = None) -> str:
        """The program as JavaScript.

        Args:
            functions: JavaScript that defines the exp, expm1, log, log1p, pow, tanh to be called, "" where the page has
                it; if not given, Math's or the portable ones.
            portable: whether they are the portable ones, `scalarnn.portable.javascript`; if not given, whether those
                are switched on. Only they have a pow that gives Python's bits.
        """
        from scalarnn.unrolled.javascript_text import javascript_text

        if self.kind != "float":
            raise UnrollError("JavaScript has floats alone: write a program of kind 'float'")
        self._drop_zeros()
        return javascript_text(self, functions, is_portable() if portable is None else portable)

    @property
    def latex(self) -> str:
        """The program as LaTeX, one equation a line."""
        from scalarnn.unrolled.latex_text import latex_text

        self._drop_zeros()
        return latex_text(self)

    @property
    def svg(self) -> str:
        """The computational graph as a `<figure>`; beyond some 40 nodes, a node for each list."""
        return self.graph()

    def graph(self, *arguments: Any, of: str | None = None) -> str:
        """The computational graph, with the numbers of a run on it, and the gradients of `of`.

        Args:
            arguments: what the program is called with; none for a graph without numbers.
            of: the name of one number of the function, as for `backward`; None for no gradients.
        """
        from scalarnn.unrolled.graph import graph
        from scalarnn.unrolled.running import gradients_of_lines, values_of_lines

        self._drop_zeros()
        values = values_of_lines(self, arguments) if arguments else None
        gradients = gradients_of_lines(self, of, arguments) if arguments and of is not None else None
        return graph(self, values, gradients)

    def count(self) -> dict[str, int]:
        """How often each operation is written: {"+": …, "*": …, "<": …, "exp": …}; one in a kept loop counts once.

        Examples:
            >>> from scalarnn import neuron_forward
            >>> from scalarnn.unrolled import unroll
            >>> unroll(neuron_forward, [0.0, 0.0], [0.0, 0.0], 0.0).count()
            {'+': 3, '*': 2}
        """
        from scalarnn.unrolled.parts import Parts
        from scalarnn.unrolled.python_text import SIGNS

        self._drop_zeros()
        counts: dict[str, int] = {}
        passed_over = ("input", "item", "carried", "index", "list", "phi", "copy")
        for value in Parts(self.block, self.results).live:
            if value.op not in passed_over:
                sign = SIGNS[value.op][0] if value.op in SIGNS else value.op
                counts[sign] = counts.get(sign, 0) + 1
        order = ["+", "-", "*", "/"]
        return dict(sorted(counts.items(), key=lambda one: (order.index(one[0]) if one[0] in order else 9, one[0])))

    def worked(self, *arguments: Any) -> dict[str, Any]:
        """What each line is for these arguments: name → number; lines of a side that was not taken are left out."""
        from scalarnn.unrolled.running import values_of_lines

        names = {line.name for line in self.lines}
        return {name: value for name, value in values_of_lines(self, arguments).items() if name in names}

    def player(self, *arguments: Any) -> Any:
        """A page in which its lines are walked through, for these arguments; it shows itself in a notebook."""
        return __import__("scalarnn.player.shown", fromlist=["of_program"]).of_program(self, *arguments)

    def of_kind(self, kind: str) -> Program:
        """The same program for another kind of number: "float" or "any"."""
        if kind not in ("float", "any"):
            raise UnrollError(f"kind is {kind!r}: expected 'float' or 'any'")
        if kind not in self._texts:
            self._texts[kind] = self._again(kind)
        return self._texts[kind]  # type: ignore[no-any-return]

    def backward(self, of: str, *, by: str | Iterable[str] = ()) -> Program:
        """The derivative of one of its numbers by every input, line by line from the end: a program again.

        Args:
            of: the name of a local variable of the function that is one number, such as "L"; "result" for what it
                returns.
            by: the parameters wanted; all if not given.

        Returns:
            A program of the same arguments; it gives a dict such as {"dL_dW": …, "dL_db": …}.

        Raises:
            UnrollError: the function has no such number, or something on the way has no derivative.

        Examples:
            >>> from scalarnn import neuron_forward
            >>> from scalarnn.unrolled import unroll
            >>> unroll(neuron_forward, [0.0], [0.0], 0.0).backward("z")([2.0], [3.0], 1.0)
            {'dz_dx': [3.0], 'dz_dw': [2.0], 'dz_db': 1}
        """
        from scalarnn.unrolled.derivative import differentiated

        names = (by,) if isinstance(by, str) else tuple(by)
        unknown = [name for name in names if name not in self.parameters]
        if unknown:
            raise UnrollError(f"{self.name} has no parameter {unknown[0]}: it has {', '.join(self.parameters)}")
        self._drop_zeros()
        run, gradients, adjoints = differentiated(self, of, names)
        program = Program(
            run,
            name=f"{self.name}_backward",
            parameters=self.parameters,
            given=self.templates,
            templates=self.templates,
            checked=self.checked,
            result=gradients,
            local_names={},
            again=lambda kind: self.of_kind(kind).backward(of, by=names),
        )
        program.gradients = adjoints
        program._texts["zeros"] = True  # its lines are those of this program, whose zeros are dropped
        return program

    @property
    def lines(self) -> list[Line]:
        """The lines, each with the place in the source that it comes from."""
        if "lines" not in self._texts:
            text, places, _ = self._text(self._to_read)
            rows = text.splitlines()
            found = []
            for number, item in places:
                value = item.value if type(item) is Bound else item
                if type(value) is not Value or value.op in ("carried", "list"):
                    continue
                origin = value.origin if value is item else item.value.sides[item.at] or value.origin
                name, _, expression = rows[number - 1].strip().partition(" = ")
                found.append(Line(name, expression, number, value, origin))
            self._texts["lines"] = found
        return self._texts["lines"]  # type: ignore[no-any-return]

    @property
    def names(self) -> dict[Value, str]:
        """What each value is called in the text to read; those that stand inside others have no name."""
        return self._text(self._to_read)[2]  # type: ignore[no-any-return]

    @property
    def _to_read(self) -> str:
        return "to read, portable" if is_portable() else "to read"

    def _text(self, what: str) -> tuple[str, Any, Any]:
        if what not in self._texts:
            from scalarnn.unrolled.python_text import python_text

            with collector_off():
                self._drop_zeros()
                self._texts[what] = python_text(self, fused=what == "to run", door=what == "to run")
        return self._texts[what]  # type: ignore[no-any-return]

    def _drop_zeros(self) -> None:
        if self.kind == "float" and "zeros" not in self._texts:
            from scalarnn.unrolled.zeros import drop_zeros

            drop_zeros(self.block, self.results)
            self._texts["zeros"] = True
