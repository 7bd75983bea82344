"""Arista EOS."""

from auditor.model.platform import Platform
from auditor.platforms.arista_eos.outputs import OUTPUTS, RULES
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.documents import without_configuration

platform = PlatformDefinition(
    name=Platform.ARISTA_EOS,
    detect=lambda _lines: None,
    read=lambda device, documents, errors, _masker: without_configuration(
        Platform.ARISTA_EOS, device, documents, errors
    ),
    commands=(),
    transport=Transport.CLI,
    driver="arista_eos",
    outputs=OUTPUTS,
    output_rules=RULES,
)
