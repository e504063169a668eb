package org.mobilenet4j.detect.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.detect.Detection;

/// Mean average precision as COCO has it: of each class the mean of the best precision at recalls 0, 0.01, ..., 1.
final class AveragePrecision {
    /// The overlap at which a detection counts as right in mAP@.50.
    static final double HALF = 0.5;

    private static final int OVERLAPS = 10;
    private static final int RECALLS = 101;

    private final int classes;
    private final List<List<Detection>> found = new ArrayList<>();
    private final List<List<ObjectBox>> truths = new ArrayList<>();

    AveragePrecision(int classes) {
        this.classes = classes;
    }

    void add(List<Detection> detections, List<ObjectBox> objects) {
        found.add(detections);
        truths.add(objects);
    }

    /// The number of photos.
    int photos() {
        return found.size();
    }

    /// The mean over overlaps 0.5, 0.55, ..., 0.95.
    double mean() {
        double sum = 0;
        for (int i = 0; i < OVERLAPS; i++) {
            sum += mean(HALF + 0.05 * i);
        }
        return sum / OVERLAPS;
    }

    /// The mean over classes that occur.
    double mean(double overlap) {
        double sum = 0;
        int present = 0;
        for (int label = 0; label < classes; label++) {
            double precision = of(label, overlap);
            if (!Double.isNaN(precision)) {
                sum += precision;
                present++;
            }
        }
        return present == 0 ? 0 : sum / present;
    }

    private record Ranked(int photo, Detection detection) {}

    private double of(int label, double overlap) {
        long objects = 0;
        var ranked = new ArrayList<Ranked>();
        for (int photo = 0; photo < found.size(); photo++) {
            objects += truths.get(photo).stream()
                    .filter(object -> object.label() == label && !object.isIgnored())
                    .count();
            for (var detection : found.get(photo)) {
                if (detection.index() == label) {
                    ranked.add(new Ranked(photo, detection));
                }
            }
        }
        if (objects == 0) {
            return Double.NaN;
        }
        ranked.sort(Comparator.comparing((Ranked it) -> it.detection().score()).reversed());
        Map<Integer, boolean[]> taken = new HashMap<>();
        var best = new double[RECALLS];
        int right = 0;
        int counted = 0;
        for (var each : ranked) {
            var objectsThere = truths.get(each.photo());
            var used = taken.computeIfAbsent(each.photo(), photo -> new boolean[truths.get(photo).size()]);
            int match = match(each.detection(), objectsThere, used, label, overlap);
            if (match >= 0 && objectsThere.get(match).isIgnored()) {
                continue;
            }
            counted++;
            if (match >= 0) {
                used[match] = true;
                right++;
            }
            double precision = (double) right / counted;
            for (int i = 0; i < RECALLS && i <= right * 100.0 / objects + 1e-9; i++) {
                best[i] = Math.max(best[i], precision);
            }
        }
        double sum = 0;
        for (double precision : best) {
            sum += precision;
        }
        return sum / RECALLS;
    }

    /// The free object that overlaps most, an ignored one only if there is no other; -1 for none.
    private static int match(
            Detection detection, List<ObjectBox> objects, boolean[] used, int label, double overlap) {
        int match = -1;
        double most = overlap;
        for (int i = 0; i < objects.size(); i++) {
            var object = objects.get(i);
            double own = object.label() == label && !used[i] && !object.isIgnored()
                    ? detection.box().overlap(object.box())
                    : 0;
            if (own >= most) {
                match = i;
                most = own;
            }
        }
        for (int i = 0; match < 0 && i < objects.size(); i++) {
            var object = objects.get(i);
            boolean isThere = object.label() == label
                    && object.isIgnored()
                    && detection.box().overlap(object.box()) >= overlap;
            match = isThere ? i : match;
        }
        return match;
    }
}
