# Made the files NAME-truths.json and NAME-found.json beside it, in the form of COCO's annotations and results, with
# Python 3.11: objects at random, and what an imagined detector finds of them. reference.py makes figures.json of them.
import json
import random


def box(r, side, digits):
    w, h = (min(side, 2 ** r.uniform(2.5, 8)) for _ in range(2))
    x, y = r.uniform(0, side - w), r.uniform(0, side - h)
    return [max(1, v) if i > 1 else v for i, v in enumerate(rounded((x, y, w, h), digits))]


def rounded(values, digits):
    return [round(v, digits) if digits else round(v) for v in values]


def near(r, b, spread, digits):
    x, y, w, h = b
    x, y = x + r.gauss(0, spread) * w, y + r.gauss(0, spread) * h
    w, h = w * 2 ** r.gauss(0, 2 * spread), h * 2 ** r.gauss(0, 2 * spread)
    return [max(1, v) if i > 1 else v for i, v in enumerate(rounded((x, y, w, h), digits))]


def make(name, seed, photos, classes, digits=0, spread=0.06, levels=256, most=6, crowds=0.0, outlines=False,
         unseen=(), missing=(), swarms=0, wrong=3, side=400):
    r = random.Random(seed)
    ids = [1 + 3 * c for c in range(classes)]
    images = [{"id": 5 + 7 * i, "file_name": f"{i}.jpg", "width": side, "height": side} for i in range(photos)]
    truths, found = [], []

    def score(certain):
        return max(1, round(levels * min(1, r.betavariate(*((4, 2) if certain else (2, 4)))))) / levels

    for image in images:
        here = []
        for _ in range(r.randint(0, most)):
            b, c = box(r, side, digits), r.choice(ids)
            if c in unseen:
                continue
            crowd = int(r.random() < crowds)
            area = round(b[2] * b[3] * (r.uniform(0.3, 1) if outlines else 1), 4)
            here.append((b, c, crowd))
            truths.append({"id": len(truths) + 1, "image_id": image["id"], "category_id": c, "bbox": b, "area": area,
                           "iscrowd": crowd})
        for b, c, crowd in here:
            for _ in range(r.randint(2, 4) if crowd else r.choice([0, 1, 1, 1, 2])):
                c2 = c if r.random() < 0.9 else r.choice(ids)
                if c2 not in missing:
                    found.append({"image_id": image["id"], "category_id": c2, "bbox": near(r, b, spread, digits),
                                  "score": score(True)})
        for _ in range(r.randint(0, wrong)):
            c = r.choice(ids)
            if c not in missing:
                found.append({"image_id": image["id"], "category_id": c, "bbox": box(r, side, digits),
                              "score": score(False)})
    for i in range(swarms):  # over a hundred of one class in a photo
        b, c, _ = box(r, side, digits), ids[i], 0
        image = images[i]["id"]
        truths.append({"id": len(truths) + 1, "image_id": image, "category_id": c, "bbox": b,
                       "area": round(b[2] * b[3], 4), "iscrowd": 0})
        for _ in range(130):
            found.append({"image_id": image, "category_id": c, "bbox": near(r, b, 0.3, digits), "score": score(False)})
    r.shuffle(found)
    write(f"{name}-truths.json", '{"images":' + lines(images) + ',"categories":'
          + lines([{"id": i, "name": f"class {i}"} for i in ids]) + ',"annotations":' + lines(truths) + "}")
    write(f"{name}-found.json", lines(found))


def lines(rows):
    return "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "]"


def write(name, text):
    with open(name, "w") as file:
        file.write(text + "\n")


# Boxes of whole pixels, so that overlaps meet thresholds exactly; scores of one byte, so that many are equal.
make("pixels", 1, photos=40, classes=4, spread=0.05, levels=64)
# Crowds, outlines smaller than boxes, classes that are never there (13) or never found (10), swarms.
make("crowds", 2, photos=25, classes=5, digits=2, crowds=0.25, outlines=True, unseen=(13,), missing=(10,), swarms=2,
     levels=1000)
# Many classes, few objects, all of them small or medium: no large ones.
make("classes", 3, photos=60, classes=20, digits=2, spread=0.1, most=4, wrong=2, levels=1000, side=90)
# A good detector.
make("good", 4, photos=30, classes=3, digits=2, spread=0.012, wrong=1, levels=1000)
