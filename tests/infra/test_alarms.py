"""Somebody is told when work waits, is given up, or fails."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.infra.test_functions import CONSUMERS, FUNCTIONS
from tests.infra.test_queues import DEAD

SERVICES = Path(__file__).parents[2] / "chalicelib" / "services"

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
    "Invocations": ("Sum", 300, 1, 3),
    "Undeliverable": ("Sum", 300, 1, 0),
    "RetentionLeft": ("Sum", 300, 1, 0),
    "SmsBudgetNear": ("Sum", 300, 1, 0),
    "SmsBudgetReached": ("Sum", 300, 1, 0),
    "SessionReused": ("Sum", 300, 1, 0),
}


def test_alarms_ring_when_they_should(of_type: OfType) -> None:
    for alarm in of_type("CloudWatch::Alarm").values():
        rings = tuple(alarm[key] for key in ("Statistic", "Period", "EvaluationPeriods", "Threshold"))
        assert rings == RINGS[alarm["MetricName"]]
        if alarm["MetricName"] != "Invocations":
            assert alarm["ComparisonOperator"] == "GreaterThanThreshold"


def test_a_clock_that_stands_still_is_heard_of(of_type: OfType) -> None:
    (alarm,) = (one for one in of_type("CloudWatch::Alarm").values() if one["MetricName"] == "Invocations")
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "Sweep"}}]
    assert (alarm["ComparisonOperator"], alarm["TreatMissingData"]) == ("LessThanThreshold", "breaching")


def test_the_alarm_of_the_api_watches_our_api(of_type: OfType) -> None:
    (alarm,) = (one for one in of_type("CloudWatch::Alarm").values() if one["MetricName"] == "5XXError")
    name = next(one["Value"] for one in alarm["Dimensions"] if one["Name"] == "ApiName")
    assert name == of_type("ApiGateway::RestApi")["RestAPI"]["Name"]


@pytest.mark.parametrize(
    ("metric", "log", "phrase"),
    [
        ("SmsBudgetNear", "SendCodesLogGroup", "sms_budget_near"),
        ("SmsBudgetReached", "SendCodesLogGroup", "sms_budget_reached"),
        ("SessionReused", "ApiLogGroup", "session_reused"),
        ("Undeliverable", "SendMessagesLogGroup", "undeliverable"),
        ("RetentionLeft", "RetainLogGroup", "retention_left"),
    ],
)
def test_what_a_log_says_is_counted_and_watched(of_type: OfType, metric: str, log: str, phrase: str) -> None:
    (one,) = [each for each in of_type("Logs::MetricFilter").values() if each["FilterPattern"] == f'"{phrase}"']
    (counted,) = one["MetricTransformations"]
    (alarm,) = [each for each in of_type("CloudWatch::Alarm").values() if each["MetricName"] == metric]
    assert one["LogGroupName"] == {"Ref": log}
    assert (counted["MetricNamespace"], counted["MetricName"]) == (alarm["Namespace"], metric)
    said = [path.read_text(encoding="utf-8") for path in SERVICES.glob("*.py")]
    assert any(f'"{phrase}:' in text for text in said)
