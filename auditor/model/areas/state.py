"""Live state: what the outputs of commands show and configurations do not.

Every topic is a setting: Known where an output was collected and understood, else Unknown with what is missing.
"""

from typing import Any

import msgspec

from auditor.model.areas.aaa import AaaServer
from auditor.model.areas.accounts import Account
from auditor.model.areas.mirrors import Capture, Mirror
from auditor.model.areas.onbox import Alias, ContainerApp, EventPolicy
from auditor.model.areas.services import Service, SshServer
from auditor.model.areas.snmp import Community, SnmpGroup, SnmpUser
from auditor.model.areas.system import Feature
from auditor.model.evidence import Code, Setting, Source, Unknown

NOT_COLLECTED = Unknown(Code.STATE, "no output that shows it was collected")


class Release(msgspec.Struct, frozen=True):
    """The software that runs, and since when."""

    version: str
    source: Source
    image: str = ""
    """File that was booted."""
    model: str = ""
    serial: str = ""
    uptime: str = ""
    restarted: str = ""
    """When, in the device's words."""
    reason: str = ""
    """Why it restarted, in the device's words."""
    register: str = ""
    built: str = ""
    bootloader: str = ""
    sources: tuple[Source, ...] = ()


class Build(msgspec.Struct, frozen=True):
    """When the program that runs was made, where its release is told by something else."""

    when: str
    """In the device's words."""
    source: Source


class BoardLoader(msgspec.Struct, frozen=True):
    """The boot loader of a board."""

    slot: str
    """`FPC 1`, `MPU 9`."""
    kind: str
    """`ROM`, `U-Boot`, `BootROM` ..."""
    version: str
    source: Source
    board: str = ""
    """Type and revision of the board; empty where the output does not say."""


class Board(msgspec.Struct, frozen=True):
    """A board of a chassis."""

    slot: str
    type: str
    """Part number and revision."""
    source: Source


class Session(msgspec.Struct, frozen=True):
    """Somebody who is logged in."""

    user: str
    """Empty where the device does not say."""
    line: str
    source: Source
    address: str = ""
    """Where the session comes from; empty for the console."""
    protocol: str = ""
    own: bool = False
    """The session that asked."""


class Listener(msgspec.Struct, frozen=True):
    """A port that is listened on."""

    protocol: str
    address: str
    """`*` for any."""
    port: int
    source: Source
    process: str = ""
    vrf: str = ""
    pid: str = ""


class Connection(msgspec.Struct, frozen=True):
    """A connection of the device itself."""

    protocol: str
    local: str
    remote: str
    state: str
    source: Source
    """Addresses as `address:port`."""


class Process(msgspec.Struct, frozen=True):
    """A process of the system."""

    name: str
    source: Source
    pid: str = ""
    user: str = ""
    path: str = ""
    kernel: Setting[bool] = NOT_COLLECTED
    """A thread of the kernel, that no file is behind."""
    deleted: bool = False
    """The file that it was started from is gone."""


class RawSocket(msgspec.Struct, frozen=True):
    """A socket that sees packets beside the ports: a packet socket (AF_PACKET), or a raw one of an IP protocol."""

    process: str
    """Empty where the device does not say."""
    source: Source
    protocol: str = ""
    pid: str = ""


class StoredFile(msgspec.Struct, frozen=True):
    """A file on the device's storage."""

    path: str
    source: Source
    size: int | None = None
    changed: str = ""
    digest: str = ""
    runs: bool | None = None
    """Whether its mode lets anybody run it; None where no mode is told."""


class Package(msgspec.Struct, frozen=True):
    """An installed part of the software."""

    name: str
    source: Source
    version: str = ""
    active: bool = True
    signed: Setting[bool] = NOT_COLLECTED


class Neighbor(msgspec.Struct, frozen=True):
    """A device next to this one."""

    protocol: str
    name: str
    source: Source
    address: str = ""
    local_interface: str = ""
    remote_interface: str = ""
    model: str = ""


class RoutingPeer(msgspec.Struct, frozen=True):
    """A routing neighbour as the device sees it."""

    protocol: str
    address: str
    state: str
    source: Source
    remote_as: str = ""
    vrf: str = ""


