"""The calendar's pages: moving, proposing, executives, the secret address, events brought in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.visits.models import Visit, VisitPerson
from app.visits.rules import monday_of

TODAY = datetime.now(UTC).date()
MONDAY = monday_of(TODAY) + timedelta(days=7)


@pytest.fixture
def account(make, ada, ben):
    return make.account(owner=ada, reader=ben, city="Jiangzhou")


@pytest.fixture
def visit(make, account, ada):
    return make.visit(account, ada, on=MONDAY, purpose="Agree the trial")


@pytest.mark.parametrize("view", ["week", "month", "agenda"])
def test_each_view_shows_the_days_visits(view, visit, ada, browser_for):
    page = browser_for(ada).get(f"/visits/?view={view}&day={MONDAY}")

    assert "Agree the trial" in page.text


def test_visits_are_filtered_by_person_and_account(make, account, visit, ada, ben, browser_for):
    make.visit(account, ben, on=MONDAY, purpose="Of Ben")
    browser = browser_for(ada)

    of_ben = browser.get(f"/visits/?whose={ben.id}&day={MONDAY}")
    here = browser.get(f"/visits/?whose=team&account={account.id}&day={MONDAY}")

    assert ("Of Ben" in of_ben.text, "Agree the trial" in of_ben.text) == (True, False)
    assert "Of Ben" in here.text and "Agree the trial" in here.text


def test_a_directors_calendar_opens_on_their_peoples_visits(make, browser_for):
    director = make.user("Dong Fang", role="director")
    seller = make.user("Seller", manager_id=director.id)
    make.visit(make.account(owner=seller), seller, on=MONDAY, purpose="Of the team")
    browser = browser_for(director)

    opened = browser.get(f"/visits/?day={MONDAY}")
    own = browser.get(f"/visits/?whose=mine&day={MONDAY}")

    assert ("Of the team" in opened.text, "Of the team" in own.text) == (True, False)


@pytest.mark.parametrize(
    ("visit_on", "opens"), [(None, "2026-11-23"), ("2026-11-22", "2026-11-16")]
)
def test_a_week_that_is_over_gives_way_to_the_coming_one(
    make, account, ada, browser_for, monkeypatch, visit_on, opens
):
    monkeypatch.setattr("app.visits.views.lists.today", lambda: date(2026, 11, 22))
    if visit_on:
        make.visit(account, ada, on=date.fromisoformat(visit_on))

    page = browser_for(ada).get("/visits/")

    shown = [one.get("data-day") for one in page.all("li") if one.get("data-day")]
    assert shown[0] == opens


def test_a_visit_is_moved_and_keeps_its_hour(make, visit, ada, browser_for):
    visit.starts_at = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 9, 30, tzinfo=UTC)
    make.session.commit()
    to = MONDAY + timedelta(days=2)

    moved = browser_for(ada).post(f"/visits/{visit.id}/move", {"on": to})

    kept = make.again(visit)
    assert moved.status == 303
    assert kept.on == to
    assert (kept.starts_at.date(), kept.starts_at.hour) == (to, 9)


def test_a_move_is_undone_and_a_held_visit_stays_where_it_was(make, visit, ada, browser_for):
    browser = browser_for(ada)
    browser.post(f"/visits/{visit.id}/move", {"on": MONDAY + timedelta(days=1)})

    page = browser.get("/visits/")
    undo = next(f.get("action") for f in page.all("form") if "move?" in f.get("action", ""))
    browser.post(undo)
    back = make.again(visit).on
    make.keep(visit).held_on = MONDAY
    make.session.commit()
    browser.post(f"/visits/{visit.id}/move", {"on": TODAY})

    assert back == MONDAY
    assert make.again(visit).on == MONDAY


def test_two_visits_at_the_same_time_say_so(make, account, ada, browser_for):
    at = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 9, tzinfo=UTC)
    for minutes in (0, 30):
        make.visit(account, ada, on=MONDAY, starts_at=at + timedelta(minutes=minutes))

    page = browser_for(ada).get(f"/visits/?day={MONDAY}")

    assert "two at the same time" in page.text


def test_a_series_is_planned_and_the_rest_of_it_put_away(session, account, ada, browser_for):
    browser = browser_for(ada)
    form = {"goals": "Keep in touch", "on": MONDAY, "channel": "call", "every": "7", "times": "3"}

    browser.post(f"/accounts/{account.id}/visits/add", form)
    second = session.scalars(select(Visit).order_by(Visit.on)).all()[1]
    session.commit()
    browser.post(f"/visits/{second.id}/archive", {"rest": "1"})

    days = session.execute(select(Visit.on, Visit.archived_at.is_(None)).order_by(Visit.on)).all()
    week = timedelta(days=7)
    assert days == [(MONDAY, True), (MONDAY + week, False), (MONDAY + 2 * week, False)]


def test_a_week_is_proposed_with_reasons_and_accepted_line_by_line(
    session, make, account, ada, browser_for
):
    person = make.person(account, "Li Wei", roles=["decider"])
    browser = browser_for(ada)

    page = browser.get(f"/visits/week?week={MONDAY}")
    line = next(e.get("value") for e in page.all("input") if e.get("name") == "line")
    goal = {f"goal-{account.id}": "Learn who signs"}
    browser.post("/visits/week", {"line": line, **goal})

    assert "Where they stand is unknown" in page.text
    visit = session.scalars(select(Visit)).one()
    assert (visit.on, visit.goals, visit.place) == (MONDAY, "Learn who signs", "Jiangzhou")
    assert session.scalars(select(VisitPerson.stakeholder_id)).all() == [person.id]


@pytest.mark.parametrize("line", ["x", "1|2|3", "1|2026-13-01|1|", "|||"])
def test_a_line_that_was_tampered_with_plans_nothing(line, account, ada, browser_for):
    assert browser_for(ada).post("/visits/week", {"line": line}).status == 400


def test_a_week_cannot_be_planned_at_an_account_that_one_may_only_read(
    make, account, ada, ben, browser_for
):
    line = f"{account.id}|{MONDAY}|{ben.id}|"

    assert browser_for(ben).post("/visits/week", {"line": line}).status == 403


def test_executives_who_should_meet_are_listed(make, account, ada, browser_for):
    director = make.user("Shen Jianguo", role="director")
    seen = make.person(account, "Gao Ling", title="President", level=1)
    make.coverage(director, seen, on=TODAY - timedelta(days=400))
    make.person(account, "Xu Min", roles=["decider"])

    page = browser_for(ada).get("/visits/executives")

    assert "Late" in page.text and "Gao Ling" in page.text
    assert "None of our executives is in touch with them." in page.text


def test_a_secret_address_shows_ones_visits_until_it_is_revoked(
    make, account, visit, ada, ben, browser_for
):
    make.visit(account, ben, on=MONDAY, purpose="Of Ben alone")
    browser, stranger = browser_for(ada), browser_for(None)
    made = browser.post("/visits/calendar/address")
    address = next(e.get("value") for e in made.all("input") if ".ics" in (e.get("value") or ""))
    path = address.removeprefix("http://localhost")

    first = stranger.get(path)
    (event,) = Calendar.from_ical(first.text).walk("VEVENT")
    browser.post("/visits/calendar/revoke")

    assert "Agree the trial" in str(event["SUMMARY"])
    assert str(event["UID"]) == f"visit-{visit.id}@banyan"
    assert stranger.get(path).status == 404


def test_a_feed_that_did_not_change_is_not_sent_again(make, account, visit, ada, browser_for):
    made = browser_for(ada).post("/visits/calendar/address")
    address = next(e.get("value") for e in made.all("input") if ".ics" in (e.get("value") or ""))
    path, stranger = address.removeprefix("http://localhost"), browser_for(None)
    tag = stranger.get(path).headers["ETag"]

    same = stranger.client.get(path, headers={"If-None-Match": tag})
    browser_for(ada).post(f"/visits/{visit.id}/move", {"on": MONDAY + timedelta(days=1)})
    changed = stranger.get(path, headers={"If-None-Match": tag})

    assert (same.status_code, changed.status) == (304, 200)
    (event,) = Calendar.from_ical(changed.text).walk("VEVENT")
    assert int(event["SEQUENCE"]) == 1


def test_a_visit_put_away_is_cancelled_in_the_feed(visit, ada, browser_for):
    browser = browser_for(ada)
    made = browser.post("/visits/calendar/address")
    address = next(e.get("value") for e in made.all("input") if ".ics" in (e.get("value") or ""))
    browser.post(f"/visits/{visit.id}/archive")

    page = browser_for(None).get(address.removeprefix("http://localhost"))

    (event,) = Calendar.from_ical(page.text).walk("VEVENT")
    assert str(event["STATUS"]) == "CANCELLED"


def test_nothing_that_was_judged_of_people_is_in_a_calendar(make, account, visit, ada, browser_for):
    person = make.person(account, "Li Wei", roles=["blocker"])
    make.observation(person, support=-2, note="Hates us")
    make.keep(VisitPerson(visit_id=visit.id, stakeholder_id=person.id))

    file = browser_for(ada).get(f"/visits/{visit.id}/event.ics")

    assert "Li Wei" in file.text
    assert not any(word in file.text for word in ("Hates", "Opposes", "locker"))


EVENT = f"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:outside-1
DTSTART:{MONDAY:%Y%m%d}T093000Z
DTEND:{MONDAY:%Y%m%d}T101500Z
SUMMARY:Tender at First Hospital
LOCATION:Floor 3
ATTENDEE:mailto:li@hospital.example
END:VEVENT
END:VCALENDAR
"""


