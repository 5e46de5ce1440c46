"""Each function has the memory, time, event source and batch settings it should."""

from collections.abc import Callable
from typing import Any

import pytest

type OfType = Callable[[str], dict[str, dict[str, Any]]]

# Logical id: name, memory in MB, timeout in seconds.
FUNCTIONS = {
    "APIHandler": ("api", 1024, 29),
    "Authorize": ("authorize", 512, 10),
    "RelayHistory": ("relay_history", 512, 60),
    "Notify": ("notify", 512, 60),
    "EarnPoints": ("earn_points", 512, 60),
    "CountFigures": ("count_figures", 512, 60),
    "CountCells": ("count_cells", 512, 60),
    "RaiseAlarms": ("raise_alarms", 512, 30),
    "SendMessages": ("send_messages", 512, 15),
    "BeginDay": ("begin_day", 512, 900),
    "DevelopPhotos": ("develop_photos", 2048, 120),
    "SendCodes": ("send_codes", 512, 15),
    "Sweep": ("sweep", 512, 300),
    "FireTimers": ("fire_timers", 512, 60),
    "WriteExports": ("write_exports", 512, 900),
    "LinkRecurrences": ("link_recurrences", 512, 60),
    "CheckForFraud": ("check_for_fraud", 512, 60),
    "FollowHappenings": ("follow_happenings", 512, 60),
    "FollowMerges": ("follow_merges", 512, 60),
    "FollowClosings": ("follow_closings", 512, 60),
    "RankBoards": ("rank_boards", 1024, 120),
    "Retain": ("retain", 512, 900),
    "RecountFigures": ("recount_figures", 512, 900),
    "ReplayHistory": ("replay_history", 512, 900),
}
# Function: the queue it consumes and the most messages in a batch.
CONSUMERS = {
    "SendCodes": ("CodesQueue", 1),
    "Notify": ("NoticesQueue", 10),
    "EarnPoints": ("PointsQueue", 10),
    "CountFigures": ("FiguresQueue", 10),
    "CountCells": ("CellsQueue", 10),
    "RaiseAlarms": ("AlarmsQueue", 10),
    "SendMessages": ("OutboxQueue", 1),
    "DevelopPhotos": ("PhotosQueue", 1),
    "LinkRecurrences": ("LinksQueue", 10),
    "CheckForFraud": ("ChecksQueue", 10),
    "FollowHappenings": ("HappeningsQueue", 10),
    "FollowMerges": ("MergesQueue", 10),
    "FollowClosings": ("RechecksQueue", 10),
    "WriteExports": ("ExportsQueue", 1),
    "FireTimers": ("TimersQueue", 10),
    "RankBoards": ("RankingsQueue", 1),
}
# What an account may run at once unless it asked for more, https://docs.aws.amazon.com/lambda/latest/dg/limits.html.
ACCOUNT_AT_ONCE = 1000
# Nobody in danger waits for these.
BULK = (
    "EarnPoints",
    "CountFigures",
    "CountCells",
    "LinkRecurrences",
    "FollowMerges",
    "FollowClosings",
    "CheckForFraud",
    "FollowHappenings",
    "RankBoards",
)

# Its stage, and what CloudFormation named.
KNOWN: dict[str, Any] = {
    "STAGE": "local",
    "PHOTOS_BUCKET": {"Ref": "PhotosBucket"},
    "NOTICES_QUEUE_URL": {"Ref": "NoticesQueue"},
    "POINTS_QUEUE_URL": {"Ref": "PointsQueue"},
    "FIGURES_QUEUE_URL": {"Ref": "FiguresQueue"},
    "ALARMS_QUEUE_URL": {"Ref": "AlarmsQueue"},
    "OUTBOX_QUEUE_URL": {"Ref": "OutboxQueue"},
    "TIMERS_QUEUE_URL": {"Ref": "TimersQueue"},
    "LINKS_QUEUE_URL": {"Ref": "LinksQueue"},
    "MERGES_QUEUE_URL": {"Ref": "MergesQueue"},
    "CELLS_QUEUE_URL": {"Ref": "CellsQueue"},
    "PHOTOS_QUEUE_URL": {"Ref": "PhotosQueue"},
    "RECHECKS_QUEUE_URL": {"Ref": "RechecksQueue"},
    "RANKINGS_QUEUE_URL": {"Ref": "RankingsQueue"},
    "CHECKS_QUEUE_URL": {"Ref": "ChecksQueue"},
    "HAPPENINGS_QUEUE_URL": {"Ref": "HappeningsQueue"},
    "EXPORTS_BUCKET": {"Ref": "ExportsBucket"},
    "PERSONAL_KEY": {"Ref": "PersonalKey"},
    "EXPORTS_QUEUE_URL": {"Ref": "ExportsQueue"},
    "TOKEN_JWKS": {"Ref": "TokenJwks"},
    "TOKEN_ISSUER": {"Ref": "TokenIssuer"},
    "OIDC_ISSUER": {"Ref": "OidcIssuer"},
    "OIDC_AUDIENCE": {"Ref": "OidcAudience"},
    "CODES_QUEUE_URL": {"Ref": "CodesQueue"},
    "SMS_URL": {"Ref": "SmsUrl"},
    "PUSH_URL": {"Ref": "PushUrl"},
}


