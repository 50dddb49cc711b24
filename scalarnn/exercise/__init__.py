"""Your own network: an exercise file in, the whole solution out.

kinds          what may stand after a key: numbers, lists, names; what is wrong with a value
keys           the one table of keys, and the JSON Schema made from it
lines          in which line of the file a value stands
description    Exercise: the numbers, checked against each other
reading        TOML → Exercise
program        Exercise → a plain Python program that works it, every line with its formula
networks       from and to a Network
setting        other values for some keys, as --set gives them
working        the program run: what is shown, stepped, unrolled; and the values by their names

exercise = read("homework.toml")
values(exercise)["W_new"][1][0][0]
"""

from __future__ import annotations

from scalarnn.exercise.description import Exercise, ExerciseLayer
from scalarnn.exercise.keys import KEYS, LAYER_KEYS, schema
from scalarnn.exercise.kinds import ExerciseError
from scalarnn.exercise.networks import from_network, to_network
from scalarnn.exercise.program import program
from scalarnn.exercise.reading import read, read_text
from scalarnn.exercise.setting import with_settings
from scalarnn.exercise.working import WorkedExercise, values

__all__ = [
    "KEYS",
    "LAYER_KEYS",
    "Exercise",
    "ExerciseError",
    "ExerciseLayer",
    "WorkedExercise",
    "from_network",
    "program",
    "read",
    "read_text",
    "schema",
    "to_network",
    "values",
    "with_settings",
]