def test_events_are_looked_through_kept_once_and_taken_out_again(
    session, make, account, ada, browser_for
):
    person = make.person(account, "Li Wei", email="Li@hospital.example")
    browser = browser_for(ada)
    answers = {"text": EVENT, "account-0": account.id}

    page = browser.post("/visits/calendar/events", {"text": EVENT})
    browser.post("/visits/calendar/keep", answers)
    browser.post("/visits/calendar/keep", {**answers, "text": EVENT.replace("T0930", "T0945")})

    chosen = [e.get("value") for e in page.all("option") if e.get("selected") is not None]
    visit = session.scalars(select(Visit)).one()
    assert str(account.id) in chosen
    assert (visit.external_id, visit.starts_at.minute, visit.minutes) == ("outside-1", 45, 30)
    assert session.scalars(select(VisitPerson.stakeholder_id)).all() == [person.id]


def test_events_just_kept_are_undone(session, make, account, ada, browser_for):
    browser = browser_for(ada)
    browser.post("/visits/calendar/keep", {"text": EVENT, "account-0": account.id})

    page = browser.get("/visits/")
    undo = next(
        form.get("action") for form in page.all("form") if "/drop/" in form.get("action", "")
    )
    browser.post(undo)

    assert session.scalars(select(Visit)).all() == []


