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
