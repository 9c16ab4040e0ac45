"""Refusals that no other test meets; and that each reason of the registry is met by some test."""

import datetime
import json
import os
import pathlib
import subprocess

import pytest

import frontdesk
from frontdesk import Money

TESTS = pathlib.Path(__file__).resolve().parents[1]
MISSING_ID = 4711


def uah(minor):
    return Money(minor, "UAH")


def refused(act, code, reason, message, field=None):
    with pytest.raises(frontdesk.Error) as caught:
        act()
    error = caught.value
    assert (error.code, error.reason, error.message) == (code, reason, message)
    if field is not None:
        assert error.field == field
    return error


class House:
    """Two centres with an activity each, and a client."""

    def __init__(self, desk):
        self.desk = desk
        self.centre = desk.catalog.create_centre(
            name="Sun", city="Kyiv", zone="Europe/Kyiv", currency="UAH"
        ).id
        self.other = desk.catalog.create_centre(
            name="Moon", city="Kyiv", zone="Europe/Kyiv", currency="UAH"
        ).id
        for centre in (self.centre, self.other):
            desk.catalog.update_centre(centre=centre, active=True)
        self.film = desk.catalog.create_activity(
            centre=self.centre, name="Film", duration_minutes=90
        ).id
        self.play = desk.catalog.create_activity(
            centre=self.other, name="Play", duration_minutes=90
        ).id
        self.client = desk.people.create_client(first_name="Olena", phone="+380671234567").id

    def session(self, day=3, activity=None, centre=None, **more):
        return (
            self.desk.schedule.create_sessions(
                sessions=[
                    {
                        "activity": activity or self.film,
                        "centre": centre or self.centre,
                        "start": datetime.datetime(2026, 3, day, 18),
                        "capacity": 10,
                        "price": uah(10_000),
                        **more,
                    }
                ]
            )
            .sessions[0]
            .id
        )

    def plan(self, **more):
        terms = {"price": uah(80_000), "months": 1, "visits": 8, "all_activities": True, **more}
        return self.desk.plans.create_plan(
            centre=self.centre, name=f"Plan {len(more)} {more}"[:60], terms=terms
        ).id

    def subscription(self, **more):
        return self.desk.plans.buy(
            plan=self.plan(**more), owner=self.client, tenders=[{"method": "card"}]
        ).id


@pytest.fixture
def house(desk):
    return House(desk)


@pytest.mark.parametrize(
    ("operation", "request_", "reason", "message"),
    [
        ("access.revoke_api_key", {"api_key": MISSING_ID}, "api_key_not_found",
         "There is no such API key."),
        ("bookings.end_policy", {"policy": MISSING_ID}, "cancellation_policy_not_found",
         "There is no such cancellation policy."),
        ("schedule.lift_closure", {"closure": MISSING_ID}, "closure_not_found",
         "There is no such closure."),
        ("pricing.end_price", {"price": MISSING_ID}, "price_not_found",
         "There is no such price."),
        ("money.confirm_refund", {"refund": MISSING_ID}, "refund_not_found",
         "There is no such refund."),
        ("money.fail_refund", {"refund": MISSING_ID, "problem": "closed"}, "refund_not_found",
         "There is no such refund."),
        ("money.retry_refund", {"refund": MISSING_ID}, "refund_not_found",
         "There is no such refund."),
        ("upkeep.change_setting", {"name": "moonlight.hours", "value": 1}, "setting_not_found",
         "There is no setting named “moonlight.hours”."),
    ],
)
def test_what_is_not_there(desk, operation, request_, reason, message):
    """[A9]"""
    area, name = operation.split(".")
    refused(lambda: getattr(getattr(desk, area), name)(**request_), "not_found", reason, message)


def test_a_plan_says_when_it_starts(house):
    """[V1]"""
    buy = house.desk.plans.buy
    card = [{"method": "card"}]
    plan = house.plan()
    refused(lambda: buy(plan=plan, owner=house.client, tenders=card, activation="date"), "invalid",
            "starts_needed", "Say on which day the subscription starts.", "starts")
    refused(lambda: buy(plan=plan, owner=house.client, tenders=card,
                        starts=datetime.date(2026, 3, 9)),
            "invalid", "starts_not_for_activation",
            "A day is given, but the subscription does not start on a date.", "starts")


def test_a_dearer_plan_is_paid_whole(house):
    """[V10]"""
    subscription = house.subscription()
    dearer = house.plan(price=uah(200_000))
    error = refused(
        lambda: house.desk.plans.change_plan(
            subscription=subscription, plan=dearer,
            tenders=[{"method": "card", "amount": uah(100)}]),
        "conflict", "payment_needed",
        "The new plan must be paid whole: 1999.00 UAH is still owed.", "tenders")
    assert error.details["owed"] == 199_900


