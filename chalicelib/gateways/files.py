"""S3: forms and links signed without a client (ADR: a client costs a cold start 0.1 s), and the worker's own access.

Signatures die with the role session that made them: sign when asked, never store the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from botocore.auth import S3SigV4PostAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, ReadOnlyCredentials

from chalicelib import aws
from chalicelib.config import settings
from chalicelib.domain.errors import Busy
from chalicelib.domain.photos import Unusable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True, slots=True, kw_only=True)
class PostForm:
    """Where to POST, and the fields that go before the file."""

    url: str
    fields: dict[str, str]


@cache
def _credentials() -> Credentials:
    """Found once a process; refreshable ones renew themselves when frozen."""
    found = aws.session().get_credentials()
    if found is None:
        raise RuntimeError("no AWS credentials to sign with")
    return found


def _frozen() -> ReadOnlyCredentials:
    return _credentials().get_frozen_credentials()


def bucket_url(bucket: str) -> str:
    """A bucket as a phone reaches it: virtual-host style in the region's partition; path style on a local cloud."""
    region = settings().region
    if endpoint := settings().endpoint:
        return f"{endpoint.rstrip('/')}/{bucket}"
    suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"https://{bucket}.s3.{region}.{suffix}"


def public_address() -> str:
    """Where public copies of photos stand, as a browser reaches them by their links."""
    return f"{bucket_url(settings().photos_bucket)}/public/"


def form(key: str, *, content_type: str, most: int, expires_at: datetime) -> PostForm:
    """A form that takes exactly this key and type, 1 to `most` bytes, until `expires_at` (UTC). S3 enforces all of it.

    The browser is told 201 (success_action_status), so that a page can see that the upload arrived.
    """
    fields = {"key": key, "Content-Type": content_type, "success_action_status": "201"}
    policy = {
        "expiration": expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "conditions": [
            {"bucket": settings().photos_bucket},
            *({name: value} for name, value in fields.items()),
            ["content-length-range", 1, most],
        ],
    }
    url = bucket_url(settings().photos_bucket)
    request = AWSRequest(method="POST", url=url)
    request.context["s3-presign-post-fields"] = fields
    request.context["s3-presign-post-policy"] = policy
    S3SigV4PostAuth(_frozen(), "s3", settings().region).add_auth(request)
    return PostForm(url=url, fields=fields)


def link(key: str, *, content_type: str, filename: str, life: timedelta) -> str:
    """A GET address that lives `life` and answers with this type and name, whatever the object says of itself."""
    disposition = f'inline; filename="{filename}"'
    return _link(settings().photos_bucket, key, content_type=content_type, disposition=disposition, life=life)


def download(key: str, *, content_type: str, filename: str, plain: str, life: timedelta) -> str:
    """A GET address of an export that lives `life`; a browser saves it under `filename`, which may be Chinese.

    `plain` is the name for clients that know ASCII only (RFC 6266 §4.3, RFC 8187).
    """
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
    return _link(settings().exports_bucket, key, content_type=content_type, disposition=disposition, life=life)


def _link(bucket: str, key: str, *, content_type: str, disposition: str, life: timedelta) -> str:
    pinned = {"response-content-disposition": disposition, "response-content-type": content_type}
    query = urlencode(pinned, quote_via=quote)
    request = AWSRequest(method="GET", url=f"{bucket_url(bucket)}/{quote(key)}?{query}")
    S3SigV4QueryAuth(_frozen(), "s3", settings().region, expires=int(life.total_seconds())).add_auth(request)
    return str(request.url)


@cache
def client() -> "S3Client":
    """For the worker only; boto3 is imported here so that the API never pays for it."""
    import boto3
    from botocore.config import Config

    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path" if settings().endpoint else "virtual"},
        connect_timeout=3,
        read_timeout=20,
        retries={"mode": "standard", "max_attempts": 3},
    )
    return boto3.client("s3", region_name=settings().region, endpoint_url=settings().endpoint, config=config)


def read(key: str, *, most: int) -> bytes | None:
    """The object, or None where there is none. Raises Unusable (`file_too_large`) before downloading too much."""
    try:
        answer = client().get_object(Bucket=settings().photos_bucket, Key=key)
    except client().exceptions.NoSuchKey:
        return None
    with answer["Body"] as body:
        if answer["ContentLength"] > most:
            raise Unusable("file_too_large")
        return body.read()


def put(key: str, data: bytes, *, content_type: str) -> None:
    """Write the object, over an older one too."""
    client().put_object(Bucket=settings().photos_bucket, Key=key, Body=data, ContentType=content_type)


def put_first(key: str, data: bytes, *, content_type: str) -> bool:
    """Write the object unless one stands there; whether it was written."""
    request: dict[str, Any] = {"Bucket": settings().photos_bucket, "Key": key, "Body": data}
    try:
        client().put_object(**request, ContentType=content_type, IfNoneMatch="*")
    except client().exceptions.ClientError as error:
        if error.response["Error"]["Code"] == "PreconditionFailed":
            return False
        raise
    return True


def delete(key: str) -> None:
    """Delete the object, if there is one."""
    client().delete_object(Bucket=settings().photos_bucket, Key=key)


def delete_all(keys: Sequence[str]) -> None:
    """Delete the objects, as far as there are any: one call, for up to a thousand. Raises Busy (`files_left`)."""
    doomed = [{"Key": key} for key in keys]
    request: dict[str, Any] = {"Bucket": settings().photos_bucket, "Delete": {"Objects": doomed, "Quiet": True}}
    if left := client().delete_objects(**request).get("Errors"):
        raise Busy("files_left", files=len(left), reason=left[0].get("Code"))
