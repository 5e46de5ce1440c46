"""A code as a picture: one document, the same code the same picture, nothing of the code as text."""

from xml.etree import ElementTree

from chalicelib.gateways import qr


def test_a_code_is_drawn_as_one_square_svg_document() -> None:
    drawn = qr.svg("7K3M9QXT")
    root = ElementTree.fromstring(drawn)
    assert root.tag.endswith("svg") and root.get("width") == root.get("height")
    assert "7K3M9QXT" not in drawn and len(drawn) < 4000


def test_another_code_is_another_picture() -> None:
    assert qr.svg("7K3M9QXT") == qr.svg("7K3M9QXT") != qr.svg("7K3M9QXV")
