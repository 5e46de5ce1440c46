"""Everything AWS can invoke, on one page."""

from typing import Any

from chalice.app import Chalice, CORSConfig, DynamoDBEvent, SQSEvent

from chalicelib.api import areas, auth, inbox, listings, people, points, reference, reports, spec
from chalicelib.workers import figures, notices, photos, relay, replay
from chalicelib.workers import points as points_worker
from chalicelib.workers.batch import Failures
from chalicelib.workers.replay import Context

app = Chalice(app_name="fenjian")
app.api.cors = CORSConfig(
    allow_headers=["Accept-Language", "Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
    expose_headers=["ETag", "Location", "Retry-After"],
    max_age=600,
)
for blueprint in (auth.auth, areas.api, inbox.api, listings.api, people.api, points.api, reference.api, reports.api):
    app.register_blueprint(blueprint)
app.register_blueprint(spec.api)


# ARNs are placeholders: infra's merge template puts `!GetAtt` in their place.
@app.on_dynamodb_record(stream_arn="arn:aws:dynamodb:region:0:table/history/stream/placeholder", batch_size=100)
def relay_history(event: DynamoDBEvent) -> Failures:
    return relay.history(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:notices-placeholder", batch_size=10)
def notify(event: SQSEvent) -> Failures:
    return notices.tell(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:points-placeholder", batch_size=10)
def earn_points(event: SQSEvent) -> Failures:
    return points_worker.earn(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:figures-placeholder", batch_size=10)
def count_figures(event: SQSEvent) -> Failures:
    return figures.count(event)


@app.on_sqs_message(queue_arn="arn:aws:sqs:region:0:photos-placeholder", batch_size=1)
def develop_photos(event: SQSEvent) -> Failures:
    return photos.develop(event)


@app.lambda_function()
def replay_history(event: dict[str, Any], context: Context) -> dict[str, Any]:
    return replay.history(event, context)
