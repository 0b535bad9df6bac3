"""What the listeners wrote becomes flows: by host, phase, owner, and what was recognised."""

from __future__ import annotations

import base64
import gzip
import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from analyzers.kinds import check_fact
from analyzers.knowledge.owners import Owners
from analyzers.model import Coverage, Fact, Limitation
from analyzers.runtime.network.exchanges import Exchange, read_exchanges
from analyzers.runtime.network.flows import extract_flows, is_readable
from analyzers.runtime.reading import read_lines
from analyzers.runtime.record import RunRecord, StartRecord
from tests.analyzers.runtime.fakes import KEY, make_event, make_line, write_lines

ID = "9f86d081884c7d65"
EPOCH = 1_700_000_000


def write_rows(path: Path, *rows: dict[str, object]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def flow(at: float, host: str, body: bytes = b"", **more: object) -> dict[str, object]:
    return {
        "t": at, "kind": "http", "scheme": "https", "host": host, "address": "198.18.0.1", "port": 443,
        "method": "POST", "path": "/v1", "headers": [["Host", host]],
        "body": base64.b64encode(body).decode(), **more,
    }  # fmt: skip


def make_run(folder: Path, *rows: dict[str, object]) -> RunRecord:
    net = folder / "net-0"
    net.mkdir()
    write_rows(net / "flows.jsonl", *rows)
    write_rows(net / "names.jsonl", {"t": EPOCH, "name": "a.example", "address": "198.18.0.1"},
               {"t": EPOCH, "name": "silent.example", "address": "198.18.0.2"})  # fmt: skip
    lines = [
        make_line(0, "agent", epoch=EPOCH * 1000),
        make_event(1, "java.net.URL", "openConnection", desc="()Ljava/net/URLConnection;",
                   args=["https://a.example"], stack=["java.net.URL#openConnection:-1", "cn.edu.app.Up#send:9"]),
        make_line(2, "reply", "consented"),
    ]  # fmt: skip
    write_lines(folder / "start-0.jsonl", lines)
    return RunRecord(
        directory=str(folder), id="r", app_id="cn.edu.app", consent_ui=True, flows="net-{start}",
        starts=(StartRecord(number=0, lines="start-0.jsonl", key=KEY.hex()),),
        canaries={"android_id device.android_id": ID},
    )  # fmt: skip


def read(record: RunRecord) -> tuple[dict[tuple[str, str], Fact], list[Limitation], dict[str, str]]:
    found = list(extract_flows(record, read_lines(record), Owners(("cn.edu.app",), ())))
    facts = [item for item in found if isinstance(item, Fact)]
    assert [problem for fact in facts for problem in check_fact(fact)] == []
    return (
        {(fact.subject, str(fact.fields["phase"])): fact for fact in facts},
        [item for item in found if isinstance(item, Limitation)],
        {item.name: item.state.value for item in found if isinstance(item, Coverage)},
    )


def test_identifier_owner_and_phase_are_told(tmp_path: Path) -> None:
    body = gzip.compress(json.dumps({"aid": ID}).encode())
    facts, limits, coverage = read(make_run(tmp_path, flow(EPOCH - 1, "a.example", body),
                                            flow(EPOCH + 60, "a.example", b"{}")))  # fmt: skip
    early, late = facts["a.example", "start"], facts["a.example", "consented"]
    assert early.fields["types"] == ["device.android_id"]
    assert early.fields["encodings"] == ["gzip+plain"]
    assert (early.fields["owner"], early.fields["pre_consent"], early.fields["readable"]) == (
        "app",
        True,
        True,
    )
    assert (late.fields["types"], late.fields["pre_consent"]) == ([], False)
    assert limits == []
    assert coverage == {"runtime.network": "full"}


def test_a_name_that_was_only_asked_for_is_a_flow_too(tmp_path: Path) -> None:
    facts, _limits, _coverage = read(make_run(tmp_path))
    assert facts["silent.example", "start"].fields["scheme"] == "dns"


def test_unreadable_content_is_a_limitation(tmp_path: Path) -> None:
    noise = bytes((number * 197 + 91) % 256 for number in range(400))
    facts, limits, coverage = read(make_run(tmp_path, flow(EPOCH, "a.example", noise),
                                            flow(EPOCH, "pinned.example", kind="handshake")))  # fmt: skip
    assert facts["a.example", "start"].fields["readable"] is False
    assert facts["pinned.example", "start"].fields["readable"] is False
    assert [limit.code for limit in limits] == ["runtime.network_unread"]
    assert coverage["runtime.network"] == "partial"


def test_without_capture_the_network_is_not_covered(tmp_path: Path) -> None:
    record = RunRecord(directory=str(tmp_path), id="r")
    _facts, limits, coverage = read(record)
    assert [limit.code for limit in limits] == ["runtime.network_absent"]
    assert coverage["runtime.network"] == "none"


def test_readable_is_text_or_known_packing() -> None:
    def sent(body: bytes) -> Exchange:
        return Exchange(time=0, host="h", scheme="https", body=body, data=body)

    assert is_readable(sent("学号与课表的查询请求，内容是中文文本。".encode()))
    assert is_readable(sent(gzip.compress(b"a=1&b=2" * 40)))
    assert is_readable(sent(b""))
    assert not is_readable(sent(bytes(range(256))))
    noise = bytes((number * 197 + 91) % 256 for number in range(400))
    assert not is_readable(sent(b"d=" + base64.b64encode(noise)))
    assert is_readable(sent(b"d=" + base64.b64encode(b'{"course":"math","room":12}' * 8)))


@given(st.binary(max_size=300))
def test_any_log_is_survived(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        for file in ("flows.jsonl", "names.jsonl", "raw.jsonl"):
            (Path(name) / file).write_bytes(data)
        assert all(isinstance(item, Exchange) for item in read_exchanges(Path(name)))
