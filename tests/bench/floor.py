"""A program of its own: the least that any Chalice app on DynamoDB does before its first request. Prints its CPU ms."""

import botocore.session
import chalice.app  # noqa: F401  # its import is what is measured

from tests.bench.spent import cpu_ms

botocore.session.get_session().create_client("dynamodb")
print(cpu_ms())
