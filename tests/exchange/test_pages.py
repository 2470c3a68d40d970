"""Import by pages: a file is sent, its columns placed, looked through, imported, taken back."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.db import now
from app.exchange import jobs
from app.exchange.models import Batch, Upload
from app.stakeholders.models import RoleHolding, Stakeholder, Tie

ACCOUNTS = "name,city,parent\nAcme,Berlin,\nAcme East,Dresden,Acme\n"
DEALS = "account,name,stage,amount\nFirst Hospital,Scanners,Engaging,1200\n,Beds,Won,5\n"


def sending(content: bytes | str, filename: str = "made.csv", **more: str) -> dict[str, object]:
    raw = content.encode() if isinstance(content, str) else content
    return {"file": (io.BytesIO(raw), filename), "kind": "", "account": "", **more}


def columns_of(page) -> dict[str, str]:
    """The form as the page offers it."""
    found = {}
    for select_ in page.all("select"):
        for option in select_:
            if option.get("selected") is not None:
                found[select_.get("name")] = option.get("value", "")
        found.setdefault(select_.get("name"), "")
    return found


@pytest.fixture
def walk(browser_for):
    """Send a file as somebody and go on to what it would change; gives browser and address."""

    def go(user, content, filename="made.csv", **more):
        browser = browser_for(user)
        sent = browser.post("/import/files", sending(content, filename))
        assert sent.status == 303, sent.words("p")
        at = sent.headers["Location"]
        page = browser.get(at)
        looked = browser.post(at, {**columns_of(page), "act": "look", "account": "", **more})
        assert looked.status == 303, (looked.status, looked.words("li"))
        return browser, looked.headers["Location"]

    return go


def test_a_file_is_looked_through_before_anything_is_written(walk, session, ada):
    browser, at = walk(ada, ACCOUNTS)

    page = browser.get(at)

    assert "Would be new" in page.text
    assert session.scalar(select(func.count(Account.id))) == 0


def test_an_import_makes_its_rows_for_whoever_imports_and_can_be_undone(walk, session, ada):
    browser, at = walk(ada, ACCOUNTS)

    done = browser.post(f"{at}/go")

    assert done.status == 303
    assert "Acme" in browser.get("/accounts/").text
    assert session.scalar(select(func.count(Upload.id))) == 0
    session.commit()
    assert browser.post(f"{at}/undo").status == 303
    assert session.scalar(select(func.count(Account.id))) == 0
    session.commit()
    assert "Undone" in browser.get(at).text
    assert browser.post(f"{at}/undo").status == 422


def test_nobody_else_reaches_a_file_or_an_import(walk, browser_for, ada, boss):
    _browser, at = walk(ada, ACCOUNTS)

    assert browser_for(boss).get(at).status == 404
    assert browser_for(boss).post(f"{at}/go").status == 404
    assert browser_for(boss).get("/import/files/1").status == 404


def test_a_reader_may_not_import(browser_for, make):
    reader = make.user("Rita", role="reader")

    assert browser_for(reader).get("/import/").status == 403
    assert browser_for(reader).post("/import/files", sending(ACCOUNTS)).status == 403


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"<html><table>", "This is a web page"),
        (bytes(range(256)) * 20, "not text"),
        (b"\x1f\x8b damaged", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(browser_for, ada, session, content, reason):
    page = browser_for(ada).post("/import/files", sending(content, "made.xlsx"))

    assert page.status == 422
    assert reason in page.text
    assert session.scalar(select(func.count(Upload.id))) == 0


def test_an_account_that_may_not_be_changed_cannot_be_chosen(browser_for, make, ada, ben):
    make.account("Secret", owner=ben)

    page = browser_for(ada).post("/import/files", sending("name\nLi\n", account="Secret"))

    assert page.status == 422
    assert "There is no account “Secret” that you may change." in page.text


def test_rows_go_only_into_accounts_that_may_be_changed(walk, session, make, ada, ben):
    make.account(owner=ben, reader=ada)

    browser, at = walk(ada, "account,name,title\nFirst Hospital,Li Na,CFO\n")

    assert "that you may change" in browser.get(at).text
    browser.post(f"{at}/go")
    assert session.scalar(select(func.count(Stakeholder.id))) == 0


def test_a_manager_may_not_import_our_own_people_or_products(browser_for, ada, boss):
    offered = {name: browser_for(user).get("/import/") for name, user in
               {"ada": ada, "boss": boss}.items()}  # fmt: skip

    assert "Our own people" not in " ".join(offered["ada"].words("option"))
    assert "Our own people" in " ".join(offered["boss"].words("option"))


def test_a_needed_column_that_is_left_out_is_asked_for(browser_for, ada):
    browser = browser_for(ada)
    at = browser.post("/import/files", sending("name,city\nA,B\n")).headers["Location"]

    page = browser.post(at, {"kind": "accounts", "act": "look", "column_0": "", "column_1": "city"})

    assert page.status == 422
    assert "Say which column is" in page.text


def test_a_field_stands_for_one_column_only(browser_for, ada):
    browser = browser_for(ada)
    at = browser.post("/import/files", sending("name,city\nA,B\n")).headers["Location"]

    page = browser.post(
        at, {"kind": "accounts", "act": "look", "column_0": "name", "column_1": "name"}
    )

    assert page.status == 422
    assert "Another column is this already." in page.text


def test_a_file_may_be_read_anew_in_another_encoding_and_as_another_kind(browser_for, ada):
    browser = browser_for(ada)
    content = "姓名;职务\n王伟;院长\n".encode("gb18030")
    at = browser.post("/import/files", sending(content)).headers["Location"]

    again = browser.post(at, {"kind": "people", "encoding": "gb18030", "separator": ";",
                              "sheet": "", "act": "again"})  # fmt: skip
    wrong = browser.post(at, {"kind": "people", "encoding": "utf-8", "act": "again"})

    assert again.status == 303
    assert "院长" in browser.get(at).text
    assert wrong.status == 422
    assert "is not in utf-8" in wrong.text


def test_what_words_mean_is_asked_answered_and_looked_at_again(walk, session, make, ada):
    make.account(owner=ada)
    browser, at = walk(ada, DEALS)

    page = browser.get(at)
    answered = browser.post(f"{at}/answers", {"stage_0": "proposal:open", "no_account": "park"})

    assert [word for word in page.words("label") if word.startswith("Engaging")]
    assert page.field("no_account") is not None
    assert answered.status == 303
    assert "Please say" not in browser.get(at).text
    browser.post(f"{at}/go")
    assert session.scalar(select(func.count(Account.id)).where(Account.is_holding)) == 1


def test_refused_rows_come_as_a_file_that_calculates_nothing(walk, make, ada):
    make.account(owner=ada)
    browser, at = walk(ada, "account,name,email\nFirst Hospital,=1+1,none of these\n")

    page = browser.get(f"{at}/refused.csv")

    assert page.headers["Content-Type"].startswith("text/csv")
    assert "'=1+1" in page.text
    assert "is not an e-mail address" in page.text


def test_a_pasted_chart_becomes_people_who_report_to_each_other(browser_for, session, make, ada):
    make.account(owner=ada)
    browser = browser_for(ada)
    people = "Wang Fang, Chair [decider]\n    Li Na, CFO\n"

    sent = browser.post(
        "/import/pasted", {"paste-people": people, "paste-account": "First Hospital"}
    )
    at = sent.headers["Location"]
    looked = browser.post(at, {**columns_of(browser.get(at)), "account": "First Hospital"})
    browser.post(f"{looked.headers['Location']}/go")

    assert session.scalar(select(func.count(Stakeholder.id))) == 2
    assert session.scalar(select(RoleHolding.role)) == "decider"
    assert session.scalar(select(func.count(Tie.id))) == 1


def test_a_paste_without_an_account_is_refused_and_kept_on_the_page(browser_for, ada):
    page = browser_for(ada).post(
        "/import/pasted", {"paste-people": "Wang Fang", "paste-account": ""}
    )

    assert page.status == 422
    assert page.field("paste-people").strip() == "Wang Fang"


CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nORG:{firm}\nEND:VCARD\n"


def cards(*people: tuple[str, str]) -> dict[str, object]:
    """Contact cards sent together, each a file of its own."""
    files = [
        (io.BytesIO(CARD.format(name=name, firm=firm).encode()), f"{name}.vcf")
        for name, firm in people
    ]
    return {"file": files, "kind": "", "account": ""}


def looked_at(browser, sent) -> str:
    """Where the import is that would bring in what was sent."""
    assert sent.status == 303, sent.words("p")
    at = sent.headers["Location"]
    return browser.post(at, columns_of(browser.get(at))).headers["Location"]


def test_cards_sent_together_bring_their_companies_or_go_into_one_account(
    browser_for, session, make, ada
):
    make.account(owner=ada)
    browser = browser_for(ada)
    people = ("Li Wei", "Acme"), ("Wang Min", "Acme"), ("Ann Lee", "")

    at = looked_at(browser, browser.post("/import/files", cards(*people)))
    asked = browser.get(at)
    nameless = browser.post(f"{at}/answers", {"unknown": "one", "account": ""})
    added = browser.post(f"{at}/answers", {"unknown": "add", "account": "First Hospital"})
    browser.post(f"{at}/go")
    other = looked_at(browser, browser.post("/import/files", cards(("Bo Ma", "Elsewhere"))))
    browser.post(f"{other}/answers", {"unknown": "one", "account": "First Hospital"})
    browser.post(f"{other}/go")

    assert "Rows of accounts that are not known" in " ".join(asked.words("label"))
    assert nameless.status == 422
    assert added.status == 303
    homes = select(Stakeholder.name, Account.name).join(Account)
    assert sorted(session.execute(homes).all()) == [
        ("Ann Lee", "First Hospital"),
        ("Bo Ma", "First Hospital"),
        ("Li Wei", "Acme"),
        ("Wang Min", "Acme"),
    ]


def test_several_files_at_once_are_contact_cards(browser_for, session, ada):
    sent = cards(("Li Wei", "Acme"))
    sent["file"].append((io.BytesIO(b"name\nAcme\n"), "accounts.csv"))

    page = browser_for(ada).post("/import/files", sent)

    assert page.status == 422
    assert "send “accounts.csv” by itself" in page.text
    assert session.scalar(select(func.count(Upload.id))) == 0


def test_undoing_others_work_is_refused_with_the_reason(walk, session, make, ada):
    browser, at = walk(ada, ACCOUNTS)
    browser.post(f"{at}/go")
    make.person(make.find(select(Account).where(Account.name == "Acme")))

    page = browser.post(f"{at}/undo")

    assert page.status == 422
    assert "Other work hangs on what it brought" in page.text


def test_a_large_file_is_worked_on_beside_the_request(walk, session, ada, app, monkeypatch):
    started = []
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    monkeypatch.setattr(jobs.threading, "Thread", lambda **given: started.append(given) or Idle())
    browser, at = walk(ada, ACCOUNTS)

    waiting = browser.get(at)
    started[0]["target"](*started[0]["args"])
    fragment = browser.get(at, headers={"HX-Request": "true"})

    assert "Being looked through" in waiting.text
    assert fragment.headers["HX-Refresh"] == "true"
    assert "Would be new" in browser.get(at).text


class Idle:
    """A thread that never begins."""

    def start(self) -> None:
        """Do nothing."""


def test_a_worker_that_went_silent_is_replaced_once(walk, session, ada, app, monkeypatch):
    started = []
    monkeypatch.setattr(jobs, "AT_ONCE", 1)
    monkeypatch.setattr(jobs.threading, "Thread", lambda **given: started.append(given) or Idle())
    browser, at = walk(ada, ACCOUNTS)
    browser.post(f"{at}/go")
    assert len(started) == 1
    batch = session.scalars(select(Batch)).one()
    batch.beat_at = now() - 2 * jobs.SILENT
    session.commit()

    assert "Carry on" in browser.get(at).text
    browser.post(f"{at}/go")
    browser.post(f"{at}/go")

    assert len(started) == 2


def test_what_breaks_is_told_in_the_import_and_nothing_is_written(walk, session, ada, monkeypatch):
    browser, at = walk(ada, ACCOUNTS)
    monkeypatch.setattr(jobs, "bring_in", lambda *_given: 1 / 0)

    browser.post(f"{at}/go")

    assert "Something broke on our side" in browser.get(at).text
    assert session.scalar(select(func.count(Account.id))) == 0


def test_an_export_holds_what_a_person_may_see_and_no_more(browser_for, make, ada, ben, cleo):
    make.account("Ours", owner=ada)
    make.account("Theirs", owner=cleo)

    text = browser_for(ada).get("/export/accounts.csv").text
    book = browser_for(ada).client.get("/export/accounts.xlsx")

    assert "Ours" in text
    assert "Theirs" not in text
    assert "spreadsheetml" in book.headers["Content-Type"]
    book.close()
    assert browser_for(ada).get("/export/secrets.csv").status == 404
    assert browser_for(ada).get("/export/accounts.pdf").status == 404


def test_the_list_of_imports_takes_no_more_selects_for_more_of_them(browser_for, make, ada):
    browser = browser_for(ada)
    seen = []
    for _ in range(2):
        for number in range(3):
            make.keep(Batch(user_id=ada.id, at=now(), kind="accounts", filename=f"{number}.csv",
                            state="done", report={}))  # fmt: skip
        browser.get("/import/")
        seen.append(browser.selects)

    assert seen[0] == seen[1]


def test_progress_is_noted_while_rows_are_written(walk, session, make, ada, monkeypatch):
    make.account(owner=ada)
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.0)

    browser, at = walk(ada, "account,name\nFirst Hospital,Li Na\n")
    browser.post(f"{at}/go")

    assert session.scalar(select(Batch.state)) == "done"
