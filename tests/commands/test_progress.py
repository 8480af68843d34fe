"""How far a build has come, told in lines where there is no terminal."""

from __future__ import annotations

import subprocess
import sys

from dragoman.commands.progress import to_lines


def test_lines_tell_rate_and_time_left_once_a_minute():
    now, told = [0.0], []
    show = to_lines("waiting", clock=lambda: now[0], tell=told.append)
    for second in range(0, 200, 10):
        now[0] = float(second)
        show("reading", 2 * second, 1000)
    assert told == [
        "reading: 120 of 1,000, 2.0 a second, 8 min left",
        "reading: 240 of 1,000, 2.0 a second, 7 min left",
        "reading: 360 of 1,000, 2.0 a second, 6 min left",
    ]


def test_what_was_there_at_once_is_no_part_of_the_rate():
    now, told = [0.0], []
    show = to_lines("waiting", clock=lambda: now[0], tell=told.append)
    show("reading", 400, 1000)
    now[0] = 60.0
    show("reading", 460, 1000)
    assert told == ["reading: 460 of 1,000, 1.0 a second, 9 min left"]


def test_without_a_total_the_time_left_is_not_told():
    now, told = [0.0], []
    show = to_lines("waiting", clock=lambda: now[0], tell=told.append)
    show("reading", 0, 0)
    now[0] = 60.0
    show("reading", 1800, 0)
    assert told == ["reading: 1,800, 30.0 a second"]


def test_stage_of_which_nothing_is_counted_is_told_only_where_asked():
    now, told = [0.0], []
    show = to_lines("waiting", clock=lambda: now[0], tell=told.append)
    show("waiting", 0, 0)
    now[0] = 100.0
    show("joining", 0, 0)
    assert told == ["waiting"]


def test_bars_are_loaded_for_a_terminal_alone():
    code = "import sys, dragoman.commands.progress; print('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