def mapping(of_type: OfType, function: str) -> dict[str, Any]:
    """The one event source of a function."""
    found = [one for one in of_type("Lambda::EventSourceMapping").values() if one["FunctionName"] == {"Ref": function}]
    assert len(found) == 1
    return found[0]


def test_there_are_the_functions_listed_here_and_no_others(of_type: OfType) -> None:
    assert of_type("Lambda::Function").keys() == FUNCTIONS.keys()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_its_name_memory_and_time(of_type: OfType, function: str) -> None:
    properties = of_type("Lambda::Function")[function]
    name, memory, seconds = FUNCTIONS[function]
    assert properties["FunctionName"] == {"Fn::Sub": f"fenjian-${{Stage}}-{name}"}
    assert (properties["MemorySize"], properties["Timeout"]) == (memory, seconds)
    assert (properties["Runtime"], properties["Architectures"]) == ("python3.13", ["x86_64"])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_writes_a_log_of_its_own_that_ends(of_type: OfType, function: str) -> None:
    group = of_type("Lambda::Function")[function]["LoggingConfig"]["LogGroup"]["Ref"]
    log = of_type("Logs::LogGroup")[group]
    assert log["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/fenjian-${{Stage}}-{FUNCTIONS[function][0]}"}
    assert log["RetentionInDays"] == 90


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_knows_its_stage_and_what_cloudformation_named(of_type: OfType, function: str) -> None:
    variables = of_type("Lambda::Function")[function]["Environment"]["Variables"]
    assert ("PUBLIC_URL" in variables) is (function in ("APIHandler", "Notify", "RaiseAlarms"))  # who writes links
    assert {name: value for name, value in variables.items() if name != "PUBLIC_URL"} == KNOWN


@pytest.mark.parametrize("function", CONSUMERS)
def test_a_consumer_takes_batches_and_reports_what_failed_alone(of_type: OfType, function: str) -> None:
    queue, size = CONSUMERS[function]
    source = mapping(of_type, function)
    assert source["EventSourceArn"] == {"Fn::GetAtt": [queue, "Arn"]}
    assert source["BatchSize"] == size
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_the_relay_reads_the_stream_from_its_start_and_tells_what_it_gave_up(of_type: OfType) -> None:
    assert mapping(of_type, "RelayHistory") == {
        "EventSourceArn": {"Fn::GetAtt": ["HistoryTable", "StreamArn"]},
        "FunctionName": {"Ref": "RelayHistory"},
        "BatchSize": 100,
        "MaximumBatchingWindowInSeconds": 0,
        "StartingPosition": "TRIM_HORIZON",
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 10,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "DestinationConfig": {"OnFailure": {"Destination": {"Fn::GetAtt": ["RelayFailuresQueue", "Arn"]}}},
    }


def test_floods_leave_the_api_login_and_danger_to_life_their_share(of_type: OfType) -> None:
    scaling = {one: mapping(of_type, one).get("ScalingConfig") for one in CONSUMERS}
    assert [one for one, bound in scaling.items() if bound is None] == ["RaiseAlarms"]
    bounds = {one: bound["MaximumConcurrency"] for one, bound in scaling.items() if bound}
    assert sum(bounds.values()) <= ACCOUNT_AT_ONCE // 10
    assert min(bounds["FireTimers"], bounds["Notify"]) > max(bounds[one] for one in BULK)


def test_only_consumers_and_the_relay_have_event_sources(of_type: OfType) -> None:
    sources = {one["FunctionName"]["Ref"] for one in of_type("Lambda::EventSourceMapping").values()}
    assert sources == {*CONSUMERS, "RelayHistory"}


def test_what_is_kept_too_long_is_looked_for_at_night(of_type: OfType) -> None:
    rules = [rule for rule in of_type("Events::Rule").values() if "Retain" in str(rule["Targets"])]
    (rule,) = rules
    assert rule["ScheduleExpression"] == "cron(0/15 18-19 * * ? *)"  # 02:00 to 03:45 in Shanghai
    assert [target["Input"] for target in rule["Targets"]] == ['{"dry_run": false}']
