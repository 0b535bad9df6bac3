from __future__ import annotations

from reports.pictures import draw_pictures
from tests.builders import make_a_fact, make_assessment, make_fact_set
from tests.reports.campus import make_campus
from tests.reports.hostile import make_hostile


def test_every_picture_has_a_place_a_title_and_says_what_it_shows() -> None:
    pictures = draw_pictures(make_campus(), "zh")
    assert [(one.section, one.title) for one in pictures] == [
        ("counts", "各部分的结论"),
        ("run", "各阶段的访问次数（底色为同意前）"),
        ("software", "SDK 与个人信息（● 运行中看到　◐ 代码中找到　○ 公开说明）"),
        ("run", "连接的主机数"),
    ]
    assert pictures[1].alt == (
        "Android ID · 极光推送: 启动 3; 精确位置 · 应用自身: 隐私提示显示中 1; "
        "通讯录 · 应用自身: 点击同意后 1"
    )
    assert pictures[2].alt == "极光推送: Android ID ●、大致位置 ○"
    assert pictures[3].alt == "极光推送: 同意前 1, 同意后 0"


def test_without_a_run_and_sdks_only_the_outcomes_are_drawn() -> None:
    assert [one.section for one in draw_pictures(make_assessment(), "en")] == ["counts"]


def test_a_call_of_the_app_itself_is_no_sdk() -> None:
    facts = make_fact_set(make_a_fact("code.api", "x", owner="app", type="contacts"))
    assert len(draw_pictures(make_assessment(fact_set=facts))) == 1


def test_pictures_are_small_and_hold_no_hidden_character() -> None:
    for picture in draw_pictures(make_hostile()):
        assert len(picture.svg) < 60_000
        assert not {"\u202e", "\x1b", "\u200b"} & set(picture.svg + picture.alt)