class ConfigChange(msgspec.Struct, frozen=True):
    """A change of the configuration that the device remembers."""

    user: str
    source: Source
    when: str = ""
    line: str = ""
    """Where it was made: line, method or client."""
    command: str = ""
    address: str = ""
    """Where the session came from that made it."""


class LogMessage(msgspec.Struct, frozen=True):
    """A message of the local log that tells of a change or of a way in."""

    code: str
    """`SYS-5-CONFIG_I`."""
    text: str
    source: Source
    user: str = ""
    address: str = ""
    """Where the user came from."""


class LogBuffer(msgspec.Struct, frozen=True):
    """The messages that the device keeps in its memory."""

    messages: int
    full: bool
    """So full that older messages may have made place."""
    from_boot: bool
    """It begins with what the boot writes."""
    keeps_boot: bool
    """Its level is one at which the boot is written."""
    sources: tuple[Source, ...] = ()
    """Its level, its head and its first message."""


class LogState(msgspec.Struct, frozen=True):
    """The log as it is."""

    enabled: bool
    source: Source
    dropped: int = 0
    kept: int | None = None
    """Messages that were written to the local log since it began."""
    hosts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    buffer: Setting[LogBuffer] = Unknown(Code.STATE, "the output shows no buffer of messages")


class IntegrityResult(msgspec.Struct, frozen=True):
    """The outcome of a check that the device makes of itself."""

    what: str
    good: Setting[bool]
    source: Source
    said: str = ""
    """The device's own word for the outcome."""


class LinuxAccount(msgspec.Struct, frozen=True):
    """An account of the Linux or BSD under the network system."""

    name: str
    source: Source
    uid: str = ""
    shell: str = ""
    passwordless: bool = False
    """The field of the password is empty: anybody gets in."""


class SudoRule(msgspec.Struct, frozen=True):
    """A line of sudoers(5) that gives rights."""

    who: str
    """A user, `%group` or an alias."""
    source: Source
    free: bool = False
    """Without a password, for every command."""


class ProgramMode(msgspec.Struct, frozen=True):
    """A program with its rights, as `ls -l` shows them."""

    path: str
    mode: str
    owner: str
    source: Source


class LinuxLog(msgspec.Struct, frozen=True):
    """A log or a history of a shell, as `ls -la` shows it."""

    path: str
    size: int
    source: Source
    target: str = ""
    """Where a symbolic link leads."""


class Restart(msgspec.Struct, frozen=True):
    """The last start of the system, in the device's words."""

    source: Source
    when: str = ""
    reason: str = ""
    sources: tuple[Source, ...] = ()


class LastLogin(msgspec.Struct, frozen=True):
    """When an account was used last, in the device's words; empty for never."""

    user: str
    when: str
    source: Source


