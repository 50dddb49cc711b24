"""Numbers and formulas as the page writes them: as Python and `scalarnn show` do."""

import random
import struct
from fractions import Fraction

import pytest

from scalarnn.digits import readable
from scalarnn.exercise import read_text, values
from scalarnn.exercise.working import WorkedExercise
from scalarnn.float32 import round_to_float32
from scalarnn.player import as_data, worked
from scalarnn.tracing import Style, solution
from scalarnn.worked.homework import HomeworkError, recorded
from tests.player.exercises import SET_BELOW, some_exercise
from tests.player.node import in_node, needs_node

pytestmark = needs_node


def some_floats(n):
    chance = random.Random(5)
    found = [0.0, -0.0, 1e16, 1e15, 123456789012345680.0, 1e-4, 9.999e-5, 5e-324, 1.7976931348623157e308, 100.0, -2.5]
    while len(found) < n:
        (number,) = struct.unpack(">d", chance.randbytes(8))
        found.append(number if abs(number) < float("inf") else chance.uniform(-1e3, 1e3))
    return found


def test_numbers_are_written_as_python_writes_them():
    numbers = some_floats(3000)
    packed = [struct.pack(">d", number).hex() for number in numbers]
    script = """
    const view = new DataView(new ArrayBuffer(8));
    const number = (hex) => { view.setBigUint64(0, BigInt("0x" + hex)); return view.getFloat64(0); };
    answer(data.map((hex) => [scalarnn.repr(number(hex)), scalarnn.readable(number(hex))]));
    """
    found = in_node(script, packed)
    assert [one for one, _ in found] == [repr(number) for number in numbers]
    assert [one for _, one in found] == [readable(number).replace("-", "−") for number in numbers]


def test_what_stands_below_in_a_comment_is_set_below():
    """As the pages of worked examples set it; a name of code stays as it is."""
    found = in_node("answer(data.map((says) => scalarnn.lineOf({ says, called: 'layer_forward' })));", ["", *SET_BELOW])
    assert found == ["layer_forward", *SET_BELOW.values()]


def test_what_is_typed_is_the_nearest_float():
    chance = random.Random(6)
    typed = [
        "0.1",
        "−2",
        "1/3",
        "-7/22",
        "1e-3",
        ".5",
        "3.",
        "0,25",
        " 2 ",
        "1.5/0.3",
        "10000000000000000001/3",
        "1e300/7",
    ]
    typed += [f"{chance.randint(-999, 999)}/{chance.randint(1, 999)}" for _ in range(200)]
    typed += [f"{chance.randint(1, 10**25)}/{chance.randint(1, 10**22)}" for _ in range(200)]
    found = in_node("answer(data.map((text) => scalarnn.repr(scalarnn.parse(text))));", typed)

    def expected(text):
        clean = text.strip().replace("−", "-").replace(",", ".")
        top, _, bottom = clean.partition("/")
        return repr(float(Fraction(top) / Fraction(bottom or "1")))

    assert found == [expected(text) for text in typed]


def test_what_is_no_number_is_refused():
    typed = ["", "abc", "1/0", "1/2/3", "0x10", "1e", "--1", "alert(1)", "1;2", "[1]", "Infinity", "1 000"]
    found = in_node("answer(data.map((text) => scalarnn.repr(scalarnn.parse(text))));", typed)
    assert [one for one in found if one not in ("nan", "inf")] == []


@pytest.mark.usefixtures("portable_functions")
def test_the_steps_are_those_of_show():
    """Every quantity that `show` has a line for, with its symbol and its number, is a step of the page."""
    for seed in (1, 4, 8, 12, 21):
        exercise = some_exercise(seed, wide=False, batch=False).but(steps=None)
        work = WorkedExercise(exercise, "exercise", "float")
        lines = [
            step.parts(Style())
            for block in solution(recorded(work, "float"))
            for step in block.steps
            if step.symbol is not None
        ]
        wanted = {(parts[0], parts[-1]) for parts in lines if "/∂" not in parts[0] or parts[0].startswith("∂L/")}
        script = """
        const program = new scalarnn.Program(data);
        const { stops } = program.record();
        answer(scalarnn.derivation(stops).map((step) => scalarnn.stepText(stops, step)));
        """
        found = {(text.split(" = ")[0], text.split(" = ")[-1]) for text in in_node(script, as_data(exercise))}
        names = {name for name, _ in found}
        assert {pair for pair in wanted if pair[0] in names} <= found
        assert len([pair for pair in wanted if pair in found]) > 0.7 * len(wanted)


def test_lists_and_rounded_numbers_are_written_out():
    """Worked examples give whole rows another name; none of their steps is too large for floats."""
    script = """
    answer(data.map((one) => {
      const { stops } = new scalarnn.Work(one).record();
      return scalarnn.derivation(stops).map((step) => scalarnn.stepText(stops, step));
    }));
    """
    examples = list(worked.EXAMPLES)
    texts = in_node(script, [worked.as_data(name) for name in examples])
    assert [text for example in texts for text in example if "∞" in text or "NaN" in text] == []
    assert "∂u/∂W = x = [1, 2]" in texts[examples.index("004-network")]
    lines = [text for text in texts[examples.index("003-neuron")] if text.startswith("z = float32(s) + b")]
    s = 4.831999999999999
    assert (
        lines[1]
        == f"z = float32(s) + b = float32({s}) + 0.988 = {round_to_float32(s)} + 0.988 = {round_to_float32(s) + 0.988}"
    )


def test_the_exercise_file_of_the_page_is_the_same_exercise():
    for seed in range(12):
        exercise = some_exercise(seed).but(steps=None)
        text = in_node("answer(scalarnn.toml(new scalarnn.Program(data)));", as_data(exercise))
        try:
            expected = values(exercise, "float")
        except HomeworkError:  # too large for floats
            continue
        assert values(read_text(text), "float") == expected


def test_a_link_carries_numbers_and_runs_nothing():
    exercise = some_exercise(3, wide=False, batch=False)
    script = """
    const program = new scalarnn.Program(data);
    const before = JSON.stringify(program.given);
    scalarnn.take(program, "#step=3&x=alert(1)&W0=[[1]]&nothing=1&y=%5B%22a%22%5D&activations=Function");
    const same = JSON.stringify(program.given) === before;
    program.given.learning_rate = 0.125;
    const link = scalarnn.changes(program).join("&");
    const other = new scalarnn.Program(data);
    const { step, refused } = scalarnn.take(other, `#step=7&${link}`);
    answer([same, step, refused, other.given.learning_rate]);
    """
    exercise = exercise.but(learning_rate=0.5)
    assert in_node(script, as_data(exercise)) == [True, 7, [], 0.125]
