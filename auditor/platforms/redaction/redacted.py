"""Readers of platforms: none of them ever gets a document from which lawful intercept was not dropped."""

import importlib
from collections.abc import Callable, Sequence

from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import Reading
from auditor.syntax.mask import Masker


def reader(platform: str, module: str, *first: object) -> Callable[..., Reading]:
    """The function `read` of a module, behind redaction, which knows the words of all platforms: imported when it is needed."""
    read = lazy.function(module, "read", Reading)

    def call(
        device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker
    ) -> Reading:
        redaction = importlib.import_module("auditor.platforms.redaction.redaction")
        kept = redaction.documents(documents, platform, device.name)
        return read(*first, device, kept, redaction.errors(errors), masker)

    return call
