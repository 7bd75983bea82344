"""What checks of implants share."""

from auditor.api import Code, Gap

SEEN_ACCOUNTS = ("cisco_tac_admin", "cisco_support", "cisco_sys_manager")
"""Accounts of the campaigns against the web server of IOS-XE."""


def not_observed(what: str) -> Gap:
    """An implant that hides is not absent because it was not seen."""
    return Gap(Code.STATE, f"not observed, which is no proof of absence: {what}")
