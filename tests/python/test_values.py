"""The converter: every kind of field, both ways, and what is refused."""

import base64
import copy
import datetime
import pickle
from datetime import date, timedelta, timezone

import pytest

import frontdesk
from frontdesk import Money, _frontdesk, _records

UTC = timezone.utc


@pytest.fixture(scope="module")
def probe():
    _records.define(_frontdesk.probe())
    import frontdesk.probe

    return frontdesk.probe


def fields(**changes):
    given = {
        "yes": True,
        "number": -5,
        "text": "Їжак",
        "bytes": b"\0\xff",
        "colour": "green",
        "client": 12,
        "price": Money(12550, "UAH"),
        "at": datetime.datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        "local": datetime.datetime(2026, 11, 20, 11, 30),
        "day": date(2026, 11, 20),
        "length": timedelta(minutes=90),
    }
    given.update(changes)
    return given


def test_every_kind_goes_there_and_back(probe):
    made = probe.Probe(
        **fields(
            centre=3,
            note="n",
            part={"name": "wheel", "count": 4},
            parts=[{"name": "a"}, probe.Part(name="b", count=2)],
            prices={"one": Money(-1, "KWD")},
            secret="s",
        )
    )
    for name, value in fields().items():
        assert getattr(made, name) == value and type(getattr(made, name)) is not tuple, name
    assert made.colour is probe.Colour.GREEN
    assert made.part == probe.Part(name="wheel", count=4)
    assert made.parts == (probe.Part(name="a", count=0), probe.Part(name="b", count=2))
    assert made.prices == {"one": Money(-1, "KWD")}
    assert (made.centre, made.note, made.secret, made.from_) == (3, "n", "s", 7)
    assert made.at.tzinfo is UTC and made.local.tzinfo is None


def test_what_is_absent_is_none_or_empty(probe):
    made = probe.Probe(**fields())
    assert (made.centre, made.note, made.part, made.parts, made.prices, made.change) == (
        None,
        None,
        None,
        (),
        {},
        None,
    )
    assert probe.Probe(**fields(centre=None, note=None)).centre is None
    assert probe.Probe(**fields(note=frontdesk.UNSET)) == made


def test_names_that_python_keeps_to_itself(probe):
    assert probe.Probe(**fields(from_=1)).from_ == 1
    assert probe.Probe(**fields(**{"from": 2})).from_ == 2


@pytest.mark.parametrize(
    "at",
    [
        datetime.datetime(1, 1, 1, tzinfo=UTC),
        datetime.datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime.datetime(2024, 2, 29, 0, 0, 1, tzinfo=UTC),
    ],
)
def test_moments_at_the_edges(probe, at):
    made = probe.Probe(**fields(at=at, local=at.replace(tzinfo=None), day=at.date()))
    assert (made.at, made.local, made.day) == (at, at.replace(tzinfo=None), at.date())


def test_moments_of_other_zones_become_utc(probe):
    kyiv = timezone(timedelta(hours=2))
    made = probe.Probe(**fields(at=datetime.datetime(2026, 1, 1, 1, 0, tzinfo=kyiv)))
    assert made.at == datetime.datetime(2025, 12, 31, 23, 0, tzinfo=UTC)
    assert made.at.tzinfo is UTC


@pytest.mark.parametrize(
    "length",
    [timedelta(0), timedelta(seconds=-1), timedelta(days=-3, seconds=5), timedelta(days=400_000)],
)
def test_spans(probe, length):
    assert probe.Probe(**fields(length=length)).length == length


def test_numbers_at_the_edges(probe):
    for number in (2**63 - 1, -(2**63)):
        assert probe.Probe(**fields(number=number, price=Money(number, "UAH"))).number == number

    class Index:
        def __index__(self):
            return 9

    assert probe.Probe(**fields(number=Index())).number == 9


def test_bytes_from_any_buffer(probe):
    for given in (b"ab", bytearray(b"ab"), memoryview(b"ab")):
        assert probe.Probe(**fields(bytes=given)).bytes == b"ab"


