"""The fourteen accounts of the demo, each with a story that a feature can find."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

HOSPITAL, CHAIN, WHOLESALER, CLINICS = "hospital", "chain", "wholesaler", "clinics"


@dataclass(frozen=True, slots=True)
class Customer:
    """An account: ``kind_of_house`` chooses its organisation, ``trade`` its sales story.

    ``monthly`` is mean sales in 10,000 CNY two years ago, ``reach`` the share of people we know
    well, ``mood`` where their support tends to (−2…+2).
    """

    key: str
    name: str
    other_name: str
    owner: str
    house: str
    monthly: float
    trade: str
    reach: float
    mood: float
    team: tuple[str, ...] = ()
    parent: str = ""
    profile: dict[str, Any] = field(default_factory=dict)


def _profile(
    kind: str, ownership: str, loyalty: str, buyer: str, city: str, industry: str, **more: Any
) -> dict[str, Any]:
    segment = "retail" if buyer in {"first_terminal", "third_terminal"} else "wholesale"
    return {
        "kind": kind,
        "ownership": ownership,
        "loyalty": loyalty,
        "buyer_kind": buyer,
        "segment": segment,
        "chain_position": "both" if buyer == "distribution" else "downstream",
        "city": city,
        "industry": industry,
        "region": "华东",
        **more,
    }


PUBLIC = "公立医院 Public hospital"
PRIVATE = "民营医院 Private hospital"
PHARMACY = "连锁药店 Pharmacy chain"
TRADE = "医药流通 Distribution"

CUSTOMERS = (
    Customer(
        "first",
        "江州大学第一医院集团",
        "Jiangzhou University First Hospital Group",
        "zhou",
        HOSPITAL,
        16.5,
        "growing",
        0.8,
        0.9,
        ("lin", "han", "gu"),
        profile=_profile(
            "core",
            "state",
            "loyal",
            "first_terminal",
            "江州",
            PUBLIC,
            employees=5200,
            founded=1947,
            notes="集团采购统一招标；院长重视学科建设与智慧病房。Group-wide tenders.",
        ),
    ),
    Customer(
        "east",
        "江州大学第一医院东院",
        "First Hospital, East Campus",
        "zhou",
        HOSPITAL,
        6.2,
        "growing",
        0.6,
        0.6,
        ("lin",),
        "first",
        profile=_profile(
            "core", "state", "loyal", "first_terminal", "江州", PUBLIC, employees=1400
        ),
    ),
    Customer(
        "yunxi",
        "云溪市中心医院",
        "Yunxi Central Hospital",
        "daniel",
        HOSPITAL,
        8.9,
        "flat",
        0.45,
        -0.4,
        ("song",),
        profile=_profile(
            "important",
            "state",
            "semi_loyal",
            "first_terminal",
            "云溪",
            PUBLIC,
            employees=2600,
            founded=1956,
            notes="The president is new and sees no suppliers; the deputy favours a rival.",
        ),
    ),
    Customer(
        "hailing",
        "海陵医疗集团",
        "Hailing Healthcare Group",
        "he",
        HOSPITAL,
        9.8,
        "seasonal",
        0.7,
        0.5,
        ("lin", "shen"),
        profile=_profile(
            "core",
            "private",
            "semi_loyal",
            "first_terminal",
            "海陵",
            PRIVATE,
            employees=3100,
            founded=2004,
        ),
    ),
    Customer(
        "bone",
        "海陵骨科医院",
        "Hailing Orthopaedic Hospital",
        "he",
        HOSPITAL,
        3.4,
        "flat",
        0.5,
        0.4,
        (),
        "hailing",
        profile=_profile(
            "important", "private", "semi_loyal", "first_terminal", "海陵", PRIVATE, employees=620
        ),
    ),
    Customer(
        "anhe",
        "安禾大药房连锁",
        "Anhe Pharmacy Chain",
        "zheng",
        CHAIN,
        92.0,
        "shrinking",
        0.12,
        0.6,
        ("song",),
        profile=_profile(
            "core",
            "private",
            "loyal",
            "second_terminal",
            "明州",
            PHARMACY,
            employees=4300,
            founded=1998,
            notes="All rests on the chairman, whom we have not seen for long.",
        ),
    ),
    Customer(
        "baicao",
        "百草堂医药连锁",
        "Baicaotang Pharmacies",
        "zheng",
        CHAIN,
        64.0,
        "flat",
        0.5,
        -0.6,
        (),
        profile=_profile(
            "important",
            "private",
            "disloyal",
            "second_terminal",
            "江州",
            PHARMACY,
            employees=2900,
            notes="压价、拖款；要让步有度，不卑不亢。",
        ),
    ),
    Customer(
        "hualan",
        "华澜医药批发",
        "Hualan Pharmaceutical Wholesale",
        "he",
        WHOLESALER,
        118.0,
        "growing",
        0.75,
        0.7,
        ("shen",),
        profile=_profile(
            "core", "private", "loyal", "distribution", "海陵", TRADE, employees=870, founded=2001
        ),
    ),
    Customer(
        "dongchuan",
        "东川医药集团",
        "Dongchuan Pharmaceutical Group",
        "daniel",
        WHOLESALER,
        78.0,
        "stepdown",
        0.5,
        -0.2,
        ("song", "shen"),
        profile=_profile(
            "important",
            "state",
            "semi_loyal",
            "distribution",
            "东川",
            TRADE,
            employees=6100,
            founded=1952,
            notes="We came in after the criteria were set, and lost the monitoring tender.",
        ),
    ),
    Customer(
        "qingpu",
        "清浦湾社区卫生联盟",
        "Qingpu Bay Community Clinics",
        "zheng",
        CLINICS,
        1.4,
        "growing",
        0.6,
        0.8,
        (),
        profile=_profile(
            "important",
            "state",
            "loyal",
            "third_terminal",
            "明州",
            "社区卫生 Community care",
            employees=480,
        ),
    ),
    Customer(
        "mingzhou",
        "明州儿童医院",
        "Mingzhou Children's Hospital",
        "daniel",
        HOSPITAL,
        5.6,
        "growing",
        0.55,
        0.2,
        ("song", "lin"),
        profile=_profile(
            "important",
            "state",
            "semi_loyal",
            "first_terminal",
            "明州",
            PUBLIC,
            employees=1900,
            founded=1983,
        ),
    ),
    Customer(
        "jinhe",
        "锦和妇产医院",
        "Jinhe Maternity Hospital",
        "zhou",
        HOSPITAL,
        2.1,
        "flat",
        0.5,
        0.5,
        (),
        profile=_profile(
            "important", "private", "loyal", "first_terminal", "江州", PRIVATE, employees=540
        ),
    ),
    Customer(
        "ruijiang",
        "瑞江医学检验中心",
        "Ruijiang Diagnostics",
        "he",
        WHOLESALER,
        41.0,
        "growing",
        0.65,
        0.6,
        ("lin",),
        profile=_profile(
            "important",
            "private",
            "semi_loyal",
            "distribution",
            "瑞江",
            "第三方检验 Diagnostics",
            employees=760,
            founded=2012,
        ),
    ),
    Customer(
        "linhu",
        "临湖县人民医院",
        "Linhu County People's Hospital",
        "zheng",
        HOSPITAL,
        4.3,
        "stopped",
        0.3,
        -0.8,
        (),
        profile=_profile(
            "important",
            "state",
            "disloyal",
            "first_terminal",
            "临湖",
            PUBLIC,
            employees=980,
            relationship_stage="uncoupled",
            relationship_reason="五个月未下单；设备科长换人，新人用原来的供应商。",
        ),
    ),
)
