"""Expected false alarms, from the table of the simulation."""

import pytest

from indicators.false_alarms import AssessedSeries, expected_false_alarms, false_alarm_rate, false_alarm_rates

RATES = {(rate.size, rate.gain): rate.rate for rate in false_alarm_rates()}


def series(size: float, gain: float) -> AssessedSeries:
    return AssessedSeries(size, gain / 12)


def test_every_number_of_the_table_comes_back() -> None:
    for (size, gain), rate in RATES.items():
        assert false_alarm_rate(series(size, gain)) == pytest.approx(rate)


def test_in_between_is_in_proportion_and_beyond_is_the_nearest() -> None:
    middle = false_alarm_rate(series((200 * 500) ** 0.5, 0.085))
    around = [RATES[size, gain] for size in (200, 500) for gain in (0.07, 0.10)]
    assert middle == pytest.approx(sum(around) / 4)
    assert false_alarm_rate(series(3, 0.001)) == RATES[50, 0.02]
    assert false_alarm_rate(series(1e6, 0.5)) == RATES[5000, 0.10]


def test_expected_alarms_add_up() -> None:
    assert expected_false_alarms([]) == 0
    assert expected_false_alarms([series(500, 0.1)] * 300) == pytest.approx(300 * RATES[500, 0.10])
    assert 0.5 < expected_false_alarms([series(500, 0.1)] * 300) < 5
