"""Exact money."""

from __future__ import annotations

import decimal
import functools
from typing import Any, Union

# ISO 4217 currencies whose minor unit is not a hundredth.
_DIGITS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}


@functools.total_ordering
class Money:
    """An amount in minor units (cents, kopiikas) of one currency. Immutable and exact; floats are
    refused.

    >>> Money(12550, "UAH") + Money.of("0.50", "UAH")
    Money(12600, 'UAH')
    >>> Money(12550, "UAH").amount
    Decimal('125.50')
    """

    __slots__ = ("minor", "currency")
    #: Whole minor units.
    minor: int
    #: ISO 4217 code, such as ``UAH``.
    currency: str

    def __init__(self, minor: int, currency: str) -> None:
        if not isinstance(minor, int) or isinstance(minor, bool):
            raise TypeError("minor units are an int")
        if not isinstance(currency, str):
            raise TypeError("a currency is a str, such as 'UAH'")
        object.__setattr__(self, "minor", minor)
        object.__setattr__(self, "currency", currency)

    @classmethod
    def of(cls, amount: Union[decimal.Decimal, int, str], currency: str) -> Money:
        """An amount in major units; ValueError if it has more digits than the currency."""
        if isinstance(amount, float):
            raise TypeError("a float is not exact: give a Decimal, int or str")
        minor = decimal.Decimal(amount).scaleb(_DIGITS.get(currency, 2))
        if minor != minor.to_integral_value():
            raise ValueError(f"{amount} has more digits than {currency}")
        return cls(int(minor), currency)

    @property
    def amount(self) -> decimal.Decimal:
        """The amount in major units."""
        return decimal.Decimal(self.minor).scaleb(-_DIGITS.get(self.currency, 2))

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")
        return other

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.minor - self._same(other).minor, self.currency)

    def __mul__(self, times: int) -> Money:
        if not isinstance(times, int):
            return NotImplemented
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return (self.minor, self.currency) == (other.minor, other.currency)

    def __lt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.minor < self._same(other).minor

    def __hash__(self) -> int:
        return hash((self.minor, self.currency))

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("Money is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("Money is immutable")

    def __reduce__(self) -> Any:
        return Money, (self.minor, self.currency)

    def __repr__(self) -> str:
        return f"Money({self.minor}, {self.currency!r})"

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"
