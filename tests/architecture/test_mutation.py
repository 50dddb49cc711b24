"""What `python -m tests.mutation` changes: one thing at a time, in bodies alone."""

from tests.mutation import mutants

SOURCE = '''"""σ."""
ONE = 1


class Neuron:
    def forward(self, W: "Matrix[m, n]", b=0):
        """−1 + 1."""
        z: "Number" = W[0][1] - b
        if z > 0 and b:
            z += f(z, 2)
        return z, b
'''


def test_one_thing_at_a_time():
    made = list(mutants(SOURCE))
    assert {(line, old, new) for _, line, old, new, _ in made} == {
        (8, "z: 'Number' = W[0][1] - b", "pass"),
        (8, "W[0][1] - b", "(W[0][1] + b)"),
        (8, "W[0][1] - b", "(b - W[0][1])"),
        (8, "W[0][1]", "(W[1][0])"),
        (8, "0", "(1)"),
        (8, "0", "(-1)"),
        (8, "1", "(2)"),
        (8, "1", "(0)"),
        (9, "z > 0 and b", "(z > 0 or b)"),
        (9, "z > 0", "(z >= 0)"),
        (9, "z > 0", "(z < 0)"),
        (9, "0", "(1)"),
        (9, "0", "(-1)"),
        (10, "z += f(z, 2)", "z -= f(z, 2)"),
        (10, "z += f(z, 2)", "z = f(z, 2)"),
        (10, "f(z, 2)", "(f(2, z))"),
        (10, "2", "(3)"),
        (10, "2", "(1)"),
        (11, "(z, b)", "((b, z))"),
    }
    assert {where for where, *_ in made} == {"Neuron.forward"}
    for *_, new, source in made:
        compile(source, "", "exec")
        assert new in source
        assert source != SOURCE
