"""What may be spent in a minute: counted together by all processes of a machine, begun anew when the minute is over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gql.execute import tallies
from gql.execute.rates import CALL, Call, Exhausted, Rates
from gql.execute.tallies import NEAR, PLACES, Tallies
from models.actor import SYSTEM, Actor, ActorKind
from models.allowances import Allowance, Bearer

ANN, BOB = (Actor(name, name, ActorKind.PERSON) for name in ("ann", "bob"))


def test_a_person_spends_until_nothing_is_left_and_nobody_else_does(tmp_path: Path) -> None:
    rates = Rates(tmp_path / "spent", person=100, address=0)

    left = rates.take(ANN, 60)
    with pytest.raises(Exhausted) as refused:
        rates.take(ANN, 60)

    assert left is not None
    assert (left.whose, left.most, left.remaining) == ("person", 100, 40)
    assert (refused.value.left.remaining, 0 < refused.value.left.reset_s <= 60) == (40, True)
    assert rates.take(ANN, 40) is not None
    assert rates.take(BOB, 100) is not None
    assert rates.take(SYSTEM, 1_000) is None
    rates.close()


def test_a_token_and_an_address_have_minutes_of_their_own(tmp_path: Path) -> None:
    rates = Rates(tmp_path / "spent", person=100, address=150)
    bearer = Actor("ann", "ann", ActorKind.TOKEN, token=Bearer("t", Allowance(minute=10)))
    told = CALL.set(Call("192.0.2.1"))

    with pytest.raises(Exhausted, match="one token"):
        rates.take(bearer, 11)
    rates.take(ANN, 100)
    with pytest.raises(Exhausted, match="one address"):
        rates.take(BOB, 51)
    CALL.reset(told)

    assert rates.take(BOB, 51) is not None  # from nowhere that is known
    rates.close()


def test_a_person_for_whom_more_is_set_may_spend_more(tmp_path: Path) -> None:
    rates = Rates(tmp_path / "spent", person=100, address=0)

    assert rates.take(Actor("ann", "ann", ActorKind.PERSON, allowance=Allowance(minute=1_000)), 900) is not None
    rates.close()


def test_all_processes_of_a_machine_count_together(tmp_path: Path) -> None:
    place = str(tmp_path / "spent")
    spending = f"from pathlib import Path; from gql.execute.tallies import Tallies; t = Tallies(Path({place!r}))"
    programs = [
        subprocess.Popen([sys.executable, "-c", f"{spending}\nfor _ in range(2_000): t.incr('ann', 600)"])
        for _ in range(2)
    ]

    assert [program.wait() for program in programs] == [0, 0]
    counted = Tallies(tmp_path / "spent")
    assert counted.get("ann") == 4_000
    assert counted.get("bob") == 0
    counted.close()


def test_a_counter_begins_anew_when_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(tallies.time, "time", lambda: now)
    counted = Tallies(tmp_path / "spent")

    assert [counted.incr("ann", 60, 5), counted.incr("ann", 60, 5)] == [5, 10]
    assert counted.get_expiry("ann") == 1_060
    now = 1_060.0
    assert counted.get("ann") == 0
    assert counted.incr("ann", 60, 1) == 1
    counted.clear("ann")
    assert (counted.get("ann"), counted.check()) == (0, True)
    counted.incr("ann", 60, 1)
    counted.reset()
    assert counted.get("ann") == 0
    counted.close()


def test_more_counters_than_there_is_room_for_take_no_more_room(tmp_path: Path) -> None:
    counted = Tallies(tmp_path / "spent")
    for number in range(PLACES // NEAR):
        counted.incr(f"stranger {number}", 60)
    counted.incr("ann", 600, 7)

    assert counted.get("ann") == 7
    assert (tmp_path / "spent").stat().st_size == tallies.SIZE
    counted.close()
