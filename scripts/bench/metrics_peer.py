"""scikit-learn's side of metrics.mjs: times one call per line of standard input.

Usage: metrics_peer.py FOLDER, where FOLDER holds the columns that metrics.mjs wrote. Each line
names a metric; the answer is a line of JSON with the milliseconds taken and a number that both
sides must agree on.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn import __version__
from sklearn import metrics as m

warnings.simplefilter("ignore")


def columns(folder):
    def read(name, dtype):
        return np.fromfile(folder / f"{name}.bin", dtype=dtype)

    texts = np.array(json.loads((folder / "texts.json").read_text()))
    actual10, predicted10 = (read(name, np.int32) for name in ["actual10", "predicted10"])
    return {
        # NumPy's own integer and text types: what scikit-learn is fastest with.
        "binary": [read(name, np.int32).astype(np.int64) for name in ["actual", "predicted"]],
        "classes": [actual10.astype(np.int64), predicted10.astype(np.int64)],
        "texts": [texts[actual10], texts[predicted10]],
        "scores": read("scores", np.float64),
        "floats": read("scores", np.float64).astype(np.float32),
        "rounded": np.round(read("scores", np.float64), 3),
    }


def report(actual, predicted):
    summary = m.classification_report(actual, predicted, output_dict=True, zero_division=0)
    return summary["macro avg"]["f1-score"]


def calls(data):
    actual, predicted = data["binary"]
    return {
        "binary confusion": lambda: m.confusion_matrix(actual, predicted)[1, 1],
        "accuracy": lambda: m.accuracy_score(actual, predicted),
        "precision": lambda: m.precision_score(actual, predicted),
        "recall": lambda: m.recall_score(actual, predicted),
        "F1": lambda: m.f1_score(actual, predicted),
        "Matthews correlation": lambda: m.matthews_corrcoef(actual, predicted),
        "10-class confusion": lambda: m.confusion_matrix(*data["classes"]).trace(),
        "10-class report": lambda: report(*data["classes"]),
        "text confusion": lambda: m.confusion_matrix(*data["texts"]).trace(),
        "text report": lambda: report(*data["texts"]),
        "AUROC": lambda: m.roc_auc_score(actual, data["scores"]),
        "AUROC, 32-bit scores": lambda: m.roc_auc_score(actual, data["floats"]),
        "AUROC, many ties": lambda: m.roc_auc_score(actual, data["rounded"]),
        "ROC curve": lambda: len(m.roc_curve(actual, data["scores"])[0]),
        "average precision": lambda: m.average_precision_score(actual, data["scores"]),
        "PR curve": lambda: len(m.precision_recall_curve(actual, data["scores"])[0]),
    }


def main():
    table = calls(columns(Path(sys.argv[1])))
    print(json.dumps({"version": __version__}), flush=True)
    for line in sys.stdin:
        call = table[line.strip()]
        start = time.perf_counter()
        value = call()
        milliseconds = 1000 * (time.perf_counter() - start)
        print(json.dumps({"milliseconds": milliseconds, "value": float(value)}), flush=True)


if __name__ == "__main__":
    main()
