"""A port in use is said plainly."""

import socket

import pytest

from infra.local.ports import LOOPBACK, PortInUse, check_free, free_port


def test_a_port_in_use_is_named_with_the_way_to_choose_another() -> None:
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortInUse, match=rf"Port {port} .*FENJIAN_PORT={port + 1}"):
            check_free(port)


def test_a_free_port_is_free() -> None:
    check_free(free_port())
