"""What people look at: recombine report, evaluate --html, leaderboard --out X.html."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conftest import recombine

SERIOUS = ("serious", "critical")


def cards(page):
    return page.locator("#gallery .card")


def choose(page, key, text):
    """The choice whose label begins with `text`, of the gallery's control `key`."""
    select = page.locator(f"#gallery-{key}")
    labels = select.locator("option").all_text_contents()
    select.select_option(label=next(label for label in labels if label.startswith(text)))


def found(page):
    return int(page.locator("#gallery-status").text_content().split()[0].replace(",", ""))


@pytest.fixture
def report(opened, grids):
    return opened(grids / "report.html", viewport={"width": 1280, "height": 900})


def test_says_who_is_better(report):
    lead = report.locator("#lead").text_content()
    assert "test_ood" in lead and "Commonest mistake of" in lead
    assert "oracle 100.0 %" in lead
    data = report.locator("#data-sets").text_content()
    assert "sha256:" in data and "recipe" in data
    assert report.locator("#scores .score-line .mark.ood").count() >= 3
    assert report.locator("#scores .score-line .range.id").count() >= 2


def test_shows_how_it_was_learned_and_what_goes_on_inside(report):
    curves = report.locator("#curves figure")
    assert curves.count() == 3, "two runs, and their mean"
    assert "2 seeds" in curves.first.text_content()
    assert "val_ood ends at" in curves.first.locator("svg").get_attribute("aria-label")
    inside = report.locator("#traces")
    assert inside.locator("svg").count() == 4
    assert "25.0 %" in inside.text_content() and "translation x 1" in inside.text_content()
    assert report.evaluate("window.obeyed") is None


def test_filters_the_gallery(report):
    choose(report, "set", "test_ood")
    choose(report, "first", "random-rule")
    everything = found(report)
    assert everything > 12 and cards(report).count() == 12
    report.click("#gallery-more")
    assert cards(report).count() == min(24, everything)
    choose(report, "answers", "random-rule wrong")
    wrong = found(report)
    assert 0 < wrong < everything or wrong == everything
    first = cards(report).first.locator("figure").nth(2)
    assert "wrong" in first.text_content() and first.locator(".wrong-over").count() == 1
    choose(report, "answers", "random-rule right")
    assert found(report) == everything - wrong
    choose(report, "answers", "all")
    triplets = report.locator("#gallery-group option").all_text_contents()[1:]
    sums = 0
    for triplet in triplets:
        choose(report, "group", triplet)
        sums += found(report)
    assert sums == everything
    choose(report, "group", "all")
    sizes = report.locator("#gallery-size option").all_text_contents()[1:]
    choose(report, "size", sizes[0])
    assert f"({found(report)})" in sizes[0] and found(report) < everything


def test_puts_first_where_two_differ_most(report):
    choose(report, "first", "nearest-study")
    choose(report, "second", "oracle")
    choose(report, "order", "where the two differ most")
    counts = [int(text.split("wrong: ")[1].split()[0]) for text in
              cards(report).locator("figure:nth-child(3) figcaption").all_text_contents() if "wrong: " in text]
    assert len(counts) > 3 and counts == sorted(counts, reverse=True)


def test_goes_from_an_error_to_its_examples(report):
    button = report.get_by_role("button", name="examples of").first
    kind = button.get_attribute("aria-label").split()[2]
    button.click()
    assert report.locator("#gallery-kind").input_value() == kind
    assert found(report) >= 1


def test_shows_study_pairs_and_other_swatches(report):
    card = cards(report).first
    card.get_by_text("study pairs").click()
    # Drawn when the browser says that they are open, which is not at once.
    expect(card.locator(".study .grid").nth(11)).to_be_attached()
    assert report.locator("#gallery .digit").count() == 0
    report.select_option("#look-marks", "digits")
    assert report.locator("#gallery .digit").count() > 0
    report.select_option("#look-marks", "patterns")
    assert report.locator("#gallery .digit").count() == 0
    report.select_option("#look-palette", "published")
    assert "orange" in cards(report).first.inner_html() or "purple" in report.locator("#gallery").inner_html()


