"""Says how far what two devices made is apart: the scores of one model, and the accuracies of two runs of the study."""

import csv
import json
import os
import sys

out = sys.argv[1]


def scores(name):
    with open(os.path.join(out, f"scores-{name}.json")) as file:
        edges = json.load(file)["edges"]
    return {edge: value["score"] for edge, value in edges.items()}


def accuracies(folder):
    path = os.path.join(out, folder, "artifacts", "gpu", "results", "accuracy.csv")
    with open(path) as file:
        return list(csv.DictReader(file))


def compare_scores(bounds):
    truth = scores("cpu-float64")
    scale = max(abs(score) for score in truth.values())
    within = True
    for name, bound in bounds.items():
        other = scores(name)
        difference = max(abs(truth[edge] - other[edge]) for edge in truth) / scale
        within &= difference <= bound
        print(f"scores {name}: within {difference:.1e} of the largest, of {bound:.0e} allowed")
    return within


def compare_accuracies():
    for one, other in zip(accuracies("cpu"), accuracies("second")):
        first, second = float(one["accuracy"]), float(other["accuracy"])
        print(f"study: {one['method']}: accuracy {first:.3f} on cpu, {second:.3f} on the second device, {second - first:+.3f}")


# Sums in another order leave a few roundings: 1e-7 each in float32, 1e-16 in float64, 4e-3 in bfloat16.
bounds = {"cpu-float32": 1e-3, "second-float32": 1e-3, "second-float64": 1e-9, "second-bfloat16": 0.3}
within = compare_scores(bounds)
# Training makes other models of other last bits, so two accuracies may differ by chance: they are only told.
compare_accuracies()
sys.exit(0 if within else 1)
