"""What a plan says in one phase: its questions, each with a short answer, and a summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import EDIT, me
from app.accounts.models import Account
from app.plans.changes import touch_phase, write_phase
from app.plans.forms import PhaseForm
from app.plans.guide import LEADS
from app.plans.models import AccountPlan, PhaseText
from app.plans.queries import earlier_texts, find_phase
from app.plans.questions import Question
from app.plans.rules import Phase
from app.plans.thinking_changes import Put, Said, answer_question
from app.plans.thinking_forms import AnswerForm
from app.plans.thinking_models import PlanAnswer
from app.plans.thinking_queries import answers_by_key, book_of
from app.plans.views.blueprint import plan_or_404, plans
from app.users.queries import colleague_choices
from app.web import (
    _,
    commit_or_stale,
    invalid,
    label,
    render,
    see,
    speaks_chinese,
    stale_page,
    today,
)

FORM = "plans/phase.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A question on the sheet with what may be typed to it."""

    question: Question
    form: AnswerForm
    answer: PlanAnswer | None

    @property
    def is_carried(self) -> bool:
        """Whether its answer comes from the plan before and nobody has looked at it."""
        return self.answer is not None and self.answer.seen_on is None


def phase_or_404(word: str) -> Phase:
    """A phase by the word in an address."""
    if word not in set(Phase):
        abort(404)
    return Phase(word)


@plans.route("/plans/<int:plan_id>/phases/<phase>", methods=["GET", "POST"])
def write(plan_id: int, phase: str) -> ResponseReturnValue:
    """Answer what a phase asks, and sum it up; beside it, what it said before."""
    plan, account = plan_or_404(plan_id, EDIT)
    known = phase_or_404(phase)
    text = find_phase(db.session(), plan_id, known)
    form = PhaseForm(obj=text)
    lines = _lines(plan, account, known)
    page: dict[str, Any] = {
        "account": account,
        "plan": plan,
        "phase": known,
        "form": form,
        "lines": lines,
        "lead": LEADS[known],
        "earlier": earlier_texts(db.session(), text.id) if text else [],
    }
    if request.method == "GET":
        return render(FORM, **page)
    if not form.validate() or not _all_fit(lines):
        return invalid(FORM, **page)
    return _keep(form, text, plan, known, lines)


def _lines(plan: AccountPlan, account: Account, phase: Phase) -> list[Line]:
    session = db.session()
    answers = answers_by_key(session, plan.id, phase)
    people = colleague_choices(session)
    return [
        Line(question, _form_for(question.key, answers.get(question.key), people), answer)
        for question in book_of(session).asked(account.industry, phase)
        for answer in [answers.get(question.key)]
    ]


def _form_for(key: str, answer: PlanAnswer | None, people: list[tuple[int, str]]) -> AnswerForm:
    fresh = {} if answer else {"owner_id": me().id, "on": today()}
    form = AnswerForm(obj=answer, prefix=f"{key}.", **fresh)
    form.offer(owner_id=people)
    return form


def _all_fit(lines: list[Line]) -> bool:
    """Whether every answer can be kept; a stale one says so at its field, with both texts there."""
    fits = [line.form.validate() for line in lines]
    for line in lines:
        answer = line.answer
        if answer and line.form.is_stale(answer) and line.form.words.data != answer.words:
            note = _("Somebody wrote meanwhile: %(words)s", words=answer.words)
            line.form.words.errors = [*line.form.words.errors, note]
            line.form.version.data = str(answer.version)
            fits.append(False)
    return all(fits)


def _keep(
    form: PhaseForm, text: PhaseText | None, plan: AccountPlan, phase: Phase, lines: list[Line]
) -> ResponseReturnValue:
    if text is not None and form.is_stale(text) and form.body.data != text.body:
        return stale_page(form, text)
    for line in lines:
        _keep_answer(line, plan, phase)
    at, user_id = db.now(), me().id
    body = form.body.data or ""
    if text is None and not body:
        kept = touch_phase(db.session(), plan, phase, at=at, user_id=user_id)
    else:
        kept = write_phase(db.session(), plan, phase, body, at=at, user_id=user_id)
    message = _("%(phase)s is saved.", phase=label(phase))
    return commit_or_stale(form, kept) or see(
        "plans.show", message, plan_id=plan.id, anchor=str(phase)
    )


def _keep_answer(line: Line, plan: AccountPlan, phase: Phase) -> None:
    """Keep an answer that differs from what is there; an untouched one stays as it is."""
    form, answer = line.form, line.answer
    if answer is None and not form.words.data:
        return
    said = Said(
        form.words.data or "", form.owner_id.data, form.on.data or today(), form.source.data or ""
    )
    before = answer and Said(answer.words, answer.owner_id, answer.on, answer.source)
    if said != before:
        words = line.question.said(in_chinese=speaks_chinese())
        put = Put(phase, line.question.key, words)
        answer_question(db.session(), plan, put, said, today())


@plans.post("/plans/<int:plan_id>/phases/<phase>/looked")
def looked(plan_id: int, phase: str) -> ResponseReturnValue:
    """Somebody looked at a phase, and it still holds: its age begins anew."""
    plan, _account = plan_or_404(plan_id, EDIT)
    known = phase_or_404(phase)
    touch_phase(db.session(), plan, known, at=db.now(), user_id=me().id)
    db.session().commit()
    message = _("%(phase)s: looked at today.", phase=label(known))
    return see("plans.show", message, plan_id=plan_id, anchor=phase)
