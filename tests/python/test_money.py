"""Money: exact, of one currency."""

import pickle
from decimal import Decimal

import pytest

from frontdesk import Money


def test_amounts():
    assert Money(12550, "UAH").amount == Decimal("125.50")
    assert Money(500, "JPY").amount == Decimal(500)
    assert Money(-1, "KWD").amount == Decimal("-0.001")
    assert Money.of("125.5", "UAH") == Money.of(Decimal("125.50"), "UAH") == Money(12550, "UAH")
    assert Money.of(7, "JPY") == Money(7, "JPY")
    assert (
        str(Money(12550, "UAH")) == "125.50 UAH"
        and repr(Money(12550, "UAH")) == "Money(12550, 'UAH')"
    )


def test_calculation():
    assert Money(1, "UAH") + Money(2, "UAH") - Money(4, "UAH") == -Money(1, "UAH")
    assert 3 * Money(2, "UAH") == Money(2, "UAH") * 3 == Money(6, "UAH")
    assert Money(1, "UAH") < Money(2, "UAH") <= Money(2, "UAH")
    assert max(Money(1, "UAH"), Money(5, "UAH")).minor == 5
    assert not Money(0, "UAH") and Money(1, "UAH")


def test_nothing_is_lost_or_mixed():
    for wrong in (
        lambda: Money(1.0, "UAH"),
        lambda: Money(True, "UAH"),
        lambda: Money.of(1.5, "UAH"),
        lambda: Money(1, "UAH") * 1.5,
        lambda: Money(1, "UAH") + 1,
        lambda: Money(1, 980),
    ):
        with pytest.raises(TypeError):
            wrong()
    for wrong in (
        lambda: Money.of("1.005", "UAH"),
        lambda: Money(1, "UAH") + Money(1, "KZT"),
        lambda: Money(1, "UAH") < Money(1, "KZT"),
    ):
        with pytest.raises(ValueError):
            wrong()
    assert Money(1, "UAH") != Money(1, "KZT") and Money(1, "UAH") != 1


def test_immutable_and_hashable():
    with pytest.raises(AttributeError):
        Money(1, "UAH").minor = 2
    assert len({Money(1, "UAH"), Money(1, "UAH"), Money(2, "UAH")}) == 2
    assert pickle.loads(pickle.dumps(Money(1, "UAH"))) == Money(1, "UAH")
