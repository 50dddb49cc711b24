"""Can they fail? One sign, number, comparison, order or line of the mathematics is changed at a time; who notices?

    python -m tests.mutation losses labels network learning.adam

Each change is made in the body of one function, in a process of its own. First the theorems about functions of that
file are proved with it, alone; then its tests run, and those of `tests/unit` after them. A change that is not noticed
is printed with its line. It is run by hand: minutes a file.
"""

import argparse
import ast
import importlib
import inspect
import linecache
import os
import resource
from pathlib import Path

from scalarnn.doors.later import write_now
from scalarnn.doors.straight import straight_lines
from scalarnn.learning.carrying import for_every_number

SECONDS = 120  # of a processor, for a change: beyond, it has been noticed
BYTES = 4 << 30

PAIRS = [
    *((ast.Add, ast.Sub), (ast.Mult, ast.Div), (ast.And, ast.Or), (ast.USub, ast.UAdd)),
    *((ast.Eq, ast.NotEq), (ast.Is, ast.IsNot), (ast.In, ast.NotIn), (ast.Lt, ast.LtE), (ast.Gt, ast.GtE)),
]
OTHER = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
OTHER |= dict.fromkeys((ast.Pow, ast.FloorDiv, ast.Mod), ast.Mult)
OPPOSITE = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}


def mutants(source):
    """Each change: (function or method, line, what was there, what is there now, the whole source with it)."""
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    for where, function in functions(ast.parse(source).body):
        for node in inside(function):
            old = ast.unparse(node)
            for new in changes(node):
                new = ast.unparse(new)
                if isinstance(node, ast.expr):
                    new = f"({new})"
                first = starts[node.lineno - 1] + node.col_offset
                last = starts[node.end_lineno - 1] + node.end_col_offset
                text = b"".join(lines)
                yield where, node.lineno, old, new, (text[:first] + new.encode() + text[last:]).decode()


def functions(body, before=""):
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from functions(node.body, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef) and node.name != "__repr__":
            yield before + node.name, node


def inside(function):
    """The statements and expressions of a body, its docstring and annotations aside."""
    left = function.body[ast.get_docstring(function) is not None :][::-1]
    while left:
        node = left.pop()
        yield node
        left += [child for name, child in children(node) if name != "annotation"][::-1]


def children(node):
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, (ast.stmt, ast.expr)) and not isinstance(child, ast.JoinedStr):
                yield name, child


def changes(node):
    """What could stand there instead."""
    match node:
        case ast.BinOp(left, op, right):
            yield ast.BinOp(left, OTHER[type(op)](), right)
            if isinstance(op, (ast.Sub, ast.Div, ast.Pow)):
                yield ast.BinOp(right, op, left)
        case ast.AugAssign(target, op, value):
            yield ast.AugAssign(target, OTHER[type(op)](), value)
            yield ast.Assign([target], value, lineno=0)
        case ast.Compare(left, [op], [right]):
            yield ast.Compare(left, [OTHER[type(op)]()], [right])
            if type(op) in OPPOSITE:
                yield ast.Compare(left, [OPPOSITE[type(op)]()], [right])
        case ast.BoolOp(op, values):
            yield ast.BoolOp(OTHER[type(op)](), values)
        case ast.UnaryOp(_, operand):
            yield operand
        case ast.Constant(int(number)) if not isinstance(number, bool):
            yield ast.Constant(number + 1)
            yield ast.Constant(number - 1)
        case ast.Constant(bool(flag)):
            yield ast.Constant(not flag)
        case ast.Call(function, [first, second, *rest], keywords):
            yield ast.Call(function, [second, first, *rest], keywords)
        case ast.Subscript(ast.Subscript(value, j), i, context):
            yield ast.Subscript(ast.Subscript(value, i, context), j, context)
        case ast.Tuple([first, second, *rest], ast.Load() as context):
            yield ast.Tuple([second, first, *rest], context)
        case ast.Assign() | ast.AnnAssign() | ast.Expr() | ast.Continue() | ast.Break():
            yield ast.Pass()


# ---- who notices -----------------------------------------------------------------------------------------------------


def proofs_notice(name, where):
    """Whether a theorem about the file no longer holds, or its proof comes to no end; those of the function first."""
    about = [one for one in theorems() if any(f"scalarnn.{name}" == thing.__module__ for thing in one.about)]
    about.sort(key=lambda one: all(thing.__name__ not in where.split(".") for thing in one.about))
    return not all(theorem.prove().holds for theorem in about)


