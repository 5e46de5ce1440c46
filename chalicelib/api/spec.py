"""What the API says of itself: an OpenAPI document for programs, a page for people. Made when first asked for."""

import json
from functools import cache
from hashlib import sha256

from chalice.app import Response

from chalicelib.api.http import JSON, Api

api = Api(__name__)

HTML = "text/html"


@api.route("/openapi.json", methods=["GET"])
def get_openapi() -> Response:
    """This API as an OpenAPI 3.1 document, for tools and generated clients."""
    return _served(_document(), JSON)


@api.route("/docs", methods=["GET"], answer_type=HTML)
def get_docs() -> Response:
    """This API as a page to read; it needs nothing from elsewhere."""
    return _served(_page(), f"{HTML}; charset=utf-8")


@cache
def _document() -> str:
    from chalicelib.api.openapi import document
    from chalicelib.api.operations import operations

    return json.dumps(document(operations()), ensure_ascii=False, separators=(",", ":"))


@cache
def _page() -> str:
    from chalicelib.api.pages.docs import page

    return page(json.loads(_document()))


def _served(body: str, content_type: str) -> Response:
    headers: dict[str, str | list[str]] = {
        "Content-Type": content_type,
        "Cache-Control": "public, max-age=300",
        "ETag": f'"{sha256(body.encode()).hexdigest()[:16]}"',
    }
    return Response(body, headers=headers)
