"""The iCalendar feed, read back by a parser that is not ours."""

import datetime

import icalendar


def studio(desk):
    centre = desk.catalog.create_centre(
        name="Сонечко, студія", city="Kyiv", zone="Europe/Kyiv", currency="UAH"
    )
    activity = desk.catalog.create_activity(centre=centre.id, name="Пілатес; ранок")
    room = desk.catalog.create_room(centre=centre.id, name="Hall \\ 1", capacity=20)
    return centre, activity, room


def test_another_parser_reads_what_was_planned(desk):
    """[S15]"""
    centre, activity, room = studio(desk)
    made = desk.schedule.create_series(
        activity=activity.id,
        centre=centre.id,
        room=room.id,
        start=datetime.datetime(2026, 3, 2, 18),
        rule="FREQ=WEEKLY;BYDAY=MO,WE",
    )
    desk.schedule.move_session(
        session=made.sessions[0].id, start=datetime.datetime(2026, 3, 3, 19)
    )
    desk.schedule.cancel_session(session=made.sessions[1].id, reason="ill")
    feed = desk.schedule.feed(centre=centre.id)
    calendar = icalendar.Calendar.from_ical(feed.text)
    assert not calendar.errors
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == feed.events == len(made.sessions)

    for session in desk.schedule.sessions(limit=500).items:
        [event] = [e for uid, e in events.items() if uid.startswith(f"session-{session.id}@")]
        assert not event.errors
        assert event["DTSTART"].dt == session.starts
        assert event["DTEND"].dt == session.ends
        assert str(event["SUMMARY"]) == "Пілатес; ранок"
        assert str(event["LOCATION"]) == "Hall \\ 1, Сонечко, студія"
        assert int(event["SEQUENCE"]) == session.sequence
        cancelled = session.status == "cancelled"
        assert str(event["STATUS"]) == ("CANCELLED" if cancelled else "CONFIRMED")


def test_its_time_zone_says_what_the_system_says(desk):
    """[S15] [S2]"""
    centre, activity, room = studio(desk)
    desk.schedule.create_series(
        activity=activity.id,
        centre=centre.id,
        start=datetime.datetime(2026, 3, 2, 18),
        rule="FREQ=DAILY",
        horizon_weeks=40,
    )
    calendar = icalendar.Calendar.from_ical(desk.schedule.feed(centre=centre.id).text)
    [zone] = calendar.walk("VTIMEZONE")
    told = zone.to_tz()
    for event in calendar.walk("VEVENT"):
        start = event["DTSTART"].dt
        assert told.utcoffset(start.replace(tzinfo=None)) == start.utcoffset()


def test_what_another_writer_wrote_is_taken(desk):
    """[S15] [S12]"""
    centre, _, _ = studio(desk)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//another//writer//EN")
    calendar.add("version", "2.0")
    event = icalendar.Event()
    event.add("uid", "1@another")
    event.add("summary", "День, який довший за рядок: " + "дуже " * 20)
    event.add("dtstart", datetime.date(2026, 3, 9))
    event.add("dtend", datetime.date(2026, 3, 11))
    calendar.add_component(event)
    imported = desk.schedule.import_calendar(centre=centre.id, text=calendar.to_ical().decode())
    assert imported.added == 1 and not imported.left_out
    [closure] = desk.schedule.closures(centre=centre.id).items
    assert closure.name.startswith("День, який довший")
    assert closure.ends - closure.starts == datetime.timedelta(days=2)
