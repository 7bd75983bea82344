"""Code on the device (syntax-other-families B10).

system script-control script "S" owner "O" { location "URL" }, script-policy "P" owner "O" { results "URL"; script { name "S" } }
system cron schedule "N" owner "O" { type periodic; interval 60; script-policy { name "P" } }
log event-handling handler "H" entry N script-policy { name "P" }; log event-trigger <app> <event> entry N { handler "H" }
python python-script "S" { urls ["..."]; protection { hmac-sha256 "..." } }
system boot-good-exec "URL"; ... md-cli environment command-alias alias "A" { cli-command "C" }
"""

from auditor.model.areas import Alias, ContainerApp, Containers, EventPolicy, Job, Script, Scripts
from auditor.model.evidence import Known, Source
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

_LOCAL = ("cf1:", "cf2:", "cf3:", "cf1-", "cf2-", "cf3-", "ssd")
_ALIAS = ("system", "management-interface", "cli", "md-cli", "environment", "command-alias", "alias")
_COMMIT = ("system", "management-interface", "commit-management", "python-scripts")
_TIMES = ("interval", "month", "day-of-month", "weekday", "hour", "minute", "count", "end-time")


def scripts(reader: SrosReader) -> Scripts:
    """Scripts, the policies that run them, timers, event handlers, Python, and command aliases."""
    found = {word.text: word for word in reader.entries("system", "script-control", "script")}
    policies = {word.text: word for word in reader.entries("system", "script-control", "script-policy")}
    for word in policies.values():
        reader.use_block(word)
    return Scripts(
        policies=tuple(_handlers(reader, policies, found)),
        jobs=tuple(_job(reader, word, policies, found) for word in reader.entries("system", "cron", "schedule")),
        scripts=(
            *(_script(reader, word) for word in found.values()),
            *(_python(reader, word) for word in reader.entries("python", "python-script")),
            *_boot(reader),
            *_commit(reader),
        ),
        aliases=tuple(_aliases(reader)),
    )


def _owner(reader: SrosReader, word: Word) -> Word:
    """The word that the content of an object with an owner hangs on."""
    owners = reader.entries("owner", inside=word)
    return owners[0] if owners else word


def is_remote(url: str) -> bool:
    """Whether a file is fetched over the network."""
    return "://" in url and not url.startswith(_LOCAL)


def _script(reader: SrosReader, word: Word) -> Script:
    inner = _owner(reader, word)
    reader.leaf("description", inside=inner)
    path = reader.value("location", inside=inner)
    return Script(
        name=word.text,
        kind="cli-script",
        sources=reader.sources(word),
        path=path,
        remote=is_remote(path),
        active=reader.active(inner, default=False),
    )


def _run_by(
    reader: SrosReader, name: str, policies: dict[str, Word], found: dict[str, Word]
) -> tuple[tuple[str, ...], list[Word]]:
    """What a script policy runs, and the words that say so."""
    policy = policies.get(name)
    if policy is None:
        return (f"script-policy {name}",), []
    inner = _owner(reader, policy)
    script = reader.value("script", "name", inside=inner) or reader.value("python-script", "name", inside=inner)
    word = found.get(script)
    path = reader.value("location", inside=_owner(reader, word)) if word is not None else ""
    return (path or f"script {script}",), [policy, *([word] if word is not None else [])]


def _job(reader: SrosReader, word: Word, policies: dict[str, Word], found: dict[str, Word]) -> Job:
    """`schedule "N"`: periodic, calendar or once."""
    inner = _owner(reader, word)
    reader.use_block(inner)
    name = reader.value("script-policy", "name", inside=inner)
    commands, words = _run_by(reader, name, policies, found)
    times = [reader.value("type", inside=inner) or "periodic"]
    for key in _TIMES:
        values = [one.text for one in reader.entries(key, inside=inner)]
        times += [f"{key} {' '.join(values)}"] if values else []
    return Job(
        name=word.text,
        when=" ".join(times),
        commands=commands,
        sources=reader.sources(word, *words),
        active=reader.active(inner, default=False),
    )


