"""What makes a mention count: support, exclusions, short forms, rivals, bars."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import Any
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.work import work
from watcher import Article, Mention, Watchlist, find
from watcher.match import Field, compile_index
from watcher.names import Kind, Verdict
from watcher.watchlist.entity import Entity

SOLEIMANI = "Qasem Soleimani"


def watch(*entities: Entity) -> Watchlist:
    return Watchlist(entities)


def entity(name: str = SOLEIMANI, **more: Any) -> Entity:
    return Entity(id=name, names=(name,), **more)


def quotes(text: str, *entities: Entity, title: str = "") -> list[str]:
    return [m.quote for m in find(Article(text=text, title=title), watch(*entities))]


def test_every_part_is_accounted_for() -> None:
    (mention,) = find(Article(text="اللواء قاسم سليماني"), watch(entity()))

    assert [(e.verdict, e.part, e.found) for e in mention.evidence] == [
        (Verdict.MATCHED, "Qasem", "قاسم"),
        (Verdict.MATCHED, "Soleimani", "سليماني"),
    ]


def test_a_surname_counts_where_the_article_has_introduced_the_person() -> None:
    text = "قال سليماني. ثم وصل قاسم سليماني، وكان سليماني هنا"

    assert quotes(text, entity()) == ["سليماني", "قاسم سليماني", "سليماني"]


def test_a_surname_says_where_the_full_name_stands() -> None:
    text = "قاسم سليماني وصل. قال سليماني"

    short = find(Article(text=text), watch(entity()))[1]

    assert short.evidence[-1].verdict is Verdict.SHORT
    assert short.evidence[-1].found == "قاسم سليماني"


def test_the_title_introduces_too_and_its_mentions_come_first() -> None:
    article = Article(title="قاسم سليماني في بغداد", text="وصل سليماني أمس")

    found = find(article, watch(entity()))

    assert [(m.field, m.quote) for m in found] == [
        (Field.TITLE, "قاسم سليماني"),
        (Field.TEXT, "سليماني"),
    ]


def test_a_surname_behind_another_given_name_is_somebody_else() -> None:
    text = "Qasem Soleimani came. Soleimani spoke. Later Gholamreza Soleimani left."

    assert quotes(text, entity()) == ["Qasem Soleimani", "Soleimani"]


def test_a_surname_belongs_to_the_bearer_named_last() -> None:
    text = "Raúl Castro spoke. Castro left. Then Fidel Castro came. Castro smiled."
    castros = (entity("Raúl Castro"), entity("Fidel Castro"))

    found = find(Article(text=text), watch(*castros))

    assert [(m.quote, m.entity) for m in found] == [
        ("Raúl Castro", "Raúl Castro"),
        ("Castro", "Raúl Castro"),
        ("Fidel Castro", "Fidel Castro"),
        ("Castro", "Fidel Castro"),
    ]


def test_a_listed_short_form_counts_beside_a_context_word() -> None:
    commander = entity(short=("Soleimani",), context=("فيلق القدس",))

    assert quotes("قال سليماني في بيان", commander) == []
    assert quotes("قال سليماني قائد فيلق القدس", commander) == ["سليماني"]


def test_context_words_are_found_behind_clitics() -> None:
    commander = entity(short=("Soleimani",), context=("فيلق القدس",))

    assert quotes("سليماني قائدا لفيلق القدس", commander) == ["سليماني"]


def test_a_name_under_not_is_somebody_else() -> None:
    text = "Qasem Soleimani Pour"

    assert quotes(text, entity(exclude=("Qasem Soleimani Pour",))) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("George Bush", "George W. Bush"),
        ("Qasem Soleimani", "Qasem Mohammad Soleimani"),
        ("Hassan Nasrallah", "Hassan Ali Nasrallah"),
        ("Владимир Путин", "Владимир Иванович Путин"),
        ("قاسم سليماني", "قاسم محمد سليماني"),
        ("Ali Hosseini Khamenei", "Ali Khamenei"),
    ],
)
def test_a_middle_name_tells_who_is_meant(name: str, other: str) -> None:
    listed = entity(name, exclude=(other,))

    assert quotes(f"{name}.", listed) == [name]
    assert quotes(f"{other}.", listed) == []


def test_a_surname_within_a_name_under_not_is_somebody_elses() -> None:
    text = "Ali Shamkhani spoke first. Then Hossein Ali Shamkhani came, and Shamkhani left."
    listed = entity("Ali Shamkhani", exclude=("Hossein Ali Shamkhani",))

    assert quotes(text, listed) == ["Ali Shamkhani", "Shamkhani"]
    found = find(Article(text=text), watch(listed))
    assert [mention.start for mention in found] == [0, text.rindex("Shamkhani")]


def test_a_weak_name_needs_support() -> None:
    weak = Entity(id="x", names=("Hamid Abdullahi Walid",), weak=("The Doctor",))

    assert quotes("The Doctor came.", weak) == []
    assert quotes("Hamid Abdullahi Walid, The Doctor, came.", weak) == [
        "Hamid Abdullahi Walid",
        "The Doctor",
    ]


def test_a_name_of_one_word_needs_context() -> None:
    carlos = entity("Carlos", context=("terrorist",))

    assert quotes("Carlos came.", carlos) == []
    assert quotes("Carlos, the terrorist, came.", carlos) == ["Carlos"]


def test_an_organisation_of_one_telling_word_counts_alone() -> None:
    assert quotes("акции Газпрома выросли", entity("Gazprom", kind=Kind.ORGANIZATION)) == [
        "Газпрома"
    ]


@pytest.mark.parametrize(
    ("name", "text", "quote"),
    [
        ("Gazprom", "Gazprom CEO Alexei Miller spoke.", "Gazprom"),
        ("Gazprom", "On Monday Gazprom said profits fell.", "Gazprom"),
        ("Газпром", "Глава Газпрома Алексей Миллер выступил.", "Газпрома"),
        ("حزب الله", "أعلن حزب الله استهداف موقع.", "حزب الله"),
        ("أنصار الله", "قالت جماعة أنصار الله اليوم.", "أنصار الله"),
        ("Ansar Allah", "Then Ansar Allah said so.", "Ansar Allah"),
    ],
)
def test_an_organisation_as_listed_counts_whatever_stands_beside_it(
    name: str, text: str, quote: str
) -> None:
    assert quotes(text, entity(name, kind=Kind.ORGANIZATION)) == [quote]


def test_in_a_long_list_a_word_beside_a_capital_is_half_of_another_name() -> None:
    text = "The Gazprom Council met."
    watched = watch(entity("Gazprom", kind=Kind.ORGANIZATION))

    assert len(find(Article(text=text), compile_index(watched, crowd=2_999))) == 1
    assert find(Article(text=text), compile_index(watched, crowd=3_000)) == ()


def test_in_a_long_list_no_capital_tells_in_scripts_without_them() -> None:
    watched = watch(entity("غازبروم", kind=Kind.ORGANIZATION))

    found = find(Article(text="أعلنت غازبروم أرباحها."), compile_index(watched, crowd=3_000))

    assert [mention.quote for mention in found] == ["غازبروم"]


def test_two_listed_people_of_one_name_are_both_shown() -> None:
    one = Entity(id="one", names=("Ghasem Soleymani",))
    other = Entity(id="other", names=("Ghasem Soleymani", "Qasem Soleimani"))

    found = find(Article(text="Ghasem Soleymani"), watch(one, other))

    assert [m.entity for m in found] == ["one", "other"]


def test_the_bar_of_the_entity_rules_unless_another_is_given() -> None:
    strict = entity(min_score=0.999)
    article = Article(text="قاسم سليماني")

    assert find(article, watch(strict)) == ()
    assert [m.quote for m in find(article, watch(strict), min_score=0.5)] == ["قاسم سليماني"]


def test_an_index_serves_as_the_watchlist_it_was_made_of() -> None:
    watchlist = watch(entity())
    article = Article(text="قاسم سليماني")

    assert find(article, compile_index(watchlist)) == find(article, watchlist) != ()


def test_what_was_compiled_for_a_watchlist_goes_with_it() -> None:
    watchlist = watch(entity())
    find(Article(text="قاسم سليماني"), watchlist)
    alive = ref(watchlist)

    del watchlist
    gc.collect()

    assert alive() is None


def test_nothing_is_found_in_nothing() -> None:
    assert find(Article(text=""), watch(entity())) == ()
    assert find(Article(text="Qasem Soleimani"), watch()) == ()


LETTERS = st.text(
    alphabet="قاسم سليمانيًَُـ\u200c\u200f.،\nQaseSolimn-'’,КасемСулйן習\ud800\u0300😀", max_size=80
)
ONE = watch(
    entity(short=("Soleimani",), context=("Quds",)), entity("习近平"), entity("Saif al-Adel")
)


@given(st.one_of(LETTERS, st.text(max_size=60)), st.text(max_size=20))
def test_offsets_return_the_quote_whatever_the_text(text: str, title: str) -> None:
    found = find(Article(text=text, title=title), ONE, min_score=0.2)

    assert all(_stands(m, title if m.field is Field.TITLE else text) for m in found)


def _stands(mention: Mention, text: str) -> bool:
    return text[mention.start : mention.end] == mention.quote != ""


@given(st.data())
def test_marks_never_change_a_mention(data: st.DataObject) -> None:
    text = "وصل قاسم سليماني إلى بغداد وقال سليماني"
    places = data.draw(st.sets(st.integers(0, len(text) - 1)))
    mark = data.draw(st.sampled_from("\u064e\u0651\u0640\u200c\u200f\u200b"))
    marked = "".join(
        letter + mark if place in places and letter != " " else letter
        for place, letter in enumerate(text)
    )

    plain = find(Article(text=text), ONE)
    found = find(Article(text=marked), ONE)

    assert [(m.entity, m.score) for m in found] == [(m.entity, m.score) for m in plain]
    assert [m.quote.replace(mark, "") for m in found] == [m.quote for m in plain]


@pytest.mark.parametrize(
    "mark", ["\ufeff", "\u200e", "\u200f", "\u202b", "\u2068", "\u200b", "\xad"]
)
def test_marks_that_nobody_sees_hide_no_name_of_capitals(mark: str) -> None:
    text = f"{mark}Qasem{mark} {mark}Soleimani{mark} spoke"

    assert quotes(text, entity()) == [f"Qasem{mark} {mark}Soleimani"]


@pytest.mark.parametrize(
    "line",
    ["Soleimani ", "Qasem Soleimani ", "Qasem Soleimani spoke. Soleimani left. ", "قاسم "],
)
def test_work_is_linear_in_a_text_that_repeats_one_name(line: str) -> None:
    watchlist = watch(entity(), entity("Gholamreza Soleimani", exclude=(SOLEIMANI,)))

    def search(size: int) -> int:
        article, index = Article(text=line * (size // len(line))), compile_index(watchlist)
        return work(lambda: find(article, index))

    search(1000)  # what is worked out once
    # Quadratic, it would be four times as much.
    assert search(24_000) < 2.5 * search(12_000)


@pytest.mark.parametrize(
    "text", ["북한의 김정은 국무위원장", "김정은은 말했다", "김정은이 어제", "김정은에게"]
)
def test_a_korean_name_is_found_with_the_particles_that_hang_on_it(text):
    (mention,) = find(Article(text=text), Watchlist((Entity(id="kim", names=("김정은",)),)))

    assert mention.quote.startswith("김정은")
    assert mention.score == 1.0


@pytest.mark.parametrize("text", ["김정", "김정일은 말했다", "정은이 어제"])
def test_another_korean_name_is_not(text):
    assert not find(Article(text=text), Watchlist((Entity(id="kim", names=("김정은",)),)))


def test_a_korean_name_of_two_words_is_found_by_both():
    watchlist = Watchlist((Entity(id="it", names=("남궁 민수",)),))

    assert [m.quote for m in find(Article(text="배우 남궁 민수는 말했다"), watchlist)] == [
        "남궁 민수는"
    ]


def test_a_small_word_before_a_name_is_no_part_of_the_quote():
    watchlist = Watchlist((Entity(id="it", names=("Vladimir Putin", "Ali al-Assad")),))

    def quotes(text):
        return [mention.quote for mention in find(Article(text=text), watchlist)]

    assert quotes("wyjazd do Wladimira Putina") == ["Wladimira Putina"]
    assert quotes("pisma al-Assad Ali") == ["al-Assad Ali"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ли Бин", "the astronomer Li Bin at the station"),
        ("Паула Абдул", "songs by Paula Abdul at the time"),
        ("Бинг Кросби", "including Bing Crosby, Ella Fitzgerald and others"),
        ("Имран Хан", "the premier Imran Khan said"),
        ("Саид Анвар", "a record of Saeed Anwar's"),
    ],
)
def test_particles_titles_and_halves_of_compounds_may_be_names(name, text):
    assert find(Article(text=text), Watchlist((Entity(id="it", names=(name,)),)))


def test_a_name_without_its_family_name_is_worth_less() -> None:
    people = watch(entity("SOLEIMANI, Qasem Reza"))

    whole, less = (
        max(m.score for m in find(Article(text=text), people, 0.0))
        for text in ("Qasem Reza Soleimani spoke", "Qasem Reza spoke")
    )

    assert less < 0.75 < whole


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("شيع الآلاف #قاسم_سليماني اليوم", "قاسم_سليماني"),
        ("На улице #Касем_Сулеймани был", "Касем_Сулеймани"),
        ("#Qasem_Soleimani is trending", "Qasem_Soleimani"),
    ],
)
def test_a_hashtag_is_a_name(text: str, quote: str) -> None:
    assert quotes(text, entity()) == [quote]


@pytest.mark.parametrize(
    "mark", ["\u064e", "\u0301", "\u0670", "\u06d6", "\ufe0f", "\u05b4", "\u200f"]
)
@pytest.mark.parametrize("name", ["قاسم سليماني", "Qasem Soleimani"])
def test_a_mark_that_stands_anywhere_in_a_name_hides_it_not(mark: str, name: str) -> None:
    for place in range(1, len(name)):
        assert len(quotes(f"{name[:place]}{mark}{name[place:]} spoke", entity())) == 1


FULLER = Entity(id="un:1", names=("Ruslan Tagirovich Bekmurzayev",), origin="un")
SHORTER = Entity(id="ofac:1", names=("BEKMURZAYEV, Ruslan",), origin="ofac")


@pytest.mark.parametrize(
    "text", ["Руслан Бекмурзаев задержан.", "Бекмурзаев Руслан Тагирович задержан."]
)
def test_one_official_list_hides_nobody_of_another(text: str) -> None:
    """Each list finds beside the other what it finds alone."""
    both = find(Article(text=text), watch(FULLER, SHORTER))
    alone = [find(Article(text=text), watch(one)) for one in (FULLER, SHORTER)]
    assert {(one.entity, one.quote) for one in both} == {
        (one.entity, one.quote) for (one,) in alone
    }


def test_within_one_list_the_name_that_is_given_in_full_stays() -> None:
    one_list = [replace(one, origin="un") for one in (FULLER, SHORTER)]
    (mention,) = find(Article(text="Руслан Бекмурзаев задержан."), watch(*one_list))
    assert mention.entity == SHORTER.id
