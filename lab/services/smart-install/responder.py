"""A stand-in for a switch whose Smart Install client is active.

It answers the 24-byte capability query on TCP 4786 with the 24-byte reply of an active client, and nothing else: any
other input closes the connection. No other message of the protocol is understood, nothing is stored, and the number
of connections, their duration and the bytes read are bounded. Standard library only.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

PORT = 4786
QUERY = bytes.fromhex("00000001 00000001 00000004 00000008 00000001 00000000")
REPLY = bytes.fromhex("00000004 00000000 00000003 00000008 00000001 00000000")

MAX_CONNECTIONS = 16
TIMEOUT_S = 10.0


class Responder:
    """Answers capability queries; remembers only how many connections are open."""

    def __init__(self) -> None:
        self._open = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Handle one connection: read one query, answer it or not, close."""
        answered = False
        peer = writer.get_extra_info("peername")
        try:
            if self._open >= MAX_CONNECTIONS:
                return
            self._open += 1
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    if await reader.readexactly(len(QUERY)) == QUERY:
                        writer.write(REPLY)
                        await writer.drain()
                        answered = True
            finally:
                self._open -= 1
        except (asyncio.IncompleteReadError, TimeoutError, ConnectionError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
            print(f"{peer}: {'answered' if answered else 'closed without an answer'}", flush=True)


async def run(address: str, port: int) -> None:
    """Listen until cancelled."""
    server = await asyncio.start_server(Responder().serve, address, port, limit=64, backlog=MAX_CONNECTIONS)
    print(f"listening on {address} port {port}", flush=True)
    async with server:
        await server.serve_forever()


def main() -> int:
    """Read the options and listen."""
    parser = argparse.ArgumentParser(description="Answer Smart Install capability queries (lab only).")
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on (default: loopback)")
    parser.add_argument("--port", type=int, default=PORT)
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(options.address, options.port))
    return 0


if __name__ == "__main__":
    sys.exit(main())
