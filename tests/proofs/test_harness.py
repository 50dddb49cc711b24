"""The harness itself: it notices what would make a proof empty, a branch missed, a symbol of an unknown kind."""

import sys

import pytest
import sympy

from scalarnn import Layer, Momentum, Network, ReLU, Sigmoid, check, relu, relu_derivative, sigmoid, softmax
from scalarnn.doors.kinds import not_below_zero
from scalarnn.learning import carrying
from scalarnn.learning.momentum import momentum_rule, momentum_step
from scalarnn.learning.optimizer import Optimizer
from scalarnn.proofs import catalogue, derivations, formulas, symbols
from scalarnn.proofs.branches import UndecidedError, every_branch, open_branches
from scalarnn.proofs.derivation import Derivation, Step
from scalarnn.proofs.exact import Exp, Log, Root, equal, exponents
from scalarnn.proofs.theorem import (
    Claim,
    Side,
    VacuousError,
    Wrong,
    claim,
    claim_not_above,
    derivative,
    shipped,
    stated,
    theorem,
    variant,
)
from scalarnn.proofs.watch import Line, MissingVariableError, captured, codes_of, functions_run
from scalarnn.scalar import exp, is_symbolic, log, sqrt

x, y, z = symbols.number("x"), symbols.number("y"), symbols.number("z")

SIGN = Wrong("a sign", "a = z", "a = -z")


def make(procedure, about=(relu,), refuted=(SIGN,)):
    return theorem(id="t", statement="", latex="", about=about, refuted=refuted)(procedure)


# ---- a proof that could not fail -------------------------------------------------------------------------------------


def test_a_theorem_without_an_error_to_refute_does_not_exist():
    with pytest.raises(VacuousError, match="no error is refuted"):
        theorem(id="t", statement="", latex="", about=[relu], refuted=[])


def test_a_theorem_that_claims_nothing_does_not_hold():
    with pytest.raises(VacuousError, match="nothing was claimed"):
        make(lambda _: iter(())).prove()


def test_a_thing_cannot_be_compared_with_itself():
    def itself(implementation):
        for branch in every_branch(lambda: shipped(implementation, z)):
            yield claim("a", branch.value, branch.value, on=branch)

    with pytest.raises(VacuousError, match="the right side ran the function under test"):
        make(itself).prove()


def test_nor_with_the_shipped_function_while_a_wrong_one_is_under_test():
    def with_the_original(implementation):
        for branch in every_branch(lambda: (shipped(implementation, z), shipped(relu, z))):
            yield claim("a", *branch.value, on=branch)

    with pytest.raises(VacuousError, match="the right side ran the function under test"):
        make(with_the_original).refute("a sign")


def test_the_left_side_has_to_run_the_function_under_test():
    with pytest.raises(VacuousError, match="the left side did not run the function under test"):
        make(lambda _: [claim("a", stated(lambda: z), stated(lambda: z))]).prove()


def test_a_deliberate_error_has_to_change_exactly_one_place():
    with pytest.raises(VacuousError, match="0 times"):
        variant(relu, "a = 2", "a = 3")
    with pytest.raises(VacuousError, match="2 times"):
        variant(relu, "a = ", "b = ")


def test_a_formula_in_a_docstring_is_no_place_for_an_error():
    with pytest.raises(VacuousError, match="0 times"):
        variant(relu, "max(0, z)", "min(0, z)")


def test_an_error_in_another_module_reaches_what_imports_from_there():
    wrong = variant(Momentum, '"t", self.t + 1', '"t", self.t + 2', inside=Optimizer)
    network = Network([Layer([[2.0]], [0.0])])
    network.forward([1.0])
    network.backward([1.0])
    optimizer = wrong(0.5)
    optimizer.step(network)
    assert optimizer.t == 2
    assert sys.modules["scalarnn.learning.optimizer"].Optimizer is Optimizer
    assert Momentum.__mro__[1] is Optimizer


def test_after_an_error_that_does_not_even_run_modules_are_what_they_were():
    with pytest.raises(NameError):
        variant(Momentum, "letters: tuple[str, ...] = ()", "letters = nonsense", inside=Optimizer)
    assert sys.modules["scalarnn.learning.optimizer"].Optimizer is Optimizer


def test_an_error_in_a_rule_is_one_in_its_step():
    right, wrong = momentum_step, variant(momentum_step, "beta * v", "beta + v")
    assert right([1.0], [0.0], [2.0], 0.5, 0.5) == ([0.5], [1.0])
    assert wrong([1.0], [0.0], [2.0], 0.5, 0.5) == ([-0.25], [2.5])


