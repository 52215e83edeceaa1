import numpy as np
import pytest

from channelsim.errors import BadValue
from channelsim.study.calibrate.least_squares import centred, curved, linear


def test_a_line_through_points_is_found_with_its_variance():
    # y = 1 + 2x with residuals (1, -2, 1) / 3: variance 2/3 on 1 degree of freedom, Sxx = 2
    design = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    data = np.array([1 + 1 / 3, 3 - 2 / 3, 5 + 1 / 3])
    fit = linear(design, data)
    assert fit.values == pytest.approx([1.0, 2.0])
    assert fit.covariance[1, 1] == pytest.approx(2 / 3 / 2)
    assert fit.freedom == 1


def test_columns_that_say_the_same_are_refused():
    with pytest.raises(BadValue, match="do not tell the parameters apart"):
        linear(np.ones((5, 2)), np.arange(5.0))


def test_as_many_parameters_as_data_are_refused():
    with pytest.raises(BadValue, match="2 observations cannot tell 2 parameters"):
        linear(np.eye(2), np.ones(2))


def test_groups_lose_their_means():
    found = centred(np.array([1.0, 3.0, 10.0]), np.array([0, 0, 1]))
    assert found.tolist() == [-1.0, 1.0, 0.0]


def test_a_curve_that_ignores_a_parameter_is_refused():
    with pytest.raises(BadValue, match="leave a parameter open"):
        curved(lambda v: np.full(5, v[0]), np.arange(5.0), np.ones(2), np.zeros(2), np.full(2, 9.0))
