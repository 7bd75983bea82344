"""A check: its metadata, its function, and what the function may yield."""

from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum, StrEnum

import msgspec

from auditor.model.areas import Area
from auditor.model.evidence import Code, Source
from auditor.model.facts import Facts


class Severity(IntEnum):
    """How bad a finding is."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """The word that reports print."""
        return self.name.lower()


class CheckClass(StrEnum):
    """The classes of the catalogue."""

    BACKDOOR = "backdoor-indicator"
    INTERCEPTION = "interception"
    LI_COVERT = "li-covert"
    LI_PROVISIONING = "li-provisioning"
    LI_DELIVERY = "li-delivery"
    MANAGEMENT = "management-exposure"
    CREDENTIAL = "credential"
    LOGGING = "logging-visibility"
    INTEGRITY = "integrity"
    SEGMENTATION = "segmentation"
    TELECOM_CORE = "telecom-core"
    VULNERABILITY = "known-exploited-vulnerability"


class Kind(StrEnum):
    """What a verdict rests on (threats reference, section 0)."""

    EXPOSURE = "exposure"
    UNDECLARED = "undeclared"
    COMBINATION = "combination"
    FLEET = "fleet"
    CVE = "cve"


class Confidence(StrEnum):
    """How sure a finding is."""

    CERTAIN = "certain"
    """The lines say it."""
    LIKELY = "likely"
    """The lines say it, and it depends on a documented default or on what a name means."""
    POSSIBLE = "possible"
    """Worth a look; other readings are possible."""


class Fix(msgspec.Struct, frozen=True):
    """How to mend it on one platform. `$name` is replaced by a value of the problem."""

    commands: str
    verify: str = ""
    """Command that shows it is mended, and what to expect."""
    caution: str = ""
    """How one can lock oneself out, or break service, by mending it."""


class Problem(msgspec.Struct, frozen=True):
    """Something wrong. `subject` stays the same when lines move; waivers and baselines are keyed by it."""

    message: str
    evidence: tuple[Source, ...]
    subject: str
    severity: Severity | None = None
    """None for the severity of the check."""
    confidence: Confidence = Confidence.CERTAIN
    values: dict[str, str] = {}
    """Values for the fix, by name."""
    device: str = ""
    """Fleet checks name the device; device checks leave it empty."""


class Gap(msgspec.Struct, frozen=True):
    """Something that cannot be judged, and why."""

    code: Code
    reason: str
    device: str = ""


class Review(msgspec.Struct, frozen=True):
    """An object that only its operator can judge, because no list of intended ones was supplied."""

    subject: str
    message: str
    evidence: tuple[Source, ...]


class NotApplicable(msgspec.Struct, frozen=True):
    """The thing cannot exist on this device."""

    reason: str


Judgement = Problem | Gap | Review | NotApplicable


class Reference(msgspec.Struct, frozen=True):
    """A published text behind the check, and where to find it."""

    title: str
    url: str = ""


class Aggravation(msgspec.Struct, frozen=True):
    """What else, found on the same device, makes the findings of a check worse (threats reference, 0.2)."""

    beside: str
    """The id of a check, or a class of checks of which a finding is high or worse."""
    reason: str
    severity: Severity | None = None
    """What the findings become; None for one step more."""

    @property
    def sentence(self) -> str:
        """The rule in words."""
        degree = "One step worse" if self.severity is None else self.severity.label.capitalize()
        return f"{degree} beside {self.beside}: {self.reason}."


class CheckMeta(msgspec.Struct, frozen=True):
    """What a person asks about a check."""

    id: str
    title: str
    check_class: CheckClass
    severity: Severity
    kind: Kind
    needs: frozenset[Area]
    fix: dict[str, Fix]
    why: str
    how: str = ""
    """How it is decided, when a result is unknown."""
    false_positives: str = ""
    attack: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    since: str = "0.1"
    preserve: bool = False
    """Sign of an intrusion: evidence is to be saved before anything is removed."""
    evidence: tuple[str, ...] = ("config",)
    pack: str = ""
    without_fix: frozenset[str] = frozenset()
    """Platforms on which it is judged and no command mends it."""
    unseen: dict[str, str] = {}
    """Platforms that have the thing, where nothing that can be collected decides: the result is unknown; each with the reason
    and its source."""
    not_on: dict[str, str] = {}
    """Platforms that cannot show the thing, each with the reason and its source."""
    worse: tuple[Aggravation, ...] = ()

    @property
    def platforms(self) -> frozenset[str]:
        """The platforms on which the check runs; on others it is not applicable."""
        return self.judged_on | frozenset(self.unseen)

    @property
    def judged_on(self) -> frozenset[str]:
        """The platforms on which there are findings and passes."""
        return frozenset(self.fix) | self.without_fix

    @property
    def decided(self) -> str:
        """How it is decided, and what makes it worse."""
        return " ".join(filter(None, (self.how, *(one.sentence for one in self.worse))))


class Observation(msgspec.Struct, frozen=True):
    """A value seen on one device, for comparison with its peers."""

    key: str
    label: str
    source: Source


class Peer(msgspec.Struct, frozen=True):
    """One device in a fleet comparison: its observations, or why there are none."""

    device: str
    platform: str
    role: str
    observations: tuple[Observation, ...] = ()
    gap: Gap | None = None


class DeviceCheck(msgspec.Struct, frozen=True):
    """A check that looks at one device."""

    meta: CheckMeta
    run: Callable[[Facts], Iterator[Judgement]]


class FleetCheck(msgspec.Struct, frozen=True):
    """A check that compares devices: `observe` sees each device once, `compare` sees what was kept of all."""

    meta: CheckMeta
    observe: Callable[[Facts], Iterator[Observation]]
    compare: Callable[[Sequence[Peer]], Iterator[Problem | Gap]]


Check = DeviceCheck | FleetCheck
