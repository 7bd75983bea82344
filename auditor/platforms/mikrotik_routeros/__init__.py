"""MikroTik RouterOS."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.documents import without_configuration
from auditor.platforms.mikrotik_routeros.outputs import OUTPUTS

platform = PlatformDefinition(
    name=Platform.MIKROTIK_ROUTEROS,
    detect=lambda _lines: None,
    read=lambda device, documents, errors, _masker: without_configuration(
        Platform.MIKROTIK_ROUTEROS, device, documents, errors
    ),
    commands=(),
    transport=Transport.CLI,
    driver="mikrotik_routeros",
    outputs=OUTPUTS,
)
