"""The same request, sent again because its answer got lost, is answered again and not done again."""

from collections.abc import Callable

from chalicelib.domain.errors import DomainError
from chalicelib.domain.idempotency import Key
from chalicelib.store import idempotency


def once[T](key: Key | None, do: Callable[[], T], again: Callable[[str], T]) -> T:
    """`do()`, or `again(resource id)` where this key has done it before.

    The key is looked up only after a refusal: the first time costs no read, and what refuses the second time is just
    what the first has changed. Raises KeyReused if the key came with another request, else what `do` raised.
    """
    try:
        return do()
    except DomainError:
        resource_id = idempotency.recall(key) if key else None
        if resource_id is None:
            raise
        return again(resource_id)
