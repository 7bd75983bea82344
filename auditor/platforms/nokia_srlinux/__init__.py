"""Nokia SR Linux."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.documents import without_configuration
from auditor.platforms.nokia_srlinux.outputs import OUTPUTS

platform = PlatformDefinition(
    name=Platform.NOKIA_SRLINUX,
    detect=lambda _lines: None,
    read=lambda device, documents, errors, _masker: without_configuration(
        Platform.NOKIA_SRLINUX, device, documents, errors
    ),
    commands=(),
    transport=Transport.CLI,
    driver="nokia_srl",
    outputs=OUTPUTS,
)
