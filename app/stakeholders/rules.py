"""The vocabulary of stakeholders: roles, judgements, ties. Terms: domain 2."""

from __future__ import annotations

from app.vocabulary import N_, Degree, Term


class Role(Term):
    """What a person does in a decision; one person may hold several [001]."""

    DECIDER = "decider", N_("Decider")
    PROPOSER = "proposer", N_("Proposer")
    GUIDE = "guide", N_("Guide")
    EXECUTOR = "executor", N_("Executor")
    BLOCKER = "blocker", N_("Blocker")
    INFLUENCER = "influencer", N_("Influencer")


class Support(Degree):
    """How a person stands to us; *unknown* is the absence of a reading, never NEUTRAL."""

    OPPOSES = -2, N_("Opposes")
    SCEPTICAL = -1, N_("Sceptical")
    NEUTRAL = 0, N_("Neutral")
    SUPPORTS = 1, N_("Supports")
    CHAMPIONS = 2, N_("Champions")


class Influence(Degree):
    """Weight in the decision, formal rank apart."""

    NONE = 0, N_("No influence")
    SOME = 1, N_("Some influence")
    STRONG = 2, N_("Strong influence")
    DECISIVE = 3, N_("Decisive influence")


class Depth(Degree):
    """How deep the relation between one of ours and one of theirs goes [002]."""

    NONE = 0, N_("No relation")
    NODDING = 1, N_("Nodding acquaintance")
    MUTUAL = 2, N_("Mutual benefit")
    HARDSHIP = 3, N_("Shared hardship")
    CLOSE = 4, N_("Close friend")


class Confidence(Term):
    """How we know a judgement."""

    HEARD = "heard", N_("Heard directly")
    SECOND_HAND = "second_hand", N_("Second hand")
    GUESS = "guess", N_("Guess")


class TieKind(Term):
    """A relation between two people at the account; coverage, ours to theirs, is apart."""

    REPORTS_TO = "reports_to", N_("Reports to")
    INFLUENCES = "influences", N_("Influences")
    ALLIED = "allied", N_("Allied with")
    AT_ODDS = "at_odds", N_("At odds with")


class DecisionStyle(Term):
    """How a person likes to decide [000]."""

    LEADING = "leading", N_("Leading")
    INVOLVING = "involving", N_("Involving")
    FOLLOWING = "following", N_("Following")
    CHECKING = "checking", N_("Checking")


class Approach(Term):
    """What to do with a person [002]."""

    WIN = "win", N_("Win")
    CONTAIN = "contain", N_("Keep from harm")
    HOLD = "hold", N_("Hold close")
    RESPECT = "respect", N_("Respect")


UNDIRECTED = frozenset({TieKind.ALLIED, TieKind.AT_ODDS})
"""Ties that read the same from either side; stored once, lower id first."""

NO_ROLE = "none"
"""Stored in a role's place on an opportunity: the person has no role in this one."""


class Value(Term):
    """What a person looks for: psychological, functional, economic, in this order [001]."""

    STATUS = "status", N_("Standing")
    COOPERATION = "cooperation", N_("Cooperation")
    SAFETY = "safety", N_("Safety")
    PRESTIGE = "prestige", N_("Prestige")
    FEAR = "fear", N_("Fear")
    NAME = "name", N_("A good name")
    IMAGE = "image", N_("Image")
    TRUST = "trust", N_("Trust")
    QUALITY = "quality", N_("Quality")
    RELIABILITY = "reliability", N_("Reliability")
    USE = "use", N_("Use")
    SERVICE_LEVEL = "service_level", N_("Service level")
    PERFORMANCE = "performance", N_("What it can do")
    EASE = "ease", N_("Ease")
    ACCURACY = "accuracy", N_("Accuracy")
    SPEED = "speed", N_("Speed")
    PRICE = "price", N_("Price")
    SAVING = "saving", N_("Saving")
    UTILITY = "utility", N_("Utility")


class ContractPhase(Term):
    """The contract cycle: where help may be needed [001]."""

    PROPOSAL = "proposal", N_("Proposal")
    NEGOTIATION = "negotiation", N_("Negotiation")
    EXECUTION = "execution", N_("Execution")


class HelpSource(Term):
    """Where help comes from [001]."""

    OURS = "ours", N_("Inside our company")
    THEIRS = "theirs", N_("Inside the customer")
    OUTSIDE = "outside", N_("Outside both")


class Act(Term):
    """What to do about a finding."""

    FIND_PERSON = "find_person", N_("Find the person")
    ASK_GUIDE = "ask_guide", N_("Ask the guide")
    ASK_INTRODUCTION = "ask_introduction", N_("Ask for an introduction")
    BRING_EXECUTIVE = "bring_executive", N_("Bring our executive")
    PLAN_VISIT = "plan_visit", N_("Plan a visit")
    SECOND_TIE = "second_tie", N_("Build a second tie")
    LEARN_STANCE = "learn_stance", N_("Find out where they stand")
    HEAR_OUT = "hear_out", N_("Hear them out")
    SEND_FRIEND = "send_friend", N_("Let a friend speak with them")
    SHARE_OUT = "share_out", N_("Share out our visits anew")
    FILL_IN = "fill_in", N_("Fill in the map")
    PUT_RIGHT = "put_right", N_("Put the map right")
