"""The lists of the NETCONF form and the leaves that are their keys.

Names and keys are those of the vendor's YANG models (nokia-conf, releases 20.10 to 26.3), as far as a topic reads them.
In the command line the first key stands behind the name of the list, every further one behind its own name.
"""

_ONE = """
access-point name|accounting-policy policy-id|address ip-address ipv4-address ipv6-address|alias alias-name|area area-id
apipe service-name|cipher index|client-db name|client-tls-profile client-profile-name|community community-name community-string
cpipe service-name|cpm cpm-type|customer customer-name|dest-mac mac-type|destination-group name|entry entry-id id keychain-entry-index
destination destination-address|ecdsa-key ecdsa-public-key-id|epipe service-name|esa esa-id|ethernet-segment name|far-end far-end-addr
file file-policy-name file-id|filter filter-name filter-id|fpipe service-name|fp fp-number|card slot-number|mda mda-slot
group group-name name tunnel-group-name|handler name|host-key index|ies service-name|ike-policy id|ike-transform id
indirect ip-address|instance vxlan-instance|interface interface-name ip-int-name|ip-filter filter-name|ip-prefix-list prefix-list-name
ip-tunnel tunnel-name|ipipe service-name|ipsec-gateway name|ipsec-transform id|ipsec-tunnel name|ipv6-filter filter-name
ipv6-prefix-list prefix-list-name|isis isis-instance|kex index|keychain keychain-name|lag lag-name lag-id lag-index|level level-number
log-id name id log-id|lsp lsp-name|mac index|mac-filter filter-name|manager manager-name|member member|mesh-sdp sdp-bind-id
message-digest-key key-id|mirror-dest service-name|mirror-source service-name|named-entry entry-name|neighbor ip-address
netconf-client name|next-hop ip-address|of-switch name|ospf ospf-instance|ospf3 ospf-instance|pcap session-name|peer-transport ip-address
peer ip-address|policy-statement name|pool name|port port-id|port-list port-list-name|prefix-list name|prefix-limit family
profile user-profile-name|protocol protocol-id|python-script name|redirect-policy redirect-policy-name|router router-name router-instance
rpki-session ip-address|rsa-key rsa-public-key-id|sample-profile profile-id|sap sap-id|sdp sdp-id|secondary address|server index server-index
sensor-group name|server-cipher-list server-cipher-list-name|server-tls-profile server-profile-name|snmp-trap-group log-name
software-repository repository-name|source-access-list list-name|source-host host-name|spoke-sdp sdp-bind-id|station station-name
static-sa name|subscriber subscriber-id|subscription name|syslog syslog-name syslog-id|tls12-cipher index|tls13-cipher index
trap-target name|tunnel name tunnel-name|usb usb-cflash|user user-name|user-template user-template-name|usm-community community-string
vlan vlan-id|vm vm-id|vpls service-name|vprn service-name|vrrp virtual-router-id|priv-lvl level|authentication-key key-id
subscriber-interface interface-name|group-interface group-interface-name|static-host sap-id|policy policy-id policy-name
redundant-interface interface-name|network-interface interface-name|nat-policy name|dhcp-server name|cert-profile cert-profile-name
trust-anchor-profile trust-anchor-profile-name|radius-policy policy-name|ip-exception filter-name|tunnel-template id|client id
"""
_MORE = """
access group context security-model security-level|collector ip-address port|destination address port|route ip-prefix route-type
prefix ip-prefix type|schedule schedule-name owner|script script-name owner|script-policy policy-name owner
server ip-address router-instance|peer ip-address router-instance|view view-name subtree|broadcast router-instance interface-name
broadcast-client router-instance interface-name|bgp bgp-instance|mpls bgp-instance|vxlan vxlan-instance|address-range start end
route ip-prefix|prefix ip-prefix|prefix ipv6-prefix|prefix peer-prefix
"""


def _table() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for entry in _ONE.replace("\n", "|").split("|"):
        name, *keys = entry.split() or [""]
        found.setdefault(name, {}).update({key: (key,) for key in keys})
    for entry in _MORE.replace("\n", "|").split("|"):
        name, *keys = entry.split() or [""]
        # Where a list is known with one key and with more, the longer one holds: a key that is missing is passed over.
        if keys and len(found.get(name, {}).get(keys[0], ())) < len(keys):
            found.setdefault(name, {})[keys[0]] = tuple(keys)
    return found


LISTS = _table()
"""Name of a list -> name of its first key -> all its keys."""
EVENTS = frozenset(("log-events", "event-trigger"))
"""Containers whose lists are named after applications; their key is `event`."""
