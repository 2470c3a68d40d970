"""What wins and loses: counted by hand, and shown to whoever may see the deals."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from app.db import now
from app.lessons.likeness import Trait, likest
from app.lessons.report import Band, Decided, Line, Side, compared, report
from app.lessons.trying import Past
from app.pipeline.deal_models import LossFactor
from app.pipeline.losing import Factor
from app.pipeline.rules import Stage
from app.pipeline.wins import Share
from tests.lessons.test_lessons import deal_of
from tests.lessons.test_watching import CALM, but, day

TODAY = now().date()


def lost(**more):
    return Decided(won=False, **{"stage": Stage.BIDDING, "team": "Shen", **more})


def won(**more):
    return Decided(won=True, **{"stage": Stage.NEGOTIATION, "team": "Shen", **more})


def part_of(side, *deals):
    return next(part for part in report(deals) if part.side is side)


def lines_of(side, *deals):
    return [(one.name, one.inside.wins, one.inside.cases) for one in part_of(side, *deals).lines]


def test_causes_are_counted_among_the_losses_whose_causes_are_known():
    price, both = frozenset({Factor.PRICE}), frozenset({Factor.PRICE, Factor.NO_WAY_IN})

    found = lines_of(Side.FACTOR, lost(factors=both), lost(factors=price), lost(), won())

    assert found == [(Factor.NO_WAY_IN, 1, 2), (Factor.PRICE, 2, 2)]


def test_the_buyers_view_stands_apart_and_an_interview_without_a_cause_counts():
    said = frozenset({Factor.QUALITY})

    found = lines_of(Side.BUYER, lost(buyer=said), lost(buyer=frozenset()), lost(), won(buyer=said))

    assert found == [(Factor.QUALITY, 1, 2)]


def test_stages_and_price_gaps_are_told_of_losses():
    deals = [lost(gap=Decimal("0.02")), lost(stage=Stage.PROPOSAL, gap=Decimal("-0.01")), won()]

    assert lines_of(Side.STAGE, *deals) == [(Stage.PROPOSAL, 1, 2), (Stage.BIDDING, 1, 2)]
    assert lines_of(Side.GAP, *deals) == [(Band.DEARER, 1, 2), (Band.WITHIN, 1, 2)]


def test_competitors_roles_noes_and_teams_compare_what_was_won():
    deals = [
        won(rivals=frozenset({"A", "B"}), roles=4, noes=0),
        lost(rivals=frozenset({"A"}), roles=1, noes=5),
        lost(roles=0, noes=1, team=""),
    ]

    assert lines_of(Side.RIVAL, *deals) == [("A", 1, 2), ("B", 1, 1)]
    assert lines_of(Side.ROLES, *deals) == [
        (Band.NO_ROLE, 0, 1), (Band.ONE_OR_TWO, 0, 1), (Band.THREE_OR_FOUR, 1, 1),
    ]  # fmt: skip
    assert lines_of(Side.NOES, *deals) == [(Band.NEVER, 1, 1), (Band.FEW, 0, 1), (Band.MANY, 0, 1)]
    (team,) = part_of(Side.TEAM, *deals).lines
    assert (team.inside, team.outside) == (Share(1, 2), Share(0, 0))


def test_only_groups_with_eight_deals_inside_and_outside_are_compared():
    deals = [won(roles=5)] * 8 + [lost(roles=0)] * 8

    parts = report(deals)

    assert compared(parts) == 2
    assert all(line.is_clear for line in part_of(Side.ROLES, *deals).lines)
    assert compared(report(deals[1:])) == 0
    assert Line("x", Share(1, 8)).between is None


def test_the_most_alike_come_first_with_what_they_share_and_what_differs():
    def past(deal_id, *facts, won=False):
        return Past(deal_id, 1, won, day(50), tuple((day(n), one) for n, one in enumerate(facts)))

    twin = past(1, CALM, but(stage=Stage.NEGOTIATION))
    near = past(2, but(pushes=3, amount=None))
    far = past(3, but(stage=Stage.DELIVERY, meets_decider=False, support=-2, pushes=9,
                      has_unmet_blocker=True, overrides=1, is_late_in=True))  # fmt: skip

    found = likest(CALM, [far, near, twin, past(4)])

    # By hand: the twin stood in the same stage with the same facts; of the near one's ten traits
    # known of both (no amount, no competitors), only the pushes differ, wholly: 1/10.
    assert [one.deal_id for one in found] == [1, 2]
    assert (found[0].apart, found[1].apart) == (0.0, 0.1)
    assert found[1].differing == (Trait.PUSHES,)
    assert Trait.SUPPORT in found[1].shared


def test_the_report_is_a_page_pictures_and_files_of_the_deals_one_may_see(
    make, ada, cleo, browser_for
):
    account = make.account(owner=ada)
    for number in range(3):
        deal = deal_of(make, account, ada, f"Lost {number}", "lost")
        make.keep(LossFactor(account_id=account.id, opportunity_id=deal.id, factor="price"))
    deal_of(make, account, ada, "Won", "closed")
    browser = browser_for(ada)
    span = f"start={day(0) - timedelta(days=60)}&end={TODAY}"

    page = browser.get(f"/lessons/wins?{span}")

    assert "3/3" in page.text
    assert "25%" in page.text
    assert "No deal was decided" in browser_for(cleo).get(f"/lessons/wins?{span}").text
    assert (
        "No deal was decided" in browser.get("/lessons/wins?start=2001-01-01&end=2001-12-31").text
    )
    assert browser.get("/lessons/wins?start=soon&end=2001-12-31").status == 200
    assert browser.get(f"/lessons/wins/factor.svg?{span}").response.mimetype == "image/svg+xml"
    assert browser.get("/lessons/wins/nonsense.svg").status == 404
    for kind, start in (("pdf", b"%PDF"), ("pptx", b"PK"), ("xlsx", b"PK")):
        file = browser.client.get(f"/lessons/wins.{kind}?{span}")
        assert file.data.startswith(start), kind