@pytest.mark.parametrize("text", ["", "no calendar", "BEGIN:VCALENDAR\nX\nEND:VCALENDAR"])
def test_text_that_is_no_calendar_is_refused_and_kept(text, ada, browser_for):
    page = browser_for(ada).post("/visits/calendar/events", {"text": text})

    assert page.status == 422
    assert page.field("text") == text


def test_an_event_cannot_be_brought_to_an_account_of_others(make, ada, cleo, browser_for):
    elsewhere = make.account("Elsewhere", owner=cleo)

    answer = {"text": EVENT, "account-0": elsewhere.id}

    assert browser_for(ada).post("/visits/calendar/keep", answer).status == 404


def test_a_brief_says_who_they_are_and_what_is_open(make, account, visit, ada, browser_for):
    person = make.person(account, "Li Wei", roles=["blocker"], style="checking")
    other = make.person(account, "Wu Ting")
    make.tie("at_odds", person, other)
    make.observation(person, support=-1, source="Heard in the corridor")
    make.keep(VisitPerson(visit_id=visit.id, stakeholder_id=person.id))
    make.promise(account, "Bring the norm", owner_id=ada.id)

    page = browser_for(ada).get(f"/visits/{visit.id}/brief")

    for words in (
        "Li Wei stands against us: Sceptical.",
        "Li Wei is at odds with Wu Ting.",
        "Heard in the corridor",
        "Task, precision, logic",
        "Bring the norm",
    ):
        assert words in page.text


def test_a_brief_is_a_pdf_too(make, account, visit, ada, browser_for):
    person = make.person(account, "李伟 #1 [x] $y$", roles=["decider"])
    make.keep(VisitPerson(visit_id=visit.id, stakeholder_id=person.id))

    response = browser_for(ada).client.get(f"/visits/{visit.id}/brief.pdf")

    assert response.data.startswith(b"%PDF-")
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_questions_that_fit_follow_the_people_chosen(make, account, ada, browser_for):
    person = make.person(account, "Li Wei", roles=["guide"])

    page = browser_for(ada).get(f"/accounts/{account.id}/visits/questions?people={person.id}")

    assert "Li Wei: whom else should we speak to, and in which order?" in page.text
    assert "Who settles it in the end, and whose budget is it?" in page.text


@pytest.mark.parametrize("address", ["/visits/{}/brief", "/visits/week", "/visits/executives"])
def test_pages_ask_as_often_for_six_people_as_for_three(
    address, make, account, visit, ada, browser_for
):
    def some(count):
        for number in range(count):
            person = make.person(account, f"P{number}", roles=["decider"])
            make.coverage(ada, person)
            make.keep(VisitPerson(visit_id=visit.id, stakeholder_id=person.id))

    browser = browser_for(ada)
    some(3)
    browser.get(address.format(visit.id))
    few = browser.selects
    some(3)

    browser.get(address.format(visit.id))

    assert browser.selects == few <= 18
