"""The classic form, rewritten into the words of MD-CLI.

    exit all
    configure
    echo "System Security Configuration"
        system
            security
                user "noc"
                    password "..." hash2
                    access console snmp
                exit

Blocks are told by their indentation; `exit`, `create` and `echo` are syntax. The same context may be entered many
times. A table names, context by context, the statements whose words differ from those of MD-CLI (syntax-other-families
B1.2 to B13: the two columns of each table); all others are taken as they stand.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from auditor.platforms.nokia_sros.text import NOISE, PROMPT, QUIET, split
from auditor.syntax.braces import Place, Statements, Word
from auditor.syntax.setlines import find, remove

Paths = list[list[str]]
Rewrite = tuple[list[str], Paths]
"""Words of the block that the statement stands for, and statements that are to be added inside it."""
Rule = tuple[Callable[[list[str]], Rewrite], str]
"""How the words change, and the context of what stands inside."""
_SILENT = "quiet"
_KEYLESS = frozenset(
    (
        "system",
        "security",
        "login-control",
        "snmp",
        "time",
        "ntp",
        "log",
        "filter",
        "mirror",
        "service",
        "router",
        "bgp",
        "ldp",
    )
)
"""Contexts without a name of their own, which a prompt shows whole."""
_NONE: dict[str, Rule] = {}

ROOT, UP, PARENT = "/", "^", "@"
"""First words of a rewrite that begins at the root of the configuration or one word further out; the word outside."""
HASHES = frozenset(("hash", "hash2", "custom"))
_SYNTAX = frozenset(("exit", "exit all", "begin", "commit"))


def parse(lines: Sequence[str], statements: Statements) -> None:
    """Read the lines into `statements`, in one pass: what is open are the blocks of lesser indentation."""
    root = statements.root
    blocks: list[tuple[int, Word, int, str, Place | None]] = [(-1, root, 0, "root", None)]
    for index, line in enumerate(lines):
        text = line.strip()
        if not text or text in _SYNTAX or text[0] == "#" or text.startswith("echo "):
            # Headings stand at the left edge and end no block.
            continue
        if "\t" in line:
            line = line.expandtabs()
        indent = len(line) - len(line.lstrip())
        block = blocks[-1]
        while block[0] >= indent:
            blocks.pop()
            block = blocks[-1]
        _, parent, depth, context, place = block
        if context == _SILENT:
            continue
        if len(blocks) == 1:
            if text == "configure":
                statements.flat += 1
                blocks.append((indent, root, 0, "root", None))
                continue
            if NOISE.match(text):
                # A ruler frames what a prompt was followed by.
                blocks[0] = blocks[0] if text[0] in "-=" else _place(text, index + 1, statements)
                continue
        if place is not None:
            place.head = True
        blocks.append((indent, *_statement(text, index + 1, parent, depth, context, statements)))


def _place(prompt: str, line: int, statements: Statements) -> tuple[int, Word, int, str, Place | None]:
    """Where the operator stands: `A:pe1>config>router>bgp#`, as far as the prompt names no objects."""
    match = PROMPT.match(prompt)
    words = match["path"].split(">")[1:] if match else []
    word, depth, context = statements.root, 0, "root"
    for name in words if _KEYLESS.issuperset(words) else ():
        rule = CONTEXTS.get(context, _NONE).get(name)
        word, depth = _descend(rule[0]([name])[0] if rule is not None else [name], word, depth, line, statements)
        context = rule[1] if rule is not None else ""
    return -1, word, depth, context, None


def _statement(
    text: str, line: int, parent: Word, depth: int, context: str, statements: Statements
) -> tuple[Word, int, str, Place | None]:
    """One statement: the word that its block hangs on, its depth, the context inside, and where it stands."""
    words = split(text)
    if words[-1] == "create" and len(words) > 1:
        words.pop()
    first = words[0]
    rules = CONTEXTS.get(context, _NONE)
    rule = rules.get(first)
    if rule is None:
        if first in ("no", "shutdown"):
            _negative(line, words, parent, depth, rules, statements)
            return parent, depth, "", None
        word, below = statements.descend(parent, depth, _bare(words), line)
        return word, below, "", statements.add(word, line)
    path, extras = rule[0](words)
    word, below = _descend(path, parent, depth, line, statements)
    place = statements.add(word, line, head=bool(extras))
    for extra in extras:
        texts = [parent.text if text == PARENT else text for text in extra]
        leaf, _ = _descend(texts, word, below, line, statements)
        statements.add(leaf, line)
    return word, below, rule[1], place


def _descend(path: list[str], parent: Word, depth: int, line: int, statements: Statements) -> tuple[Word, int]:
    if path and path[0] == ROOT:
        parent, depth, path = statements.root, 0, path[1:]
    while path and path[0] == UP:
        if parent.parent is not None:
            parent, depth = parent.parent, depth - 1
        path = path[1:]
    return statements.descend(parent, depth, path, line)


def _negative(
    line: int, words: list[str], parent: Word, depth: int, rules: Mapping[str, Rule], statements: Statements
) -> None:
    """`shutdown`, `no shutdown`, `no X` of a switch, and `no X value`, which takes back what was written before."""
    rest = words[1:]
    if words[0] == "shutdown" or rest == ["shutdown"]:
        state = "enable" if words[0] == "no" else "disable"
        word, _ = statements.descend(parent, depth, ("admin-state", state), line)
        statements.add(word, line)
    elif len(rest) != 1:
        if rest:
            _take_back(rest, parent, rules, statements)
        statements.add(parent, line).used = True
    elif (special := rules.get(f"no {rest[0]}")) is not None:
        path, extras = special[0](rest)
        word, below = _descend(path, parent, depth, line, statements)
        for extra in extras or [[]]:
            leaf, _ = _descend(extra, word, below, line, statements)
            statements.add(leaf, line)
    else:
        rule = rules.get(rest[0])
        word, _ = _descend(
            [*(rule[0](rest)[0] if rule is not None else rest), "false"], parent, depth, line, statements
        )
        statements.add(word, line)


def _take_back(words: list[str], parent: Word, rules: Mapping[str, Rule], statements: Statements) -> None:
    change, _ = rules.get(words[0], (None, ""))
    path, extras = change(words) if change is not None else (_bare(words), [])
    for extra in extras or [[]]:
        texts = [text for text in (*path, *extra) if text not in (ROOT, UP, PARENT)]
        word = find(statements.root if path[:1] == [ROOT] else parent, texts)
        if texts and word is not None:
            remove(word)


def _bare(words: list[str]) -> list[str]:
    """The words without the storage form that follows a secret."""
    return words[:-1] if len(words) > 2 and words[-1] in HASHES else words


# What a rule does with the words -------------------------------------------------------------------------------


def moved(to: str, inside: str = "", drop: int = 1) -> Rule:
    """Other words instead of the first `drop` ones."""
    path = to.split()
    return lambda words: ([*path, *_bare(words)[drop:]], []), inside


def spread(
    to: str, names: int, options: Mapping[str, str], inside: str = "", flags: Mapping[str, str] | None = None
) -> Rule:
    """`word NAME... key value key value flag`: every key becomes a statement of its own.

    `options` and `flags` give the words of MD-CLI; a key that is in neither keeps its own word.
    """
    path = to.split()
    known = flags or {}

    def change(words: list[str]) -> Rewrite:
        extras: Paths = []
        at = 1 + names
        while at < len(words):
            word = words[at]
            if word in HASHES:
                at += 1
            elif word in options and at + 1 < len(words):
                extras.append([*options[word].split(), words[at + 1]])
                at += 2
            else:
                extras.append(known[word].split() if word in known else [word])
                at += 1
        return [*path, *words[1 : 1 + names]], extras

    return change, inside


def each(to: str, tail: Sequence[str] = ()) -> Rule:
    """`word a b c`: every value becomes a statement below `to`."""
    path = to.split()
    return lambda words: (path, [[word, *tail] for word in words[1:] if word not in HASHES]), ""


def choice(to: str, values: Mapping[str, str]) -> Rule:
    """`word VALUE` with other names of the values."""
    path = to.split()
    return lambda words: ([*path, *values.get(" ".join(words[1:]), " ".join(words[1:])).split()], []), ""


def _prefixed(to: str, names: tuple[str, str] = ("address", "prefix-length"), *, keyed: bool = False) -> Rule:
    """`address A/L` or `address A MASK`."""
    path = to.split()

    def change(words: list[str]) -> Rewrite:
        address, _, length = words[1].partition("/") if len(words) > 1 else ("", "", "")
        if not length and len(words) > 2:
            length = _length(words[2])
        if keyed:
            return [*path, address], [[names[1], length]] if length else []
        return path, [[names[0], address], *([[names[1], length]] if length else [])]

    return change, ""


def _length(mask: str) -> str:
    parts = mask.split(".")
    if len(parts) != 4 or not all(part.isdigit() for part in parts):
        return ""
    return str(sum(bin(int(part) & 255).count("1") for part in parts))


def _service(kind: str) -> Rule:
    """`vprn 10 name "X" customer 1 create`: MD-CLI knows the service by its name."""

    def change(words: list[str]) -> Rewrite:
        pairs = dict(pairwise(words[2:]))
        number = words[1] if len(words) > 1 else ""
        extras = [["service-id", number], *([["customer", pairs["customer"]]] if "customer" in pairs else [])]
        return [kind, pairs.get("name", number)], extras

    return change, "vprn" if kind in ("vprn", "ies") else "service-l2"


def _filter(kind: str) -> Rule:
    def change(words: list[str]) -> Rewrite:
        pairs = dict(pairwise(words[2:]))
        number = words[1] if len(words) > 1 else ""
        return [kind, pairs.get("name", number)], [["filter-id", number]] if "name" in pairs else []

    return change, "filter"


def _router(words: list[str]) -> Rewrite:
    return ["router", words[1] if len(words) > 1 else "Base"], []


def _instance(kind: str, inside: str) -> Rule:
    """`ospf`, `ospf 1 192.0.2.1`: the instance 0 has no number in the classic form."""

    def change(words: list[str]) -> Rewrite:
        return [kind, words[1] if len(words) > 1 else "0"], [["router-id", words[2]]] if len(words) > 2 else []

    return change, inside


def _route(words: list[str]) -> Rewrite:
    """`static-route-entry P [mcast]`, and the older `static-route P next-hop A ...` on one line."""
    kind = "multicast" if "mcast" in words else "unicast"
    path = ["static-routes", "route", words[1] if len(words) > 1 else "", "route-type", kind]
    for word, name in (("next-hop", "next-hop"), ("black-hole", "blackhole"), ("indirect", "indirect")):
        if word in words[2:]:
            at = words.index(word, 2)
            value = words[at + 1 : at + 2] if word != "black-hole" else []
            return path, [[name, *value], [name, *value, "admin-state", "enable"]]
    return path, []


def _next_hop(words: list[str]) -> Rewrite:
    """`next-hop A` or `next-hop "interface"`."""
    value = words[1] if len(words) > 1 else ""
    return ["next-hop" if "." in value or ":" in value else "interface", value], []


def _access(words: list[str]) -> Rewrite:
    """`access group G security-model M security-level L [context C] [read V write V notify V]`."""
    pairs = dict(zip(words[1::2], words[2::2], strict=False))
    path = ["access", pairs.get("group", ""), "context", pairs.get("context", "")]
    path += ["security-model", pairs.get("security-model", ""), "security-level", pairs.get("security-level", "")]
    names = ("read", "write", "notify", "prefix-match")
    return path, [[name, pairs[name]] for name in names if name in pairs]


def _community(words: list[str]) -> Rewrite:
    """`community "C" [hash2] r|rw|rwa|mgmt [version both] [src-access-list L]`."""
    flags = {word: f"access-permissions {word}" for word in ("r", "rw", "rwa", "mgmt", "vpls-mgmt")}
    return spread("community", 1, {"version": "version", "src-access-list": "source-access-list"}, "", flags)[0](words)


def _user_access(words: list[str]) -> Rewrite:
    return ["access"], [[word, "true"] for word in words[1:]]


def _attempts(words: list[str]) -> Rewrite:
    """`attempts N [time M] [lockout L]`."""
    pairs = dict(zip(words[2::2], words[3::2], strict=False))
    return ["attempts"], [["count", *words[1:2]], *([name, value] for name, value in pairs.items())]


def _message(words: list[str]) -> Rewrite:
    """`pre-login-message "text" [name]`."""
    return ["pre-login-message"], [["message", *words[1:2]], *([["name", "true"]] if words[2:] == ["name"] else [])]


def _ciphers(side: str) -> Rule:
    """`server-cipher-list protocol-version 2`."""
    return lambda words: ([f"{side}-cipher-list-v{words[-1]}"], []), "algorithms"


def _user_keys(words: list[str]) -> Rewrite:
    """`authentication [hash2] md5 K privacy des-key|aes-128-cfb-key K`, `authentication none`."""
    rest = [word for word in words[1:] if word not in HASHES]
    extras: Paths = []
    if len(rest) > 1 and rest[0] != "none":
        extras += [["authentication-protocol", rest[0]], ["authentication-key", rest[1]]]
    if "privacy" in rest:
        at = rest.index("privacy")
        if at + 2 < len(rest):
            extras += [["privacy", "privacy-protocol", rest[at + 1].removesuffix("-key")]]
            extras += [["privacy", "privacy-key", rest[at + 2]]]
    return ["authentication"], extras


def _order(words: list[str]) -> Rewrite:
    """`authentication-order tacplus local [exit-on-reject]`."""
    methods = [word for word in words[1:] if word != "exit-on-reject"]
    extras = [["order", method] for method in methods]
    if len(methods) < len(words) - 1:
        extras.append(["exit-on-reject", "true"])
    return [ROOT, "system", "security", "user-params", "authentication-order"], extras


def _event(words: list[str]) -> Rewrite:
    """`event-control "app" [event] generate|suppress [severity]`."""
    name = words[1] if len(words) > 1 else ""
    state = [word for word in words[2:] if word in ("suppress", "generate")]
    event = words[2] if len(words) > 2 and words[2] not in ("suppress", "generate") else "all"
    return ["log-events", name, event], [["generate", "false" if "suppress" in state else "true"]] if state else []


def _cpm_port(name: str) -> Rule:
    """`src-ip P`, `dst-port 22 65535`, `dst-port eq 22`, `dst-port range 1 9` below a `match`."""

    def change(words: list[str]) -> Rewrite:
        rest = words[1:]
        if rest[:1] == ["range"] and len(rest) > 2:
            return [name, "range"], [["start", rest[1]], ["end", rest[2]]]
        if rest[:1] in (["eq"], ["lt"], ["gt"], ["port-list"]):
            return [name], [rest[:2]]
        return [name], [["eq", rest[0]]] if rest else []

    return change, ""


def _match_address(name: str) -> Rule:
    def change(words: list[str]) -> Rewrite:
        rest = words[1:]
        if rest[:1] in (["ip-prefix-list"], ["ipv6-prefix-list"]):
            return [name], [rest[:2]]
        extras = [["address", rest[0]]] if rest else []
        return [name], [*extras, ["mask", rest[1]]] if len(rest) > 1 else extras

    return change, ""


def _match(words: list[str]) -> Rewrite:
    """`match protocol tcp` opens the block `match`."""
    return ["match"], [words[1:3]] if len(words) > 2 else []


def _maf(name: str, leaf: str) -> Rule:
    def change(words: list[str]) -> Rewrite:
        rest = words[1:]
        extras = [["match", name, leaf, rest[0]]] if rest else []
        return [], [*extras, ["match", name, "mask", rest[1]]] if len(rest) > 1 else extras

    return change, ""


def _maf_source(words: list[str]) -> Rewrite:
    rest = words[1:]
    if rest[:1] in (["ip-prefix-list"], ["ipv6-prefix-list"]):
        return [], [["match", "src-ip", *rest[:2]]]
    return [], [["match", "src-ip", "address", rest[0]]] if rest else []


def _maf_port(words: list[str]) -> Rewrite:
    """`src-port cpm|lag 1|1/1/1`: the port of the box that the packet came in by."""
    return [], [["match", "mgmt-port", *(["cpm"] if words[1:] == ["cpm"] else ["port-id", *words[1:2]])]]


_REDIRECTS = {
    "router": "router-instance",
    "redirect-policy": "redirect-policy",
    "lsp": "lsp",
    "vprn-target": "vprn-target bgp-nh",
    "gre-tunnel": "gre-tunnel",
    "sdp": "sdp sdp-bind-id",
    "sap": "sap sap-id",
}


def _embed(words: list[str]) -> Rewrite:
    """`embed-filter F [offset N] [active|inactive]`."""
    offset = words[words.index("offset") + 1 : words.index("offset") + 2] if "offset" in words else ["0"]
    return ["embed", "filter", *words[1:2], "offset", *offset], []


def _forward(words: list[str]) -> list[str]:
    """`forward [next-hop [indirect] A|interface I] [router R] [redirect-policy P] ...` as MD-CLI nests it."""
    rest = words[1:]
    if not rest:
        return ["accept"]
    if rest[0] == "next-hop":
        if rest[1:2] == ["interface"]:
            return ["forward", "next-hop", "interface-name", *rest[2:3]]
        return ["forward", "next-hop", "nh-ip", "address", rest[2] if rest[1:2] == ["indirect"] else "".join(rest[1:2])]
    return ["forward", *_REDIRECTS.get(rest[0], rest[0]).split(), *rest[1:2]]


def _action_words(words: list[str]) -> list[str]:
    match words[:1]:
        case ["forward"]:
            return _forward(words)
        case ["http-redirect"]:
            return ["http-redirect", "url", *words[1:2]]
        case _:
            return words


def _filter_action(words: list[str]) -> Rewrite:
    """`action forward next-hop A`, or a block `action` with the same words inside."""
    return ["action"], [_action_words(words[1:])] if len(words) > 1 else []


def _inner_action(words: list[str]) -> Rewrite:
    return _action_words(words), []


def _trap_target(words: list[str]) -> Rewrite:
    options = {"address": "address", "port": "port", "notify-community": "notify-community"}
    flags = {version: f"version {version}" for version in ("snmpv1", "snmpv2c", "snmpv3")}
    return spread("trap-target", 1, options | {"security-level": "security-level"}, "", flags)[0](words)


def _policy_prefix(words: list[str]) -> Rewrite:
    """`prefix P [exact|longer|through N|prefix-length-range A-B]`."""
    kind = words[2] if len(words) > 2 else "exact"
    extras: Paths = []
    if kind == "through" and len(words) > 3:
        extras.append(["through-length", words[3]])
    if kind == "prefix-length-range" and len(words) > 3:
        start, _, end = words[3].partition("-")
        kind, extras = "range", [["start-length", start], ["end-length", end]]
    return ["prefix", words[1] if len(words) > 1 else "", "type", kind], extras


def _collector(words: list[str]) -> Rewrite:
    """`collector A[:P] [version V]`; an IPv6 address stands in brackets."""
    rest = [word for word in words[1:] if word not in ("[", "]")]
    address, _, port = (
        rest[0].rpartition(":") if rest and rest[0].count(":") == 1 else (rest[0] if rest else "", "", "")
    )
    extras = [["version", rest[at + 1]] for at, word in enumerate(rest[:-1]) if word == "version"]
    return ["collector", address, "port", port], extras


def _mirror_dest(words: list[str]) -> Rewrite:
    pairs = dict(pairwise(words[2:]))
    return ["mirror-dest", pairs.get("name", words[1] if len(words) > 1 else "")], (
        [["type", pairs["type"]]] if "type" in pairs else []
    )


def _bgp_neighbor(words: list[str]) -> Rewrite:
    """A neighbour stands inside its group in the classic form, and beside it in MD-CLI."""
    return [UP, UP, "neighbor", *words[1:2]], [["group", PARENT]]


def _prefix_limit(words: list[str]) -> Rewrite:
    """`prefix-limit [family] N [log-only] ...`."""
    named = words[1:2] if len(words) > 2 and not words[1].isdigit() else ["ipv4"]
    number = next((word for word in words[1:] if word.isdigit()), "")
    return ["prefix-limit", *named], [["maximum", number]]


def _named(words: list[str]) -> Rewrite:
    """`script-policy "P" owner "O"` where it refers to the object."""
    extras = [["name", words[1]]] if len(words) > 1 else []
    return [words[0]], [*extras, ["owner", words[3]]] if len(words) > 3 else extras


def _owned(words: list[str]) -> Rewrite:
    """The owner of a script is a part of its key, and is written even where it is the default."""
    owner = words[3] if len(words) > 3 else "TiMOS CLI"
    return [words[0], *words[1:2], "owner", owner], []


def _bfd(to: str) -> Rule:
    path = to.split()
    return lambda words: (
        path,
        [["admin-state", "enable"], *([["transmit-interval", words[1]]] if len(words) > 1 else [])],
    ), ""


def _icmp(words: list[str]) -> Rewrite:
    return [words[0], "admin-state", "enable"], []


def _icmp_off(words: list[str]) -> Rewrite:
    return [words[0], "admin-state", "disable"], []


def _sdp(words: list[str]) -> Rewrite:
    kinds = [word for word in words[2:] if word in ("gre", "mpls", "l2tpv3", "gre-eth-bridged")]
    return ["sdp", *words[1:2]], [["delivery-type", kinds[0] if kinds else "gre"]]


def _dissolved(_words: list[str]) -> Rewrite:
    """A block that MD-CLI has not: what stands inside belongs to the block outside."""
    return [], []


def _keychain_entry(words: list[str]) -> Rewrite:
    """`entry N key "K" [hash2] algorithm A`."""
    return spread("entry", 1, {"key": "authentication-key", "algorithm": "algorithm"})[0](words)


def _md5(words: list[str]) -> Rewrite:
    """`message-digest-key N md5 "K" [hash2]`."""
    return spread("message-digest-key", 1, {"md5": "md5"})[0](words)


def _gateway(name: str, source: str, target: str) -> Rule:
    """`ip src A dest B`, `udp src P dest Q`."""
    return spread(name, 0, {"src": source, "dest": target})


def _time_server(words: list[str]) -> Rewrite:
    """`server A [router R] [key-id K] [version V] [prefer]`: the routing instance is a part of the key in MD-CLI."""
    pairs = dict(pairwise(words[2:]))
    path = [*words[:2], *(["router-instance", pairs["router"]] if "router" in pairs else [])]
    extras = [[name, pairs[name]] for name in ("key-id", "version") if name in pairs]
    return path, [*extras, ["prefer", "true"]] if "prefer" in words else extras


def _authentication_key(words: list[str]) -> Rewrite:
    """`authentication-key K key "S" [hash2] [type T]` of NTP."""
    return spread("authentication-key", 1, {"key": "key", "type": "type"})[0](words)


_INTERFACE: dict[str, Rule] = {
    "address": _prefixed("ipv4 primary"),
    "secondary": _prefixed("ipv4 secondary", keyed=True),
    "ipv6": moved("ipv6", "interface-ipv6"),
    "icmp": moved("ipv4 icmp", "icmp"),
    "urpf-check": moved("ipv4 urpf-check"),
    "allow-directed-broadcasts": moved("ipv4 allow-directed-broadcasts"),
    "local-proxy-arp": moved("ipv4 neighbor-discovery local-proxy-arp"),
    "remote-proxy-arp": moved("ipv4 neighbor-discovery remote-proxy-arp"),
    "proxy-arp-policy": moved("ipv4 neighbor-discovery proxy-arp-policy"),
    "vrrp": moved("ipv4 vrrp", "vrrp"),
    "bfd": _bfd("ipv4 bfd"),
    "dhcp": moved("ipv4 dhcp"),
    "sap": moved("sap", "sap"),
}
_ROUTER: dict[str, Rule] = {
    "interface": moved("interface", "interface"),
    "network-interface": moved("network-interface", "interface"),
    "subscriber-interface": moved("subscriber-interface", "interface"),
    "group-interface": moved("group-interface", "interface"),
    "redundant-interface": moved("redundant-interface", "interface"),
    "static-route-entry": (_route, "route"),
    "static-route": (_route, "route"),
    "bgp": moved("bgp", "bgp"),
    "ospf": _instance("ospf", "ospf"),
    "ospf3": _instance("ospf3", "ospf"),
    "isis": _instance("isis", "isis"),
    "ldp": moved("ldp", "ldp"),
    "policy-options": moved("/ policy-options", "policy-options"),
    "snmp": moved("snmp", "security-snmp"),
    "log": moved("log", "log"),
}
_L2: dict[str, Rule] = {"sap": moved("sap", "sap")}
_MAF_ACTIONS = {"permit": "accept", "deny": "drop", "deny-host-unreachable": "reject"}
_BGP: dict[str, Rule] = {
    "import": each("import policy"),
    "export": each("export policy"),
    "family": each("family", ("true",)),
    "auth-keychain": moved("authentication-keychain"),
    "prefix-limit": (_prefix_limit, ""),
    "local-as": moved("local-as as-number"),
}
_SERVERS: dict[str, Rule] = {
    "server": spread("server", 1, {"address": "address", "secret": "secret", "port": "port"}),
    "accounting": spread("accounting", 0, {"record-type": "record-type"}),
}
_DECISIONS = {word: f"action-type {word}" for word in ("accept", "reject", "drop", "next-entry", "next-policy")}
_HEADERS = {word: f"header-type {word}" for word in ("ip-udp-shim", "ip-gre", "ip-udp-shim-sampled")}
_KEYCHAIN_ENTRIES: dict[str, Rule] = {"entry": (_keychain_entry, "")}

CONTEXTS: dict[str, dict[str, Rule]] = {
    "root": {
        "system": moved("system", "system"),
        "router": (_router, "router"),
        "service": moved("service", "service"),
        "filter": moved("filter", "filters"),
        "log": moved("log", "log"),
        "mirror": moved("mirror", "mirror"),
        "cflowd": moved("cflowd", "cflowd"),
        **{word: moved(word, _SILENT) for word in QUIET},
    },
    "system": {
        "snmp": moved("management-interface snmp", "agent"),
        "netconf": moved("management-interface netconf"),
        "rollback": moved("management-interface cli classic-cli rollback", "rollback"),
        "security": moved("security", "security"),
        "time": moved("time", "time"),
        "login-control": moved("login-control", "login-control"),
        "script-control": moved("script-control", "script-control"),
        "cron": moved("cron", "cron"),
    },
    "agent": {"engineID": moved("engine-id")},
    "rollback": {"rollback-location": moved("location")},
    "time": {"ntp": moved("ntp", "ntp")},
    "ntp": {
        "server": (_time_server, ""),
        "peer": (_time_server, ""),
        "authentication-key": (_authentication_key, ""),
    },
    "login-control": {
        "pre-login-message": (_message, ""),
        "login-scripts": moved("login-scripts", "login-scripts"),
    },
    "login-scripts": {"global": moved("global-script"), "per-user": moved("per-user-script")},
    "script-control": {"script": (_owned, ""), "script-policy": (_owned, "script-policy")},
    "script-policy": {"script": (_named, "")},
    "cron": {"schedule": (_owned, "schedule")},
    "schedule": {"script-policy": (_named, "")},
    "security": {
        "user": moved("user-params local-user user", "user"),
        "user-template": moved("aaa user-template", "user"),
        "profile": moved("aaa local-profiles profile"),
        "password": moved("user-params", "password"),
        "tacplus": moved("aaa remote-servers tacplus", "servers"),
        "radius": moved("aaa remote-servers radius", "servers"),
        "ldap": moved("aaa remote-servers ldap", "servers"),
        "snmp": moved("snmp", "security-snmp"),
        "ssh": moved("ssh", "ssh"),
        "management-access-filter": moved("management-access-filter", "maf"),
        "cpm-filter": moved("cpm-filter", "cpm"),
        "keychain": moved("keychains keychain", "keychain"),
    },
    "user": {
        "password": moved("password"),
        "access": (_user_access, ""),
        "snmp": moved("snmp", "user-snmp"),
    },
    "user-snmp": {"authentication": (_user_keys, "")},
    "password": {
        "authentication-order": (_order, ""),
        "attempts": (_attempts, ""),
        "admin-password": moved("/ system security system-passwords admin-password"),
        "minimum-length": moved("local-user password complexity-rules minimum-length"),
        "complexity-rules": moved("local-user password complexity-rules"),
        "hashing": moved("local-user password hashing"),
        "aging": moved("local-user password aging"),
        "history-size": moved("local-user password history-size"),
        "minimum-age": moved("local-user password minimum-age"),
        "minimum-change": moved("local-user password minimum-change"),
    },
    "servers": _SERVERS,
    "security-snmp": {
        "community": (_community, ""),
        "usm-community": spread("usm-community", 1, {"group": "group", "src-access-list": "source-access-list"}),
        "access": (_access, ""),
        "view": moved("view", "view"),
        "attempts": (_attempts, ""),
        "src-access-list": moved("source-access-list", "source-list"),
    },
    "view": {"mask": spread("", -1, {"mask": "mask", "type": "type"})},
    "source-list": {"src-host": spread("source-host", 1, {"address": "address"})},
    "ssh": {
        "server-shutdown": moved("server-admin-state disable"),
        "no server-shutdown": moved("server-admin-state enable"),
        **{f"{side}-{kind}-list": moved(f"{side}-{kind}-list-v2", "algorithms", 9)
           for side in ("server", "client") for kind in ("mac", "kex")},
        **{f"{side}-cipher-list": _ciphers(side) for side in ("server", "client")},
    },
    "algorithms": {word: spread(word, 1, {"name": "name"}) for word in ("cipher", "mac", "kex")},
    "maf": {
        **{word: moved(word, "maf-filter") for word in ("ip-filter", "ipv6-filter", "mac-filter")},
        # Old releases know one filter, whose entries stand without a block of their own.
        "default-action": choice("ip-filter default-action", _MAF_ACTIONS),
        "entry": moved("ip-filter entry", "maf-entry"),
    },
    "maf-filter": {"default-action": choice("default-action", _MAF_ACTIONS), "entry": moved("entry", "maf-entry")},
    "maf-entry": {
        "src-ip": (_maf_source, ""),
        "protocol": moved("match protocol"),
        "next-header": moved("match next-header"),
        "dst-port": _maf("dst-port", "port"),
        "src-port": (_maf_port, ""),
        "router": moved("match router-instance"),
        "flow-label": moved("match flow-label"),
        "action": choice("action", _MAF_ACTIONS),
        "log": moved("log-events true"),
    },
    "cpm": {word: moved(word, "filter") for word in ("ip-filter", "ipv6-filter", "mac-filter")},
    "filters": {word: _filter(word) for word in ("ip-filter", "ipv6-filter", "mac-filter")},
    "filter": {"embed-filter": (_embed, ""), "entry": moved("entry", "filter-entry"), "default-action": choice("default-action", {"forward": "accept"})},
    "filter-entry": {"match": (_match, "filter-match"), "action": (_filter_action, "filter-action")},
    "filter-match": {
        **{word: _match_address(word) for word in ("src-ip", "dst-ip", "ip")},
        **{word: _cpm_port(word) for word in ("src-port", "dst-port", "port")},
    },
    "filter-action": dict.fromkeys(("forward", "http-redirect"), (_inner_action, "")),
    "keychain": {"direction": (_dissolved, "keychain-direction")},
    "keychain-direction": {"bi": moved("bidirectional", "keychain-entries"), "uni": (_dissolved, "keychain-uni")},
    "keychain-uni": {word: moved(word, "keychain-entries") for word in ("receive", "send")},
    "keychain-entries": _KEYCHAIN_ENTRIES,
    "log": {
        "syslog": moved("syslog", "syslog"),
        "log-id": moved("log-id", "log-id"),
        "file-id": moved("file"),
        "event-control": (_event, ""),
        "snmp-trap-group": moved("snmp-trap-group", "traps"),
        "event-handling": moved("event-handling", "event-handling"),
        "event-trigger": moved("event-trigger", "event-trigger"),
    },
    "syslog": {"level": moved("severity")},
    "log-id": {"from": each("source", ("true",)), "to": moved("destination")},
    "traps": {"trap-target": (_trap_target, "")},
    "event-handling": {"handler": moved("handler", "handler")},
    "handler": {"action-list": (_dissolved, "handler"), "entry": moved("entry", "schedule")},
    "event-trigger": {"event": moved("", "trigger")},
    "trigger": {"trigger-entry": moved("entry", "trigger-entry")},
    "trigger-entry": {"event-handler": moved("handler"), "log-filter": moved("filter")},
    "router": _ROUTER,
    "route": {"next-hop": (_next_hop, ""), "black-hole": moved("blackhole")},
    "interface": {**_INTERFACE, **{word: _ROUTER[word] for word in ("group-interface",)}},
    "interface-ipv6": {
        "address": _prefixed("address", keyed=True),
        "icmp6": moved("icmp6", "icmp"),
        "vrrp": moved("vrrp", "vrrp"),
        "bfd": _bfd("bfd"),
    },
    "vrrp": {},
    "icmp": {
        **dict.fromkeys(("redirects", "unreachables", "ttl-expired", "mask-reply"), (_icmp, "")),
        **{f"no {word}": (_icmp_off, "") for word in ("redirects", "unreachables", "ttl-expired", "mask-reply")},
    },
    "sap": {"ipsec-tunnel": moved("ipsec-tunnel", "ipsec-tunnel"), "ipsec-gw": moved("ipsec-gateway", "ipsec-tunnel")},
    "ipsec-tunnel": {
        "local-gateway-address": spread("tunnel-endpoint", 0, {
            "local-gateway-address": "local-gateway-address", "peer": "remote-gateway-address",
            "delivery-service": "delivery-service"}),
        "dynamic-keying": moved("key-exchange dynamic", "dynamic-keying"),
    },
    "dynamic-keying": {"transform": each("ipsec-transform")},
    "bgp": {**_BGP, "group": moved("group", "bgp-group")},
    "bgp-group": {**_BGP, "neighbor": (_bgp_neighbor, "bgp")},
    "ospf": {"area": moved("area", "ospf-area"), "export": each("export-policy")},
    "ospf-area": {"interface": moved("interface", "ospf-interface")},
    "ospf-interface": {"message-digest-key": (_md5, ""), "auth-keychain": moved("authentication-keychain")},
    "isis": {
        "auth-keychain": moved("authentication-keychain"),
        "interface": moved("interface", "isis-interface"),
        "area-id": moved("area-address"),
    },
    "isis-interface": {"hello-auth-keychain": moved("hello-authentication-keychain")},
    "ldp": {"interface-parameters": moved("interface-parameters", "ldp-parameters"),
            "tcp-session-parameters": moved("tcp-session-parameters"),
            "peer-parameters": moved("tcp-session-parameters", "ldp-peers")},
    "ldp-peers": {"peer": moved("peer-transport")},
    "ldp-parameters": {"interface": spread("interface", 1, {})},
    "policy-options": {
        "prefix-list": moved("prefix-list", "prefix-list"),
        "policy-statement": moved("policy-statement", "policy"),
        "community": spread("community", 1, {"members": "member"}),
    },
    "prefix-list": {"prefix": (_policy_prefix, "")},
    "policy": {
        "entry": moved("entry", "policy-entry"),
        "default-action": spread("default-action", 0, {}, "policy-action", _DECISIONS),
    },
    "policy-entry": {"action": spread("action", 0, {}, "policy-action", _DECISIONS)},
    "policy-action": {},
    "service": {
        **{kind: _service(kind) for kind in ("epipe", "vpls", "vprn", "ies", "ipipe", "cpipe", "apipe", "fpipe")},
        "sdp": (_sdp, "sdp"),
    },
    "sdp": {"far-end": moved("far-end ip-address"), "keep-alive": moved("keep-alive")},
    "service-l2": _L2,
    "vprn": _ROUTER,
    "mirror": {"mirror-dest": (_mirror_dest, "mirror-dest")},
    "mirror-dest": {"encap": moved("encap", "encap")},
    "encap": {"layer-3-encap": spread("layer-3-encap", 0, {}, "layer-3", _HEADERS)},
    "layer-3": {"gateway": moved("gateway", "gateway"), "router": moved("router-instance")},
    "gateway": {
        "ip": _gateway("ip-address", "source", "destination"),
        "udp": _gateway("udp-port", "source", "destination"),
    },
    "cflowd": {"collector": (_collector, "")},
}  # fmt: skip
"""Context -> first word of a statement -> how it is spelled in MD-CLI, and the context inside."""
