"""Photos are private, encrypted, and do not stay longer than they should."""

from collections.abc import Callable
from typing import Any

type OfType = Callable[[str], dict[str, dict[str, Any]]]


def test_nothing_in_the_bucket_is_public(of_type: OfType) -> None:
    closed = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    assert of_type("S3::Bucket")["PhotosBucket"]["PublicAccessBlockConfiguration"] == dict.fromkeys(closed, True)


def test_the_bucket_refuses_what_does_not_come_over_tls(of_type: OfType) -> None:
    (statement,) = of_type("S3::BucketPolicy")["PhotosBucketPolicy"]["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    bucket = {"Fn::GetAtt": ["PhotosBucket", "Arn"]}
    assert statement["Resource"] == [bucket, {"Fn::Sub": "${PhotosBucket.Arn}/*"}]


def test_what_was_deleted_by_mistake_can_be_had_back(of_type: OfType) -> None:
    assert of_type("S3::Bucket")["PhotosBucket"]["VersioningConfiguration"] == {"Status": "Enabled"}


def test_the_bucket_is_encrypted_with_our_key_which_rotates(of_type: OfType) -> None:
    (rule,) = of_type("S3::Bucket")["PhotosBucket"]["BucketEncryption"]["ServerSideEncryptionConfiguration"]
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


def test_only_uploads_are_announced(of_type: OfType) -> None:
    (notice,) = of_type("S3::Bucket")["PhotosBucket"]["NotificationConfiguration"]["QueueConfigurations"]
    assert notice["Event"] == "s3:ObjectCreated:*"
    assert notice["Queue"] == {"Fn::GetAtt": ["PhotosQueue", "Arn"]}
    assert notice["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "incoming/"}]


def test_the_bucket_is_made_after_the_policy_that_lets_it_announce(resources: dict[str, dict[str, Any]]) -> None:
    assert resources["PhotosBucket"]["DependsOn"] == "PhotosQueuePolicy"
