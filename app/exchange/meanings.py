"""What a file's own words for stages and products mean: as answered, as learnt, as proposed."""

from __future__ import annotations

from app.exchange.base import Row
from app.exchange.choices import Choices
from app.exchange.deal_past import Standing, settled
from app.exchange.known import Names
from app.exchange.report import Refused, Report
from app.exchange.stages import StageProposal, propose_stage
from app.exchange.writing import Writer
from app.pipeline.rules import Outcome, Stage
from app.records.models import Product
from app.vocabulary import N_, because

UNKNOWN_PRODUCT = N_("“%(name)s” is none of our products.")
MOST_NAME = 255


class Meanings:
    """Answers for every word once; ``used`` is what was taken, to be remembered."""

    def __init__(self, choices: Choices, report: Report, writer: Writer, products: Names) -> None:
        self.choices = choices
        self.report = report
        self.writer = writer
        self.products = products

    def standing(self, values: Row) -> Standing:
        """Stage and outcome: as answered, as proposed when that is sure, else it is asked."""
        outcome: Outcome | None = values.get("outcome")
        word = values.get("stage")
        if not word:
            return settled(None, outcome or Outcome.OPEN)
        answer = self.choices.stages.get(word)
        if answer:
            stage, _, ended = answer.partition(":")
            own = Stage(stage) if stage else None
            return settled(own, outcome or Outcome(ended or "open"))
        proposal = propose_stage(word)
        if proposal.outcome is None or not (proposal.is_sure and self.choices.takes_sure):
            self.report.ask("stages", word)
        if proposal.outcome is None and outcome is None:
            raise Refused(because(N_("Say which of the six stages “%(name)s” is."), name=word))
        if proposal.outcome is not None:
            self.report.used["stage"][word] = answer_of(proposal)
        return settled(proposal.stage, outcome or proposal.outcome or Outcome.OPEN)

    def product(self, number: int, word: str | None) -> int | None:
        """The product that a word means; None, with a warning, when it means none of ours."""
        if not word:
            return None
        answer = self.choices.products.get(word)
        if answer == "":
            return None
        found = self.products.find(answer or word)
        if found is not None:
            self._note(word, found)
            return found
        if self.choices.creates_products:
            return self._create(word)
        self.report.ask("products", word)
        self.report.warn(number, word, self.products.missing(word, UNKNOWN_PRODUCT))
        return None

    def _note(self, word: str, found: int) -> None:
        shown = self.products.shown[found]
        if shown != word and self.products.ids.get(found) != word:
            self.report.made[f"product {word} → {shown}"] += 1
            self.report.used["product"][word] = shown

    def _create(self, word: str) -> int:
        product_id = self.writer.add(Product, [{"name": word[:MOST_NAME]}])[0]
        self.products.add(product_id, None, word)
        self.report.made["products"] += 1
        return product_id


def answer_of(proposal: StageProposal) -> str:
    """A proposal as an answer is written: "proposal:open", ":lost"."""
    is_open = proposal.outcome is Outcome.OPEN
    return f"{proposal.stage if is_open else ''}:{proposal.outcome}" if proposal.outcome else ""
