"""What a call from Python costs: a table, and one line of JSON for each figure.

Usage: bench.py
"""

import datetime
import json
import pathlib
import tempfile
import timeit

import frontdesk
from frontdesk import _frontdesk, _operations, _records


class Bench:
    def __init__(self):
        self.rows = []

    def measure(self, name, call, limit=None):
        number, _ = timeit.Timer(call).autorange()
        best = min(timeit.repeat(call, number=max(1, number // 4), repeat=9)) / max(1, number // 4)
        self.rows.append({"name": name, "microseconds": round(best * 1e6, 2), "limit": limit})

    def print(self):
        width = max(len(row["name"]) for row in self.rows)
        for row in self.rows:
            limit = "" if row["limit"] is None else f"   limit {row['limit']}"
            print(f"{row['name']:<{width}} {row['microseconds']:>9.2f} µs{limit}")
        for row in self.rows:
            print(json.dumps(row, ensure_ascii=False))


def ten_fields():
    """A call without an engine: a function converts its fields to C++ and a record back."""
    _records.define(_frontdesk.probe())
    import frontdesk.probe

    def run(operation, fields):
        return _frontdesk.make_record(frontdesk.probe.Probe, fields)

    operation = _frontdesk.find_operation("people.create_client")
    area = type(
        "Area", (_operations.Operations,), {"call": _operations._make_function(operation)}
    )(run)
    at = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.timezone.utc)
    fields = {
        "yes": True,
        "number": 5,
        "text": "Olena Koval",
        "bytes": b"abc",
        "colour": "green",
        "client": 12,
        "price": frontdesk.Money(12550, "UAH"),
        "at": at,
        "local": at.replace(tzinfo=None),
        "day": at.date(),
        "length": datetime.timedelta(minutes=90),
    }
    return lambda: area.call(**fields)


def refused(call):
    def run():
        try:
            call()
        except frontdesk.Error:
            return
        raise AssertionError("was not refused")

    return run


def main():
    bench = Bench()
    with tempfile.TemporaryDirectory() as folder:
        desk = frontdesk.open(pathlib.Path(folder) / "bench.db")
        nobody = desk.anonymous()
        client = desk.people.create_client(
            first_name="Olena", last_name="Koval", email="olena@mail.example", city="Kyiv"
        )
        text = json.dumps({"client": client.id})
        bench.measure("ten fields there and back, no engine", ten_fields(), limit=10)
        bench.measure("access.whoami (a read, little storage)", lambda: nobody.access.whoami())
        bench.measure("people.get_client", lambda: desk.people.get_client(client=client.id))
        bench.measure(
            "people.get_client by JSON text", lambda: desk.call("people.get_client", text)
        )
        bench.measure(
            "refused before the engine", refused(lambda: desk.people.create_client(first_name=1))
        )
        bench.measure(
            "people.create_client (one commit)", lambda: desk.people.create_client(first_name="x")
        )
        desk.close()
    bench.print()


if __name__ == "__main__":
    main()
