package org.mobilenet4j.benchmarks.peers;

import java.util.List;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;

/// This library's detector, as an application uses it: a photo in, objects out.
final class DetectorEngine implements Engine {
    private final Plan plan;
    private final Detector detector;
    private final Image photo;
    private List<Detection> found = List.of();

    DetectorEngine(Model model, Workload workload) {
        this.plan = Plan.of(model, SessionOptions.DEFAULT.withThreads(workload.threads()));
        this.detector = Detector.open(plan, workload.threads());
        this.photo = DetectionWorkload.image(workload);
    }

    @Override
    public void run() {
        found = detector.detect(photo);
    }

    @Override
    public float[] output() {
        return scores(found);
    }

    /// The scores of `found`, as all engines give them.
    static float[] scores(List<Detection> found) {
        var scores = new float[found.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = found.get(i).score();
        }
        return DetectionWorkload.scores(scores, scores.length);
    }

    @Override
    public String version() {
        return Mobilenet4jEngine.libraryVersion();
    }

    @Override
    public void awaitWarm() {
        plan.awaitWarm();
    }
}
