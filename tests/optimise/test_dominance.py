import numpy as np

from channelsim.optimise.dominance import knee, non_dominated, normalised


def test_what_another_beats_in_one_and_equals_in_all_else_is_dominated():
    points = [(1, 5), (2, 5), (3, 1), (0, 6)]
    assert non_dominated(points).tolist() == [False, True, True, True]


def test_equal_points_do_not_dominate_one_another():
    assert non_dominated([(1, 2), (1, 2)]).all()


def test_shares_of_the_range():
    shares = normalised(np.array([[0.0, 7.0], [10.0, 7.0], [5.0, 7.0]]))
    assert shares.tolist() == [[0, 0], [1, 0], [0.5, 0]]


def test_the_knee_bulges_most():
    # from (0, 10) to (10, 0); (8, 8) lies farther beyond the line than (9, 3)
    assert knee(np.array([[0.0, 10.0], [8.0, 8.0], [9.0, 3.0], [10.0, 0.0]])) == 1


def test_an_end_of_the_front_is_no_knee():
    # the first is best in two of three, which go together, and worst in the third
    front = np.array([[9.0, 9.0, 0.0], [7.0, 6.0, 5.0], [0.0, 0.0, 9.0]])
    assert knee(front) == 1


def test_of_two_ends_one_is_the_knee():
    assert knee(np.array([[0.0, 10.0], [10.0, 0.0]])) == 0
