"""Ways to damage the text of a saved penguin classifier; every one has to be noticed."""

import json


def changed(change):
    """The text with the parsed object changed."""

    def damage(text):
        data = json.loads(text)
        change(data)
        return json.dumps(data)

    return damage


def notes(change):
    return changed(lambda data: change(data["notes"]["classifier"]))


DAMAGE = {
    "empty": lambda text: "",  # noqa: ARG005
    "cut off": lambda text: text[: len(text) // 2],
    "no JSON": lambda text: "model " + text,
    "another format": lambda text: text.replace("scalarnn network", "other network"),
    "from the future": lambda text: text.replace('"version": 1', '"version": 2'),
    "a weight is text": changed(lambda data: data["layers"][0]["W"][0].__setitem__(0, "much")),
    "a weight is infinite": changed(lambda data: data["layers"][0]["W"][0].__setitem__(0, float("inf"))),
    "a row is too short": changed(lambda data: data["layers"][1]["W"][0].pop()),
    "no notes": changed(lambda data: data.pop("notes")),
    "notes are a list": changed(lambda data: data["notes"].__setitem__("classifier", [])),
    "no class names": notes(lambda one: one.pop("class_names")),
    "a class name too few": notes(lambda one: one["class_names"].pop()),
    "class names are a number": notes(lambda one: one.__setitem__("class_names", 3)),
    "a class name is a number": notes(lambda one: one["class_names"].__setitem__(0, 3)),
    "a class is there twice": notes(lambda one: one["class_names"].__setitem__(0, one["class_names"][1])),
    "no feature names": notes(lambda one: one.__setitem__("feature_names", [])),
    "a feature name too many": notes(lambda one: one["feature_names"].append("more")),
    "a mean is text": notes(lambda one: one["means"].__setitem__(0, "much")),
    "a mean is missing": notes(lambda one: one["means"].pop()),
    "a mean is True": notes(lambda one: one["means"].__setitem__(0, True)),
    "a deviation is 0": notes(lambda one: one["deviations"].__setitem__(0, 0)),
    "the label's name is a list": notes(lambda one: one.__setitem__("label_name", ["x"])),
}
