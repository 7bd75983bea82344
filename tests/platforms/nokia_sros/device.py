"""One device, written in MD-CLI and in the classic form; the other forms are made from the blocks."""

from __future__ import annotations

from xml.sax.saxutils import escape

from auditor.platforms.nokia_sros.keys import EVENTS, LISTS
from auditor.platforms.nokia_sros.text import split
from auditor.syntax import blocks
from auditor.syntax.tree import Node

MD = """
    system {
        name "pe1"
        login-control {
            idle-timeout 15
            pre-login-message {
                message "Authorised use only"
            }
            motd {
                text "Welcome"
            }
            login-scripts {
                global-script "ftp://192.0.2.66/login.txt"
            }
        }
        management-interface {
            snmp {
                admin-state enable
                packet-size 9216
            }
            netconf {
                listen {
                    admin-state enable
                }
            }
        }
        script-control {
            script "backup" owner "noc" {
                admin-state enable
                location "tftp://192.0.2.67/backup.txt"
            }
            script-policy "backup" owner "noc" {
                admin-state enable
                results "ftp://bob:s3cret@192.0.2.68/out"
                script {
                    name "backup"
                    owner "noc"
                }
            }
        }
        cron {
            schedule "nightly" owner "noc" {
                admin-state enable
                interval 3600
                script-policy {
                    name "backup"
                    owner "noc"
                }
            }
        }
        time {
            ntp {
                admin-state enable
                authentication-check true
                server 192.0.2.50 router-instance "Base" {
                    key-id 1
                }
                authentication-key 1 {
                    key "NtpK3y hash2"
                    type message-digest
                }
            }
        }
        security {
            telnet-server true
            ftp-server false
            user-params {
                authentication-order {
                    order [tacplus local]
                    exit-on-reject true
                }
                attempts {
                    count 3
                    time 5
                    lockout 10
                }
                local-user {
                    user "noc" {
                        password "$2y$10$TQrZlpBDra86.qoexZUzQeBXDY1FcdDhGWdD9lLxMuFyPVSm0OGy6"
                        access {
                            console true
                            netconf true
                        }
                        console {
                            member ["administrative" "ops"]
                        }
                    }
                }
            }
            aaa {
                local-profiles {
                    profile "ops" {
                        default-action deny-all
                        entry 10 {
                            match "show"
                            action permit
                        }
                    }
                }
                remote-servers {
                    tacplus {
                        accounting {
                            record-type start-stop
                        }
                        server 1 {
                            address 192.0.2.31
                            secret "TacK3y hash2"
                        }
                    }
                }
            }
            snmp {
                access "nms" context "" security-model usm security-level privacy {
                    read "iso"
                    notify "iso"
                }
                community "Un1que" {
                    access-permissions rw
                    version v2c
                    source-access-list "nms"
                }
                source-access-list "nms" {
                    source-host "one" {
                        address 192.0.2.20
                    }
                }
                view "small" subtree "1.3.6.1.2" {
                    mask "ff"
                    type included
                }
            }
            ssh {
                server-admin-state enable
                server-cipher-list-v2 {
                    cipher 190 {
                        name aes256-ctr
                    }
                }
                server-mac-list-v2 {
                    mac 215 {
                        name hmac-sha1
                    }
                }
            }
            keychains {
                keychain "igp" {
                    bidirectional {
                        entry 0 {
                            authentication-key "ChainK3y hash2"
                            algorithm hmac-sha-256
                        }
                    }
                }
            }
            management-access-filter {
                ip-filter {
                    default-action drop
                    entry 10 {
                        match {
                            src-ip {
                                address 192.0.2.0/24
                            }
                            protocol tcp
                            dst-port {
                                port 22
                            }
                        }
                        action accept
                    }
                }
            }
            cpm-filter {
                default-action accept
                ip-filter {
                    admin-state enable
                    entry 10 {
                        match {
                            protocol udp
                            dst-port {
                                eq 161
                            }
                        }
                        action {
                            drop
                        }
                    }
                }
            }
        }
    }
    log {
        syslog "1" {
            address 192.0.2.40
            severity warning
        }
        log-id "10" {
            source {
                main true
                security true
                change true
            }
            destination {
                syslog "1"
            }
        }
        log-events {
            igmp 2005 {
                generate false
            }
        }
        snmp-trap-group "98" {
            trap-target "nms" {
                address 192.0.2.20
                version snmpv2c
                notify-community "Tr4p"
            }
        }
        event-handling {
            handler "h" {
                admin-state enable
                entry 10 {
                    script-policy {
                        name "backup"
                        owner "noc"
                    }
                }
            }
        }
        event-trigger {
            chassis 2059 {
                admin-state enable
                entry 10 {
                    handler "h"
                }
            }
        }
    }
    filter {
        match-list {
            ip-prefix-list "mgmt" {
                prefix 198.51.100.0/24 { }
            }
        }
        ip-filter "101" {
            default-action accept
            entry 10 {
                match {
                    protocol tcp
                    src-ip {
                        ip-prefix-list "mgmt"
                    }
                    dst-port {
                        range {
                            start 20
                            end 23
                        }
                    }
                }
                action {
                    forward {
                        next-hop {
                            nh-ip {
                                address 203.0.113.9
                            }
                        }
                    }
                }
            }
            entry 20 {
                log 101
                action {
                    drop
                }
            }
        }
    }
    mirror {
        mirror-dest "60" {
            admin-state enable
            type ip-only
            encap {
                layer-3-encap {
                    header-type ip-gre
                    gateway {
                        ip-address {
                            source 192.0.2.1
                            destination 203.0.113.77
                        }
                    }
                }
            }
        }
        mirror-dest "61" {
            admin-state enable
            spoke-sdp 5:61 { }
        }
    }
    cflowd {
        collector 192.0.2.90 port 4739 {
            version 10
        }
    }
    policy-options {
        prefix-list "loops" {
            prefix 192.0.2.0/24 type longer { }
        }
        policy-statement "in" {
            entry 10 {
                from {
                    prefix-list ["loops"]
                }
                action {
                    action-type accept
                    next-hop 203.0.113.66
                }
            }
        }
    }
    router "Base" {
        autonomous-system 65000
        interface "system" {
            ipv4 {
                primary {
                    address 192.0.2.1
                    prefix-length 32
                }
            }
        }
        interface "core" {
            port 1/1/1
            ingress {
                filter {
                    ip "101"
                }
            }
            ipv4 {
                primary {
                    address 198.51.100.1
                    prefix-length 31
                }
            }
            ipv6 {
                address 2001:db8::1 {
                    prefix-length 64
                }
            }
        }
        bgp {
            group "ebgp" {
                peer-as 65001
                authentication-key "BgpK3y hash2"
                import {
                    policy ["in"]
                }
                prefix-limit ipv4 {
                    maximum 1000
                }
            }
            neighbor "198.51.100.0" {
                group "ebgp"
                ttl-security 254
            }
        }
        ospf 0 {
            area 0.0.0.0 {
                interface "core" {
                    authentication-type message-digest
                    message-digest-key 1 {
                        md5 "OspfK3y hash2"
                    }
                }
            }
        }
        isis 0 {
            interface "core" {
                hello-authentication-key "IsisK3y hash2"
                hello-authentication-type message-digest
            }
        }
        ldp {
            interface-parameters {
                interface "core" {
                    ipv4 { }
                }
            }
        }
        static-routes {
            route 203.0.113.77/32 route-type unicast {
                next-hop "198.51.100.0" {
                    admin-state enable
                }
            }
            route 10.0.0.0/8 route-type unicast {
                blackhole {
                    admin-state enable
                }
            }
        }
    }
    service {
        sdp 5 {
            admin-state enable
            delivery-type gre
            far-end {
                ip-address 203.0.113.5
            }
        }
        epipe "10" {
            admin-state enable
            service-id 10
            customer "1"
            sap 1/1/2:100 { }
            spoke-sdp 5:10 { }
        }
        vprn "20" {
            admin-state enable
            service-id 20
            customer "1"
            interface "ce" {
                ipv4 {
                    primary {
                        address 10.20.0.1
                        prefix-length 24
                    }
                }
                sap 1/1/2:200 {
                    ingress {
                        filter {
                            ip "101"
                        }
                    }
                }
            }
        }
    }
    port 1/1/1 {
        admin-state enable
        description "core"
    }
"""

