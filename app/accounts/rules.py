"""The vocabulary of accounts. Terms: domain 1."""

from __future__ import annotations

from app.vocabulary import N_, Degree, Term


class AccountKind(Term):
    """Core accounts share our way of running the business; important ones do not (yet) [004]."""

    CORE = "core", N_("Core account")
    IMPORTANT = "important", N_("Important account")


class ChainPosition(Term):
    """Where the account stands in the chain [000][002]."""

    UPSTREAM = "upstream", N_("Upstream supplier")
    DOWNSTREAM = "downstream", N_("Downstream buyer")
    BOTH = "both", N_("Supplier and buyer")
    OUTSIDE = "outside", N_("Outside the chain")


class BuyerKind(Term):
    """What a downstream account does with the goods [000]."""

    DISTRIBUTION = "distribution", N_("Distribution")
    FIRST_TERMINAL = "first_terminal", N_("First terminal (public hospitals)")
    SECOND_TERMINAL = "second_terminal", N_("Second terminal (chain stores)")
    THIRD_TERMINAL = "third_terminal", N_("Third terminal (pharmacies and clinics)")


class Segment(Term):
    """Which size-class table applies [000]."""

    WHOLESALE = "wholesale", N_("Wholesale and chain")
    RETAIL = "retail", N_("Retail and medical")


class Ownership(Term):
    """Who owns the account [000]."""

    STATE = "state", N_("State-owned")
    PRIVATE = "private", N_("Private")


class Loyalty(Term):
    """How loyal the account is [000]."""

    LOYAL = "loyal", N_("Loyal")
    SEMI_LOYAL = "semi_loyal", N_("Semi-loyal")
    DISLOYAL = "disloyal", N_("Disloyal")


class SizeClass(Term):
    """Size classes, largest first [000]."""

    AAA = "AAA", "AAA"
    AA = "AA", "AA"
    A = "A", "A"
    B_PLUS = "B+", "B+"
    B = "B", "B"
    C = "C", "C"


class RelationshipStage(Term):
    """The ladder of cooperation [002]; Millman and Wilson 1995."""

    PRE_KEY_ACCOUNT = "pre_key_account", N_("Pre-key-account")
    EARLY = "early", N_("Early")
    MID = "mid", N_("Mid")
    PARTNERSHIP = "partnership", N_("Partnership")
    SYNERGISTIC = "synergistic", N_("Synergistic")
    UNCOUPLED = "uncoupled", N_("Uncoupled")


class KeyTest(Term):
    """The twelve tests of a key account [000][004]."""

    PROFIT = "profit", N_("It is a main contributor of our profit")
    GOALS = "goals", N_("It weighs on our goals or our image")
    LOSS = "loss", N_("Its loss would hurt our results severely")
    LASTING = "lasting", N_("The relation is long and stable")
    POTENTIAL = "potential", N_("It has large potential")
    EFFORT = "effort", N_("We spend much time and money on it")
    ORDERS = "orders", N_("It places large orders")
    YEARS = "years", N_("We have worked together for three to five years or more")
    SALES = "sales", N_("It brings large sales, or could")
    STRATEGIC = "strategic", N_("Its projects are strategic")
    TECHNOLOGY = "technology", N_("It is strong at absorbing technology and innovating")
    GROWTH = "growth", N_("It is growing in its market")


class Aspect(Term):
    """The sides of an account that are appraised [000]; willingness comes first."""

    WILLINGNESS = "willingness", N_("Willingness to cooperate")
    OPERATING = "operating", N_("Operating ability")
    CREDIT = "credit", N_("Credit standing")
    SOCIAL = "social", N_("Social relations")


class Judgement(Degree):
    """How one side of an account looked on a day."""

    WEAK = 1, N_("Weak")
    FAIR = 2, N_("Fair")
    GOOD = 3, N_("Good")
    STRONG = 4, N_("Strong")


HINTS: dict[Aspect, str] = {
    Aspect.WILLINGNESS: N_("Shown in money, people and vehicles, and not in attitude alone."),
    Aspect.OPERATING: N_(
        "Agility, reach of distribution, capital, brands held, storage, vehicles and staff."
    ),
    Aspect.CREDIT: N_("Looked at as it changes, not once."),
    Aspect.SOCIAL: N_("With authorities, in its trade and with its own customers."),
}
"""What to look at for each side [000]."""


def is_false_willingness(judgement: Judgement, *, shown_in: int) -> bool:
    """Whether willingness is said to be good, but has not shown in money, people or vehicles [000].

    >>> is_false_willingness(Judgement.STRONG, shown_in=0)
    True
    """
    return judgement >= Judgement.GOOD and not shown_in
