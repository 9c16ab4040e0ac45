"""Tickets that prove themselves without the file."""

import datetime

import pytest

import frontdesk


@pytest.fixture
def ticket(desk):
    centre = desk.catalog.create_centre(
        name="Sun", city="Kyiv", zone="Europe/Kyiv", currency="UAH"
    )
    film = desk.catalog.create_activity(centre=centre.id, name="Film")
    session = desk.schedule.create_sessions(
        sessions=[
            {
                "activity": film.id,
                "centre": centre.id,
                "start": datetime.datetime(2026, 3, 3, 18),
                "capacity": 10,
            }
        ]
    ).sessions[0]
    booking = desk.bookings.reserve(session=session.id, kind="house", places=[{}])
    return desk.bookings.tickets(booking=booking.id).tickets[0]


def test_a_ticket_is_proven_without_the_file(desk, ticket):
    """[B10]"""
    key = desk.bookings.ticket_key().keys[0].key
    desk.close()
    verified = frontdesk.verify_ticket(key, ticket.text)
    assert isinstance(verified, frontdesk.bookings.VerifiedTicket)
    assert (verified.session, verified.place, verified.issue) == (
        ticket.session,
        ticket.place,
        1,
    )
    assert verified.code == ticket.code and ticket.code not in repr(verified)
    assert verified.starts == ticket.starts


def test_what_is_no_ticket_is_refused_by_reason(desk, ticket):
    """[B10]"""
    key = desk.bookings.ticket_key().keys[0].key
    forged = ticket.text[:20] + ("B" if ticket.text[20] == "A" else "A") + ticket.text[21:]
    for public_key, text, reason in (
        ("", ticket.text, "ticket_key_malformed"),
        ("A" * 43, ticket.text, "ticket_key_other"),
        (key, "", "ticket_malformed"),
        (key, forged, "ticket_signature_invalid"),
    ):
        with pytest.raises(frontdesk.InvalidError) as caught:
            frontdesk.verify_ticket(public_key, text)
        assert caught.value.reason == reason