def test_an_error_in_what_carries_rules_meets_lines_put_into_its_loop():
    wrong = variant(momentum_step, "all_{result}.append(", "all_{result}.insert(0, ", inside=carrying)
    with functions_run() as ran:
        assert wrong([1.0, 2.0], [0.0, 0.0], [0.0, 0.0], 0.5, 0.5) == ([2.0, 1.0], [0.0, 0.0])
    assert not ran & codes_of(momentum_rule)


def test_nor_is_the_docstring_of_a_module_a_place_for_an_error():
    with pytest.raises(VacuousError, match="0 times"):
        variant(momentum_step, "at the price of calls", "", inside=carrying)


def test_a_door_alone_is_no_proof_that_the_mathematics_ran():
    def refused():
        with pytest.raises(TypeError):
            relu("2")

    with pytest.raises(VacuousError, match="the left side did not run the function under test"):
        make(lambda _: [claim("a", shipped(refused), stated(lambda: None))]).prove()


def test_through_a_door_the_function_behind_it_runs():
    def through_the_door(_):
        for branch in every_branch(lambda: (shipped(relu, z), stated(lambda: relu_derivative(z) * z))):
            yield claim("a", *branch.value, on=branch)

    one = make(through_the_door)
    assert one.about == (relu.__wrapped__,)
    assert one.prove().holds


def test_the_doors_of_two_classes_are_not_taken_for_one_another():
    with functions_run() as ran:
        ReLU().forward([1.0])
    assert ran & codes_of(ReLU)
    assert not ran & codes_of(Sigmoid)
    assert ReLU.forward.__code__ in ran
    assert not codes_of(ReLU) & {ReLU.forward.__code__}


def test_an_inequality_needs_a_branch():
    with pytest.raises(VacuousError):
        Claim("c", stated(lambda: x), stated(lambda: x), relation="≤").failures()


def test_shapes_that_differ_are_a_failure():
    assert claim("c", stated(lambda: [x, y]), stated(lambda: [[x], [y]])).failures()
    assert claim("c", stated(lambda: [x, y]), stated(lambda: [x])).failures()


def test_a_failure_names_the_entry():
    (failure,) = claim("c", stated(lambda: [x, y]), stated(lambda: [x, 2 * y])).failures()
    assert "c[1]" in failure


@pytest.mark.parametrize("one", catalogue.THEOREMS, ids=lambda one: one.id)
def test_what_a_page_needs_is_there(one):
    assert one.statement
    assert one.latex
    assert one.about
    assert one.refuted
    assert all(callable(thing) for thing in one.about)
    assert len({wrong.name for wrong in one.refuted}) == len(one.refuted)


def test_ids_are_unique():
    ids = [one.id for one in catalogue.THEOREMS]
    assert len(set(ids)) == len(ids)
    assert catalogue.find(ids[0]) is catalogue.THEOREMS[0]
    with pytest.raises(KeyError):
        catalogue.find("nonsense")


# ---- branches --------------------------------------------------------------------------------------------------------


def test_every_branch_is_taken():
    branches = list(every_branch(lambda: relu(z)))
    assert [branch.value for branch in branches] == [z, 0]
    assert [str(branch) for branch in branches] == ["z > 0", "-z ≥ 0"]


def test_a_branch_missed_is_noticed():
    wrong_below = variant(relu, "a = 0", "a = -z")  # right where z > 0
    (failure,) = [
        failure
        for branch in every_branch(lambda: (shipped(wrong_below, z), stated(lambda: z if branch_is_open() else 0)))
        for failure in claim("a", *branch.value, on=branch).failures()
    ]
    assert "-z ≥ 0" in failure


def branch_is_open():
    return relu_derivative(z) == 1


def test_the_same_question_gets_the_same_answer():
    values = [branch.value for branch in every_branch(lambda: (relu(z), relu_derivative(z), relu_derivative(2 * z)))]
    assert values == [(z, 1, 1), (0, 0, 0)]


def test_answers_that_contradict_each_other_are_not_given():
    def order():
        return variant_of_comparison(x, y), variant_of_comparison(y, z), variant_of_comparison(x, z)

    values = {branch.value for branch in every_branch(order)}
    assert (True, True, False) not in values  # x > y > z ≥ x
    assert (False, False, True) not in values
    assert len(values) == 6


def variant_of_comparison(a, b):
    return relu_derivative(a - b) == 1


def test_an_exponential_is_positive_and_a_root_not_negative():
    assert [branch.value for branch in every_branch(lambda: relu_derivative(Exp(z)))] == [1]
    assert [branch.value for branch in every_branch(lambda: relu_derivative(-Root(z)))] == [0]