CLASSIC = """
system
    name "pe1"
    snmp
        packet-size 9216
        no shutdown
    exit
    netconf
        listen
            no shutdown
        exit
    exit
    time
        ntp
            authentication-key 1 key "NtpK3y" hash2 type message-digest
            authentication-check
            server 192.0.2.50 router "Base" key-id 1
            no shutdown
        exit
    exit
    script-control
        script "backup" owner "noc"
            location "tftp://192.0.2.67/backup.txt"
            no shutdown
        exit
        script-policy "backup" owner "noc"
            results "ftp://bob:s3cret@192.0.2.68/out"
            script "backup" owner "noc"
            no shutdown
        exit
    exit
    cron
        schedule "nightly" owner "noc"
            interval 3600
            script-policy "backup" owner "noc"
            no shutdown
        exit
    exit
exit
echo "System Security Configuration"
system
    security
        management-access-filter
            ip-filter
                default-action deny
                entry 10
                    src-ip 192.0.2.0/24
                    protocol tcp
                    dst-port 22
                    action permit
                exit
            exit
        exit
        cpm-filter
            default-action accept
            ip-filter
                shutdown
                entry 10 create
                    match protocol udp
                        dst-port 161
                    exit
                    action drop
                exit
                no shutdown
            exit
        exit
        profile "ops"
            default-action deny-all
            entry 10
                match "show"
                action permit
            exit
        exit
        password
            attempts 3 time 5 lockout 10
            authentication-order tacplus local exit-on-reject
        exit
        user "noc"
            password "$2y$10$TQrZlpBDra86.qoexZUzQeBXDY1FcdDhGWdD9lLxMuFyPVSm0OGy6"
            access console netconf
            console
                no member "default"
                member "administrative"
                member "ops"
            exit
        exit
        tacplus
            accounting record-type start-stop
            server 1 address 192.0.2.31 secret "TacK3y" hash2
        exit
        snmp
            view "small" subtree "1.3.6.1.2"
                mask ff type included
            exit
            access group "nms" security-model usm security-level privacy read "iso" notify "iso"
            src-access-list "nms"
                src-host "one" address 192.0.2.20
            exit
            community "Un1que" rw version v2c src-access-list "nms"
        exit
        ssh
            server-cipher-list protocol-version 2
                cipher 190 name "aes256-ctr"
            exit
            server-mac-list protocol-version 2
                mac 215 name "hmac-sha1"
            exit
            no server-shutdown
        exit
        keychain "igp"
            direction
                bi
                    entry 0 key "ChainK3y" hash2 algorithm hmac-sha-256
                    exit
                exit
            exit
        exit
        telnet-server
        no ftp-server
    exit
exit
system
    login-control
        idle-timeout 15
        pre-login-message "Authorised use only"
        motd text "Welcome"
        login-scripts
            global "ftp://192.0.2.66/login.txt"
        exit
    exit
exit
log
    event-control "igmp" 2005 suppress
    syslog 1
        address 192.0.2.40
        level warning
    exit
    snmp-trap-group 98
        trap-target "nms" address 192.0.2.20 snmpv2c notify-community "Tr4p"
    exit
    log-id 10
        from main security change
        to syslog 1
        no shutdown
    exit
    event-handling
        handler "h"
            action-list
                entry 10
                    script-policy "backup" owner "noc"
                    no shutdown
                exit
            exit
            no shutdown
        exit
    exit
    event-trigger
        event "chassis" 2059
            trigger-entry 10
                event-handler "h"
                no shutdown
            exit
            no shutdown
        exit
    exit
exit
filter
    match-list
        ip-prefix-list "mgmt" create
            prefix 198.51.100.0/24
        exit
    exit
    ip-filter 101 create
        default-action forward
        entry 10 create
            match protocol tcp
                src-ip ip-prefix-list "mgmt"
                dst-port range 20 23
            exit
            action forward next-hop 203.0.113.9
        exit
        entry 20 create
            log 101
            action drop
        exit
    exit
exit
mirror
    mirror-dest 60 type ip-only create
        encap
            layer-3-encap ip-gre create
                gateway create
                    ip src 192.0.2.1 dest 203.0.113.77
                exit
            exit
        exit
        no shutdown
    exit
    mirror-dest 61 create
        spoke-sdp 5:61 create
            no shutdown
        exit
        no shutdown
    exit
exit
cflowd
    collector 192.0.2.90:4739 version 10
        no shutdown
    exit
    no shutdown
exit
port 1/1/1
    description "core"
    no shutdown
exit
router Base
    interface "system"
        address 192.0.2.1/32
        no shutdown
    exit
    interface "core"
        address 198.51.100.1/31
        port 1/1/1
        ingress
            filter ip 101
        exit
        ipv6
            address 2001:db8::1/64
        exit
        no shutdown
    exit
    autonomous-system 65000
    static-route-entry 203.0.113.77/32
        next-hop 198.51.100.0
            no shutdown
        exit
    exit
    static-route-entry 10.0.0.0/8
        black-hole
            no shutdown
        exit
    exit
    ospf
        area 0.0.0.0
            interface "core"
                authentication-type message-digest
                message-digest-key 1 md5 "OspfK3y" hash2
                no shutdown
            exit
        exit
        no shutdown
    exit
    isis
        interface "core"
            hello-authentication-key "IsisK3y" hash2
            hello-authentication-type message-digest
            no shutdown
        exit
        no shutdown
    exit
    ldp
        interface-parameters
            interface "core" dual-stack
                ipv4
                exit
            exit
        exit
    exit
    policy-options
        begin
        prefix-list "loops"
            prefix 192.0.2.0/24 longer
        exit
        policy-statement "in"
            entry 10
                from
                    prefix-list "loops"
                exit
                action accept
                    next-hop 203.0.113.66
                exit
            exit
        exit
        commit
    exit
    bgp
        group "ebgp"
            peer-as 65001
            authentication-key "BgpK3y" hash2
            import "in"
            prefix-limit ipv4 1000
            neighbor 198.51.100.0
                ttl-security 254
            exit
        exit
        no shutdown
    exit
exit
service
    customer 1 create
    exit
    sdp 5 gre create
        far-end 203.0.113.5
        no shutdown
    exit
    epipe 10 customer 1 create
        sap 1/1/2:100 create
        exit
        spoke-sdp 5:10 create
            no shutdown
        exit
        no shutdown
    exit
    vprn 20 customer 1 create
        interface "ce" create
            address 10.20.0.1/24
            sap 1/1/2:200 create
                ingress
                    filter ip 101
                exit
            exit
        exit
        no shutdown
    exit
exit
"""


