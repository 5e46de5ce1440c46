"""The emulator (ministack), with what it lacks for this product put right. Run by .venv-cloud's interpreter.

Gaps of version 1.5.33, each closed at the one function that has it:
- it answers every preflight itself, so browsers never see the API's own CORS rules;
- importing an API definition, it drops the answers of mock integrations, which those rules are;
- after a restart the stream mapping waits at a position beyond all new records;
- … and messages stay hidden for the sake of consumers that did not survive it;
- it asks for rights like `sqs:SendMessageBatch`, while AWS asks for `sqs:SendMessage` whatever the number;
- a bucket that takes TLS only refuses the loopback address, where nothing can listen in.
"""

import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from ministack import app as emulator  # type: ignore[import-not-found]  # is in .venv-cloud
from ministack.core import iam_actions  # type: ignore[import-not-found]  # likewise
from ministack.services import apigateway_v1, lambda_svc, sqs  # type: ignore[import-not-found]  # likewise

type Scope = MutableMapping[str, Any]


def leave_preflights_to_the_api() -> None:
    """Answer OPTIONS generally only where no API of ours is addressed."""
    general = emulator._handle_options_request

    def answer(method: str, path: str, headers: dict[str, str], *rest: Any) -> Any:
        ours = emulator._resolve_custom_domain_request(headers.get("host", ""), path)
        return None if ours else general(method, path, headers, *rest)

    emulator._handle_options_request = answer


def keep_mock_answers() -> None:
    """Import `responses` of an integration along with its type and address."""
    import_operation = apigateway_v1._import_operation

    def keep(api_id: str, resource_id: str, method: str, operation: dict[str, Any], *rest: Any) -> None:
        import_operation(api_id, resource_id, method, operation, *rest)
        integration = operation.get("x-amazon-apigateway-integration", {})
        for answer in integration.get("responses", {}).values() if integration.get("type") == "mock" else ():
            apigateway_v1._put_integration_response(api_id, resource_id, method, answer["statusCode"], answer)

    apigateway_v1._import_operation = keep


def forget_stream_positions() -> None:
    """Start every stream mapping at the oldest record there is; consumers know what they had."""
    load = lambda_svc.load_persisted_state

    def load_without(data: dict[str, Any]) -> None:
        load({key: value for key, value in data.items() if key != "dynamodb_stream_positions"})

    lambda_svc.load_persisted_state = load_without


def return_messages() -> None:
    """Show messages again that were being worked on when the emulator stopped."""
    load = sqs.load_persisted_state

    def load_and_return(data: dict[str, Any]) -> None:
        load(data)
        for _, queue in sqs._queues.all_items():
            for message in queue["messages"]:
                if message["receive_count"]:
                    message["visible_at"] = 0

    sqs.load_persisted_state = load_and_return


def name_batches_as_aws_does() -> None:
    """Ask for the right to a single SQS call where it is a batch call."""
    extract = iam_actions.extract_iam_action

    def action(service: str, *request: Any) -> str | None:
        name: str | None = extract(service, *request)
        return name.removesuffix("Batch") if name and service == "sqs" else name

    iam_actions.extract_iam_action = action


def trust_loopback() -> None:
    """Take what arrives over the loopback address for TLS."""
    serve = emulator.app

    async def app(scope: Scope, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        if scope["type"] == "http":
            scope["headers"] = [*scope["headers"], (b"x-forwarded-proto", b"https")]
        await serve(scope, receive, send)

    emulator.app = app


def end_with(parent: int) -> None:
    """Stop, saving state, when the launcher is gone: an orphan would hold the port."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    leave_preflights_to_the_api()
    keep_mock_answers()
    forget_stream_positions()
    return_messages()
    name_batches_as_aws_does()
    trust_loopback()
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    emulator.main()