def test_an_order_has_only_so_many_payments(house):
    """[M3]"""
    booking = house.desk.bookings.book(session=house.session(), client=house.client, places=[{}])
    pay = lambda: house.desk.money.pay(
        order=booking.order, tenders=[{"method": "card", "amount": uah(1)}])
    for _ in range(999):
        pay()
    refused(pay, "conflict", "payments_too_many", "An order has at most 999 payments.", "order")


def test_a_label_that_two_seats_share_needs_its_section(house):
    """[H5]"""
    desk = house.desk
    room = desk.catalog.create_room(centre=house.centre, name="Hall", capacity=20).id
    hall = desk.seating.create_map(
        centre=house.centre, name="Hall",
        text="category S standard\nsection Left\nrow A: 4S\nsection Right\nrow A: 4S\n").id
    desk.seating.give_map(map=hall, room=room)
    session = house.session(room=room, capacity=8)
    book = lambda seat: desk.bookings.book(
        session=session, client=house.client, places=[{"seat": seat}],
        payments=[{"method": "card"}])
    refused(lambda: book("A-1"), "invalid", "seat_ambiguous",
            "Several seats are called A-1; name the section too.")
    assert book("Left A-1").status == "confirmed"


def test_a_course_is_open_to_everyone(house):
    """[B13]"""
    own = house.session(kind="client", client=house.client)
    refused(lambda: house.desk.bookings.create_course(
                centre=house.centre, name="Course", price=uah(1_000),
                sessions=[{"session": own}]),
            "conflict", "session_not_open",
            "A course has only sessions that are open to everyone.", "sessions[0].session")


def test_many_sessions_are_booked_at_one_centre(house):
    """[B13]"""
    sessions = [house.session(), house.session(activity=house.play, centre=house.other)]
    refused(lambda: house.desk.bookings.book_many(
                sessions=sessions, client=house.client, places=[{}],
                payments=[{"method": "card"}]),
            "conflict", "several_centres",
            "The sessions are of several centres. Book for one at a time.", "sessions")


def test_a_subscription_holds_at_its_centres(house):
    """[V1]"""
    subscription = house.subscription()
    elsewhere = house.session(activity=house.play, centre=house.other)
    refused(lambda: house.desk.bookings.book(
                session=elsewhere, client=house.client,
                places=[{"attendee": house.client, "subscription": subscription}]),
            "invalid", "centre_not_covered", "The subscription does not hold at this centre.")


def test_what_a_visit_paid_for_is_not_given_to_another(house):
    """[B10]"""
    desk = house.desk
    subscription = house.subscription()
    booking = desk.bookings.book(
        session=house.session(), client=house.client,
        places=[{"attendee": house.client, "subscription": subscription}])
    refused(lambda: desk.bookings.transfer_ticket(booking=booking.id, place=1, name="Ivan"),
            "conflict", "ticket_not_transferable",
            "The attendee’s own subscription or credit paid for this place; it cannot be given to"
            " another.", "place")


def test_a_coupon_holds_for_its_currency(house):
    """[D3]"""
    desk = house.desk
    abroad = desk.catalog.create_centre(
        name="Far", city="Warsaw", zone="Europe/Warsaw", currency="PLN").id
    desk.catalog.update_centre(centre=abroad, active=True)
    desk.pricing.create_coupon(name="Spring", code="SPRING-10", amount=uah(1_000))
    activity = desk.catalog.create_activity(centre=abroad, name="Film", duration_minutes=90).id
    session = house.session(activity=activity, centre=abroad, price=Money(3_000, "PLN"))
    refused(lambda: desk.bookings.book(
                session=session, client=house.client, places=[{}], coupons=["SPRING-10"],
                payments=[{"method": "card"}]),
            "conflict", "coupon_currency_differs", "This coupon is for purchases in UAH.")


def test_a_tier_ends_once(house):
    """[D4]"""
    desk = house.desk
    tier = desk.pricing.create_tier(
        name="Silver", level=2, metric="tickets", threshold=10).id
    desk.pricing.end_tier(tier=tier)
    refused(lambda: desk.pricing.end_tier(tier=tier), "conflict", "tier_ended",
            "This tier was ended.")


def test_each_reason_is_met_by_a_test():
    """[E6] What an operation lists as its refusals, some test must have seen."""
    command = os.environ.get("FRONTDESK_COMMAND", "frontdesk")

    def told(*arguments):
        out = subprocess.run(
            [command, "operations", *arguments, "--json"], check=True, capture_output=True)
        return json.loads(out.stdout)

    listed = {
        refusal["reason"]: operation["name"]
        for operation in told()
        for refusal in told(operation["name"]).get("refusals", [])
    }
    tests = "\n".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(TESTS.rglob("*"))
        if path.suffix in {".cpp", ".hpp", ".py", ".txt"}
    )
    unmet = {reason: name for reason, name in listed.items() if reason not in tests}
    assert len(listed) > 300 and unmet == {}
