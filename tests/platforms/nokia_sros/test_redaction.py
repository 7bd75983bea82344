"""Lawful intercept: targets and LI users leave nothing behind, in no form (lawful-intercept reference, 2.5 and 5.4)."""

from __future__ import annotations

import pytest

from auditor.model.evidence import Known
from auditor.platforms.nokia_sros.redaction import redact
from tests.platforms.nokia_sros import device
from tests.platforms.nokia_sros.sros import classic, facts, flat, folded, full_context, md, read

TARGET = "T4rg3t"
USER = "l1-op"

BLOCKS = f"""
    li {{
        li-source "60" {{
            subscriber "{TARGET}" {{
                ingress true
                intercept-id 4711
            }}
        }}
        log {{
            log-id "1" {{
                source {{
                    li true
                }}
            }}
        }}
    }}
"""
LI_USER = f"""
    system {{
        security {{
            user-params {{
                local-user {{
                    user "{USER}" {{
                        password "$2y$10$abc"
                        access {{
                            console true
                            li true
                        }}
                        console {{
                            member ["li-oper"]
                        }}
                    }}
                }}
            }}
            cli-script {{
                authorization {{
                    cron {{
                        cli-user "{USER}"
                    }}
                }}
            }}
        }}
    }}
"""
CLASSIC_LI = f"""
li
    li-source 60
        subscriber "{TARGET}" ingress egress intercept-id 4711
        no shutdown
    exit
    li-filter-lock-state locked
    save
exit
"""
CLASSIC_USER = f"""
system
    security
        user "{USER}"
            password "$2y$10$abc"
            access console snmp li
            console
                member "li-oper"
            exit
        exit
        cli-script
            authorization
                cron
                    cli-user "{USER}"
                exit
            exit
        exit
    exit
exit
"""


FOLDED = "\n".join(folded(line) for line in device.flat_lines().split("\n"))


def both(without: str, inserted: str, before: str) -> tuple[str, str]:
    """A configuration with and without an insertion in front of a line."""
    assert before in without
    return without.replace(before, inserted + before, 1), without


CASES = {
    "blocks": both(md(device.MD), BLOCKS, "    filter {\n"),
    "blocks, user": both(md(device.MD), LI_USER, "    filter {\n"),
    "loose block": (md(device.MD) + BLOCKS, md(device.MD)),
    "loose source": (md(device.MD) + f'li-source "60" {{\n    sap 1/1/1:{TARGET} {{\n    }}\n}}\n', md(device.MD)),
    "classic": both(
        classic(device.CLASSIC), "".join(f"    {line}\n" for line in CLASSIC_LI.strip().split("\n")), "    filter\n"
    ),
    "classic, heading": both(classic(device.CLASSIC), 'echo "LI Configuration"\n', "    filter\n"),
    "classic, user": both(
        classic(device.CLASSIC), "".join(f"    {line}\n" for line in CLASSIC_USER.strip().split("\n")), "    filter\n"
    ),
    "flat": both(
        flat(device.flat_lines()),
        "".join(f"/configure {line}\n" for line in device.flat_lines(BLOCKS).split("\n")),
        "/configure filter",
    ),
    "flat region": both(
        flat(device.flat_lines()), f'/li li-source "60" subscriber "{TARGET}" ingress true\n', "/configure filter"
    ),
    "flat, user": both(
        flat(device.flat_lines()),
        "".join(f"/configure {line}\n" for line in device.flat_lines(LI_USER).split("\n")),
        "/configure filter",
    ),
    "full-context": both(
        full_context(device.flat_lines()),
        "".join(f"configure {{ {line} }}\n" for line in device.flat_lines(BLOCKS).split("\n")),
        "configure { filter",
    ),
    "full-context, user": both(
        full_context(device.flat_lines()),
        "".join(f"configure {{ {line} }}\n" for line in device.flat_lines(LI_USER).split("\n")),
        "configure { filter",
    ),
    "full-context in a block": both(
        md(FOLDED), "".join(f"{folded(line)}\n" for line in device.flat_lines(BLOCKS).split("\n")), "filter {"
    ),
    "full-context in a block, user": both(
        md(FOLDED), "".join(f"{folded(line)}\n" for line in device.flat_lines(LI_USER).split("\n")), "filter {"
    ),
    "netconf": both(
        device.xml(), "".join(f"{line}\n" for line in device.xml(BLOCKS).split("\n")[2:-3]), "<filter>\n<match-list>"
    ),
    "netconf, user": both(
        device.xml(), "".join(f"{line}\n" for line in device.xml(LI_USER).split("\n")[2:-3]), "<filter>\n<match-list>"
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_of_a_target_or_an_operator_is_left(case: str) -> None:
    with_taps, _ = CASES[case]
    found = repr(read(with_taps))
    for word in (TARGET, USER, "4711"):
        assert word not in found


@pytest.mark.parametrize("case", [case for case in CASES if "user" not in case])
def test_a_configuration_with_taps_reads_as_one_without(case: str) -> None:
    """The audit of two devices that differ only in active intercepts must not differ (reference, section 6)."""
    with_taps, without = CASES[case]
    assert redact(with_taps.encode()).split() == redact(without.encode()).split()
    assert repr(facts(with_taps)).count("Source") == repr(facts(without)).count("Source")


def test_other_users_stay() -> None:
    for case in ("blocks, user", "classic, user", "flat, user", "netconf, user"):
        assert [user.name for user in facts(CASES[case][0]).accounts.users] == ["noc"]


def test_the_mark_of_a_profile_and_words_that_look_alike_stay() -> None:
    """Trap 34: `match "configure li"` is a right, and `li true` of a profile is the capability, not a name."""
    text = """
    system {
        security {
            aaa {
                local-profiles {
                    profile "li-oper" {
                        li true
                        entry 10 {
                            match "configure li"
                            action deny
                        }
                    }
                }
            }
        }
    }
    """
    found = facts(md(text))
    assert found.accounts.roles[0].rights == ("deny configure li",)
    assert [(one.kind, one.source.text) for one in found.intercept.statements] == [("li-user", "li true")]
    old = 'system\n    security\n        profile "li-oper"\n            li\n            default-action deny-all\n        exit\n    exit\nexit'
    assert [one.kind for one in facts(classic(old)).intercept.statements] == ["li-user"]
    assert facts(classic(old)).accounts.roles[0].name == "li-oper"


def test_the_switches_of_the_boot_options_stay() -> None:
    new = 'bof {\n    image {\n        primary-location "cf3:/timos"\n    }\n    li {\n        local-save true\n        separate false\n    }\n}\n'
    old = "BOF (Memory)\n    primary-image    cf3:\\timos\n    li-local-save\n    no li-separate\n"
    for bof in (new, old):
        found = facts(md(device.MD), bof=bof).intercept
        assert found.separation is not None and found.separation.need() is False
        assert found.local_save is not None and found.local_save.need() is True
        assert [one.kind for one in found.statements] == ["local-save"]
    assert facts(md(device.MD)).intercept.separation is None
    default = facts(md(device.MD), bof="bof {\n}\n").intercept
    assert isinstance(default.separation, Known) and default.separation.default


def test_cut_anywhere() -> None:
    """A block that is never closed hides nothing of what follows in it."""
    for case in ("blocks", "classic", "flat", "netconf"):
        text = CASES[case][0].encode()
        at = text.index(TARGET.encode())
        for end in range(at - 60, at + 60, 3):
            assert TARGET not in repr(read(text[:end])) or end < at
