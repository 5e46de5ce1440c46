"""A program of its own: from nothing to the first accepted report, through the Lambda's handler. Prints its CPU ms."""

import os

from app import app
from tests.bench.events import Context, answered, courier, submission
from tests.bench.spent import cpu_ms

answered(app(submission(courier(f"cold-{os.getpid()}")), Context()), 201)
print(cpu_ms())
