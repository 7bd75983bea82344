"""The NETCONF operations by which a running configuration is asked for."""

from auditor.platforms.common.definition import Rpc

GET_CONFIG = Rpc(
    name="get-config running",
    document="netconf/running",
    body="<get-config><source><running/></source></get-config>",
)
"""The whole running configuration (RFC 6241, 7.1). It takes no lock and changes nothing."""


def get_accounts(wanted: str) -> Rpc:
    """What the filter names of the running configuration (RFC 6241, 6.2): for platforms of whose models no more is read.

    An element that is empty in the filter stands for itself alone, so that no password and no statement of interception
    is sent by the device.
    """
    return Rpc(
        name=GET_CONFIG.name,
        document=GET_CONFIG.document,
        body=f'<get-config><source><running/></source><filter type="subtree">{wanted}</filter></get-config>',
    )
