"""Cisco NX-OS."""

from auditor.model.platform import Platform
from auditor.platforms.cisco_nxos.outputs import OUTPUTS
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.documents import without_configuration

platform = PlatformDefinition(
    name=Platform.CISCO_NXOS,
    detect=lambda _lines: None,
    read=lambda device, documents, errors, _masker: without_configuration(
        Platform.CISCO_NXOS, device, documents, errors
    ),
    commands=(),
    transport=Transport.CLI,
    driver="cisco_nxos",
    outputs=OUTPUTS,
)
