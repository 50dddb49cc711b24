#!/bin/sh
# scikit-learn's svmlight reader moves the columns of a file that scikit-learn has just written.
#
# Expected: dump_svmlight_file, then load_svmlight_file with the number of features, gives the same matrix.
# Happens:  if the first column is 0 in every row of the file (a pixel in the corner, a class that is absent in a small test
#           set), all columns move one to the left and a column of zeros stands at the end. The shape is right, so a network
#           trained on another file of the same data set accepts it, and sees every input at the wrong weight.
# Why:      the writer counts from 0 unless told otherwise, the format does not say, zeros are not written, and the reader's
#           zero_based="auto" takes a file without an index 0 as counting from 1. zero_based=True on reading is right.
# Version:  scikit-learn 1.9.1, numpy 2.4.6
# Source:   the documentation of sklearn.datasets.load_svmlight_file, zero_based, and of dump_svmlight_file, zero_based=True
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
"$dir/venv/bin/python" - <<'PYTHON'
import io

from sklearn.datasets import dump_svmlight_file, load_svmlight_file


def there_and_back(rows, **options):
    file = io.BytesIO()
    dump_svmlight_file(rows, [0] * len(rows), file)
    file.seek(0)
    return load_svmlight_file(file, n_features=3, **options)[0].toarray().tolist()


for rows in ([[1, 2, 3], [0, 5, 6]], [[0, 2, 3], [0, 5, 6]]):
    print(rows, "->", there_and_back(rows), "  zero_based=True:", there_and_back(rows, zero_based=True))
    assert there_and_back(rows, zero_based=True) == rows
assert there_and_back([[1, 2, 3], [0, 5, 6]]) == [[1, 2, 3], [0, 5, 6]]
assert there_and_back([[0, 2, 3], [0, 5, 6]]) == [[2, 3, 0], [5, 6, 0]]
PYTHON
