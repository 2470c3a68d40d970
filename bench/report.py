"""What a run found, as a table to read and as JSON to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench.measuring import Series
from bench.run import IMPORTED, Measured, Result

HEAD = (
    f"{'page':<22}{'by':<9}{'req/s':>7}{'floor×':>8}{'p50':>7}{'p95':>7}"
    f"{'4: req/s':>10}{'floor×':>8}{'p95':>7}{'cpu ms':>8}{'floor×':>8}{'SELECTs':>9}{'KiB':>7}"
)


def as_plain(result: Result, maps: Mapping[int, float]) -> dict[str, Any]:
    """Everything, for JSON."""
    return {
        "start_up_seconds": result.start_up,
        "idle_memory_mib": result.idle_memory,
        "memory_after_mib": result.memory_after,
        "people_imported": IMPORTED,
        "import_seconds": result.imported_in,
        "map_seconds": {str(size): seconds for size, seconds in maps.items()},
        "floor": {str(clients): _series(series) for clients, series in result.floor.items()},
        "pages": [_page(one) for one in result.measured],
    }


def _page(one: Measured) -> dict[str, Any]:
    return {
        "page": one.subject.name,
        "by": one.subject.who,
        "selects": one.weight.selects,
        "statements": one.weight.statements,
        "kib": one.weight.kib,
        "clients": {
            str(clients): {**_series(series), "ratio": series.ratio, "cpu_ratio": series.cpu_ratio}
            for clients, series in one.series.items()
        },
    }


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
        clients: {**found, "ratio": 1, "cpu_ratio": 1} for clients, found in plain["floor"].items()
    }
    lines = [HEAD, _line({**floor, "clients": bare}), *map(_line, plain["pages"]), ""]
    imported, seconds = plain["people_imported"], plain["import_seconds"]
    lines += [
        f"start-up to first page {plain['start_up_seconds']:.1f} s",
        f"memory idle {plain['idle_memory_mib']:.0f}, after {plain['memory_after_mib']:.0f} MiB",
        f"import of {imported:,} people {seconds:.1f} s, {imported / seconds:,.0f} rows a second",
    ]
    lines += [
        f"answers of a map of {size} people {took * 1000:,.0f} ms"
        for size, took in plain["map_seconds"].items()
    ]
    return "\n".join(lines)


def _line(page: Mapping[str, Any]) -> str:
    one, four = page["clients"]["1"], page["clients"]["4"]
    kib = "" if page["kib"] is None else f"{page['kib']:.1f}"
    return (
        f"{page['page']:<22}{page['by']:<9}{one['rate']:>7.0f}{one['ratio']:>8.2f}"
        f"{one['p50_ms']:>7.1f}{one['p95_ms']:>7.1f}"
        f"{four['rate']:>10.0f}{four['ratio']:>8.2f}{four['p95_ms']:>7.1f}"
        f"{_or_blank(one['cpu_ms'], 1):>8}{_or_blank(one['cpu_ratio'], 2):>8}"
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
