"""What a run found, as a table to read and as JSON to keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bench.measuring import Series
from bench.run import Measured, Result
from bench.works import Took

HEAD = (
    f"{'page':<22}{'by':<9}{'req/s':>7}{'floor×':>8}{'p50':>7}{'p95':>7}"
    f"{'4: req/s':>10}{'floor×':>8}{'p95':>7}{'cpu ms':>8}{'floor×':>8}{'signed×':>9}"
    f"{'SELECTs':>9}{'KiB':>7}"
)


def as_plain(result: Result) -> dict[str, Any]:
    """Everything about pages, for JSON."""
    return {
        "start_up_seconds": result.start_up,
        "start_up_cpu_seconds": result.start_up_cpu,
        "idle_memory_mib": result.idle_memory,
        "memory_after_mib": result.memory_after,
        "floor": {str(clients): _series(series) for clients, series in result.floor.items()},
        "signed_floor": _page(result.signed, result.signed),
        "pages": [_page(one, result.signed) for one in result.measured],
    }


def work_as_plain(took: Took) -> dict[str, Any]:
    """One work, for JSON."""
    return {
        "work": took.work.name,
        "aim_seconds": took.work.aim,
        "seconds": took.seconds,
        "cpu_seconds": took.cpu,
        "amount": took.work.amount,
    }


def _page(one: Measured, signed: Measured) -> dict[str, Any]:
    return {
        "page": one.subject.name,
        "by": one.subject.who,
        "selects": one.weight.selects,
        "statements": one.weight.statements,
        "kib": one.weight.kib,
        "clients": {
            str(clients): {
                **_series(series),
                "ratio": series.ratio,
                "cpu_ratio": series.cpu_ratio,
                "signed_ratio": _share(series.cpu_ratio, signed.series[clients].cpu_ratio),
            }
            for clients, series in one.series.items()
        },
    }


def _share(own: float | None, other: float | None) -> float | None:
    return own / other if own and other else None


def _series(series: Series) -> dict[str, Any]:
    return {
        "rate": series.rate,
        "p50_ms": series.percentile(50),
        "p95_ms": series.percentile(95),
        "cpu_ms": series.cpu_ms,
    }


def as_text(plain: Mapping[str, Any]) -> str:
    """The table; floor× is throughput, or processor time turned over, as a share of the floor's."""
    floor = {"page": "the floor", "by": "nobody", "selects": 1, "kib": None}
    bare = {
        clients: {**found, "ratio": 1, "cpu_ratio": 1, "signed_ratio": None}
        for clients, found in plain["floor"].items()
    }
    pages = [{**floor, "clients": bare}, plain["signed_floor"], *plain["pages"]]
    start, cpu = plain["start_up_seconds"], plain["start_up_cpu_seconds"]
    lines = [
        HEAD,
        *map(_line, pages),
        "",
        f"start-up to first page {start:.1f} s, {cpu:.1f} s of the processor",
        f"memory idle {plain['idle_memory_mib']:.0f}, after {plain['memory_after_mib']:.0f} MiB",
        "",
        *_work_lines(plain["works"]),
    ]
    return "\n".join(lines)


def _work_lines(works: Iterable[Mapping[str, Any]]) -> list[str]:
    lines = [f"{'work':<44}{'seconds':>9}{'of cpu':>9}{'aim':>7}{'a second':>10}"]
    for one in works:
        rate = f"{one['amount'] / one['cpu_seconds']:>10,.0f}" if one["amount"] else ""
        lines.append(
            f"{one['work']:<44}{one['seconds']:>9.2f}{one['cpu_seconds']:>9.2f}"
            f"{one['aim_seconds']:>7g}{rate}"
        )
    return lines


def _line(page: Mapping[str, Any]) -> str:
    one, four = page["clients"]["1"], page["clients"]["4"]
    kib = "" if page["kib"] is None else f"{page['kib']:.1f}"
    return (
        f"{page['page']:<22}{page['by']:<9}{one['rate']:>7.0f}{one['ratio']:>8.2f}"
        f"{one['p50_ms']:>7.1f}{one['p95_ms']:>7.1f}"
        f"{four['rate']:>10.0f}{four['ratio']:>8.2f}{four['p95_ms']:>7.1f}"
        f"{_or_blank(one['cpu_ms'], 1):>8}{_or_blank(one['cpu_ratio'], 2):>8}"
        f"{_or_blank(one['signed_ratio'], 2):>9}"
        f"{page['selects']:>9}{kib:>7}"
    )


def _or_blank(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"


def growth_as_text(rows: list[dict[str, Any]]) -> str:
    """What ten times the data costs: page by page, as a multiple."""
    lines = [f"{'page':<22}{'by':<9}{'time ×':>8}{'cpu ×':>8}{'SELECTs':>10}{'KiB':>14}"]
    lines += [
        f"{row['page']:<22}{row['by']:<9}{row['time']:>8.2f}{_or_blank(row['cpu'], 2):>8}"
        f"{'{} → {}'.format(*row['selects']):>10}{'{:.1f} → {:.1f}'.format(*row['kib']):>14}"
        for row in rows
    ]
    return "\n".join(lines)
