"""What each warning is, in words for those who read it: when it is raised, from what, its end."""

from __future__ import annotations

from dataclasses import dataclass

from app.alerts.rules import Kind
from app.vocabulary import N_


@dataclass(frozen=True, slots=True)
class Told:
    """A kind's rule: when it is raised, what goes in, how it clears, what usually follows."""

    when: str
    inputs: str
    clears: str
    follows: str


OF_THEN = N_(
    "A past day is read as it stood: what was put away or written anew since counts as it did then."
)
NOT_KNOWN = N_(
    "What cannot be known: what was deleted for good, the milestones of goals and thresholds of "
    "then (those of now are taken), and what was typed in late, which counts from its own day."
)
"""What looking back can and cannot see."""

BY_ITSELF = N_("By itself, once the figures are within the threshold again.")

TOLD = {
    Kind.CREDIT: Told(
        N_("What the account owes exceeds its credit limit, or an invoice is long past its day."),
        N_("Receivables less payments, and the newest credit decided; the oldest invoice unpaid."),
        BY_ITSELF,
        N_("Investigate why, agree a day, collect; deliver no more than the limit allows."),
    ),
    Kind.PROGRESS: Told(
        N_("Purchases behind plan, behind the same period, or less frequent."),
        N_("Sales lines and the sales plan. What has stopped altogether is said once, by churn."),
        BY_ITSELF,
        N_("Find the cause with the customer: demand, a rival, stock, a person who changed."),
    ),
    Kind.EXPENSE: Told(
        N_("Expense of 90 days far above its usual, or something beyond its budget."),
        N_("Costs of visits, actions and expenses; budgets of actions and promotions."),
        BY_ITSELF,
        N_("Stop what does not pay, or adjust the budget with a reason."),
    ),
    Kind.CHURN: Told(
        N_("The account has stopped buying, by its own rhythm and not by a fixed number of days."),
        N_("Days with a purchase. BG/NBD learnt from all accounts where enough of them bought "
           "again, else the account’s own intervals; with fewer than three purchases: silent."),
        N_("By itself, with the next purchase."),
        N_("Ask the people closest to it what happened; win it back before a rival settles in."),
    ),
    Kind.EVENT: Told(
        N_("Somebody of the team reports it: theft, accident, split, illness, a new leader."),
        N_("What a colleague saw or heard. Only the account’s team can read it."),
        N_("By a person, with what was found and done."),
        N_("Watch it, follow up, and look at credit and people anew."),
    ),
    Kind.DECIDER: Told(
        N_("Somebody who decides has left, and nobody new is known to decide."),
        N_("Roles and days of leaving on the power map."),
        N_("By itself, once somebody new holds the role."),
        N_("Find the new one’s role at once; competitors do not wait, and new deciders listen."),
    ),
    Kind.COLD: Told(
        N_("Somebody with a role, whom one of ours alone knows, has not been seen for long."),
        N_("Contacts, and the person’s rhythm by role and size class."),
        N_("By itself, with the next contact or a second tie."),
        N_("See them, and bring a second colleague along."),
    ),
    Kind.COMPLAINT: Told(
        N_("A complaint has waited too long for its answer."),
        N_("Complaints without an answer; a day that was agreed comes before the threshold."),
        N_("By itself, with the answer to the customer."),
        N_("Answer, even if only to say when the answer comes."),
    ),
    Kind.CONTRACT: Told(
        N_("A contract ends soon, or has ended, and none that was signed follows it."),
        N_("Ends and days of notice of contracts. Those that renew themselves are left alone."),
        N_("By itself, once a contract that follows is signed."),
        N_("Begin the talk about the next one with the people who decide."),
    ),
    Kind.GOAL: Told(
        N_("A goal of the plan is behind its line, or was missed within the last 60 days."),
        N_("The goal’s value from records or readings, and its line to the target."),
        BY_ITSELF,
        N_("Look at the actions behind it: what is late, what does not work, what to change."),
    ),
    Kind.MILESTONE: Told(
        N_("A milestone of a goal has passed without its value."),
        N_("Milestones and the goal’s value. The goal itself is then not warned of as well."),
        N_("By itself, once the value is reached or the milestone moved."),
        N_("Decide: catch up, or tell the customer and the team the new day."),
    ),
}  # fmt: skip
