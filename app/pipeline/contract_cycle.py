"""Where a deal is in the contract cycle: proposal, negotiation, execution [001]."""

from __future__ import annotations

from app.pipeline.moving import Standing
from app.pipeline.rules import LIVE, Stage
from app.stakeholders.rules import ContractPhase

PHASES = {
    Stage.NEGOTIATION: ContractPhase.NEGOTIATION,
    Stage.DELIVERY: ContractPhase.EXECUTION,
}
"""All before the table is proposal: [001] has three phases where the pipeline has six stages."""


def contract_phase(at: Standing) -> ContractPhase | None:
    """The phase of a live deal; None once it has ended.

    >>> from app.pipeline.rules import Outcome
    >>> contract_phase(Standing(Stage.BIDDING, Outcome.OPEN)).value
    'proposal'
    """
    if at.outcome not in LIVE:
        return None
    return PHASES.get(at.stage, ContractPhase.PROPOSAL)
