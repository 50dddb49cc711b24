"""Functions drawn at random: branches in branches, loops that are left and cut short, lists with two names.

What they compute means nothing. Each turn of the language meets each other one sooner or later.
"""

import importlib.util
import random

__all__ = ["source", "function_of"]

HELPERS = '''
def positive(v):
    return v if v > 0 else -v


def helper(v, values):
    """Returns early, and changes a list of its caller."""
    if v > values[0]:
        return v
    values[1] = values[1] + v if v > 0 else values[1]
    return values[2] - v


'''
HEAD = "def drawn(xs, ys, a, b):\n    t = 0\n"
NUMBERS, LISTS = ["a", "b", "t"], ["xs", "ys"]


class _Drawer:
    """Writes one function, line by line.

    Args:
        seed: which.
        result: what it returns.
        leaves: the words that leave a loop or a round: break, continue, return.
    """

    def __init__(self, seed, result, leaves):
        self.draw = random.Random(seed)
        self.result = result
        self.leaves = leaves
        self.lines = []
        self.in_loop = False

    def number(self, depth=0):
        chance = self.draw.random()
        if depth > 2 or chance < 0.25:
            return self.draw.choice(NUMBERS)
        if chance < 0.4:
            return f"{self.draw.choice(LISTS)}[{self.draw.choice(['0', '1', '2', '-1'] + ['i'] * self.in_loop)}]"
        if chance < 0.5:
            return repr(self.draw.choice([0, 1, 2, -1, 0.5]))
        if chance < 0.55:
            return f"positive({self.number(depth + 1)})"
        if chance < 0.6:
            return f"({self.number(depth + 1)} if {self.condition(depth + 1)} else {self.number(depth + 1)})"
        if chance < 0.64:
            return f"helper({self.number(depth + 1)}, {self.draw.choice(LISTS)})"
        return f"({self.number(depth + 1)} {self.draw.choice('+-*')} {self.number(depth + 1)})"

    def condition(self, depth=0):
        chance = self.draw.random()
        if chance < 0.2 and depth < 2:
            return f"({self.condition(depth + 1)} {self.draw.choice(['and', 'or'])} {self.condition(depth + 1)})"
        if chance < 0.25 and depth < 2:
            return f"not {self.condition(depth + 1)}"
        if chance < 0.3:
            return f"{self.number(2)} < {self.number(2)} <= {self.number(2)}"
        return f"{self.number(1)} {self.draw.choice(['<', '>', '<=', '>=', '==', '!='])} {self.number(1)}"

    def block(self, indent, depth, in_loop):
        for _ in range(self.draw.randint(1, 3)):
            self.in_loop = in_loop
            if self.statement("    " * indent, indent, depth, in_loop):
                return

    def statement(self, space, indent, depth, in_loop):
        """One statement; True if nothing comes after it."""
        chance, choose = self.draw.random(), self.draw.choice
        if chance < 0.25:
            self.lines.append(f"{space}{choose(NUMBERS)} = {self.number()}")
        elif chance < 0.35:
            self.lines.append(f"{space}{choose(NUMBERS)} {choose(['+=', '-=', '*='])} {self.number()}")
        elif chance < 0.47:
            at = choose(["0", "1", "2"] + ["i"] * in_loop)
            self.lines.append(f"{space}{choose(LISTS)}[{at}] {choose(['=', '+='])} {self.number()}")
        elif chance < 0.5:
            self.lines.append(f"{space}{choose(LISTS)} = [{self.number()}, {self.number()}, {self.number()}]")
        elif chance < 0.52:
            self.lines.append(f"{space}{choose(LISTS)} = {choose(LISTS)}")
        elif chance < 0.57:
            self.lines.append(f"{space}{choose(LISTS)} = [v * 2 for v in {choose(LISTS)}]")
        elif chance < 0.82 and depth < 3:
            self.lines.append(f"{space}if {self.condition()}:")
            self.block(indent + 1, depth + 1, in_loop)
            if self.draw.random() < 0.5:
                self.lines.append(f"{space}else:")
                self.block(indent + 1, depth + 1, in_loop)
        elif chance < 0.92 and depth < 2:
            self.lines.append(f"{space}for i in range({choose([1, 2, 3])}):")
            self.block(indent + 1, depth + 1, True)
            if self.draw.random() < 0.2 and "break" in self.leaves:
                self.lines.append(f"{space}else:")
                self.block(indent + 1, depth + 1, in_loop)
        elif in_loop and chance < 0.96:
            self.lines.append(space + choose([word for word in self.leaves if word != "return"]))
            return True
        elif chance < 0.975 and "return" in self.leaves:
            self.lines.append(f"{space}return {self.result}")
            return True
        else:
            self.lines.append(f"{space}t = t + 1")
        return False


def source(seed, result="xs, ys, a, b, t", leaves=("break", "continue", "return")):
    """The text of a function `drawn(xs, ys, a, b)` of two lists of three numbers and two numbers."""
    drawer = _Drawer(seed, result, leaves)
    for _ in range(3):
        drawer.block(1, 0, False)
    return "\n".join([HELPERS.strip("\n"), "\n", HEAD + "\n".join(drawer.lines), f"    return {result}", ""])


def function_of(text, folder, name):
    """The function, in a file of its own, where its source can be read."""
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    specification = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module.drawn
