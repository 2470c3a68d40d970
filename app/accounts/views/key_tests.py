"""Is it a key account? The twelve tests, answered with evidence."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, account_or_404
from app.accounts.forms import KeyTestsForm
from app.accounts.profile_changes import answer_test
from app.accounts.profile_queries import Answer, answers_of
from app.accounts.rules import KeyTest
from app.accounts.views.blueprint import accounts
from app.web import _, invalid, render, see, today

MEANING = {"yes": True, "no": False, "": None}


@accounts.route("/accounts/<int:account_id>/key-tests", methods=["GET", "POST"])
def key_tests(account_id: int) -> ResponseReturnValue:
    """Answer the twelve tests."""
    account = account_or_404(account_id, EDIT)
    answers = answers_of(db.session(), account_id)
    form = KeyTestsForm(data=_filled(answers))
    if request.method == "GET":
        return render("accounts/key_tests.html", account=account, form=form, tests=list(KeyTest))
    if not form.validate():
        return invalid("accounts/key_tests.html", account=account, form=form, tests=list(KeyTest))
    for test in KeyTest:
        answer_test(
            db.session(),
            account_id,
            test,
            is_yes=MEANING[form[f"answer_{test}"].data or ""],
            evidence=form[f"evidence_{test}"].data,
            on=today(),
        )
    db.session().commit()
    return see("accounts.show", _("Saved."), account_id=account_id, anchor="key-tests")


def _filled(answers: dict[KeyTest, Answer]) -> dict[str, str]:
    filled = {}
    for test, answer in answers.items():
        filled[f"answer_{test}"] = "yes" if answer.is_yes else "no"
        filled[f"evidence_{test}"] = answer.evidence
    return filled
