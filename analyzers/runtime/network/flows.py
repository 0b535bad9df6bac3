"""States which hosts an app reached, when, on whose behalf, and what it told them."""

from __future__ import annotations

import base64
import codecs
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from analyzers.model import (
    Coverage,
    CoverageState,
    Evidence,
    Fact,
    Limitation,
    Location,
    make_fact,
    make_limitation,
)
from analyzers.runtime.coverage import ANALYZER, shown_phase
from analyzers.runtime.events import app_frames
from analyzers.runtime.network.canaries import Hit, find_canaries, make_needles
from analyzers.runtime.network.exchanges import Exchange, read_exchanges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analyzers.knowledge.owners import Owners
    from analyzers.runtime.reading import Lines
    from analyzers.runtime.record import RunRecord

PRE_CONSENT = frozenset({"start", "consent_shown", "no_consent_ui"})
MEMBERS = frozenset({"openConnection", "getAllByName", "getByName", "connect"})
UNREADABLE_SHARE = 0.25
SHORT_BODY = 32
_ENCODED = re.compile(rb"[A-Za-z0-9+/_-]{64,}")


class Flow(msgspec.Struct, kw_only=True):
    """Exchanges with one host, in one scheme and phase, so far."""

    first: Exchange
    start: int
    hits: set[Hit]
    count: int = 0
    unread: int = 0


def extract_flows(
    record: RunRecord, lines: Sequence[Lines], owners: Owners
) -> Iterator[Fact | Limitation | Coverage]:
    """Give the flows of a run and how far the network was read."""
    if not record.flows:
        limit = make_limitation(
            "runtime.network_absent", analyzer=ANALYZER, hides=("runtime.network",)
        )
        yield limit
        yield Coverage(name="runtime.network", state=CoverageState.NONE, limitations=(limit.id,))
        return
    needles = make_needles(record.canaries)
    flows: dict[tuple[str, str, str], Flow] = {}
    owner_of: dict[str, str] = {}
    for start in lines:
        if start.start.pregranted:
            continue
        clock = _Clock(start)
        owner_of.update(_owners_of_hosts(start, owners))
        folder = Path(record.directory) / record.flows.format(start=start.start.number)
        for exchange in read_exchanges(folder):
            phase = shown_phase(clock.phase_at(exchange.time), record.consent_ui)
            key = (exchange.host, exchange.scheme, phase)
            flow = flows.setdefault(key, Flow(first=exchange, start=start.start.number, hits=set()))
            flow.count += 1
            flow.hits.update(find_canaries(exchange.data, needles))
            flow.unread += not is_readable(exchange)
    for (host, _scheme, phase), flow in flows.items():
        yield _flow_fact(record, host, phase, flow, owner_of)
    yield from _coverage(flows)


def is_readable(exchange: Exchange) -> bool:
    """Tell whether the content could be looked at: text, known packing, or nothing at all."""
    return not exchange.broken and _can_be_read(exchange.body, 0)


def _can_be_read(body: bytes, depth: int) -> bool:
    if len(body) < SHORT_BODY or depth > 3:
        return True
    packed = body[:2] == b"\x1f\x8b"
    if packed or (body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0):
        unpacked = _unpack(body)
        if unpacked:
            return _can_be_read(unpacked, depth + 1)
    if _is_text(body[:4096]):
        hidden = max(_ENCODED.findall(body[:65536]), key=len, default=b"")
        if len(hidden) < max(64, len(body[:65536]) // 2):
            return True
        return _can_be_read(_decode(hidden), depth + 1)
    strange = sum(1 for byte in body[:4096] if byte > 126 or (byte < 32 and byte not in b"\t\r\n"))
    return strange / len(body[:4096]) < UNREADABLE_SHARE


def _decode(text: bytes) -> bytes:
    plain = text.translate(bytes.maketrans(b"-_", b"+/"))
    return base64.b64decode(plain[: len(plain) - len(plain) % 4])


def _is_text(body: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\t\r\n" for sign in text)


def _unpack(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(47).decompress(body, 1 << 20)
    except zlib.error:
        return b""


class _Clock:
    """Which phase a start was in at a given time."""

    def __init__(self, lines: Lines) -> None:
        agent = next(iter(lines.of_kind("agent")), None)
        epoch = agent.fields.get("epoch") if agent is not None else None
        began = epoch / 1000 - agent.time / 1000 if agent and isinstance(epoch, int) else 0.0
        self._changes: list[tuple[float, str]] = []
        for message in lines.messages:
            if not self._changes or self._changes[-1][1] != message.phase:
                self._changes.append((began + message.time / 1000, message.phase))

    def phase_at(self, time: float) -> str:
        """Give the phase; before the first line the first one."""
        phase = self._changes[0][1] if self._changes else "start"
        for since, name in self._changes:
            if since > time:
                break
            phase = name
        return phase


def _owners_of_hosts(lines: Lines, owners: Owners) -> Iterator[tuple[str, str]]:
    """Lead hosts back to the code that asked for them, the first asker counts."""
    seen: set[str] = set()
    for message in lines.of_kind("event"):
        arguments = message.fields.get("args")
        if message.fields.get("member") not in MEMBERS or not isinstance(arguments, list):
            continue
        stack = tuple(str(frame) for frame in message.fields.get("stack", ()))
        owner = owners.owner_of_stack(tuple(app_frames(stack))).id
        for argument in arguments:
            host = str(argument).rpartition("://")[2].split(":")[0].split("/")[0].lower()
            if "." in host and host not in seen and owner != "unattributed":
                seen.add(host)
                yield host, owner


def _flow_fact(
    record: RunRecord, host: str, phase: str, flow: Flow, owner_of: dict[str, str]
) -> Fact:
    folder = record.flows.format(start=flow.start)
    return make_fact(
        "runtime.flow",
        host,
        analyzer=ANALYZER,
        evidence=[
            Evidence(
                location=Location(file=f"{folder}/flows.jsonl", place=f"{flow.first.time:.3f}")
            )
        ],
        scheme=flow.first.scheme,
        phase=phase,
        pre_consent=phase in PRE_CONSENT,
        owner=owner_of.get(host, "unattributed"),
        types=sorted({hit.type for hit in flow.hits}),
        encodings=sorted({hit.encoding for hit in flow.hits}),
        readable=flow.unread == 0,
        cleartext=flow.first.scheme == "http",
        count=flow.count,
    )


def _coverage(flows: dict[tuple[str, str, str], Flow]) -> Iterator[Limitation | Coverage]:
    unread = [(key[0], flow.unread) for key, flow in flows.items() if flow.unread]
    limits: tuple[str, ...] = ()
    if unread:
        limit = make_limitation(
            "runtime.network_unread",
            analyzer=ANALYZER,
            hides=("runtime.network",),
            count=sum(count for _host, count in unread),
            host=unread[0][0],
        )
        limits = (limit.id,)
        yield limit
    state = CoverageState.PARTIAL if limits else CoverageState.FULL
    yield Coverage(name="runtime.network", state=state, limitations=limits)
