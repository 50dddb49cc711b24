#!/bin/sh
# mutmut says that every mutant was killed, and has made none in a decorated function.
#
# Expected: a function with a decorator is mutated like any other, or listed as left out. Its test below asserts nothing,
#           so its mutants should survive.
# Happens:  functions with any decorator (functools.cache, contextmanager, one of your own) and properties get no mutant;
#           2 of 2 killed, exit status 0, and nothing says so. @staticmethod and @classmethod, written just so, are mutated.
#           The same lines without "@functools.cache" have two mutants, and both survive.
# Why:      decorated definitions are passed over while mutants are made, since a decorator may be run at definition.
# Version:  mutmut 3.8.1
# Source:   mutmut/mutation/file_mutation.py, the comment "ignore decorated functions" and the test below it
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check mutmut==3.8.1 pytest==9.2.0
for kind in decorated bare; do
    mkdir -p "$dir/$kind/house" "$dir/$kind/tests"
    cd "$dir/$kind"
    printf '[tool.mutmut]\nsource_paths = ["house/"]\n' > pyproject.toml
    : > house/__init__.py
    cat > house/unit.py <<'PYTHON'
import functools


def plain(x, w):
    return x * w


class Unit:
    @staticmethod
    def static(x, w):
        return x * w


@functools.cache
def decorated(x, w, b):
    return x * w + b
PYTHON
    if [ "$kind" = bare ]; then sed -i.bak '/^@functools/d' house/unit.py && rm house/unit.py.bak; fi
    cat > tests/test_unit.py <<'PYTHON'
from house.unit import Unit, decorated, plain


def test_unit():
    assert plain(2, 3) == 6
    assert Unit.static(2, 3) == 6
    decorated(2, 3, 4)
PYTHON
    "$dir/venv/bin/mutmut" run > run.txt 2>&1 || { cat run.txt; exit 1; }
    "$dir/venv/bin/mutmut" results --all true 2> /dev/null | sed 's/^ *//' | grep mutmut_ > results.txt
    echo "$kind:"
    cat results.txt
done
[ "$(grep -c . "$dir/decorated/results.txt")" = 2 ]
[ "$(grep -c killed "$dir/decorated/results.txt")" = 2 ]
[ "$(grep -c survived "$dir/bare/results.txt")" = 2 ]
