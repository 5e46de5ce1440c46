"""Reads an XLSX file as any program does: by its parts, which are XML."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

type Value = str | float | None


def read(data: bytes) -> dict[str, list[list[Value]]]:
    """Rows of cells by the sheet's title: text, numbers, nothing. A formula is a failure."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = _texts(archive)
        book = Xml.fromstring(archive.read("xl/workbook.xml"))
        titles = [sheet.attrib["name"] for sheet in book.iter(f"{MAIN}sheet")]
        pages = [archive.read(f"xl/worksheets/sheet{number + 1}.xml") for number in range(len(titles))]
    return {title: list(_rows(Xml.fromstring(page), texts)) for title, page in zip(titles, pages, strict=True)}


def _texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    shared = Xml.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in one.iter(f"{MAIN}t")) for one in shared.iter(f"{MAIN}si")]


def _rows(page: Xml.Element, texts: list[str]) -> Iterator[list[Value]]:
    assert not list(page.iter(f"{MAIN}f")), "a cell is a formula"
    assert not list(page.iter(f"{MAIN}hyperlink")), "a cell is a link"
    for row in page.iter(f"{MAIN}row"):
        yield [_value(cell, texts) for cell in row.iter(f"{MAIN}c")]


def _value(cell: Xml.Element, texts: list[str]) -> Value:
    value = cell.find(f"{MAIN}v")
    if value is None or value.text is None:
        return None
    return texts[int(value.text)] if cell.attrib.get("t") == "s" else float(value.text)
