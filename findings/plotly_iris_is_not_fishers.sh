#!/bin/sh
# The iris flowers that come with Plotly are not those that come with scikit-learn: two of them differ.
#
# Expected: the most printed data set of all is the same everywhere, so a loss or an accuracy can be compared.
# Happens:  the 35th and the 38th flower differ in three numbers, and become equal to the 10th. So a figure made
#           from one cannot be reproduced from the other to the last digit. R and scikit-learn (since 0.20) have Fisher's.
# Why:      Plotly ships the table of the UCI repository with its two well-known slips.
# Version:  plotly 7.1.0, scikit-learn 1.9.1, pandas 2.3.3, numpy 2.4.6
# Source:   documentation of sklearn.datasets.load_iris, "versionchanged:: 0.20", and scikit-learn's datasets/descr/iris.rst,
#           which says that UCI's copy has two wrong data points
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
    plotly==7.1.0 scikit-learn==1.9.1 pandas==2.3.3 numpy==2.4.6
"$dir/venv/bin/python" - <<'PYTHON'
import plotly.express
from sklearn.datasets import load_iris

fisher = load_iris().data.tolist()
plotly_rows = plotly.express.data.iris().iloc[:, :4].to_numpy().tolist()
differ = {
    number: (ours, theirs) for number, (ours, theirs) in enumerate(zip(fisher, plotly_rows), start=1) if ours != theirs
}
for number, (ours, theirs) in differ.items():
    print(f"flower {number}: scikit-learn {ours}, Plotly {theirs}")
assert len(fisher) == len(plotly_rows) == 150
assert differ == {
    35: ([4.9, 3.1, 1.5, 0.2], [4.9, 3.1, 1.5, 0.1]),
    38: ([4.9, 3.6, 1.4, 0.1], [4.9, 3.1, 1.5, 0.1]),
}
assert plotly_rows[34] == plotly_rows[37] == plotly_rows[9] == fisher[9]
PYTHON