def theorems():
    return importlib.import_module("scalarnn.proofs.catalogue").THEOREMS


def tests_notice(name, _):
    quiet = ["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    own = Path(f"tests/unit/{tests_of(name)}.py")
    return any(importlib.import_module("pytest").main([*quiet, str(path)]) for path in (own, own.parent))


def tests_of(name):
    own = f"test_{name.rpartition('.')[2]}"
    return own if Path(f"tests/unit/{own}.py").exists() else "test_optimizers"


def put_in(name, where, source):
    """The changed function gets its code; who reads the source, such as the unroller, reads the change."""
    module = importlib.import_module(f"scalarnn.{name}")
    file = module.__file__
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    thing = module
    for part in where.split("."):
        thing = vars(thing)[part]
    function = inspect.unwrap(getattr(thing, "__func__", thing))
    steps = [one for one in vars(module).values() if is_carried(one, function)]
    code = code_of(compile(source, file, "exec", dont_inherit=True), where)
    function.__code__ = code.replace(
        co_freevars=function.__code__.co_freevars
    )  # a super() that is gone leaves its cell
    for step in steps:
        step.__code__ = write_now(for_every_number(function, step.__name__)).__code__
    straight_lines(True)  # as if none had been unrolled before


def is_carried(thing, rule):
    """Whether a function is the loop that carries a rule over lists: the lines of the rule are part of it."""
    code, own = getattr(thing, "__code__", None), rule.__code__
    is_there = code is not None and (code.co_filename, code.co_firstlineno) == (own.co_filename, own.co_firstlineno)
    return is_there and thing is not rule


def code_of(code, where):
    for part in code.co_consts:
        if hasattr(part, "co_qualname"):
            found = part if part.co_qualname == where else code_of(part, where)
            if found:
                return found
    return None


def is_noticed(notice, *changed):
    """The answer of a process of its own; one that is ended by the system has noticed too."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        os._exit(bool(notice(*changed)))
    except BaseException:  # noqa: BLE001  whatever it is, it has been noticed
        os._exit(1)


def start(name, where, source):
    """A process that ends with 1 if the proofs notice the change, plus 2 if the tests do."""
    child = os.fork()
    if child:
        return child
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    noticed = 4
    try:
        if where:
            put_in(name, where, source)
        noticed = is_noticed(proofs_notice, name, where) + 2 * is_noticed(tests_notice, name, where)
    finally:
        os._exit(noticed)


def examine(name, jobs):
    """Who notices each change: (function, line, what was there, what is there now, do proofs, do tests)."""
    source = Path("scalarnn", *name.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    waiting, at_work, done = [("", 0, "", "", source), *mutants(source)], {}, []
    while waiting or at_work:
        if waiting and len(at_work) < jobs:
            *what, changed = waiting.pop(0)
            at_work[start(name, what[0], changed)] = what
            continue
        child, status = os.wait()
        noticed = os.waitstatus_to_exitcode(status)
        if noticed not in range(4):
            raise SystemExit(f"{name}: a change could not be made: {at_work[child]}")
        done.append((*at_work.pop(child), bool(noticed & 1), bool(noticed & 2)))
    done.sort(key=lambda change: change[1])
    if any(done[0][-2:]):
        raise SystemExit(f"{name}: the file as it stands is noticed: do its proofs and tests hold?")
    return done[1:]


def main():
    """Print a line a file, and under it what was not noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+", metavar="NAME", help="a module, such as losses or learning.adam")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many changes at a time")
    options = parser.parse_args()
    os.chdir(Path(__file__).resolve().parents[1])
    for module in ("numpy", "hypothesis", "pytest", "scalarnn.proofs.catalogue"):
        importlib.import_module(module)  # once, for all processes that follow
    for name in options.names:
        done = examine(name, options.jobs)
        by_proofs, by_tests = sum(change[-2] for change in done), sum(change[-1] for change in done)
        print(f"{name}: {len(done)} changes; proofs alone notice {by_proofs}, tests {by_tests}", flush=True)
        for where, line, old, new, proved, tested in done:
            if not (proved and tested):
                by = "no proof" if tested else "no test" if proved else "nobody"
                print(f"    {by}, {where}, line {line}: {old}  →  {new}", flush=True)


if __name__ == "__main__":
    main()