def test_lists_from_anything_iterable(probe):
    parts = [{"name": "a"}, {"name": "b"}]
    for given in (
        parts,
        tuple(parts),
        iter(parts),
        dict.fromkeys(range(2), None) and (part for part in parts),
    ):
        assert [part.name for part in probe.Probe(**fields(parts=given)).parts] == ["a", "b"]


@pytest.mark.parametrize(
    "field, value, reason, place, details",
    [
        ("yes", 1, "type_mismatch", "yes", {"expected": "boolean"}),
        ("number", True, "type_mismatch", "number", {"expected": "integer"}),
        ("number", 1.0, "type_mismatch", "number", {"expected": "integer"}),
        ("number", "1", "type_mismatch", "number", {"expected": "integer"}),
        ("number", 2**63, "out_of_range", "number", {"lowest": -(2**63), "highest": 2**63 - 1}),
        ("text", b"x", "type_mismatch", "text", {"expected": "text"}),
        ("text", None, "type_mismatch", "text", {"expected": "text"}),
        ("bytes", "x", "type_mismatch", "bytes", {"expected": "bytes"}),
        (
            "colour",
            "gren",
            "enum_unknown",
            "colour",
            {"value": "gren", "allowed": ["red", "green"], "nearest": "green"},
        ),
        (
            "colour",
            "blue",
            "enum_unknown",
            "colour",
            {"value": "blue", "allowed": ["red", "green"]},
        ),
        ("colour", 1, "type_mismatch", "colour", {"expected": "text"}),
        ("client", 0, "out_of_range", "client", {"lowest": 1, "highest": 2**63 - 1}),
        ("client", None, "type_mismatch", "client", {"expected": "integer"}),
        ("price", 5, "type_mismatch", "price", {"expected": "money"}),
        (
            "price",
            Money(2**63, "UAH"),
            "out_of_range",
            "price.amount",
            {"lowest": -(2**63), "highest": 2**63 - 1},
        ),
        ("price", Money(1, "UA"), "value_malformed", "price.currency", {"form": "UAH"}),
        (
            "at",
            "2026-11-20T09:30:00Z",
            "type_mismatch",
            "at",
            {"expected": "datetime with a time zone"},
        ),
        (
            "at",
            datetime.datetime(2026, 1, 1),
            "type_mismatch",
            "at",
            {"expected": "datetime with a time zone"},
        ),
        (
            "at",
            datetime.datetime(2026, 1, 1, 0, 0, 0, 5, UTC),
            "value_malformed",
            "at",
            {"form": "datetime without fractions of a second"},
        ),
        (
            "local",
            datetime.datetime(2026, 1, 1, tzinfo=UTC),
            "type_mismatch",
            "local",
            {"expected": "datetime without a time zone"},
        ),
        ("day", datetime.datetime(2026, 1, 1), "type_mismatch", "day", {"expected": "date"}),
        ("day", "2026-01-01", "type_mismatch", "day", {"expected": "date"}),
        ("length", 5, "type_mismatch", "length", {"expected": "timedelta"}),
        (
            "length",
            timedelta(milliseconds=1),
            "value_malformed",
            "length",
            {"form": "timedelta without fractions of a second"},
        ),
        ("part", "wheel", "type_mismatch", "part", {"expected": "object"}),
        ("part", {}, "field_missing", "part.name", {"name": "name"}),
        (
            "part",
            {"name": "a", "count": 2**31},
            "out_of_range",
            "part.count",
            {"lowest": -(2**31), "highest": 2**31 - 1},
        ),
        ("parts", "ab", "type_mismatch", "parts", {"expected": "list"}),
        ("parts", {"name": "a"}, "type_mismatch", "parts", {"expected": "list"}),
        (
            "parts",
            [{"name": "a"}, {"name": 1}],
            "type_mismatch",
            "parts[1].name",
            {"expected": "text"},
        ),
        (
            "parts",
            [{"name": "a", "cuont": 1}],
            "field_misspelt",
            "parts[0].cuont",
            {"name": "cuont", "nearest": "count"},
        ),
        (
            "parts",
            [{"name": "a", "height": 1}],
            "field_unknown",
            "parts[0].height",
            {"name": "height"},
        ),
        ("prices", {"one": 1}, "type_mismatch", "prices.one", {"expected": "money"}),
        ("prices", {1: Money(1, "UAH")}, "type_mismatch", "prices", {"expected": "object"}),
        ("prices", [], "type_mismatch", "prices", {"expected": "object"}),
        ("tetx", "x", "field_misspelt", "tetx", {"name": "tetx", "nearest": "text"}),
    ],
)
def test_what_is_wrong_is_told_precisely(probe, field, value, reason, place, details):
    """[E16]"""
    with pytest.raises(frontdesk.InvalidError) as caught:
        probe.Probe(**fields(**{field: value}))
    error = caught.value
    assert (error.code, error.reason, error.field, error.details) == (
        "invalid",
        reason,
        place,
        details,
    )
    assert error.message and not error.retryable


