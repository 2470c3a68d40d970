"""The demo's special cases: an overbearing chain, and a small laboratory worth support."""

from __future__ import annotations

from datetime import timedelta

from app.demo.accounts import Customer
from app.demo.rows import Rows
from app.records.case_models import CaseMeasure, SpecialCase
from app.records.special_cases import Course, Measure, SpecialKind

CASES = {
    "baicao": (
        SpecialKind.OVERBEARING,
        Course.CONCEDE,
        "每季度以换供应商相逼，货款压三个月。Threatens to leave each quarter, pays three months late.",
        "返利至多再让半个点，账期不超过六十天。Half a point more at most, sixty days at the longest.",
        -6,
        {
            Measure.CAUSE: "总部换了采购总监，要在年内做出成绩。A new purchasing director must show results.",
            Measure.UPSTREAM: "请厂家出面谈区域政策。The maker speaks of the region’s terms.",
            Measure.CREDIT: "超期即停发，已书面告知。No delivery while overdue, told in writing.",
            Measure.CUSTOMERS: "门店促销直接对接店长。Promotions agreed with the shops themselves.",
        },
    ),
    "ruijiang": (
        SpecialKind.SMALL,
        Course.SUPPORT,
        "两年增长四成，回款准时，检验线几乎都从我方采购。Grew by two fifths, pays on time, buys nearly all from us.",
        "一年内每月一次驻点培训，备机一台。Training once a month for a year, one spare unit.",
        75,
        {
            Measure.TRAINING: "检验科每月一次。The laboratory, once a month.",
            Measure.DELIVERY: "试剂隔日达。Reagents within two days.",
            Measure.PROMISES: "承诺清单每次拜访核对。What was promised is gone through at each visit.",
        },
    ),
}


def add_cases(rows: Rows, account_id: int, customer: Customer, ours: dict[str, int]) -> None:
    """The account's special case, where it is one."""
    if customer.key not in CASES:
        return
    kind, course, why, limit, days, measures = CASES[customer.key]
    case_id = rows.add(
        SpecialCase,
        account_id=account_id,
        kind=kind,
        on=rows.ago(120),
        why=why,
        course=course,
        limit=limit,
        review_on=rows.on + timedelta(days=days),
        user_id=ours[customer.owner],
    )
    for measure, note in measures.items():
        rows.add(CaseMeasure, account_id=account_id, case_id=case_id, measure=measure, note=note)
