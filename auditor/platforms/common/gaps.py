"""Areas that a reader leaves out, with the reason."""

from collections.abc import Mapping

from auditor.model.areas import Area
from auditor.model.evidence import Code, Unknown


def left_out(platform: str, areas: Mapping[Area, object], reasons: Mapping[Area, Unknown]) -> dict[Area, Unknown]:
    """A reason for every area that is not filled: the one that is given, else that the reader does not read it.

    Live state is left out: outputs of commands are read apart from the configuration.
    """
    return {
        area: reasons.get(area) or Unknown(Code.CUT, f"{area}: not read on {platform}")
        for area in Area
        if area not in areas and area is not Area.STATE
    }
