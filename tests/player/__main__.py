"""`python -m tests.player [N] [SEED]`: N random edits of numbers, each recomputed in Node and by the package."""

import random
import sys

from scalarnn import portable, scalar
from scalarnn.exercise.working import WorkedExercise
from scalarnn.player import as_data
from scalarnn.worked.homework import HomeworkError, worked_once
from tests.player.exercises import number, some_exercise
from tests.player.node import in_node, plain

AT_ONCE = 500
SCRIPT = """
answer(data.map(({ program, edits }) => {
  const one = new scalarnn.Program(program);
  return edits.map((given) => {
    Object.assign(one.given, given);
    return Object.fromEntries(Object.entries(one.values()).map(([name, value]) => [name, texts(value)]));
  });
}));
"""


def edited(chance, value):
    """One number of a list is another."""
    if not isinstance(value, list):
        return number(chance, wide=True)
    at = chance.randrange(len(value))
    return [*value[:at], edited(chance, value[at]), *value[at + 1 :]]


def edits_of(seed, n):
    """An exercise, and n times the numbers of a layer and the inputs, each edit on top of the one before."""
    chance = random.Random(seed)
    exercise = some_exercise(seed).but(steps=None)
    now, found = exercise, []
    for _ in range(n):
        layers = [dict(layer) for layer in now.given["layer"]]
        place = chance.randrange(len(layers))
        layers[place]["W"] = edited(chance, layers[place]["W"])
        now = now.but(layer=layers, **{exercise.inputs: edited(chance, getattr(now, exercise.inputs))})
        found.append(now)
    return exercise, found


def main(n, seed):
    scalar.use(portable)
    wrong = done = left = 0
    per_exercise = 20
    while done + left < n:
        pairs = [edits_of(seed + k, per_exercise) for k in range(AT_ONCE // per_exercise)]
        seed += len(pairs)
        data = [{"program": as_data(one), "edits": [as_data(edit)["given"] for edit in edits]} for one, edits in pairs]
        for (_, edits), answers in zip(pairs, in_node(SCRIPT, data), strict=True):
            for edit, got in zip(edits, answers, strict=True):
                try:
                    expected = worked_once(WorkedExercise(edit, "exercise", "float"), "float")
                except HomeworkError:  # too large for floats
                    left += 1
                    continue
                done += 1
                wrong += any(plain(got.get(name, "")) != plain(value) for name, value in expected.items())
        print(f"{done} edits, {wrong} with other bits; {left} too large for floats", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [10_000, 0][len(numbers) :])))
