"""Somebody is told when work waits, is given up, or fails."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.infra.test_functions import CONSUMERS, FUNCTIONS
from tests.infra.test_queues import DEAD

type OfType = Callable[[str], dict[str, dict[str, Any]]]


def watched(of_type: OfType, metric: str) -> list[str]:
    """The logical ids whose metric has an alarm that rings at the topic."""
    found = []
    for alarm in of_type("CloudWatch::Alarm").values():
        assert alarm["AlarmActions"] == [{"Ref": "AlarmsTopic"}]
        if alarm["MetricName"] == metric:
            (target,) = [one["Value"] for one in alarm["Dimensions"] if one["Name"] != "Stage"]
            found.append(target.get("Ref") or target.get("Fn::GetAtt", [None])[0])
    return found


def test_every_functions_errors_are_watched(of_type: OfType) -> None:
    assert sorted(watched(of_type, "Errors")) == sorted(FUNCTIONS)


def test_every_queues_age_is_watched(of_type: OfType) -> None:
    assert sorted(watched(of_type, "ApproximateAgeOfOldestMessage")) == sorted(q for q, _ in CONSUMERS.values())


def test_whatever_was_given_up_is_watched(of_type: OfType) -> None:
    assert sorted(watched(of_type, "ApproximateNumberOfMessagesVisible")) == sorted(DEAD)


@pytest.mark.parametrize("metric", ["5XXError", "IteratorAge"])
def test_the_api_and_the_stream_are_watched(of_type: OfType, metric: str) -> None:
    assert len(watched(of_type, metric)) == 1


# Metric: statistic, seconds, how many of these periods in a row, above which value.
RINGS = {
    "Errors": ("Sum", 300, 1, 3),
    "ApproximateAgeOfOldestMessage": ("Maximum", 300, 2, 600),
    "ApproximateNumberOfMessagesVisible": ("Maximum", 60, 1, 0),
    "5XXError": ("Average", 300, 1, 0.01),
    "IteratorAge": ("Maximum", 300, 2, 600000),
}


def test_alarms_ring_when_they_should(of_type: OfType) -> None:
    for alarm in of_type("CloudWatch::Alarm").values():
        rings = tuple(alarm[key] for key in ("Statistic", "Period", "EvaluationPeriods", "Threshold"))
        assert rings == RINGS[alarm["MetricName"]]
        assert alarm["ComparisonOperator"] == "GreaterThanThreshold"


def test_the_alarm_of_the_api_watches_our_api(of_type: OfType) -> None:
    (alarm,) = (one for one in of_type("CloudWatch::Alarm").values() if one["MetricName"] == "5XXError")
    name = next(one["Value"] for one in alarm["Dimensions"] if one["Name"] == "ApiName")
    assert name == of_type("ApiGateway::RestApi")["RestAPI"]["Name"]
