"""TCP ports of the loopback address."""

import socket

LOOPBACK = "127.0.0.1"


class PortInUse(Exception):
    """Raised when somebody else listens on a port we were told to use."""


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def check_free(port: int) -> None:
    """Raise PortInUse, saying how to choose another."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise PortInUse(
                f"Port {port} of {LOOPBACK} is in use. Stop what listens there, or choose another port: "
                f"make run FENJIAN_PORT={port + 1}"
            ) from error