def test_a_missing_field_is_named(probe):
    """[E16]"""
    given = fields()
    del given["day"]
    with pytest.raises(frontdesk.InvalidError) as caught:
        probe.Probe(**given)
    assert (caught.value.reason, caught.value.field) == ("field_missing", "day")


def test_python_code_that_fails_while_a_value_is_read_is_told(probe):
    class Bad:
        def __index__(self):
            raise KeyError("mine")

    with pytest.raises(KeyError):
        probe.Probe(**fields(number=Bad()))

    def broken():
        raise RuntimeError("mine")
        yield

    with pytest.raises(RuntimeError):
        probe.Probe(**fields(parts=broken()))


def test_records_are_immutable_values(probe):
    part = probe.Part(name="a", count=1)
    with pytest.raises(AttributeError):
        part.name = "b"
    with pytest.raises(AttributeError):
        del part.name
    with pytest.raises(AttributeError):
        part.nme
    assert part == probe.Part(name="a", count=1) and hash(part) == hash(
        probe.Part(name="a", count=1)
    )
    assert part != probe.Part(name="a", count=2) and part != ("a", 1)
    assert copy.copy(part) is part and copy.deepcopy(part) is part


def test_records_travel_between_processes(probe):
    made = probe.Probe(**fields(parts=[{"name": "a"}]))
    assert pickle.loads(pickle.dumps(made)) == made


def test_records_as_dicts(probe):
    made = probe.Probe(**fields(parts=[{"name": "a"}]))
    told = made.to_dict()
    assert (
        told["parts"] == [{"name": "a", "count": 0}]
        and told["at"] == made.at
        and told["price"] == made.price
    )
    assert (
        probe.Probe(**{name: value for name, value in told.items() if value is not None}) == made
    )


def test_secrets_and_personal_data_are_not_shown(probe):
    """[E17]"""
    text = repr(probe.Probe(**fields(parts=[{"name": "Olena"}], secret="hush")))
    assert "Olena" not in text and "hush" not in text
    assert "name=<personal>, count=0" in text and "secret=<secret>" in text and "number=-5" in text


def test_records_tell_their_fields(probe):
    assert probe.Part._fields == ("name", "count")
    assert "How many." in probe.Part.__doc__
    with pytest.raises(TypeError):
        frontdesk.Page(items=[])
    with pytest.raises(TypeError):
        frontdesk.Record(name="x")


def test_enumerations_are_texts(probe):
    green = probe.Colour.GREEN
    assert (
        green == "green"
        and str(green) == "green"
        and f"{green:>6}" == " green"
        and {green: 1}["green"] == 1
    )
    assert probe.Colour("red") is probe.Colour.RED and pickle.loads(pickle.dumps(green)) is green


def test_no_references_are_lost_or_kept(probe):
    import gc
    import sys

    probe.Probe(**fields(parts=[{"name": "a"}]))
    word = "word" * 100
    before = sys.getrefcount(word)
    for _ in range(100):
        made = probe.Probe(
            **fields(text=word, parts=[{"name": word}] * 3, prices={word: Money(1, "UAH")})
        )
        with pytest.raises(frontdesk.InvalidError):
            probe.Probe(**fields(text=word, parts=[{"name": word}, 1]))
    del made
    gc.collect()
    assert sys.getrefcount(word) == before


def test_base64_is_for_json_only(probe):
    assert base64.b64encode(probe.Probe(**fields()).bytes) == b"AP8="
