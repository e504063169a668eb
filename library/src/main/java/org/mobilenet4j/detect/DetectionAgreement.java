package org.mobilenet4j.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;

/// How well two detectors agree, such as one and its quantized version: an object of one is found by the other if that
/// has one of the same class whose box overlaps it by half, each counted once.
///
/// @param photos number of photos
/// @param expected number of objects that the first detector finds
/// @param found how many of these the second finds
/// @param others number of objects that only the second finds
public record DetectionAgreement(int photos, int expected, int found, int others) {
    private static final float OVERLAP = 0.5f;

    /// Runs both on `photos`.
    ///
    /// @param photos preprocessed, as for [Session#run]
    /// @param minScore the least score of an object
    /// @param threads for each photo
    /// @throws IllegalArgumentException if one of the two is no detector
    public static DetectionAgreement of(Model first, Model second, List<float[]> photos, float minScore, int threads) {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        Objects.requireNonNull(photos, "photos");
        int expected = 0;
        int found = 0;
        int others = 0;
        var one = detections(first, photos, minScore, threads);
        var two = detections(second, photos, minScore, threads);
        for (int photo = 0; photo < photos.size(); photo++) {
            int both = common(one.get(photo), two.get(photo));
            expected += one.get(photo).size();
            found += both;
            others += two.get(photo).size() - both;
        }
        return new DetectionAgreement(photos.size(), expected, found, others);
    }

    private static List<List<Detection>> detections(Model model, List<float[]> photos, float minScore, int threads) {
        var boxes = model.boxes()
                .orElseThrow(() -> new BadValueException(model.network().name() + " is no detector"));
        var processing = new PostProcessing(model, boxes, boxes.suppression().withMinScore(minScore));
        var session = Session.open(Plan.of(model, SessionOptions.DEFAULT.withThreads(threads)), threads);
        return photos.stream()
                .map(photo -> processing.apply(session.run(photo, 1)))
                .toList();
    }

    private static int common(List<Detection> one, List<Detection> two) {
        var left = new ArrayList<>(two);
        int common = 0;
        for (var each : one) {
            Detection best = null;
            for (var other : left) {
                float overlap = each.box().overlap(other.box());
                boolean isIt = other.index() == each.index()
                        && overlap >= OVERLAP
                        && (best == null || overlap > each.box().overlap(best.box()));
                best = isIt ? other : best;
            }
            if (best != null) {
                left.remove(best);
                common++;
            }
        }
        return common;
    }
}
