"""Writes data/uci/: three UCI data sets as CSV, each with a JSON file that describes it.

Usage: python data/make_uci.py            (needs scikit-learn; then run data/checksums.py)

The values and their order are scikit-learn's, so that results can be compared with it row by row.
"""

import csv
import hashlib
import json
from pathlib import Path

import sklearn
from sklearn.datasets import load_breast_cancer, load_digits, load_wine

FOLDER = Path(__file__).parent / "uci"
LICENCE = {
    "name": "CC BY 4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}
REPOSITORY = "UCI Machine Learning Repository"
CHANGES = [
    "taken from scikit-learn's copy, in its order",
    "written as CSV with a header line; whole numbers without a decimal point",
    "the class stands in the last column, by name",
]

# What each of the ten measurements of a cell nucleus is; every one comes as mean, error and worst.
NUCLEUS = {
    "radius": "mean distance from the centre to points on the outline",
    "texture": "standard deviation of the grey values",
    "perimeter": "length of the outline",
    "area": "area inside the outline",
    "smoothness": "local variation of the radius",
    "compactness": "perimeter squared / area - 1",
    "concavity": "how deep the concave parts of the outline are",
    "concave points": "concave parts of the outline (the source says a number; values are below 1)",
    "symmetry": "difference between the two halves",
    "fractal dimension": "how rough the outline is (coastline approximation - 1)",
}
UNITLESS = {"compactness", "fractal dimension"}

WINE_MEANINGS = {
    "alcohol": "alcohol",
    "malic_acid": "malic acid",
    "ash": "ash",
    "alcalinity_of_ash": "alkalinity of the ash",
    "magnesium": "magnesium",
    "total_phenols": "phenols, all together",
    "flavanoids": "flavanoid phenols",
    "nonflavanoid_phenols": "phenols that are not flavanoids",
    "proanthocyanins": "proanthocyanins",
    "color_intensity": "how deep the colour is",
    "hue": "shade of the colour",
    "od280/od315_of_diluted_wines": "ratio of the light absorbed at 280 nm and at 315 nm",
    "proline": "proline, an amino acid",
}


def breast_cancer_column(name):
    """Describes one of the 30 columns, for example `mean radius` or `worst texture`."""
    for measure, meaning in NUCLEUS.items():
        if measure not in name:
            continue
        statistic = {
            f"mean {measure}": "mean over the image's nuclei",
            f"{measure} error": "standard error over the image's nuclei",
            f"worst {measure}": "mean of the three largest values",
        }.get(name)
        if statistic:
            unit = "1" if measure in UNITLESS else "not stated by the source"
            return {"unit": unit, "meaning": f"{meaning}; {statistic}"}
    raise KeyError(name)


def digits_column(name):
    """Describes `pixel_ROW_COLUMN`."""
    _, row, column = name.split("_")
    return {
        "unit": "inked pixels of 16",
        "meaning": f"row {row} from the top, column {column} from the left; 0 is blank paper",
    }


def wine_column(name):
    ratio = name.startswith("od280")
    return {
        "unit": "1" if ratio else "not stated by the source",
        "meaning": WINE_MEANINGS[name],
    }


DATASETS = {
    "digits": {
        "load": load_digits,
        "column": digits_column,
        "title": "Optical recognition of handwritten digits",
        "about": "Handwritten digits of 13 people: images of 32 x 32 black and white pixels, "
        "reduced to 8 x 8 by counting the inked pixels in each block of 4 x 4. "
        "This is the test part of the original; none of its writers is in the training part.",
        "authors": ["Ethem Alpaydin", "Cenk Kaynak"],
        "year": 1998,
        "doi": "10.24432/C50P49",
        "page": "https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits",
        "classes": "the digit that was meant",
    },
    "breast-cancer": {
        "load": load_breast_cancer,
        "column": breast_cancer_column,
        "title": "Breast cancer Wisconsin (diagnostic)",
        "about": "Cell nuclei in a microscope image of a fine needle sample, one row a patient's "
        "image: ten measurements, each as mean, standard error and worst value.",
        "authors": ["William Wolberg", "Olvi Mangasarian", "Nick Street"],
        "year": 1995,
        "doi": "10.24432/C5DW2B",
        "page": "https://archive.ics.uci.edu/dataset/17/breast+cancer+wisconsin+diagnostic",
        "classes": "diagnosis; 0 is malignant and 1 benign, as in scikit-learn",
    },
    "wine": {
        "load": load_wine,
        "column": wine_column,
        "title": "Wine recognition",
        "about": "A chemical analysis of wines from one region of Italy, grown by three "
        "different growers.",
        "authors": ["Stefan Aeberhard", "Michele Forina"],
        "year": 1992,
        "doi": "10.24432/C5PC7J",
        "page": "https://archive.ics.uci.edu/dataset/109/wine",
        "classes": "the grower",
    },
}


def number(value):
    """The shortest text that reads back as the same double; whole numbers without `.0`."""
    value = float(value)
    return str(int(value)) if value.is_integer() else repr(value)


def write_csv(path, bunch, class_names):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*bunch.feature_names, "class"])
        for features, target in zip(bunch.data, bunch.target, strict=True):
            writer.writerow([*map(number, features), class_names[target]])


def description(name, facts, bunch, class_names, path):
    doi = f"https://doi.org/{facts['doi']}"
    authors = ", ".join(facts["authors"])
    citation = f"{authors} ({facts['year']}). {facts['title']} [data set]. {REPOSITORY}. {doi}"
    columns = [
        {"name": str(column), **facts["column"](str(column))} for column in bunch.feature_names
    ]
    return {
        "name": name,
        "title": facts["title"],
        "about": facts["about"],
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "rows": len(bunch.target),
        "columns": columns,
        "classColumn": {"name": "class", "meaning": facts["classes"]},
        "classNames": class_names,
        "source": {"name": REPOSITORY, "url": facts["page"], "doi": facts["doi"]},
        "authors": facts["authors"],
        "year": facts["year"],
        "citation": citation,
        "licence": LICENCE,
        "attribution": f"{facts['title']}, by {authors}, from the {REPOSITORY}, "
        f"used under {LICENCE['name']}.",
        "changes": CHANGES,
        "madeWith": f"data/make_uci.py, scikit-learn {sklearn.__version__}",
        "synthetic": False,
    }


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, facts in DATASETS.items():
        bunch = facts["load"]()
        class_names = [str(class_name) for class_name in bunch.target_names]
        path = FOLDER / f"{name}.csv"
        write_csv(path, bunch, class_names)
        text = json.dumps(description(name, facts, bunch, class_names, path), indent=2)
        (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
        print(f"{path.name}: {len(bunch.target)} rows, {len(bunch.feature_names)} features")


if __name__ == "__main__":
    main()
