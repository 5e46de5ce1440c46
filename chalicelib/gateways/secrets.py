"""Secrets Manager: what only this product knows. Read lazily, by the functions whose policy allows it."""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import aws
from chalicelib.config import settings
from chalicelib.domain.errors import Busy


def read(name: str) -> str:
    """The secret of this name in this stage. Raises Busy (`secret_unreachable`)."""
    try:
        secret: str = client().get_secret_value(SecretId=settings().secret(name))["SecretString"]
    except (BotoCoreError, ClientError) as error:
        raise Busy("secret_unreachable") from error
    return secret


@cache
def client() -> Any:
    """Made at the first call, never at import."""
    patience = Config(connect_timeout=1, read_timeout=3, retries={"mode": "standard", "max_attempts": 2})
    return aws.session().create_client("secretsmanager", region_name=settings().region, config=patience)
