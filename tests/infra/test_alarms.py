"""Somebody is told when work waits, is given up, or fails."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.infra.test_functions import CONSUMERS, FUNCTIONS
from tests.infra.test_queues import DEAD

SOON = 300  # seconds
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


def test_a_function_that_finds_no_room_is_watched(of_type: OfType) -> None:
    assert sorted(watched(of_type, "Throttles")) == sorted(FUNCTIONS)


def test_every_queues_age_is_watched(of_type: OfType) -> None:
    assert sorted(watched(of_type, "ApproximateAgeOfOldestMessage")) == sorted(q for q, _ in CONSUMERS.values())


def test_whatever_was_given_up_is_watched(of_type: OfType) -> None:
    assert sorted(watched(of_type, "ApproximateNumberOfMessagesVisible")) == sorted(DEAD)


@pytest.mark.parametrize("metric", ["5XXError", "IteratorAge"])
def test_the_api_and_the_stream_are_watched(of_type: OfType, metric: str) -> None:
    assert len(watched(of_type, metric)) == 1


# Metric: statistic, seconds, how many of these periods in a row, above which value. What the clock starts: see below.
RINGS = {
    "Errors": ("Sum", 300, 1, 3),
    "Throttles": ("Sum", 300, 1, 0),
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
    "CodesGuessed": ("Sum", 300, 1, 0),
}


def test_alarms_ring_when_they_should(of_type: OfType) -> None:
    scheduled = [errors_alarm(of_type, function) for function in schedules(of_type)]
    for alarm in of_type("CloudWatch::Alarm").values():
        if alarm in scheduled:
            continue
        rings = tuple(alarm[key] for key in ("Statistic", "Period", "EvaluationPeriods", "Threshold"))
        assert rings == RINGS[alarm["MetricName"]]
        if alarm["MetricName"] != "Invocations":
            assert alarm["ComparisonOperator"] == "GreaterThanThreshold"


def schedules(of_type: OfType) -> dict[str, int]:
    """The functions that the clock starts, and how many seconds lie between two runs while it does."""
    rules = of_type("Events::Rule").values()
    return {
        target["Arn"]["Fn::GetAtt"][0]: seconds(rule["ScheduleExpression"])
        for rule in rules
        for target in rule["Targets"]
    }


def seconds(expression: str) -> int:
    """Between two runs of a `rate(…)`, or of a `cron(…)` that steps through the minutes of an hour."""
    if rate := re.fullmatch(r"rate\((\d+) (minute|hour)s?\)", expression):
        return int(rate[1]) * {"minute": 60, "hour": 3600}[rate[2]]
    step = re.fullmatch(r"cron\(\d+/(\d+) .+\)", expression)
    assert step, f"{expression} is not understood here"
    return int(step[1]) * 60


def errors_alarm(of_type: OfType, function: str) -> dict[str, Any]:
    """The alarm that watches a function's errors."""
    alarms = (one for one in of_type("CloudWatch::Alarm").values() if one["MetricName"] == "Errors")
    (alarm,) = (one for one in alarms if one["Dimensions"][0]["Value"] == {"Ref": function})
    return alarm


def test_the_clock_starts_what_it_should(of_type: OfType) -> None:
    assert schedules(of_type) == {"BeginDay": 3600, "Retain": 900, "Sweep": 60}


def test_a_function_that_the_clock_starts_is_heard_of_at_its_first_failed_run(of_type: OfType) -> None:
    for function, between in schedules(of_type).items():
        alarm = errors_alarm(of_type, function)
        assert (alarm["Statistic"], alarm["EvaluationPeriods"]) == ("Sum", 1)
        # Attempts at one run lie minutes and a timeout apart, so a period is sure to hold only one of them.
        fewest = max(1, alarm["Period"] // between)
        assert alarm["ComparisonOperator"] == "GreaterThanThreshold" and fewest > alarm["Threshold"], function


def test_a_run_that_is_given_up_is_kept_unless_the_next_comes_within_minutes(of_type: OfType) -> None:
    told = {one["FunctionName"]["Ref"]: one for one in of_type("Lambda::EventInvokeConfig").values()}
    assert told.keys() == {one for one, between in schedules(of_type).items() if between > SOON}
    for one in told.values():
        assert one["DestinationConfig"] == {"OnFailure": {"Destination": {"Fn::GetAtt": ["RunFailuresQueue", "Arn"]}}}
        assert (one["Qualifier"], one["MaximumRetryAttempts"]) == ("$LATEST", 2)


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
        ("CodesGuessed", "ApiLogGroup", "codes_guessed"),
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
    said = [path.read_text(encoding="utf-8") for path in SERVICES.rglob("*.py")]
    assert any(f'"{phrase}:' in text for text in said)
