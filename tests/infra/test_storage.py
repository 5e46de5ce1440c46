"""Photos and exports are private, encrypted, and do not stay longer than they should."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.exports.terms import LONGEST_KEPT

type OfType = Callable[[str], dict[str, dict[str, Any]]]
BUCKETS = ("PhotosBucket", "ExportsBucket")


@pytest.mark.parametrize("name", BUCKETS)
def test_nothing_in_a_bucket_is_public(of_type: OfType, name: str) -> None:
    closed = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    assert of_type("S3::Bucket")[name]["PublicAccessBlockConfiguration"] == dict.fromkeys(closed, True)


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_refuses_what_does_not_come_over_tls(of_type: OfType, name: str) -> None:
    (statement,) = of_type("S3::BucketPolicy")[f"{name}Policy"]["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    bucket = {"Fn::GetAtt": [name, "Arn"]}
    assert statement["Resource"] == [bucket, {"Fn::Sub": f"${{{name}.Arn}}/*"}]


def test_what_was_deleted_by_mistake_can_be_had_back(of_type: OfType) -> None:
    assert of_type("S3::Bucket")["PhotosBucket"]["VersioningConfiguration"] == {"Status": "Enabled"}


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_is_encrypted_with_our_key_which_rotates(of_type: OfType, name: str) -> None:
    (rule,) = of_type("S3::Bucket")[name]["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"] == {
        "SSEAlgorithm": "aws:kms",
        "KMSMasterKeyID": {"Fn::GetAtt": ["DataKey", "Arn"]},
    }
    assert of_type("KMS::Key")["DataKey"]["EnableKeyRotation"] is True


def test_uploads_nobody_took_and_deleted_photos_go(of_type: OfType) -> None:
    rules = {rule["Id"]: rule for rule in of_type("S3::Bucket")["PhotosBucket"]["LifecycleConfiguration"]["Rules"]}
    assert all(rule["Status"] == "Enabled" for rule in rules.values())
    assert (rules["forget-incoming"]["Prefix"], rules["forget-incoming"]["ExpirationInDays"]) == ("incoming/", 8)
    assert rules["erase-deleted"]["NoncurrentVersionExpiration"] == {"NoncurrentDays": 30}
    assert rules["abandon-multipart"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}


def test_exports_go_after_a_week_and_what_was_never_finished_sooner(
    of_type: OfType, pytestconfig: pytest.Config
) -> None:
    bucket = of_type("S3::Bucket")["ExportsBucket"]
    rules = {rule["Id"]: rule for rule in bucket["LifecycleConfiguration"]["Rules"]}
    assert all(rule["Status"] == "Enabled" for rule in rules.values())
    terms = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules.values() if "ExpirationInDays" in rule}
    assert terms == {"exports/": LONGEST_KEPT} | {f"exports/{days}/": days for days in range(1, LONGEST_KEPT)}
    assert not any("kept/".startswith(prefix) for prefix in terms), "frozen reports stay"
    assert 0 < kept(pytestconfig) <= LONGEST_KEPT
    assert rules["abandon-multipart"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 2}
    assert "VersioningConfiguration" not in bucket, "what is erased is gone"


def kept(config: pytest.Config) -> int:
    """How many days an export is kept, as shipped."""
    table: Path = config.rootpath / "chalicelib" / "data" / "retention.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return next(int(row["days"]) for row in rows if row["kind"] == "export_file")


def test_only_uploads_are_announced(of_type: OfType) -> None:
    (notice,) = of_type("S3::Bucket")["PhotosBucket"]["NotificationConfiguration"]["QueueConfigurations"]
    assert notice["Event"] == "s3:ObjectCreated:*"
    assert notice["Queue"] == {"Fn::GetAtt": ["PhotosQueue", "Arn"]}
    assert notice["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "incoming/"}]


def test_the_bucket_is_made_after_the_policy_that_lets_it_announce(resources: dict[str, dict[str, Any]]) -> None:
    assert resources["PhotosBucket"]["DependsOn"] == "PhotosQueuePolicy"