def test_kinks_are_no_open_branches():
    def both():
        return relu_derivative(z), relu_derivative(-z)

    assert [branch.value for branch in every_branch(both)] == [(1, 0), (0, 1), (0, 0)]
    assert [branch.value for branch in open_branches(both)] == [(1, 0), (0, 1)]


def test_softmax_of_three_has_four_branches_and_of_five_sixteen():
    assert len(list(every_branch(lambda: softmax(symbols.vector("z", 3))))) == 4
    assert len(list(every_branch(lambda: softmax(symbols.vector("z", 5))))) == 16


def test_a_check_never_becomes_a_branch(monkeypatch):
    monkeypatch.setattr(check, "is_symbolic", lambda _: False)
    with pytest.raises(UndecidedError, match="a check compared symbols"):
        list(every_branch(lambda: check.learning_rate(z)))


def test_nor_does_what_a_door_asks():
    with pytest.raises(UndecidedError, match="a check compared symbols"):
        list(every_branch(lambda: not_below_zero([z])))


def test_outside_a_run_symbols_have_no_truth():
    list(every_branch(lambda: relu(z)))
    with pytest.raises(TypeError):
        bool(z > 0)


def test_after_an_exception_too():
    with pytest.raises(ZeroDivisionError):
        list(every_branch(lambda: relu(z) / 0))
    with pytest.raises(TypeError):
        bool(z > 0)


def test_an_inequality_follows_from_a_branch_or_does_not():
    def larger():
        return relu(x - y), stated(lambda: [x - y, y - x])

    first, second = every_branch(larger)
    assert first.implies(x - y)
    assert not first.implies(y - x)
    assert second.implies(y - x)
    side = Side(y - x, frozenset())
    assert not claim_not_above("y − x", side, stated(lambda: 0), on=first).failures()
    assert claim_not_above("y − x", side, stated(lambda: 0), on=second).failures()


# ---- exact comparison ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Exp(x + y), Exp(x) * Exp(y)),
        (Exp(-x), 1 / Exp(x)),
        (Exp(2 * x), Exp(x) ** 2),
        (Exp(x / 2) ** 2, Exp(x)),
        (Exp(x - y) / (1 + Exp(x - y)), Exp(x) / (Exp(x) + Exp(y))),
        (Log(Exp(x)), x),
        (Log(x * y), Log(x) + Log(y)),
        (Log(Exp(x) + Exp(y)), x + Log(1 + Exp(y - x))),
        (Log(x / 2), Log(x) - Log(2)),
        (Exp(3 * Log(x)), x**3),
        (Root(x) ** 2, x),
        (Root(x) ** 3 / Root(x), x),
        (1 / (1 + Root(x)), (1 - Root(x)) / (1 - x)),
        ((x + y) ** 2, x**2 + 2 * x * y + y**2),
        (sympy.Float(0.5) * x, x / 2),
        (Exp(Exp(x) + y), Exp(Exp(x)) * Exp(y)),
        (Exp(0), 1),
        (Log(1), 0),
        (Root(1), 1),
    ],
)
def test_equal(left, right):
    assert equal(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Exp(x + y), Exp(x) + Exp(y)),
        (Exp(x), Exp(y)),
        (Exp(x), Exp(2 * x)),
        (Log(x + y), Log(x) + Log(y)),
        (Log(x), Log(2 * x)),
        (Log(x), Log(-x)),
        (Log(Exp(x) + Exp(y)), Log(-Exp(x) - Exp(y))),
        (Root(x), x),
        (Root(x), -Root(x)),
        (sympy.Float(0.1) * x, x / 10),  # a binary float is not a tenth
        (x, -x),
        (x, 1),
    ],
)
def test_not_equal(left, right):
    assert not equal(left, right)


def test_equal_given_an_equation():
    assert equal(x + y, 1, {y: 1 - x})
    assert not equal(x + y, 1)


def test_derivatives_of_the_three_functions():
    assert equal(sympy.diff(Exp(x * y), x), y * Exp(x * y))
    assert equal(sympy.diff(Log(x * y), x), 1 / x)
    assert equal(sympy.diff(Root(x), x), 1 / (2 * Root(x)))


def test_the_three_functions_are_what_shipped_code_calls():
    assert exp(x) == Exp(x)
    assert log(x) == Log(x)
    assert sqrt(x) == Root(x)
    assert is_symbolic(x)


