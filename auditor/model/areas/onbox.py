"""Code on the device: event policies, scripts, jobs, aliases, containers."""

import msgspec

from auditor.model.evidence import Setting, Source


class ScriptTrait(msgspec.Struct, frozen=True):
    """Something that on-box code does and that is a finding by itself."""

    what: str
    """Neutral words: `switches logging off`, `clears logs`, `changes accounts` ..."""
    source: Source


class EventPolicy(msgspec.Struct, frozen=True):
    """Code that runs on an event: EEM applet or policy, Junos event policy, EOS event handler, SR OS cron or EHS."""

    name: str
    kind: str
    sources: tuple[Source, ...]
    trigger: str = ""
    traits: tuple[ScriptTrait, ...] = ()
    trigger_sources: tuple[Source, ...] = ()
    bypass: Source | None = None
    """The line that lets it run outside of command authorization."""
    hides: tuple[Source, ...] = ()
    """Lines that intercept a typed command and keep it, or its output, from its user."""
    active: bool = True
    checked: bool = False
    """A checksum or signature of the code is configured."""
    digests: tuple[str, ...] = ()
    """The checksums that the configuration gives."""
    vendors: bool = False
    """The device calls it one of the vendor's own."""


class Job(msgspec.Struct, frozen=True):
    """A command that runs at set times."""

    name: str
    when: str
    commands: tuple[str, ...]
    sources: tuple[Source, ...]
    traits: tuple[ScriptTrait, ...] = ()
    active: bool = True


class Script(msgspec.Struct, frozen=True):
    """A script or program that the configuration names: op, commit, event, Python, Tcl, agent, daemon."""

    name: str
    kind: str
    sources: tuple[Source, ...]
    path: str = ""
    remote: bool = False
    """It is fetched from another host."""
    checked: bool = False
    """A checksum or signature is configured."""
    traits: tuple[ScriptTrait, ...] = ()
    active: bool = True
    digests: tuple[str, ...] = ()
    """The checksums that the configuration gives."""


class Alias(msgspec.Struct, frozen=True):
    """A command of the operator's own making."""

    name: str
    command: str
    source: Source
    mode: str = ""


class Scripts(msgspec.Struct, frozen=True):
    """Code on the device."""

    policies: tuple[EventPolicy, ...]
    jobs: tuple[Job, ...] = ()
    scripts: tuple[Script, ...] = ()
    aliases: tuple[Alias, ...] = ()
    shell: Setting[bool] | None = None
    """Operators may reach the shell of the underlying system; None where there is none."""


class ContainerApp(msgspec.Struct, frozen=True):
    """An application hosted on the device."""

    name: str
    sources: tuple[Source, ...]
    guest_shell: bool = False
    started: bool = False
    network: tuple[Source, ...] = ()
    """Lines that give it a way of its own to the network."""
    privileged: tuple[Source, ...] = ()
    """Lines that give it rights on the host or a copy of traffic."""
    addresses: tuple[str, ...] = ()
    image: str = ""


class Containers(msgspec.Struct, frozen=True):
    """Hosting of foreign code on the device."""

    host: Setting[bool]
    """The framework that runs containers is switched on."""
    apps: tuple[ContainerApp, ...] = ()