class State(msgspec.Struct, frozen=True):
    """Live state."""

    release: Setting[Release] = NOT_COLLECTED
    build: Setting[Build] = NOT_COLLECTED
    loaders: Setting[tuple[BoardLoader, ...]] = NOT_COLLECTED
    boards: Setting[tuple[Board, ...]] = NOT_COLLECTED
    sessions: Setting[tuple[Session, ...]] = NOT_COLLECTED
    listeners: Setting[tuple[Listener, ...]] = NOT_COLLECTED
    connections: Setting[tuple[Connection, ...]] = NOT_COLLECTED
    processes: Setting[tuple[Process, ...]] = NOT_COLLECTED
    files: Setting[tuple[StoredFile, ...]] = NOT_COLLECTED
    all_files: Setting[bool] = NOT_COLLECTED
    """Known where `files` are the files of every file system; a list of some of them shows no absence."""
    packages: Setting[tuple[Package, ...]] = NOT_COLLECTED
    changed_files: Setting[tuple[StoredFile, ...]] = NOT_COLLECTED
    """Programs of packages that are not as their packages brought them."""
    neighbors: Setting[tuple[Neighbor, ...]] = NOT_COLLECTED
    autoinstall: Setting[bool] = NOT_COLLECTED
    """The system may provision itself from the network at its next start, as it says itself."""
    peers: Setting[tuple[RoutingPeer, ...]] = NOT_COLLECTED
    changes: Setting[tuple[ConfigChange, ...]] = NOT_COLLECTED
    mirrors: Setting[tuple[Mirror, ...]] = NOT_COLLECTED
    captures: Setting[tuple[Capture, ...]] = NOT_COLLECTED
    container_host: Setting[bool] = NOT_COLLECTED
    apps: Setting[tuple[ContainerApp, ...]] = NOT_COLLECTED
    runtimes: Setting[tuple[ContainerApp, ...]] = NOT_COLLECTED
    """Programs that run containers of which no list is asked."""
    policies: Setting[tuple[EventPolicy, ...]] = NOT_COLLECTED
    aliases: Setting[tuple[Alias, ...]] = NOT_COLLECTED
    accounts: Setting[tuple[Account, ...]] = NOT_COLLECTED
    snmp_users: Setting[tuple[SnmpUser, ...]] = NOT_COLLECTED
    snmp_groups: Setting[tuple[SnmpGroup, ...]] = NOT_COLLECTED
    communities: Setting[tuple[Community, ...]] = NOT_COLLECTED
    services: Setting[tuple[Service, ...]] = NOT_COLLECTED
    ssh: Setting[SshServer] = NOT_COLLECTED
    servers: Setting[tuple[AaaServer, ...]] = NOT_COLLECTED
    features: Setting[tuple[Feature, ...]] = NOT_COLLECTED
    """Optional software that is switched on, in the device's words."""
    log: Setting[LogState] = NOT_COLLECTED
    insecure: Setting[tuple[Source, ...]] = NOT_COLLECTED
    """Lines in which the device itself calls a setting insecure."""
    linux_listeners: Setting[tuple[Listener, ...]] = NOT_COLLECTED
    """Ports that the Linux under the network system listens on, where its own table does not show them (IOS XR)."""
    namespaces: Setting[tuple[str, ...]] = NOT_COLLECTED
    """Network namespaces of that Linux."""
    seen_namespaces: Setting[tuple[str, ...]] = NOT_COLLECTED
    """Those whose listeners were collected."""
    linux_accounts: Setting[tuple[LinuxAccount, ...]] = NOT_COLLECTED
    linux_passwords: Setting[tuple[LinuxAccount, ...]] = NOT_COLLECTED
    """The accounts of shadow(5): which have no password."""
    sudo_rules: Setting[tuple[SudoRule, ...]] = NOT_COLLECTED
    program_modes: Setting[tuple[ProgramMode, ...]] = NOT_COLLECTED
    linux_logs: Setting[tuple[LinuxLog, ...]] = NOT_COLLECTED
    histories: Setting[tuple[LinuxLog, ...]] = NOT_COLLECTED
    """Files of the home of root."""
    restart: Setting[Restart] = NOT_COLLECTED
    logins: Setting[tuple[LastLogin, ...]] = NOT_COLLECTED
    login_records: Setting[tuple[Session, ...]] = NOT_COLLECTED
    """Logins that the log tells of."""
    messages: Setting[tuple[LogMessage, ...]] = NOT_COLLECTED
    signatures: Setting[tuple[IntegrityResult, ...]] = NOT_COLLECTED
    """Who signed what runs."""
    signing_keys: Setting[tuple[IntegrityResult, ...]] = NOT_COLLECTED
    secure_boot: Setting[tuple[IntegrityResult, ...]] = NOT_COLLECTED
    memory: Setting[tuple[IntegrityResult, ...]] = NOT_COLLECTED
    verified_execution: Setting[tuple[IntegrityResult, ...]] = NOT_COLLECTED
    packet_sockets: Setting[tuple[RawSocket, ...]] = NOT_COLLECTED
    raw_sockets: Setting[tuple[RawSocket, ...]] = NOT_COLLECTED
    programs: Setting[tuple[Process, ...]] = NOT_COLLECTED
    """Processes with the files that they were started from."""
    digests: Setting[tuple[StoredFile, ...]] = NOT_COLLECTED
    """Files whose digest the device worked out."""

    lost: tuple[tuple[str, Unknown], ...] = ()
    """Topics of which an output was collected in a form that is not known, though another one may have told of them."""


class WatchedState(State, frozen=True):
    """Live state that remembers which topics were looked at."""

    looked_at: set[str] = msgspec.field(default_factory=set)

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401  of any topic
        object.__getattribute__(self, "looked_at").add(name)
        return object.__getattribute__(self, name)
