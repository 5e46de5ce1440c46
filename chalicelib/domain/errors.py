"""Everything Fenjian can refuse. The class name is the public error code.

DomainError
├── Invalid                  the request makes no sense
│   └── TooLarge             … because there is too much of it
├── UnsupportedMediaType     the body is not JSON
├── Unauthenticated          nobody knows who is asking
├── Forbidden                this person may not do this
├── NotFound                 there is no such thing, or not for this person
├── Conflict                 the thing is not in a state that allows it
│   ├── IllegalAction        … the status table has no such row
│   ├── CapReached           … a limit per person is used up
│   ├── AlreadyDone          … it happened before (to a consumer that is success)
│   └── StaleVersion         … someone else changed it meanwhile
├── KeyReused                an idempotency key came back with another body
├── TooManyRequests          a rate limit
└── Busy                     try again in a moment
"""


class DomainError(Exception):
    """A refusal that the caller is told about, in a sentence.

    `rule` is the stable name of the rule that refused (a row of `data/refusals.csv`, where its sentence
    stands in Chinese and English); `facts` fill the sentence's blanks.
    """

    def __init__(self, rule: str, /, **facts: object) -> None:
        super().__init__(rule, facts)
        self.rule = rule
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.rule} {self.facts}" if self.facts else self.rule


class Invalid(DomainError):
    """Raised when a request cannot be understood."""


class TooLarge(Invalid):
    """Raised when a request holds more than can be taken."""


class UnsupportedMediaType(DomainError):
    """Raised when a body is sent as something other than JSON."""


class Unauthenticated(DomainError):
    """Raised when the caller's token is missing, damaged, expired or revoked."""


class Forbidden(DomainError):
    """Raised when the caller's role or scope does not allow the action."""


class NotFound(DomainError):
    """Raised when the thing does not exist or is hidden from the caller."""


class Conflict(DomainError):
    """Raised when the thing's present state refuses the action."""


class IllegalAction(Conflict):
    """Raised when the status table has no row for this status and action."""


class CapReached(Conflict):
    """Raised when a person has used up what the rules allow in a period."""


class AlreadyDone(Conflict):
    """Raised when what is asked for has happened already."""


class StaleVersion(Conflict):
    """Raised when someone else changed the thing since the caller read it."""


class KeyReused(DomainError):
    """Raised when an idempotency key comes back with another request."""


class TooManyRequests(DomainError):
    """Raised when a caller asks more often than the rules allow."""


class Busy(DomainError):
    """Raised when the store keeps refusing for load or contention."""
