"""A router with taps: net-snmp's snmpd with the tap tables of a Cisco, for the LI-cleared run."""

from lab.li_tap.snmpd import AUDIT_COLUMNS, PASSWORDS, Request, TapAgent, missing

__all__ = ["AUDIT_COLUMNS", "PASSWORDS", "Request", "TapAgent", "missing"]
