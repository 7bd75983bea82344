"""What vendors and authorities publish about vulnerabilities, brought in by the operator."""

import re

import msgspec

SCHEMA = "auditor/vulnerabilities/1"
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


class PublishedFile(msgspec.Struct, frozen=True):
    """A file that was imported."""

    kind: str
    """`kev` or `csaf`."""
    id: str
    """Of the catalogue or the advisory."""
    publisher: str
    date: str
    """Day of its current release."""
    sha256: str
    signature: str
    """Who signed it as far as that was verified, or that it was not."""


class Statement(msgspec.Struct, frozen=True):
    """Which releases of a platform an advisory names, release by release."""

    cve: str
    platform: str
    advisory: str
    affected: tuple[str, ...]
    fixed: tuple[str, ...]


class Published(msgspec.Struct, frozen=True):
    """Everything that was imported."""

    schema: str = SCHEMA
    files: tuple[PublishedFile, ...] = ()
    exploited: dict[str, str] = {}
    """Vulnerabilities that are known to be exploited -> the day since when they are listed."""
    systems: dict[str, tuple[str, ...]] = {}
    """Vulnerability -> the platforms that the catalogue of exploited ones names."""
    statements: tuple[Statement, ...] = ()

    def exploited_on(self, platform: str) -> list[str]:
        """The exploited vulnerabilities of a platform, by the catalogue's name of the product or by an advisory."""
        advised = {one.cve for one in self.statements if one.platform == platform}
        return [cve for cve in self.exploited if cve in advised or platform in self.systems.get(cve, ())]

    def about(self, platform: str, release: str) -> dict[str, bool]:
        """CVE -> whether this release is among those that an advisory names as affected; False where it names it as fixed."""
        mine = spelled(release)
        found: dict[str, bool] = {}
        for one in self.statements:
            if one.platform == platform:
                if mine in one.affected:
                    found[one.cve] = True
                elif mine in one.fixed:
                    found.setdefault(one.cve, False)
        return found

    def advisory(self, cve: str, platform: str) -> str:
        """The advisories that name releases of a platform for a vulnerability."""
        return ", ".join(
            dict.fromkeys(one.advisory for one in self.statements if (one.cve, one.platform) == (cve, platform))
        )


def spelled(release: str) -> str:
    """A release as it is compared: `17.03.04a` of IOS-XE is `17.3.4a` of the advisories."""
    return _ZEROS.sub("", release.strip().lower())
