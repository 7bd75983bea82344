"""The NETCONF operation that platforms share."""

from auditor.platforms.common.definition import Rpc

GET_CONFIG = Rpc(
    name="get-config running",
    document="netconf/running",
    body="<get-config><source><running/></source></get-config>",
)
"""The whole running configuration (RFC 6241, 7.1). It takes no lock and changes nothing."""
