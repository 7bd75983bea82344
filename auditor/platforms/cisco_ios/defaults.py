"""What an absent line means, by release: cited claims, and nothing where the references leave it open."""

import re

import msgspec


class Defaults(msgspec.Struct, frozen=True):
    """Claims about absent lines. An empty citation means that nothing is claimed."""

    http_server_on: str = ""
    """Citation for "the web server runs unless `no ip http server` is printed"."""


CLASSIC = Defaults()
"""Classic IOS prints both states of `ip http server`; an absent line is unknown (threats.md, webui-http-enabled)."""

_RELEASE = re.compile(r"(\d+)\.(\d+)")


def ios_xe(version: str) -> Defaults:
    """Claims for IOS-XE of a release such as `17.12`; the model read is that of 17.18.1."""
    match = _RELEASE.match(version)
    if match and (int(match[1]), int(match[2])) >= (17, 18):
        return Defaults(
            http_server_on="Cisco-IOS-XE-http YANG model, default true since 17.18.1 (github.com/YangModels/yang,"
            " vendor/cisco/xe/17181)"
        )
    return Defaults()
