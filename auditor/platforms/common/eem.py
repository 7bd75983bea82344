"""Policies of Cisco's Embedded Event Manager that are in force, as IOS, IOS-XE and IOS XR show them."""

import re

from auditor.model.areas import EventPolicy, State
from auditor.platforms.common.outputs import Output, known

_HEAD = re.compile(r"No\.\s+Class\s+Type\s+Event Type\s+Trap\s+Time Registered\s+(?:Secu\s+)?Name")
_ROW = re.compile(r"\d+\s+(?:applet|script)\b")
_POLICY = re.compile(
    r"\d+\s+(?P<class>applet|script)\s+(?P<type>user|system)\s+(?P<event>\S.*?)\s{2,}(?:Off|On)\s+.*\s(?P<name>\S+)\s*$"
)


def policies(output: Output) -> State:
    """`show event manager policy registered`: applets and scripts.

    Those of type `system` are defined by Cisco (Cisco IOS XR System Monitoring Command Reference, `event manager policy`).
    """
    output.require(_HEAD, "head of the table of policies")
    output.refuse(_ROW, _POLICY)
    found = [
        EventPolicy(
            match["name"],
            f"EEM {match['class']}",
            (source,),
            trigger=match["event"],
            vendors=match["type"] == "system",
        )
        for match, source in output.find(_POLICY)
    ]
    return State(policies=known(found))
