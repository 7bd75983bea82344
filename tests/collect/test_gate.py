"""Who may be visited when: limits in total, per site and per second, the breaker, maintenance windows."""

import itertools
import threading
import time
from collections import Counter
from datetime import datetime

import pytest

from auditor.collect.gate import Gate, Pace
from auditor.collect.windows import WindowError, check, is_open
from auditor.model.device import Device


def devices(count, **more):
    return [Device(name=f"r{number}", address="192.0.2.1", credential="c", **more) for number in range(count)]


def opened(listed, **pace):
    gate = Gate(listed, Pace(**{"per_second": 0.0, "total": 100, "site": 100, **pace}))
    gate.ahead(len(listed))
    return gate


def taken(gate, most=100):
    """What may be begun now; a device that has to wait is seen by a visitor that does not come back."""
    found = []
    for _ in range(most):
        box = []
        visitor = threading.Thread(target=lambda box=box: box.append(gate.take()), daemon=True)
        visitor.start()
        visitor.join(0.15)
        if not box or box[0] is None:
            gate.stop()
            visitor.join(2)
            return found
        found.append(box[0])
    return found


def test_no_more_in_total_than_agreed():
    gate = opened(devices(10), total=4, refusals=9)
    gate.heard("c", accepted=True)
    assert taken(gate) == [0, 1, 2, 3]


def test_no_more_of_a_site_than_agreed():
    listed = [*devices(5, site="a"), Device(name="b", site="b", credential="c"), Device(name="x", credential="c")]
    gate = opened(listed, site=2)
    gate.heard("c", accepted=True)
    assert taken(gate) == [0, 1, 5, 6]


def test_a_credential_that_nobody_accepted_yet_is_tried_by_few():
    gate = opened(devices(10), refusals=3)
    assert taken(gate) == [0, 1, 2]


def test_never_more_refusals_than_agreed_however_many_visitors():
    """A wrong password of a central account: the worst that can happen to a run."""
    gate = opened(devices(200), refusals=3)
    refused, reasons, lock = Counter(), Counter(), threading.Lock()

    def visit():
        while (index := gate.take()) is not None:
            closed = gate.closed("c")
            if closed:
                with lock:
                    reasons[closed] += 1
            else:
                time.sleep(0.005)
                gate.heard("c", accepted=False)
                with lock:
                    refused["c"] += 1
            gate.done(index)

    visitors = [threading.Thread(target=visit) for _ in range(50)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(20)
    assert refused["c"] == 3
    assert list(reasons.values()) == [197]
    assert "3 logins in a row with credential 'c' were refused" in next(iter(reasons))


def test_a_login_that_is_accepted_begins_the_count_anew():
    gate = opened(devices(9), refusals=3)
    for accepted in (False, False, True, False, False):
        gate.heard("c", accepted=accepted)
    assert gate.closed("c") == ""
    gate.heard("c", accepted=False)
    assert gate.closed("c").startswith("not visited: 3 logins in a row")
    assert gate.closed("another") == ""


def test_visits_begin_at_a_rate():
    moments = []
    clock = time.monotonic
    gate = Gate(devices(5), Pace(per_second=50.0, refusals=9), clock)
    gate.ahead(5)
    for _ in range(5):
        gate.take()
        moments.append(clock())
    assert all(later - earlier >= 0.019 for earlier, later in itertools.pairwise(moments))


def test_results_do_not_pile_up_behind_a_slow_device():
    gate = Gate(devices(9), Pace(per_second=0.0, refusals=9, total=9, site=9))
    gate.ahead(4)
    assert taken(gate) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("window", "moment", "open_"),
    [
        ("", "2026-11-26 12:00", True),
        ("22:00-05:00", "2026-11-26 21:59", False),
        ("22:00-05:00", "2026-11-26 22:00", True),
        ("22:00-05:00", "2026-11-27 04:59", True),
        ("22:00-05:00", "2026-11-27 05:00", False),
        ("Th 22:00-05:00", "2026-11-27 04:00", True),  # Friday morning belongs to the night of Thursday
        ("Th 22:00-05:00", "2026-11-26 04:00", False),
        ("Mo-Fr 22:00-05:00; Sa,Su 00:00-24:00", "2026-11-29 12:00", True),
        ("Fr-Mo 01:00-02:00", "2026-11-30 01:30", True),
        ("Fr-Mo 01:00-02:00", "2026-12-01 01:30", False),
    ],
)
def test_windows(window, moment, open_):
    assert is_open(window, datetime.fromisoformat(moment)) is open_


@pytest.mark.parametrize("window", ["always", "25:00-26:00", "Xx 01:00-02:00", "Mo- 01:00-02:00", "1:00-2:00"])
def test_a_window_that_cannot_be_read(window):
    with pytest.raises(WindowError):
        check(window)