def _handlers(reader: SrosReader, policies: dict[str, Word], found: dict[str, Word]) -> list[EventPolicy]:
    triggers = _triggers(reader)
    events = []
    for word in reader.entries("log", "event-handling", "handler"):
        reader.use_block(word)
        words = []
        running = reader.active(word, default=False)
        for entry in reader.entries("entry", inside=word):
            name = reader.value("script-policy", "name", inside=entry) or reader.value("script-policy", inside=entry)
            words += _run_by(reader, name, policies, found)[1]
        fired = triggers.get(word.text, [])
        events.append(
            EventPolicy(
                name=word.text,
                kind="ehs",
                sources=reader.sources(word, *words),
                trigger=", ".join(dict.fromkeys(name for name, _, _ in fired)),
                trigger_sources=tuple(dict.fromkeys(source for _, sources, _ in fired for source in sources)),
                active=running and any(on for _, _, on in fired),
            )
        )
    return events


def _triggers(reader: SrosReader) -> dict[str, list[tuple[str, tuple[Source, ...], bool]]]:
    """Handler -> the events that set it off, the lines, and whether they are switched on."""
    found: dict[str, list[tuple[str, tuple[Source, ...], bool]]] = {}
    for application in reader.entries("log", "event-trigger"):
        for event in reader.entries(inside=application):
            reader.use_block(event)
            on = reader.active(event, default=False)
            for entry in reader.entries("entry", inside=event):
                handler = reader.value("handler", inside=entry)
                fires = on and reader.active(entry)
                found.setdefault(handler, []).append((f"{application.text} {event.text}", reader.sources(event), fires))
    return found


def _python(reader: SrosReader, word: Word) -> Script:
    reader.use_block(word)
    urls = [one.text for one in reader.entries("urls", inside=word)]
    path = urls[0] if urls else reader.value("primary-url", inside=word)
    return Script(
        name=word.text,
        kind="python",
        sources=reader.sources(word),
        path=path,
        remote=is_remote(path),
        checked="protection" in word.children,
        active=reader.active(word, default=False),
    )


def _boot(reader: SrosReader) -> list[Script]:
    """`boot-good-exec URL`, `boot-bad-exec URL`: commands that run after every start."""
    found = []
    for name in ("boot-good-exec", "boot-bad-exec"):
        word = reader.leaf("system", name)
        if word is not None and word.text != "false":
            found.append(Script(name, name, (reader.source(word),), path=word.text, remote=is_remote(word.text)))
    return found


def _commit(reader: SrosReader) -> list[Script]:
    """`commit-management python-scripts post-commit-python-script S`: runs on every commit."""
    found = []
    for word in reader.entries(*_COMMIT):
        reader.use_block(word)
        found += [Script(one.text, word.text, (reader.source(one),)) for one in word.children.values()]
    return found


def _aliases(reader: SrosReader) -> list[Alias]:
    """`command-alias alias "A" { cli-command "C" }`, classic `environment alias "A" "C"`."""
    found = []
    for word in reader.entries(*_ALIAS):
        reader.use_block(word)
        command = reader.leaf("cli-command", inside=word) or reader.leaf("python-script", inside=word)
        found.append(Alias(word.text, command.text if command is not None else "", reader.source(word), "md-cli"))
    for word in reader.entries("system", "environment", "alias"):
        reader.use_block(word)
        found += [Alias(word.text, one.text, reader.source(word), "classic") for one in word.children.values()]
    return found


def authorization(reader: SrosReader) -> None:
    """`security (cli-script|python-script) authorization (cron|event-handler) cli-user U`: who the scripts run as."""
    for name in ("cli-script", "python-script"):
        word = reader.find("system", "security", name)
        if word is not None:
            reader.use_block(word)


def containers(reader: SrosReader) -> Containers:
    """`esa N { vm M { vm-type T } }`: virtual machines on an Extended Services Appliance; the system itself hosts nothing."""
    apps = []
    for esa in reader.entries("esa"):
        for name in ("description", "host-port"):
            inner = reader.find(name, inside=esa)
            if inner is not None:
                reader.use_block(inner)
        for word in reader.entries("vm", inside=esa):
            reader.use_block(word)
            apps.append(
                ContainerApp(
                    name=f"esa {esa.text} vm {word.text}",
                    sources=reader.sources(word),
                    started=reader.active(word, default=False),
                    image=reader.value("vm-type", inside=word),
                )
            )
        reader.admin(esa)
    cite = (
        ""
        if apps
        else "SR OS is a single image; foreign code runs on an ESA only (SR OS YANG model esa, 20.10 to 26.3)"
    )
    return Containers(Known(bool(apps), tuple(app.sources[0] for app in apps), default=cite), tuple(apps))
