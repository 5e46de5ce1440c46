"""Everything AWS can invoke, on one page."""

from typing import Any

from chalice.app import Chalice, CloudWatchEvent, DynamoDBEvent, SQSEvent

from chalicelib.api.routes import BLUEPRINTS, CORS
from chalicelib.workers.batch import Failures
from chalicelib.workers.context import Context

app = Chalice(app_name="fenjian")
app.api.cors = CORS
for blueprint in BLUEPRINTS:
    app.register_blueprint(blueprint)


# ARNs are placeholders: infra puts `!GetAtt` in their place. Each worker is imported by the function that runs it.
@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:region:0:table/history/stream/placeholder", batch_size=100)
def relay_history(event: DynamoDBEvent) -> Failures:
    from chalicelib.workers import relay

    return relay.history(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:notices-placeholder", batch_size=10)
def notify(event: SQSEvent) -> Failures:
    from chalicelib.workers import notices

    return notices.tell(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:points-placeholder", batch_size=10)
def earn_points(event: SQSEvent) -> Failures:
    from chalicelib.workers import points

    return points.earn(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:figures-placeholder", batch_size=10)
def count_figures(event: SQSEvent) -> Failures:
    from chalicelib.workers import figures

    return figures.count(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:cells-placeholder", batch_size=10)
def count_cells(event: SQSEvent) -> Failures:
    from chalicelib.workers import cells

    return cells.count(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:alarms-placeholder", batch_size=10)
def raise_alarms(event: SQSEvent) -> Failures:
    from chalicelib.workers import alarms

    return alarms.follow(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:outbox-placeholder", batch_size=1)
def send_messages(event: SQSEvent) -> Failures:
    from chalicelib.workers import outbox

    return outbox.send(event)


@app.schedule("rate(1 hour)")
def begin_day(event: CloudWatchEvent) -> dict[str, int]:
    from chalicelib.workers import mornings

    return mornings.begin(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:photos-placeholder", batch_size=1)
def develop_photos(event: SQSEvent) -> Failures:
    from chalicelib.workers import photos

    return photos.develop(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:codes-placeholder", batch_size=1)
def send_codes(event: SQSEvent) -> Failures:
    from chalicelib.workers import codes

    return codes.send(event)


@app.schedule("rate(1 minute)")
def sweep(event: CloudWatchEvent) -> dict[str, int]:
    from chalicelib.workers import timers

    return timers.sweep(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:timers-placeholder", batch_size=10)
def fire_timers(event: SQSEvent) -> Failures:
    from chalicelib.workers import timers

    return timers.fire(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:exports-placeholder", batch_size=1)
def write_exports(event: SQSEvent) -> Failures:
    from chalicelib.workers import exports

    return exports.write(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:links-placeholder", batch_size=10)
def link_recurrences(event: SQSEvent) -> Failures:
    from chalicelib.workers import recurrences

    return recurrences.link(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:merges-placeholder", batch_size=10)
def follow_merges(event: SQSEvent) -> Failures:
    from chalicelib.workers import merges

    return merges.follow(event)


@app.lambda_function()
def retain(event: dict[str, Any], context: Context) -> dict[str, Any]:
    from chalicelib.workers import retention

    return retention.retain(event, context)


@app.lambda_function()
def replay_history(event: dict[str, Any], context: Context) -> dict[str, Any]:
    from chalicelib.workers import replay

    return replay.history(event, context)
