"""Collects submissions without trusting what lies in the exchange."""

import os
import re
import shutil
from datetime import datetime
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import parse_utc

from .plain_files import copy_plain_files, printable

# Names of users, as systems and hubs allow them.
STUDENT = re.compile(r"[\w][\w.@+-]{0,99}")


class PlainCollect(ExchangeCollect):
    """nbgrader's own collecting, but for links, pipes, floods and names that are none: they are left out, and named."""

    def init_src(self):
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def _path_to_record(self, path):
        # One wrong name must not stop the others' collection.
        student, stamp = self.parts_of_name(path)
        try:
            if STUDENT.fullmatch(student) is None:
                raise ValueError
            moment = parse_utc(stamp)
        except (ValueError, OverflowError):
            self.log.error("Left out, for its name is no submission's: %s", printable(path))
            return {"username": "", "filename": "", "timestamp": datetime.min}
        return {"username": student, "filename": os.path.basename(path), "timestamp": moment}

    def parts_of_name(self, path):
        """The student and the time in `student+assignment+time+random`."""
        student, _, rest = os.path.basename(path).partition(f"+{self.coursedir.assignment_id}+")
        return student, rest.split("+")[0]

    def do_copy(self, src, dest, log=None):
        try:
            left_out = copy_plain_files(src, dest)
        except OSError as error:
            self.log.error("Not collected: %s: %s", printable(src), error.strerror)
            shutil.rmtree(dest, ignore_errors=True)
            return
        # By this time it was chosen among others; a file that says another, or none, would stop formgrader.
        stamp = Path(dest) / "timestamp.txt"
        if stamp.is_dir():
            shutil.rmtree(stamp)
        stamp.write_text(self.parts_of_name(src)[1])
        for what in left_out:
            self.log.warning("Left out of %s: %s", printable(os.path.basename(src)), what)
