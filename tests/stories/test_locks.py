"""The local cloud checks signatures and policies: so these stories prove that each function's policy suffices."""

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.local.cloud import Cloud
from infra.stages import REGION


def test_a_function_may_do_what_its_policy_names_and_nothing_else(cloud: Cloud) -> None:
    role = cloud.client("lambda").get_function(FunctionName="fenjian-local-count_figures")["Configuration"]["Role"]
    lent = cloud.client("sts").assume_role(RoleArn=role, RoleSessionName="story")["Credentials"]
    session = boto3.Session(lent["AccessKeyId"], lent["SecretAccessKey"], lent["SessionToken"], region_name=REGION)
    table = session.client("dynamodb", endpoint_url=cloud.api)
    item = {"report_id": {"S": "story"}, "revision": {"N": "1"}, "body": {"S": "{}"}}
    table.put_item(TableName="fenjian-local-tallies", Item=item)
    with pytest.raises(ClientError, match="AccessDenied"):
        table.scan(TableName="fenjian-local-people")


def test_unknown_keys_open_nothing(cloud: Cloud) -> None:
    stranger = boto3.Session("nobody", "nothing", region_name=REGION).client("dynamodb", endpoint_url=cloud.api)
    with pytest.raises(ClientError, match="security token"):
        stranger.list_tables()
