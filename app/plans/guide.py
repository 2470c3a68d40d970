"""What each phase asks, in the course's own questions [001]; domain 3."""

from __future__ import annotations

from app.plans.rules import Phase
from app.vocabulary import N_

LEADS = {
    Phase.DIAGNOSE: N_("Where are we with this account, why, and how did we get here?"),
    Phase.FORECAST: N_("Where could we get to, and what may change on the way?"),
    Phase.GOALS: N_("What do we want of this account in this period?"),
    Phase.STRATEGY: N_("Which position do we choose to own, from the customer's view?"),
    Phase.ACTION: N_("Who does what, where, when, how and for how much?"),
    Phase.CONTROL: N_("How do we see in time whether the plan works?"),
    Phase.FEEDBACK: N_("What do the customer and our management tell us, and what became of it?"),
}

QUESTIONS = {
    Phase.DIAGNOSE: (
        N_("What is the biggest problem in the customer's business?"),
        N_("How will coming regulation, inflation or a change at its authority's top touch it?"),
        N_("Who is its greatest rival, and what are both sides' strongest and weakest points?"),
        N_("What does it complain of and refuse, from us and from suppliers at large?"),
        N_("What is its management's highest goal, and its five-year trend?"),
        N_("Which five or six factors matter most to its ability to compete?"),
        N_("What are the three best things we do in serving its customers?"),
        N_("Who competes with us here, and how do they serve it?"),
        N_("Who is its own largest customer?"),
    ),
    Phase.FORECAST: (
        N_("What in the market has changed, or may change?"),
        N_("How will the customer's expectations of us and of our rivals change?"),
        N_("How will its own customers' expectations change?"),
        N_("What is each stakeholder likely to care about?"),
        N_("Where could we be at the end of the period, at best and at worst?"),
    ),
    Phase.GOALS: (
        N_("Which figure belongs to the qualitative goal: share, growth, contribution, volume?"),
        N_("Is each goal specific, measurable, achievable, realistic and time-tabled?"),
    ),
    Phase.STRATEGY: (
        N_("From the customer's view, where do we and our rivals stand?"),
        N_("Which gaps or openings remain?"),
        N_("Which features matter to the account, ranked for each kind of stakeholder?"),
        N_("What are the strengths and weaknesses of our product and company, and of theirs?"),
        N_("On which few key points does success turn?"),
    ),
    Phase.ACTION: (
        N_("Which goal does each action serve?"),
        N_("Who else must take part, and do they know?"),
        N_("What does it cost, and who approves it?"),
    ),
    Phase.CONTROL: (
        N_("By which dates, contracts, results or events do we watch the plan?"),
        N_("What does the effort cost against what it brings?"),
        N_("Who looks at it, how often, and what happens when it slips?"),
    ),
    Phase.FEEDBACK: (
        N_("What did the customer tell us, and who heard it?"),
        N_("Can we use it or not, and has the customer heard what became of it?"),
        N_("What opens the next diagnosis?"),
    ),
}
