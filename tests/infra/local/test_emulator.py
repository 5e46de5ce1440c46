"""The emulator keeps its state over a stop, even when it moves to another port."""

from pathlib import Path

from infra.local.emulator import Emulator
from infra.local.ports import free_port


def test_what_was_there_before_a_stop_is_there_after_it_on_another_port(tmp_path: Path) -> None:
    first, second = Emulator(tmp_path, free_port()), Emulator(tmp_path, free_port())
    first.start()
    try:
        url = first.client("sqs").create_queue(QueueName="kept")["QueueUrl"]
        first.client("sqs").send_message(QueueUrl=url, MessageBody="still here")
    finally:
        first.stop()
    second.start()
    try:
        moved = second.client("sqs").get_queue_url(QueueName="kept")["QueueUrl"]
        assert moved == url.replace(str(first.port), str(second.port))
        assert second.client("sqs").receive_message(QueueUrl=moved)["Messages"][0]["Body"] == "still here"
    finally:
        second.stop()


def test_a_message_being_worked_on_at_the_stop_is_shown_again_after_it(tmp_path: Path) -> None:
    emulator = Emulator(tmp_path, free_port())
    emulator.start()
    try:
        url = emulator.client("sqs").create_queue(QueueName="q", Attributes={"VisibilityTimeout": "3600"})["QueueUrl"]
        emulator.client("sqs").send_message(QueueUrl=url, MessageBody="half done")
        assert emulator.client("sqs").receive_message(QueueUrl=url)["Messages"]
        emulator.stop()
        emulator.start()
        assert emulator.client("sqs").receive_message(QueueUrl=url)["Messages"][0]["Body"] == "half done"
    finally:
        emulator.stop()
