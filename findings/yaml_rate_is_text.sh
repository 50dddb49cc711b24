#!/bin/sh
# A learning rate of 1e-07 written by ruamel.yaml is a text when PyYAML reads it; 1.5e-07 is a number.
#
# Expected: two well-known YAML packages of one language agree on what a float in a file looks like.
# Happens:  ruamel.yaml writes 1e-07, PyYAML's safe_load gives the str '1e-07'. rate * 2 is then the text twice,
#           rate * 0.5 a TypeError. Which rates are concerned depends on their digits: 1e-07 and 1e+22, but not 1.5e-07.
# Why:      PyYAML follows YAML 1.1, whose floats need a point; ruamel.yaml follows 1.2, where 1e-07 is one. PyYAML itself
#           writes 1.0e-07.
# Version:  ruamel.yaml 0.19.1, PyYAML 6.0.4
# Source:   yaml/resolver.py, the pattern of tag:yaml.org,2002:float; YAML 1.2.2, section 10.3.2 (core schema)
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check ruamel.yaml==0.19.1 PyYAML==6.0.4
"$dir/venv/bin/python" - <<'PYTHON'
import io

import yaml
from ruamel.yaml import YAML

written = io.StringIO()
YAML().dump({"rate": 1e-07, "decay": 1.5e-07, "clip": 1e22}, written)
print(written.getvalue(), end="")
by_pyyaml = yaml.safe_load(written.getvalue())
by_ruamel = dict(YAML(typ="safe", pure=True).load(written.getvalue()))
print("PyYAML:     ", by_pyyaml)
print("ruamel.yaml:", by_ruamel)
print("PyYAML writes", yaml.safe_dump({"rate": 1e-07}), end="")
assert by_pyyaml == {"rate": "1e-07", "decay": 1.5e-07, "clip": "1e+22"}
assert by_ruamel == {"rate": 1e-07, "decay": 1.5e-07, "clip": 1e22}
PYTHON
