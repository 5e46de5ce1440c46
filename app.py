"""Everything AWS can invoke, one line each."""

from collections.abc import Callable
from typing import Any

from chalice.app import Chalice

from chalicelib.api.auth import auth
from chalicelib.api.routes import CORS, Routes
from chalicelib.workers.lazy import worker

app = Chalice(app_name="fenjian")
app.api.cors = CORS
app.register_blueprint(auth)
app.routes = Routes(app)  # type: ignore[assignment]  # Chalice asks no more of it than a mapping gives

type Register = Callable[[Callable[..., Any]], Any]
STREAM = "arn:aws:dynamodb:region:0:table/history/stream/placeholder"


def of(queue: str, *, at_once: int) -> Register:
    """Consumes a queue, so many messages at once. Its ARN is a placeholder: infra puts `!GetAtt` in its place."""
    register: Register = app.on_sqs_message(queue_arn=f"arn:aws:sqs:region:0:{queue}-placeholder", batch_size=at_once)
    return register


# What follows from history.
relay_history = app.on_dynamodb_record(stream_arn=STREAM, batch_size=100)(worker("relay_history", "relay.history"))
notify = of("notices", at_once=10)(worker("notify", "notices.tell"))
earn_points = of("points", at_once=10)(worker("earn_points", "points.earn"))
count_figures = of("figures", at_once=10)(worker("count_figures", "figures.count"))
count_cells = of("cells", at_once=10)(worker("count_cells", "cells.count"))
raise_alarms = of("alarms", at_once=10)(worker("raise_alarms", "alarms.follow"))
link_recurrences = of("links", at_once=10)(worker("link_recurrences", "recurrences.link"))
check_for_fraud = of("checks", at_once=10)(worker("check_for_fraud", "checks.check"))
follow_merges = of("merges", at_once=10)(worker("follow_merges", "merges.follow"))
follow_happenings = of("happenings", at_once=10)(worker("follow_happenings", "happenings.follow"))
follow_closings = of("rechecks", at_once=10)(worker("follow_closings", "rechecks.follow"))

# What a request leaves to be done.
send_messages = of("outbox", at_once=1)(worker("send_messages", "outbox.send"))
develop_photos = of("photos", at_once=1)(worker("develop_photos", "photos.develop"))
send_codes = of("codes", at_once=1)(worker("send_codes", "codes.send"))
write_exports = of("exports", at_once=1)(worker("write_exports", "exports.write"))
rank_boards = of("rankings", at_once=1)(worker("rank_boards", "rankings.rank"))
fire_timers = of("timers", at_once=10)(worker("fire_timers", "timers.fire"))

# What the clock begins, and what is begun by hand.
sweep = app.schedule("rate(1 minute)")(worker("sweep", "timers.sweep"))
begin_day = app.schedule("rate(1 hour)")(worker("begin_day", "mornings.begin"))
retain = app.lambda_function()(worker("retain", "retention.retain"))
recount_figures = app.lambda_function()(worker("recount_figures", "recount.figures"))
replay_history = app.lambda_function()(worker("replay_history", "replay.history"))
