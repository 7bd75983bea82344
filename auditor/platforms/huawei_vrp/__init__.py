"""Huawei VRP."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.documents import without_configuration
from auditor.platforms.huawei_vrp.outputs import OUTPUTS

platform = PlatformDefinition(
    name=Platform.HUAWEI_VRP,
    detect=lambda _lines: None,
    read=lambda device, documents, errors, _masker: without_configuration(
        Platform.HUAWEI_VRP, device, documents, errors
    ),
    commands=(),
    transport=Transport.CLI,
    driver="huawei",
    outputs=OUTPUTS,
)