def test_exponents_are_collected_while_asked_for():
    with exponents() as seen:
        exp(x)
        with exponents() as inner:
            exp(y)
    exp(z)
    assert seen == [x, y]
    assert inner == [y]


def test_a_symbol_of_an_unknown_kind_is_noticed():
    class Unknown:
        def __truediv__(self, other):
            return self

        def __ge__(self, other):
            return True

        def __neg__(self):
            return self

        def __sub__(self, other):
            return 0

    with pytest.raises(TypeError, match="no exp is known for Unknown"):
        sigmoid(Unknown())


def test_a_loss_of_which_nothing_is_known():
    L, dL_dz = symbols.any_loss([x * y, x + y])
    assert equal(sympy.diff(L, x), dL_dz[0] * y + dL_dz[1])
    other, _ = symbols.any_loss([x * y, x + y])
    assert other != L


def test_derivatives_take_the_shape_of_the_symbols():
    side = stated(lambda: [x * y, x])
    assert derivative(side, x).value == [y, 1]
    assert derivative(side, [x, y]).value == [[y, x], [1, 0]]


# ---- general formulas ------------------------------------------------------------------------------------------------


def test_a_bound_index_is_never_differentiated_by():
    j = formulas.fresh()
    v = formulas.vector("v")
    with pytest.raises(ValueError, match="take a fresh one"):
        formulas.partial(formulas.total(v[j], j), v[j])


def test_sums_are_compared_whatever_their_index_is_called():
    i, j, k = formulas.index("i"), formulas.fresh(), formulas.fresh()
    v, w = formulas.vector("v"), formulas.vector("w")
    assert formulas.same(formulas.total(2 * v[j], j), 2 * formulas.total(v[k], k))
    assert formulas.same(formulas.total(1 + v[j], j), formulas.N + formulas.total(v[k], k))
    assert not formulas.same(formulas.total(v[j], j), formulas.total(w[k], k))
    assert not formulas.same(formulas.total(v[j] ** 2, j), formulas.total(v[k], k) ** 2)
    assert formulas.same(formulas.partial(formulas.total(v[j] ** 2, j), v[i]), 2 * v[i])


# ---- watching lines --------------------------------------------------------------------------------------------------


def test_a_line_is_watched_at_every_place():
    (values,) = captured(lambda: softmax([0.0, 0.0]), [Line(softmax, "y_hat_k", ("k",))])
    assert values == {(0,): 0.5, (1,): 0.5}
    (last,) = captured(lambda: softmax([0.0, 0.0]), [Line(softmax, "S")])
    assert last == {(): 2.0}


def test_the_lines_of_a_step_are_those_of_its_rule():
    (values,) = captured(
        lambda: momentum_step([1.0, 2.0], [0.0, 3.0], [4.0, 4.0], 0.5, 0.5), [Line(momentum_step, "v_new")]
    )
    assert values == {(): 5.0}


def test_a_line_stands_behind_the_door():
    assert Line(softmax, "S") == Line(softmax.__wrapped__, "S")
    (values,) = captured(lambda: ReLU().forward([3.0]), [Line(ReLU.forward, "a_j", ("j",))])
    assert values == {(0,): 3.0}


def test_a_vanished_variable_is_noticed():
    with pytest.raises(MissingVariableError, match="no line of softmax sets probability"):
        captured(lambda: softmax([0.0]), [Line(softmax, "probability")])
    with pytest.raises(MissingVariableError, match="no line that sets it was reached"):
        captured(lambda: None, [Line(softmax, "S")])


def test_a_step_that_rests_on_nothing_is_noticed():
    step = Step(id="s", quantity="q", latex="", rule="", line=None, expression=lambda: x)
    with pytest.raises(VacuousError, match="step s"):
        Derivation(id="d", statement="", latex="", source="", steps=(step,), run=lambda: None).prove()


def test_a_derivation_without_steps_is_noticed():
    with pytest.raises(VacuousError):
        Derivation(id="d", statement="", latex="", source="", steps=(), run=lambda: None).prove()


def test_steps_that_need_what_is_given_say_so():
    derivation = derivations.SOFTMAX_CROSS_ENTROPY
    assert [step.id for step in derivation.steps if step.uses_given] == ["labels-sum-to-one", "result"]


@pytest.mark.parametrize("derivation", derivations.DERIVATIONS, ids=lambda derivation: derivation.id)
def test_steps_have_what_a_page_needs(derivation):
    ids = [step.id for step in derivation.steps]
    assert len(set(ids)) == len(ids)
    for step in derivation.steps:
        assert step.latex
        assert step.quantity
        assert step.rule
