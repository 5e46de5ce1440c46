"""`python -m infra.operate.audit_ledger --stage dev`: proves the ledger from its entries (`make audit-ledger`).

Exits with 1 where something does not fit, and names it. It works with the operator's own rights, and only reads.
"""

import argparse
import os
import sys

from infra import stages


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=stages.STAGES, required=True)
    os.environ |= stages.environment(parser.parse_args().stage)
    from chalicelib.services.points import auditing

    books = auditing.audit()
    print(f"{books.entries} entries of {books.couriers} couriers")
    for account, balance in sorted(books.balances.items()):
        print(f"{balance:>12}  {account}")
    print(f"{books.total:>12}  together")
    if books.misfit or books.total:
        sys.exit(f"This does not fit: {books.misfit or 'the sum'}")


if __name__ == "__main__":
    main()
