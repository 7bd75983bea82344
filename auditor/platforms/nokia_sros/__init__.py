"""Nokia SR OS."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.documents import without_configuration
from auditor.platforms.nokia_sros.outputs import OUTPUTS

platform = PlatformDefinition(
    name=Platform.NOKIA_SROS,
    detect=lambda _lines: None,
    read=lambda device, documents, errors, _masker: without_configuration(
        Platform.NOKIA_SROS, device, documents, errors
    ),
    commands=(),
    transport=Transport.CLI,
    driver="nokia_sros",
    outputs=OUTPUTS,
)
