"""Words of closed lists, stages of other pipelines, names written differently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.names import propose_matches
from app.exchange.reading import open_table
from app.exchange.stages import propose_stage, propose_stages
from app.exchange.words import WORDS, RelationKind, plain_word, read_term, read_terms
from app.pipeline.rules import Outcome, Stage
from app.stakeholders.rules import Influence, Role, Support, TieKind
from app.vocabulary import Reason
from tests.exchange.shared import shared


@pytest.mark.parametrize("terms", WORDS)
def test_every_member_is_known_by_its_identifier_label_and_words(terms):
    for member in terms:
        words = WORDS[terms][member.name].split(",")
        assert {read_term(word, terms) for word in (member.name, member.label, *words)} == {member}


@pytest.mark.parametrize("terms", WORDS)
def test_a_word_means_one_member_of_a_list(terms):
    words = [plain_word(word) for names in WORDS[terms].values() for word in names.split(",")]

    assert len(words) == len(set(words))


def test_numbers_stand_for_degrees():
    assert read_term("-2", Support) is Support.OPPOSES
    assert read_term("+1", Support) is Support.SUPPORTS
    assert read_term("3.0", Influence) is Influence.DECISIVE
    assert isinstance(read_term("7", Influence), Reason)


def test_unknown_is_no_reading_and_never_neutral():
    assert read_term("unknown", Support) is None
    assert read_term("未知", Support) is None
    assert read_term("无", Influence) is Influence.NONE


def test_a_word_that_is_none_of_them_is_told_with_those_there_are():
    reason = str(read_term("king", Role))

    assert "king" in reason
    assert "decider, proposer" in reason


def test_several_roles_are_each_taken_once():
    assert read_terms("决策者；Influencer, decider", Role) == (Role.DECIDER, Role.INFLUENCER)
    assert read_terms(" ; ", Role) is None
    assert isinstance(read_terms("decider; king", Role), Reason)


def test_kinds_of_relations_are_the_ties_and_coverage():
    assert {kind.value for kind in RelationKind} == {kind.value for kind in TieKind} | {"coverage"}


@pytest.mark.parametrize(
    ("name", "stage", "outcome", "is_sure"),
    [
        ("Prospecting", Stage.PROSPECTING, Outcome.OPEN, True),
        ("Engaging", Stage.QUALIFICATION, Outcome.OPEN, False),
        ("Needs Analysis", Stage.QUALIFICATION, Outcome.OPEN, True),
        ("Value Proposition", Stage.PROPOSAL, Outcome.OPEN, True),
        ("Id. Decision Makers", Stage.PROPOSAL, Outcome.OPEN, False),
        ("Proposal/Price Quote", Stage.BIDDING, Outcome.OPEN, False),
        ("Negotiation/Review", Stage.NEGOTIATION, Outcome.OPEN, True),
        ("closedwon", Stage.DELIVERY, Outcome.WON, True),
        ("Won", Stage.DELIVERY, Outcome.WON, True),
        ("Closed Lost", None, Outcome.LOST, True),
        ("立项", Stage.QUALIFICATION, Outcome.OPEN, True),
        ("招投标", Stage.BIDDING, Outcome.OPEN, True),
        ("商务谈判", Stage.NEGOTIATION, Outcome.OPEN, True),
        ("赢单", Stage.DELIVERY, Outcome.WON, True),
        ("输单", None, Outcome.LOST, True),
        ("Negociation", Stage.NEGOTIATION, Outcome.OPEN, False),
    ],
)
def test_a_foreign_stage_is_proposed(name, stage, outcome, is_sure):
    proposal = propose_stage(name)

    assert (proposal.stage, proposal.outcome, proposal.is_sure) == (stage, outcome, is_sure)


@pytest.mark.parametrize("stage", Stage)
def test_our_own_stages_are_themselves(stage):
    proposal = propose_stage(stage.value)

    assert (proposal.stage, proposal.outcome, proposal.confidence) == (stage, Outcome.OPEN, 1.0)


def test_a_stage_that_nothing_is_known_of_is_left_to_the_person():
    proposal = propose_stage("Moonshot")

    assert (proposal.stage, proposal.outcome, proposal.is_sure) == (None, None, False)


def test_other_pipelines_do_not_go_back():
    salesforce = ["Prospecting", "Qualification", "Needs Analysis", "Value Proposition",
                  "Id. Decision Makers", "Perception Analysis", "Proposal/Price Quote",
                  "Negotiation/Review"]  # fmt: skip
    hubspot = ["Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled",
               "Decision Maker Bought-In", "Contract Sent"]  # fmt: skip
    pipedrive = ["Qualified", "Contact Made", "Demo Scheduled", "Proposal Made",
                 "Negotiations Started"]  # fmt: skip

    for names in (salesforce, hubspot, pipedrive):
        places = [list(Stage).index(found.stage) for found in propose_stages(names).values()]
        assert places == sorted(places)


def test_every_stage_of_the_real_files_is_proposed():
    for path, column in (
        (("maven_crm", "sales_pipeline.csv"), 4),
        (("crm_formats", "salesforce_dataloader", "opportunityData.csv"), 5),
    ):
        with open_table(shared(*path)) as opened:
            names = {cells[column] for _, cells in opened.rows()}
        assert all(found.outcome for found in propose_stages(names).values())


PRODUCTS = ["GTK 500", "GTX Basic", "GTX Plus Basic", "GTX Plus Pro", "GTX Pro", "MG Advanced"]


def test_a_name_that_differs_in_spaces_only_is_sure():
    match = propose_matches(["GTXPro"], PRODUCTS)["GTXPro"]

    assert (match.known, match.is_sure) == ("GTX Pro", True)


def test_the_same_name_is_itself():
    assert propose_matches(["GTX Pro"], PRODUCTS)["GTX Pro"].confidence == 1.0


def test_a_name_that_only_resembles_is_proposed_with_others_and_not_sure():
    match = propose_matches(["GTX Plus Bsic"], PRODUCTS)["GTX Plus Bsic"]

    assert (match.known, match.is_sure) == ("GTX Plus Basic", False)
    assert 0.8 <= match.confidence < 0.98


def test_a_name_like_nothing_is_left_open():
    match = propose_matches(["Stapler"], PRODUCTS)["Stapler"]

    assert (match.known, match.confidence) == (None, 0.0)


def test_two_known_names_that_differ_in_signs_only_are_not_sure():
    match = propose_matches(["ab"], ["A-B", "A B"])["ab"]

    assert (match.known, match.others, match.is_sure) == ("A B", ("A-B",), False)


def test_names_without_letters_are_kept_apart():
    assert propose_matches(["***"], ["!!!", "***"])["***"].known == "***"
    assert propose_matches(["***"], ["!!!"])["***"].known is None


@given(st.permutations(PRODUCTS))
def test_the_order_of_the_known_does_not_matter(known):
    names = ["GTXPro", "GTX Plus", "gtx-basic", "MG Advancd"]

    assert propose_matches(names, known) == propose_matches(names, PRODUCTS)


def test_only_one_maven_product_is_spelled_two_ways_and_it_is_found():
    with open_table(shared("maven_crm", "products.csv")) as opened:
        known = [cells[0] for _, cells in opened.rows()]
    with open_table(shared("maven_crm", "sales_pipeline.csv")) as opened:
        names = {cells[2] for _, cells in opened.rows()}

    matches = propose_matches(names, known)

    assert all(match.is_sure for match in matches.values())
    assert {name: match.known for name, match in matches.items() if name != match.known} == {
        "GTXPro": "GTX Pro"
    }
