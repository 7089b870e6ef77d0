"""What the wording of a number is worth."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.numbers import value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,286.5", "1286.5"), ("1.2万", "12000"), ("2,887.8亿", "288780000000"), ("2万亿", "2000000000000"),
        ("5百万", "5000000"), ("3千", "3000"), ("十", "10"), ("十二", "12"), ("廿五", "25"), ("三百二十", "320"),
        ("一千零五", "1005"), ("三万五千", "35000"), ("一亿二千万", "120000000"), ("两万亿", "2000000000000"),
        ("百亿", "10000000000"), ("万亿", "1000000000000"), ("二〇二四", "2024"), ("三点五", "3.5"), ("半", "0.5"),
        ("五分之二", "0.4"), ("百分之五", "0.05"), ("数百", "100"), ("数十万", "100000"), ("兩萬", "20000"),
    ],
)  # fmt: skip
def test_value(text, value):
    assert value_of(text) == Decimal(value)


@pytest.mark.parametrize("text", ["一三百", "三四百", "十百", "几", ""])
def test_no_number(text):
    assert value_of(text) is None
