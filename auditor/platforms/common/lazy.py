"""Parts of a platform that are imported when they are first needed: eleven readers at once would make every start slow."""

import importlib
from collections.abc import Callable, Sequence
from typing import TypeVar

from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common.definition import Reading
from auditor.syntax.mask import Masker

T = TypeVar("T")


def function(module: str, name: str, kind: type[T]) -> Callable[..., T]:
    """A function of a module that is imported at the first call; it has to return a `kind`."""

    def call(*arguments: object) -> T:
        found = getattr(importlib.import_module(module), name)(*arguments)
        if not isinstance(found, kind):
            raise TypeError(f"{module}.{name} gives no {kind.__name__}")
        return found

    return call


def value(module: str, name: str, kind: type[T]) -> Callable[[], T]:
    """A function that gives a value of a module, imported at the first call."""

    def load() -> T:
        found = getattr(importlib.import_module(module), name)
        if not isinstance(found, kind):
            raise TypeError(f"{module}.{name} is no {kind.__name__}")
        return found

    return load


def reader(platform: str, module: str, *first: object) -> Callable[..., Reading]:
    """The function `read` of a module. It never gets a document from which lawful intercept was not dropped.

    Redaction knows the words of every platform and would bring all of them in here.
    """
    read = function(module, "read", Reading)

    def call(
        device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker
    ) -> Reading:
        redaction = importlib.import_module("auditor.platforms.common.redaction")
        kept = redaction.documents(documents, platform, device.name)
        return read(*first, device, kept, redaction.errors(errors), masker)

    return call