@pytest.mark.parametrize("way", ["click", "keys"])
def test_sorts_tables(report, way):
    head = report.locator("#all-scores table").first.locator("th").first
    button = head.locator("button")

    def press():
        if way == "click":
            button.click()
        else:
            button.focus()
            report.keyboard.press("Enter")

    def names():
        return report.locator("#all-scores table").first.locator("tbody tr td:first-child").all_text_contents()

    press()
    assert head.get_attribute("aria-sort") == "descending"
    falling = names()
    press()
    assert head.get_attribute("aria-sort") == "ascending"
    assert names() == falling[::-1] and len(falling) >= 3


def test_obeys_no_name_and_no_answer(report):
    assert report.evaluate("window.obeyed") is None
    assert report.locator("img").count() == 0
    choose(report, "first", "<script>")
    choose(report, "answers", "<script>")
    assert "\\u202e" in report.locator("#gallery").text_content()
    assert report.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_shows_paths_of_facts(opened, facts):
    page = opened(facts / "report.html", viewport={"width": 1280, "height": 900})
    choose(page, "first", "majority")
    choose(page, "answers", "majority wrong")
    assert page.locator("#gallery .chain .node.head").count() > 0
    choose(page, "first", "hostile")
    choose(page, "answers", "hostile wrong")
    assert page.evaluate("window.obeyed") is None
    assert "not tokens of the vocabulary" in cards(page).first.text_content()


def test_is_fit_for_a_screen_reader(report):
    found_faults = Axe().run(report).response["violations"]
    serious = [(fault["id"], [node["html"][:200] for node in fault["nodes"][:2]])
               for fault in found_faults if fault["impact"] in SERIOUS]
    assert serious == []


def test_has_regions_of_different_names(report):
    names = report.locator("[role=region]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert len(names) > 5 and len(set(names)) == len(names)
    faults = Axe().run(report).response["violations"]
    assert "landmark-unique" not in [fault["id"] for fault in faults]


@pytest.mark.parametrize("name,options", [
    ("phone", {"viewport": {"width": 375, "height": 800}}),
    ("wide", {"viewport": {"width": 1280, "height": 900}}),
    ("dark", {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"})])
@pytest.mark.parametrize("family", ["grids", "facts"])
def test_fits_its_window(opened, request, pictures, name, options, family):
    page = opened(request.getfixturevalue(family) / "report.html", **options)
    page.screenshot(path=pictures / f"report-{family}-{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_can_be_printed(opened, grids, pictures):
    page = opened(grids / "report.html")
    page.emulate_media(media="print")
    assert not page.locator("#gallery .controls").first.is_visible()
    page.pdf(path=pictures / "report.pdf")


def test_leaderboard_is_a_page_too(opened, grids, tmp_path):
    files = sorted(grids.glob("*.test_ood.jsonl"))
    recombine("evaluate", "--data", grids / "split", "--predictions", *files, "--out", tmp_path / "r.json", "--html",
              tmp_path / "e.html", "--quiet")
    recombine("leaderboard", tmp_path / "r.json", "--published", "--out", tmp_path / "l.html")
    page = opened(tmp_path / "l.html")
    assert "test_ood" in page.locator("#lead").text_content()
    assert page.locator("table.published").count() == 1
    assert "\\u202e" in page.locator("#scores").text_content(), "what there is to know of an answer"
    assert not page.locator("#gallery").is_visible()
    assert opened(tmp_path / "e.html").locator("#gallery .card").count() == 12


def test_a_thousand_episodes_are_small_and_open(opened, tmp_path):
    recombine("generate", "grids", "--episodes", 1000, "--out", tmp_path / "d", "--quiet")
    for name in ("copy-input", "nearest-study"):
        recombine("baseline", name, "--data", tmp_path / "d", "--out", tmp_path / f"{name}.jsonl", "--quiet")
    recombine("report", tmp_path, "--gallery", 100000, "--out", tmp_path / "x.html", "--quiet")
    assert (tmp_path / "x.html").stat().st_size < 5_000_000
    cards(opened(tmp_path / "x.html")).first.wait_for()