def flat_lines(text: str = MD) -> str:
    """The blocks as flat lines: one statement on each."""
    root, _ = blocks.parse(text.split("\n"))
    found = []
    stack = [(node, "") for node in reversed(root.children)]
    while stack:
        node, path = stack.pop()
        if node.children:
            stack += [(inner, f"{path}{node.text} ") for inner in reversed(node.children)]
        else:
            found.append(path + node.text)
    return "\n".join(found)


def xml(text: str = MD) -> str:
    """The blocks as NETCONF."""
    root, _ = blocks.parse(text.split("\n"))
    lines = [
        '<data xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">',
        '<configure xmlns="urn:nokia.com:sros:ns:yang:sr:conf">',
    ]
    for node in root.children:
        lines += _element(node, "")
    return "\n".join([*lines, "</configure>", "</data>", ""])


def _element(node: Node, outside: str) -> list[str]:
    name, *words = split(node.text)
    if "[" in words:
        return [f"<{name}>{escape(word)}</{name}>" for word in words if word not in "[]"]
    inner = [line for child in node.children for line in _element(child, name)]
    listed = {"event": ("event",)} if outside in EVENTS else LISTS.get(name, {})
    if (node.children or not words or "{" in node.text or name in ("sap", "spoke-sdp", "prefix")) and words and listed:
        found = [keys for keys in listed.values() if _fits(keys, words)]
        keys = next((one for one in found if outside == "snmp" and one == ("community-string",)), found[0])
        values = [words[0], *words[2::2]]
        inner = [f"<{key}>{escape(value)}</{key}>" for key, value in zip(keys, values, strict=False)] + inner
        return [f"<{name}>", *inner, f"</{name}>"]
    if node.children:
        return [f"<{name}>", *inner, f"</{name}>"]
    return [f"<{name}>{escape(' '.join(words))}</{name}>"] if words else [f"<{name}/>"]


def _fits(keys: tuple[str, ...], words: list[str]) -> bool:
    return len(words) % 2 == 1 and tuple(words[1::2]) == keys[1 : len(words) // 2 + 1]
