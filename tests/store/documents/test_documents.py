"""Documents fit into an item of the store however much there is to correct."""

from dataclasses import replace

from chalicelib.domain.documents.monthly import Correction, Monthly, Part, Row
from chalicelib.domain.figures.columns import Column
from chalicelib.store.base import Transaction
from chalicelib.store.documents import documents
from tests.builders import NOW, TOWNSHIP

MONTHS = ("2026-08", "2026-09", "2026-10")
ITEM = 400_000  # what DynamoDB takes


def test_a_report_that_corrects_every_count_of_seventy_rows_in_three_months_is_kept(tables: str) -> None:
    rows = [
        Row(part=Part.VILLAGE, key=f"3502111022{n:02}", zh=f"第{n}村民委员会", en=f"Village No. {n}", counts={})
        for n in range(70)
    ]
    corrections = tuple(
        Correction(
            month=month,
            part=row.part,
            key=row.key,
            zh=row.zh,
            en=row.en,
            column=column,
            before=1000 + place,
            after=1000 + 7 * place,
        )
        for month in MONTHS
        for row in rows
        for place, column in enumerate(Column)
    )
    report = replace(EMPTY, rows=tuple(rows), corrections=corrections)
    assert len(str(corrections)) > 2 * ITEM
    transaction = Transaction()
    documents.add(documents.Kind.MONTHLY, report.month, report, transaction)
    transaction.commit()
    assert documents.monthly(TOWNSHIP, "2026-11") == report
    assert documents.monthlies(TOWNSHIP, limit=5).documents == [report]


EMPTY = Monthly(
    id=f"{TOWNSHIP}-2026-11",
    township=TOWNSHIP,
    month="2026-11",
    first="2026-10-26",
    last="2026-11-25",
    as_of=NOW,
    made_by="",
    editions={},
    rows=(),
)
