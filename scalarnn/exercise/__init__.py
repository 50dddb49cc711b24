"""Your own network: an exercise file in, the whole solution out.

    kinds          what may stand after a key: numbers, lists, names; what is wrong with a value
    keys           the one table of keys, and the JSON Schema made from it
    lines          in which line of the file a value stands
    fitting        what has to fit: layers, inputs, targets, loss
    description    Exercise: the numbers, and what is to be done with them
    reading        TOML → Exercise
    writing        Exercise → TOML
    setting        an exercise with other values of some keys, as --set gives them
    networks       from and to a Network
    program        Exercise → a plain Python program that works it, every line with its formula
    working        the program run: what is shown, stepped, unrolled; and the values under their names
    pleasant       a new exercise, with pleasant numbers
    verifying      a step that other software has made: is it the step of the exercise, or what explains it?

What others build on:

    exercise = read("homework.toml")             or Exercise([{"W": …, "b": …}], x=…, y=…, loss=…)
    values(exercise)["W_new"][1][0][0]           every value by its name
    exercise.but(x=[1, 2])                       the same with other values
    WorkedExercise(exercise)                     taken wherever an example is: scalarnn.worked.by_hand, …
    program(exercise)                            its Python text
"""

from __future__ import annotations

from scalarnn.exercise.description import Exercise, ExerciseLayer
from scalarnn.exercise.keys import KEYS, LAYER_KEYS, schema
from scalarnn.exercise.kinds import ExerciseError
from scalarnn.exercise.networks import from_network, to_network
from scalarnn.exercise.pleasant import new_exercise
from scalarnn.exercise.program import program
from scalarnn.exercise.reading import read, read_text
from scalarnn.exercise.setting import with_settings
from scalarnn.exercise.verifying import Verdict, verify
from scalarnn.exercise.working import VALUES, WorkedExercise, values
from scalarnn.exercise.writing import as_toml

__all__ = [
    "KEYS",
    "LAYER_KEYS",
    "VALUES",
    "Exercise",
    "ExerciseError",
    "ExerciseLayer",
    "Verdict",
    "WorkedExercise",
    "as_toml",
    "from_network",
    "new_exercise",
    "program",
    "read",
    "read_text",
    "schema",
    "to_network",
    "values",
    "verify",
    "with_settings",
]
