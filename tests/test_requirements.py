from pathlib import Path

LINES = (Path(__file__).parents[1] / "requirements.txt").read_text("utf-8").splitlines()


def test_every_requirement_says_from_which_version_up_to_which():
    wanted = [line for line in LINES if line and not line.startswith("#")]
    assert len(wanted) > 10
    assert [line for line in wanted if ">=" not in line or ",<" not in line] == []
