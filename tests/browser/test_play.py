"""A person plays, and is scored as a network is."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import recombine
from play_answers import play, read_answers, save


@pytest.fixture
def game(opened, grids, tmp_path):
    file = tmp_path / "play.html"
    recombine("view", grids / "split/test_ood", "--play", "--questions", 5, "--predictions", grids / "nearest-study.test_ood.jsonl",
              "--out", file)
    page = opened(file, viewport={"width": 1280, "height": 1000})
    assert page.locator("#begin").is_visible()
    return page


def questions(page):
    """Input and truth of each question, row-major."""
    return page.evaluate("""() => questionsOf(page.sets[0]).map(one => ({side: one.item.side,
        input: parseGrid(one.query.in, one.item.side).cells, truth: truthOf(one).cells}))""")


def begin(page, name):
    page.fill("#player", name)
    page.click("#begin")


def painted(page):
    return page.evaluate("session.player.cells")


def saved(page, folder):
    for link in ("#predictions-jsonl", "#predictions-meta-json"):
        with page.expect_download() as download:
            page.click(link)
        download.value.save_as(folder / download.value.suggested_filename)
    return folder / "predictions.jsonl"


def scored(data, predictions, folder):
    report = json.loads(recombine("evaluate", "--data", data, "--predictions", predictions, "--out", folder / "person.json", "--json"))
    return report


def test_by_clicks(game, grids, tmp_path):
    begin(game, "Ada <script>")
    for number, question in enumerate(questions(game)):
        if number != 2:  # one is submitted empty
            for cell, colour in enumerate(question["truth"]):
                if colour:
                    game.click(f"[data-colour='{colour}']")
                    game.click(f"[data-cell='{cell}']")
            assert painted(game) == question["truth"]
        game.click("#submit")
        assert game.locator("#verdict").text_content().startswith("Wrong" if number == 2 else "Right.")
        assert "shape:" in game.locator("#question").text_content()
        game.select_option("#beside", "0")
        assert "nearest-study" in game.locator("#question").text_content()
        game.click("#next")
    assert "4 of 5 right" in game.locator("#result").text_content()
    report = scored(grids / "split", saved(game, tmp_path), tmp_path)
    split = report["splits"]["test_ood"]
    assert report["predictor"]["name"] == "Ada <script>" and report["predictor"]["kind"] == "person"
    assert split["planned"] == 5 and split["exact"]["value"] == 0.8
    assert "5 answers of a person" in split["note"]
    board = recombine("leaderboard", tmp_path / "person.json")
    assert "| Ada <script> | person |" in board


def test_by_keys(game, grids, tmp_path):
    game.locator("#player").focus()
    game.keyboard.press("Control+A")
    game.keyboard.type("Grace")
    game.locator("#begin").focus()
    game.keyboard.press("Enter")
    for question in questions(game):
        side = question["side"]
        game.keyboard.press("c")
        assert painted(game) == question["input"]
        game.keyboard.press("x")
        row = col = 0
        for cell, colour in enumerate(question["truth"]):
            if not colour:
                continue
            to_row, to_col = divmod(cell, side)
            for key, count in (("ArrowDown", to_row - row), ("ArrowUp", row - to_row), ("ArrowRight", to_col - col),
                               ("ArrowLeft", col - to_col)):
                for _ in range(count):
                    game.keyboard.press(key)
            row, col = to_row, to_col
            game.keyboard.press(str(colour))
            game.keyboard.press(" ")
        assert painted(game) == question["truth"]
        game.keyboard.press("s")
        assert game.locator("#verdict").text_content() == "Right."
        game.keyboard.press("m")
        game.keyboard.press("n")
    assert "5 of 5 right" in game.locator("#result").text_content()
    report = scored(grids / "split", saved(game, tmp_path), tmp_path)
    assert report["splits"]["test_ood"]["exact"]["value"] == 1


def test_who_stops_early_is_wrong_on_the_rest(game, grids, tmp_path):
    begin(game, "Early")
    for _ in range(5):
        game.click("#submit")
        game.click("#next")
    report = scored(grids / "split", saved(game, tmp_path), tmp_path)
    assert report["splits"]["test_ood"]["exact"]["value"] == 0


def test_drags_fills_undoes_and_redoes(game):
    begin(game, "x")
    side = questions(game)[0]["side"]
    game.click("[data-colour='3']")
    first, last = (game.locator(f"[data-cell='{cell}']").bounding_box() for cell in (0, side - 1))
    game.mouse.move(first["x"] + 5, first["y"] + 5)
    game.mouse.down()
    game.mouse.move(last["x"] + 5, last["y"] + 5, steps=40)
    game.mouse.up()
    assert painted(game)[:side] == [3] * side and not any(painted(game)[side:])
    game.click("[data-tool='fill']")
    game.click("[data-colour='4']")
    game.click(f"[data-cell='{side}']")
    assert painted(game) == [3] * side + [4] * (side * side - side)
    game.keyboard.press("Control+z")
    assert not any(painted(game)[side:])
    game.click("[data-tool='undo']")
    assert not any(painted(game)), "a drag is one step"
    game.keyboard.press("r")
    assert painted(game)[:side] == [3] * side
    game.click("[data-tool='copy']")
    assert painted(game) == questions(game)[0]["input"]
    game.click("[data-tool='clear']")
    assert not any(painted(game))


def test_facts(opened, facts, tmp_path):
    file = tmp_path / "play.html"
    recombine("view", facts / "world/test_ood", "--play", "--questions", 5, "--predictions", facts / "hostile.jsonl", "--out", file)
    page = opened(file)
    begin(page, "Ada")
    for number in range(5):
        nodes = page.evaluate("session.questions[session.at].item.nodes")
        relations = page.evaluate("session.questions[session.at].item.relations")
        for step, (entity, relation) in enumerate(zip(nodes[1:], relations)):
            if number == 0:
                page.fill("#trail-entity", "e_0" if entity != "e_0" else "e_1")
                page.keyboard.press("Enter")
            elif number == 1:
                page.keyboard.press("v") if step else page.click("[data-tool='reveal']")
            else:
                page.get_by_role("button", name=f"{relation} → {entity}", exact=True).click()
        page.click("#submit")
        assert page.locator("#verdict").text_content() == ("Wrong." if number == 0 else "Right.")
        page.select_option("#beside", "0")
        page.click("#next")
    assert page.evaluate("window.obeyed") is None
    report = scored(facts / "world", saved(page, tmp_path), tmp_path)
    split = report["splits"]["test_ood"]
    assert split["exact"]["value"] == 0.8 and split["planned"] == 5
    assert "1 of them with steps revealed" in split["note"]


def test_comparisons(opened, tmp_path):
    recombine("generate", "facts", "--task", "comparison", "--entities", 40, "--relations", 4, "--values", 8, "--out", tmp_path / "world",
              "--quiet")
    file = tmp_path / "play.html"
    recombine("view", tmp_path / "world/test_ood", "--play", "--questions", 5, "--out", file)
    page = opened(file)
    begin(page, "Ada")
    for number in range(5):
        truth = page.evaluate("session.player.trueOrder")
        if number == 0:
            page.click(f"[data-order='{(truth + 1) % 3}']")
        elif number == 1:
            page.keyboard.press("v")
        else:
            page.keyboard.press(str(truth + 1))
        page.click("#submit")
        assert page.locator("#verdict").text_content() == ("Wrong." if number == 0 else "Right.")
        page.click("#next")
    split = scored(tmp_path / "world", saved(page, tmp_path), tmp_path)["splits"]["test_ood"]
    assert split["exact"]["value"] == 0.8 and "1 of them with steps revealed" in split["note"]


def test_answers_of_a_file_are_played(game, grids, tmp_path):
    """What plays the answers that a person wrote down."""
    answers = game.evaluate("""() => questionsOf(page.sets[0]).map(one => [one.item.id, one.query.out])""")
    (tmp_path / "answers.txt").write_text("# by hand\n" + "".join(f"{item} {text}\n" for item, text in answers[:4]) + f"{answers[4][0]}\n")
    assert play(game, read_answers(tmp_path / "answers.txt"), "file") == 4
    report = scored(grids / "split", save(game, tmp_path), tmp_path)
    assert report["splits"]["test_ood"]["exact"]["value"] == 0.8


def test_twenty_questions_played_by_hand(opened, tmp_path):
    """docs/experiments/played-by-hand.md, again."""
    recombine("generate", "grids", "--episodes", 400, "--seed", 29, "--side", 8, "--queries", 1, "--out", tmp_path / "all", "--quiet")
    recombine("split", "--data", tmp_path / "all", "--queries", 1, "--out", tmp_path / "split", "--quiet")
    recombine("view", tmp_path / "split/test_ood", "--play", "--questions", 20, "--out", tmp_path / "play.html")
    page = opened(tmp_path / "play.html")
    answers = read_answers(Path(__file__).with_name("played-by-hand.txt"))
    assert play(page, answers, "by hand") == len(answers) == 20
    exact = scored(tmp_path / "split", save(page, tmp_path), tmp_path)["splits"]["test_ood"]["exact"]
    assert exact["value"] == 1 and 0.83 < exact["low"] < 0.85


def test_is_fit_for_a_screen_reader(game):
    begin(game, "x")
    game.click("#submit")
    faults = [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in Axe().run(game).response["violations"]
              if fault["impact"] in ("serious", "critical")]
    assert faults == []


@pytest.mark.parametrize("name,options", [
    ("phone", {"viewport": {"width": 375, "height": 800}, "has_touch": True}),
    ("wide", {"viewport": {"width": 1280, "height": 900}}),
    ("dark", {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"})])
def test_fits_its_window(opened, grids, tmp_path, pictures, name, options):
    file = tmp_path / "play.html"
    recombine("view", grids / "split/test_ood", "--play", "--questions", 2, "--patterns", "--out", file)
    page = opened(file, **options)
    page.click("#begin")
    page.click("[data-tool='copy']")
    page.click("#submit")
    page.screenshot(path=pictures / f"play-{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
