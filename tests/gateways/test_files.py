"""Forms and links: what S3 enforces, and what they look like in each partition."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from botocore.credentials import RefreshableCredentials

from chalicelib.domain.errors import Busy
from chalicelib.domain.photos import Unusable
from chalicelib.gateways import files
from tests.pictures import jpeg

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

KEY = "incoming/r1/before-1"
# The signer and S3 read their own clocks: a form against the emulator has to be of today.
TODAY = datetime.now(UTC)


def form(*, most: int = 100_000, expires_at: datetime = TODAY + timedelta(hours=1)) -> files.PostForm:
    return files.form(KEY, content_type="image/jpeg", most=most, expires_at=expires_at)


def post(made: files.PostForm, body: bytes, **changed: str) -> requests.Response:
    return requests.post(made.url, data={**made.fields, **changed}, files={"file": ("a.jpg", body)}, timeout=10)


@pytest.fixture
def on_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_REGION", "cn-north-1")
    monkeypatch.setenv("PHOTOS_BUCKET", "b1")
    yield monkeypatch


def test_a_form_takes_the_file_it_was_made_for(bucket: "S3Client") -> None:
    answer = post(form(), jpeg())
    assert answer.status_code == 201, answer.text
    assert files.read(KEY, most=100_000) == jpeg()
    assert bucket.head_object(Bucket="fenjian-test-photos", Key=KEY)["ContentType"] == "image/jpeg"


@pytest.mark.parametrize(
    "changed", [{"Content-Type": "text/html"}, {"key": "shown/r1/before-1/320.webp"}, {"acl": "public-read"}]
)
def test_a_form_takes_nothing_else(bucket: "S3Client", changed: dict[str, str]) -> None:
    assert post(form(), jpeg(), **changed).status_code == 403
    assert files.read(KEY, most=100_000) is None


@pytest.mark.parametrize(("body", "code"), [(b"x" * 1001, "EntityTooLarge"), (b"", "EntityTooSmall")])
def test_a_form_takes_no_more_and_no_less(bucket: "S3Client", body: bytes, code: str) -> None:
    answer = post(form(most=1000), body)
    assert answer.status_code == 400 and code in answer.text
    assert files.read(KEY, most=100_000) is None


def test_a_form_that_expired_or_was_forged_is_worth_nothing(bucket: "S3Client") -> None:
    assert post(form(expires_at=TODAY - timedelta(seconds=1)), jpeg()).status_code == 403
    made = form(most=10)
    policy = json.loads(base64.b64decode(made.fields["policy"]))
    policy["conditions"][-4] = ["content-length-range", 1, 10**9]
    forged = base64.b64encode(json.dumps(policy).encode()).decode()
    assert post(made, jpeg(), policy=forged).status_code == 403


def test_a_link_opens_the_object_under_a_pinned_type_and_name(bucket: "S3Client") -> None:
    files.put("shown/r1/before-1/320.webp", b"<html>", content_type="text/html")
    url = files.link(
        "shown/r1/before-1/320.webp", content_type="image/webp", filename="a.webp", life=timedelta(minutes=10)
    )
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 200 and answer.content == b"<html>"
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Disposition"] == 'inline; filename="a.webp"'
    for forged in (url.replace("image%2Fwebp", "text%2Fhtml"), url.replace("before-1", "before-2"), url.split("?")[0]):
        assert requests.get(forged, timeout=10).status_code == 403


def test_only_the_first_put_counts_where_it_should(bucket: "S3Client") -> None:
    assert files.put_first("original/r1/x", b"first", content_type="image/jpeg")
    assert not files.put_first("original/r1/x", b"second", content_type="image/jpeg")
    assert files.read("original/r1/x", most=10) == b"first"


def test_too_much_is_not_even_downloaded(bucket: "S3Client") -> None:
    files.put(KEY, b"x" * 11, content_type="image/jpeg")
    with pytest.raises(Unusable) as refusal:
        files.read(KEY, most=10)
    assert refusal.value.rule == "file_too_large"


def test_deleting_nothing_is_fine(bucket: "S3Client") -> None:
    files.put(KEY, b"x", content_type="image/jpeg")
    files.delete(KEY)
    files.delete(KEY)
    assert files.read(KEY, most=10) is None


@pytest.mark.parametrize(
    ("region", "host"),
    [("cn-north-1", "b1.s3.cn-north-1.amazonaws.com.cn"), ("ap-east-1", "b1.s3.ap-east-1.amazonaws.com")],
)
def test_addresses_are_the_partitions(on_aws: pytest.MonkeyPatch, region: str, host: str) -> None:
    on_aws.setenv("AWS_REGION", region)
    made = form()
    url = urlsplit(files.link("shown/r/p/1.webp", content_type="image/webp", filename="a", life=timedelta(minutes=10)))
    assert made.url == f"https://{host}" and f"/{region}/s3/" in made.fields["x-amz-credential"]
    assert (url.scheme, url.netloc, url.path) == ("https", host, "/shown/r/p/1.webp")
    assert parse_qs(url.query)["X-Amz-Expires"] == ["600"]


def test_a_roles_token_goes_along_and_is_renewed_when_it_has_expired(on_aws: pytest.MonkeyPatch) -> None:
    def session(token: str, *, hours: int) -> dict[str, str]:
        expiry = (TODAY + timedelta(hours=hours)).isoformat()
        return {"access_key": "A", "secret_key": "S", "token": token, "expiry_time": expiry}

    expired = RefreshableCredentials.create_from_metadata(
        session("old", hours=-1), lambda: session("new", hours=1), "test"
    )
    on_aws.setattr(files, "_credentials", lambda: expired)
    assert form().fields["x-amz-security-token"] == "new"


def test_without_credentials_there_is_no_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nobody:
        def get_credentials(self) -> None:
            return None

    files._credentials.cache_clear()
    monkeypatch.setattr("chalicelib.aws.session", Nobody)
    with pytest.raises(RuntimeError, match="no AWS credentials"):
        form()
    files._credentials.cache_clear()


def test_several_objects_go_in_one_call_and_missing_ones_are_no_fault(bucket: "S3Client") -> None:
    for key in ("original/r1/a", "original/r1/b", "original/r2/a"):
        files.put(key, b"x", content_type="image/jpeg")
    files.delete_all(["original/r1/a", "original/r1/b", "original/r1/c"])
    assert [files.read(f"original/{key}", most=9) for key in ("r1/a", "r1/b", "r2/a")] == [None, None, b"x"]


def test_what_could_not_be_deleted_is_told(bucket: "S3Client", monkeypatch: pytest.MonkeyPatch) -> None:
    refused = {"Errors": [{"Key": "original/r1/a", "Code": "AccessDenied"}]}
    monkeypatch.setattr(files.client(), "delete_objects", lambda **_: refused)
    with pytest.raises(Busy) as refusal:
        files.delete_all(["original/r1/a"])
    assert refusal.value.facts == {"files": 1, "reason": "AccessDenied"}
