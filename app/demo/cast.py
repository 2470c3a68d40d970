"""Who we are in the demo: Rongan Medical Supply 榕安医药, its people and its products."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.users.rules import UserRole

PASSWORD = "banyan-demo-2468"  # noqa: S105 - printed for everyone who tries the demo
DOMAIN = "rongan.example"


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of ours. ``leader`` is the key of whom they report to."""

    key: str
    name: str
    role: UserRole
    leader: str = ""
    language: str = "zh_Hans_CN"
    office: str = "江州"


COLLEAGUES = (
    Colleague("han", "韩冰 Han Bing", UserRole.DIRECTOR),
    Colleague("shen", "沈建国 Shen Jianguo", UserRole.DIRECTOR, "han"),
    Colleague("zhou", "周倩 Zhou Qian", UserRole.MANAGER, "shen"),
    Colleague("daniel", "Daniel Xu 徐丹", UserRole.MANAGER, "shen", "en", "云溪"),
    Colleague("he", "何雨 He Yu", UserRole.MANAGER, "shen", office="海陵"),
    Colleague("zheng", "郑浩 Zheng Hao", UserRole.MANAGER, "shen", office="明州"),
    Colleague("lin", "林岚 Lin Lan", UserRole.PRESALES, "shen"),
    Colleague("song", "Song Tao 宋涛", UserRole.PRESALES, "shen", "en"),
    Colleague("gu", "顾晓 Gu Xiao", UserRole.READER, "han"),
    Colleague("admin", "罗敏 Luo Min", UserRole.ADMINISTRATOR),
)

SIGN_INS = ("daniel", "zhou", "shen", "lin", "gu", "admin")
"""Whose addresses are printed, in the order in which one would look around."""


@dataclass(frozen=True, slots=True)
class Good:
    """A product: its price in CNY a unit, what it costs us as a share of that."""

    code: str
    name: str
    series: str
    price: Decimal
    cost: Decimal


def _good(code: str, name: str, series: str, price: str, cost: str) -> Good:
    return Good(code, name, series, Decimal(price), Decimal(cost))


MONITORING = "监护 Monitoring"
INFUSION = "输注 Infusion"
DIAGNOSTICS = "检验 Diagnostics"
CONSUMABLES = "耗材 Consumables"

GOODS = (
    _good("RM-100", "RM-100 床旁监护仪 Bedside monitor", MONITORING, "18600", "0.93"),
    _good("RM-300", "RM-300 重症监护仪 ICU monitor", MONITORING, "46800", "0.9"),
    _good("RM-CS", "RM-CS 中央监护站 Central station", MONITORING, "128000", "0.88"),
    _good("RI-20", "RI-20 输液泵 Infusion pump", INFUSION, "5200", "0.94"),
    _good("RI-40", "RI-40 注射泵 Syringe pump", INFUSION, "6400", "0.94"),
    _good("RI-WS", "RI-WS 输注工作站 Infusion workstation", INFUSION, "39800", "0.91"),
    _good("RD-A1", "RD-A1 生化分析仪 Chemistry analyser", DIAGNOSTICS, "238000", "0.9"),
    _good("RD-POC", "RD-POC 床旁检验仪 Point-of-care tester", DIAGNOSTICS, "26500", "0.92"),
    _good("RD-KIT", "RD-KIT 试剂盒 Reagent kit", DIAGNOSTICS, "860", "0.95"),
    _good("RC-IV", "RC-IV 留置针 IV catheter, box", CONSUMABLES, "480", "0.965"),
    _good("RC-SY", "RC-SY 注射器 Syringe, carton", CONSUMABLES, "260", "0.97"),
    _good("RC-GL", "RC-GL 医用手套 Gloves, carton", CONSUMABLES, "320", "0.975"),
    _good("RC-DR", "RC-DR 敷料 Dressing, carton", CONSUMABLES, "410", "0.96"),
    _good("RC-MK", "RC-MK 医用口罩 Masks, carton", CONSUMABLES, "190", "0.98"),
)
