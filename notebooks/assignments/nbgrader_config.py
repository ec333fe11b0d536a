# nbgrader's configuration of this course. `configure` makes nbgrader take marks from the judge, which runs students'
# code in a sandbox; what follows it is this course's own choice.
import os
import sys
from pathlib import Path

course = Path(__file__).resolve().parent
sys.path.insert(0, str(course.parents[1] / "grader" / "nbgrader"))

from headroom_grading import configure  # noqa: E402

c = get_config()  # noqa: F821
configure(c, course)

c.CourseDirectory.course_id = "headroom"
# One machine, one user: the exchange lies in the course. With several users it must be a folder that all may enter, on
# JupyterHub usually /srv/nbgrader/exchange.
exchange = Path(os.environ.get("HEADROOM_EXCHANGE", course / "exchange"))
exchange.mkdir(mode=0o777, exist_ok=True)
c.Exchange.root = str(exchange)

# Late submissions keep their marks. "zero" takes all of them; a class of your own may take a part:
# nbgrader's documentation, "late submission plugin".
c.LateSubmissionPlugin.penalty_method = "none"
