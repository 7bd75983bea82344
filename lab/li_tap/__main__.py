"""`python -m lab.li_tap [TAPS.json]`: the router with taps in the foreground, until Ctrl-C."""

import json
import signal
import sys
import tempfile
from pathlib import Path

from lab.li_tap import PASSWORDS, TapAgent

YEAR_2099 = "08 33 01 01 00 00 00 00"
EXAMPLE = [{"content": 1, "stream": 1, "address": "198.51.100.7", "port": 9000, "timeout": YEAR_2099}]


def main() -> None:
    """Start, say where, wait."""
    taps = json.loads(Path(sys.argv[1]).read_text("utf-8")) if len(sys.argv) > 1 else EXAMPLE
    with tempfile.TemporaryDirectory() as folder, TapAgent(Path(folder)) as agent:
        agent.taps(taps)
        print(
            f"{agent.address} port {agent.port}; users liaudit, lidebug, liwide, lihidden; keys {' '.join(PASSWORDS)}"
        )
        sys.stdout.flush()
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("ended")


if __name__ == "__main__":
    main()
