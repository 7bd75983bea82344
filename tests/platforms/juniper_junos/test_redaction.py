"""Lawful intercept: nothing of a target is left (lawful-intercept reference, 5.4 and R-LI-13)."""

import msgspec
import pytest

from auditor.platforms.juniper_junos.redaction import redact

KEPT = """version 1;
services {
    radius-flow-tap {
        source-ipv4-address 192.0.2.1;
    }
}
system {
    host-name r1;
}
"""
POLICY = """        /* Canary request */
        policy Canary1 {
            inet {
                drop-policy Canary2 {
                    from {
                        source-address {
                            198.51.100.77/32; # Canary
                        }
                    }
                }
            }
        }
        inactive: policy Canary3 {
            inet6 {
                drop-policy Canary4 {
                    from { destination-address 198.51.100.77/32; }
                }
            }
        }
"""
WITH = KEPT.replace("        source-ipv4", POLICY + "        source-ipv4")


def test_nothing_is_left_and_nothing_else_goes(reading) -> None:
    assert redact(WITH.encode()).decode() == KEPT
    found = reading(WITH.encode())
    spoken = msgspec.json.encode(found).decode() + repr(found)
    assert "Canary" not in spoken and "198.51.100.77" not in spoken
    assert found.facts == reading(KEPT.encode()).facts


def test_flat_lines(reading) -> None:
    kept = b"set version 1\nset services radius-flow-tap source-ipv4-address 192.0.2.1\nset system host-name r1\n"
    line = (
        b"set services radius-flow-tap policy Canary1 inet drop-policy Canary2 from source-address 198.51.100.77/32\n"
    )
    off = b"deactivate services radius-flow-tap policy Canary1\n"
    lines = kept.splitlines(keepends=True)
    assert redact(lines[0] + line + lines[1] + off + lines[2] + line.strip()) == kept
    assert redact(b"  1| " + line + b" 2: " + off + b"3 " + line) == b""


@pytest.mark.parametrize("end", range(len(WITH)))
def test_a_cut_document_leaves_nothing_either(end: int) -> None:
    left = redact(WITH[:end].encode())
    for word in (b"Canary1", b"Canary2", b"Canary4", b"198.51.100"):
        assert word not in left


def test_a_fragment_and_one_line() -> None:
    fragment = WITH[WITH.index("                drop-policy") :].encode()
    assert b"Canary2" not in redact(fragment) and b"198.51.100.77" not in redact(fragment)
    flat = b"a { radius-flow-tap { policy Canary1 { inet { drop-policy x { from { y 198.51.100.77; } } } } z 1; } b; }"
    assert redact(flat) == b"a { radius-flow-tap {  z 1; } b; }"


def test_ordinary_documents_are_not_touched(junos_file) -> None:
    content = junos_file.read_bytes()
    assert redact(content) is content


XML = b"""<configuration>
  <version>1</version>
  <services>
    <radius-flow-tap>
      <source-ipv4-address>192.0.2.1</source-ipv4-address>
      <junos:comment xmlns:junos="j">/* Canary request */</junos:comment>
      <policy>
        <name>Canary1</name>
        <inet><drop-policy><name>Canary2</name><from><source-address><name>198.51.100.77/32</name></source-address></from></drop-policy></inet>
      </policy>
    </radius-flow-tap>
  </services>
  <system><host-name>r1</host-name></system>
</configuration>
"""
JSON = b"""{
  "configuration" : {
    "version" : "1",
    "services" : {
      "radius-flow-tap" : {
        "source-ipv4-address" : "192.0.2.1",
        "policy" : [
          {
            "name" : "Canary1",
            "inet" : {"drop-policy" : [{"name" : "Canary2", "from" : {"source-address" : [{"name" : "198.51.100.77/32"}]}}]}
          }
        ],
        "forwarding-class" : "best-effort"
      }
    },
    "system" : {"host-name" : "r1"}
  }
}
"""


@pytest.mark.parametrize("text", [XML, JSON], ids=["xml", "json"])
def test_xml_and_json(reading, text: bytes) -> None:
    found = reading(text)
    spoken = msgspec.json.encode(found).decode() + repr(found)
    assert "anary" not in spoken and "198.51.100.77" not in spoken
    assert (found.facts.hostname, [one.kind for one in found.facts.intercept.statements]) == ("r1", ["radius"])
    assert b"192.0.2.1" in redact(text)


@pytest.mark.parametrize("text", [XML, JSON], ids=["xml", "json"])
def test_a_cut_of_xml_and_json_leaves_nothing_either(text: bytes) -> None:
    for end in range(len(text)):
        left = redact(text[:end])
        assert b"Canary1" not in left and b"Canary2" not in left and b"198.51.100" not in left, left[-200:]
