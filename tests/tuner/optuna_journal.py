"""Journals that the tuner writes and Optuna loads."""

from __future__ import annotations

import warnings
from pathlib import Path

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)


def load(journal: Path, name: str = "a study") -> optuna.Study:
    """Every trial is one that Optuna itself would accept, and it has nothing to warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        storage = JournalStorage(JournalFileBackend(str(journal)))
        loaded = optuna.load_study(study_name=name, storage=storage)
        for trial in loaded.trials:
            trial._validate()
    return loaded


def write(open_journal, *events: dict) -> None:
    writer = open_journal()
    writer.append(*events)
    writer.close()
