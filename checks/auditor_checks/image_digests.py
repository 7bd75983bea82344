"""The digest of the image that runs, against the one that the operator declared of the vendor's."""

import re

import msgspec

from auditor.api import Code, Facts, NotKnownError, Source, listed


class ImageDigest(msgspec.Struct, frozen=True):
    """The image that runs, with its digest and those that are declared for its release."""

    path: str
    digest: str
    source: Source
    declared: tuple[str, ...]

    @property
    def is_the_vendors(self) -> bool:
        """Whether it is one of the declared ones."""
        return self.digest in self.declared


def image_digest(facts: Facts) -> ImageDigest:
    """Raise NotKnownError where the digest was not collected, or none is declared (software.images, sha512)."""
    release = facts.state.release.need()
    name = file_name(release.image)
    found = [one for one in facts.state.digests.need() if name and file_name(one.path) == name]
    if not found:
        raise NotKnownError(
            Code.STATE, f"no digest of the image that runs ({release.image or 'not named'}) was collected"
        )
    declared = tuple(
        one.more["sha512"].lower()
        for one in facts.declared.images or ()
        if one.more.get("sha512") and listed((one,), release.version) and _is_for(one.more, facts.platform)
    )
    if not declared:
        raise NotKnownError(Code.DECLARATION, f"no sha512 of release {release.version} is declared (software.images)")
    return ImageDigest(found[0].path, found[0].digest, found[0].source, declared)


def _is_for(more: dict[str, str], platform: str) -> bool:
    return more.get("platform", platform) == platform


def file_name(path: str) -> str:
    """The last part of a path of any platform."""
    return re.split(r"[:/\\]", path)[-1]
