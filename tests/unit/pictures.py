"""What the tests of pictures read: a figure as XML, where everything in it is drawn, and what it may not hold."""

import math
import re
from xml.etree import ElementTree

NUMBER = r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?"
ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}
COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklab|oklch|lab)a?\(|\b(?:red|blue|green|black|white(?!-)|grey|gray)\b"
)


def read(picture):
    """The figure, well-formed or not at all."""
    figure = ElementTree.fromstring(picture)
    assert figure.tag == "figure"
    return figure


def drawing(picture):
    """The `<svg>` of a figure."""
    svg = read(picture).find("svg")
    assert svg is not None
    return svg


def described(picture):
    return drawing(picture).findtext("desc")


def texts(picture):
    """The texts in a drawing, in order."""
    return ["".join(node.itertext()) for node in drawing(picture).iter("text")]


def of_kind(picture, kind):
    """The elements of a drawing that have a class."""
    return [node for node in drawing(picture).iter() if kind in node.get("class", "").split()]


def points(d):
    """Every point that a path goes through, in its own coordinates."""
    found, at, start = [], (0.0, 0.0), (0.0, 0.0)
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", d.replace("e-", "E-")):
        given = [float(number) for number in re.findall(NUMBER, numbers.replace("E", "e"))]
        count = ARGUMENTS[command.upper()]
        groups = [given[k : k + count] for k in range(0, len(given), count)] if count else [[]]
        assert groups, f"{command} without numbers in {d}"
        for group in groups:
            assert len(group) == count, (command, numbers)
            origin = at if command.islower() else (0.0, 0.0)
            kind = command.upper()
            if kind == "Z":
                at = start
                continue
            if kind == "A":  # a disc: it reaches one diameter to the right of where it starts
                found += [(at[0], at[1] - group[0]), (at[0] + 2 * group[0], at[1] + group[0])]
            x = origin[0] + group[-2] if kind in "MLA" else origin[0] + group[0] if kind == "H" else at[0]
            y = origin[1] + group[-1] if kind in "MLA" else origin[1] + group[0] if kind == "V" else at[1]
            at = (x, y)
            start = at if kind == "M" else start
            found.append(at)
    return found


def placed(picture):
    """Every point of a drawing, on its paper; and the paper's width and height."""
    svg = drawing(picture)
    width, height = [float(number) for number in svg.get("viewBox").split()[2:]]
    found = []

    def visit(node, ways):
        for name, numbers in re.findall(r"(\w+)\(([^)]*)\)", node.get("transform", "")):
            ways = [(name, [float(number) for number in numbers.split()]), *ways]
        own = []
        if node.tag == "path":
            own = points(node.get("d"))
        elif node.tag == "circle":
            x, y, r = (float(node.get(name)) for name in ("cx", "cy", "r"))
            own = [(x - r, y - r), (x + r, y + r)]
        elif node.tag == "rect":
            x, y, wide, high = (float(node.get(name)) for name in ("x", "y", "width", "height"))
            own = [(x, y), (x + wide, y + high)]
        elif node.tag == "line":
            own = [(float(node.get("x1")), float(node.get("y1"))), (float(node.get("x2")), float(node.get("y2")))]
        elif node.tag == "text":
            own = [(float(node.get("x", 0)), float(node.get("y", 0)))]
        for point in own:
            for name, numbers in ways:
                point = _moved(point, name, numbers)
            found.append(point)
        for child in node:
            visit(child, ways)

    visit(svg, [])
    return found, width, height


def outside(picture):
    """The points of a drawing that are not on its paper; a line may be half its width over the edge."""
    found, width, height = placed(picture)
    return [(x, y) for x, y in found if not (-0.6 <= x <= width + 0.6 and -0.6 <= y <= height + 0.6)]


def colours(picture):
    """The literal colours in the attributes of a figure."""
    found = []
    for node in read(picture).iter():
        for name, value in node.attrib.items():
            if name in ("fill", "stroke", "color", "style", "stop-color"):
                found += [value] if name != "style" else COLOUR.findall(value)
    return found


def _moved(point, name, numbers):
    x, y = point
    if name == "translate":
        return x + numbers[0], y + numbers[1]
    if name == "scale":
        return x * numbers[0], y * (numbers[1] if len(numbers) > 1 else numbers[0])
    assert name == "rotate"
    cos, sin = math.cos(math.radians(numbers[0])), math.sin(math.radians(numbers[0]))
    return x * cos - y * sin, x * sin + y * cos
