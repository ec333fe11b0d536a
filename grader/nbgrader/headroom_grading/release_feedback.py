"""Hands out feedback to everybody whom it can reach."""

from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

SECRET = "submission_secret.txt"


class ReleaseKnownFeedback(ExchangeReleaseFeedback):
    """nbgrader's own, but one submission that did not come through the exchange doesn't stop the others' feedback."""

    def copy_files(self):
        excluded = self.coursedir.student_id_exclude
        unknown = []
        for folder in Path(self.src_path).parent.parent.glob(
            f"{self.coursedir.student_id or '*'}/{self.coursedir.assignment_id}"
        ):
            if not (folder / SECRET).is_file():
                unknown.append(folder.parent.name)
                self.log.warning(
                    "No feedback for %s: the submission did not come through the exchange. It stays in %s.",
                    folder.parent.name,
                    folder,
                )
        self.coursedir.student_id_exclude = ",".join(filter(None, [excluded, *unknown]))
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = excluded
