"""Personal fields sealed for one record: AES-256-GCM under a data key of its own, which KMS wraps (docs/adr/0050).

The record's id is KMS's encryption context and, with the wrapped key, the cipher's associated data: an envelope that
was moved to another record opens nowhere, and each opening stands with that id in the trail that AWS keeps of the key.

    1 byte: version | 2 bytes: length of the wrapped key | the wrapped key | 12 bytes: nonce | ciphertext
"""

import os
from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import aws
from chalicelib.config import settings
from chalicelib.domain.errors import Busy

VERSION = b"\x01"
LENGTH, NONCE = 2, 12  # bytes
# What KMS says of a wrapped key that is none, was cut or altered, or belongs to another record.
BROKEN = frozenset({"InvalidCiphertextException", "IncorrectKeyException", "ValidationException"})


class SealBroken(Exception):
    """Raised when an envelope was sealed for another record, or altered: a fault of ours, or an attack."""


def seal(record: str, text: bytes) -> bytes:
    """The text as an envelope that opens for this record alone: one call of KMS. Raises Busy (`key_unreachable`)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # most calls of the API seal nothing

    made = _asked("generate_data_key", KeyId=settings().personal_key, KeySpec="AES_256", EncryptionContext=_of(record))
    wrapped: bytes = made["CiphertextBlob"]
    nonce = os.urandom(NONCE)
    sealed = AESGCM(made["Plaintext"]).encrypt(nonce, text, record.encode() + wrapped)
    return VERSION + len(wrapped).to_bytes(LENGTH) + wrapped + nonce + sealed


def open_sealed(record: str, envelope: bytes) -> bytes:
    """What was sealed for this record: one call of KMS. Raises SealBroken, Busy (`key_unreachable`)."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapped, nonce, sealed = _parts(envelope)
    try:
        key = _asked("decrypt", KeyId=settings().personal_key, CiphertextBlob=wrapped, EncryptionContext=_of(record))[
            "Plaintext"
        ]
        return AESGCM(key).decrypt(nonce, sealed, record.encode() + wrapped)
    except (InvalidTag, ValueError) as error:
        raise SealBroken(record) from error


def _parts(envelope: bytes) -> tuple[bytes, bytes, bytes]:
    start = 1 + LENGTH
    end = start + int.from_bytes(envelope[1:start])
    if envelope[:1] != VERSION or len(envelope) < end + NONCE or end == start:
        raise SealBroken("no envelope")
    return envelope[start:end], envelope[end : end + NONCE], envelope[end + NONCE :]


def _of(record: str) -> dict[str, str]:
    return {"record": record}


def _asked(operation: str, **request: Any) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = getattr(client(), operation)(**request)
    except ClientError as error:
        if error.response["Error"]["Code"] in BROKEN:
            raise SealBroken(request["EncryptionContext"]["record"]) from error
        raise Busy("key_unreachable") from error
    except BotoCoreError as error:
        raise Busy("key_unreachable") from error
    return answer


@cache
def client() -> Any:
    """Made at the first call, never at import."""
    patience = Config(connect_timeout=1, read_timeout=3, retries={"mode": "standard", "max_attempts": 2})
    return aws.session().create_client("kms", region_name=settings().region, config=patience)
