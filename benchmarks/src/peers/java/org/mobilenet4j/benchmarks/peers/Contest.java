package org.mobilenet4j.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;

/// Measures engines in a setting: writes the model for each of them, computes the outputs that all must agree with,
/// and lets them run.
///
/// @param isTuned whether PyTorch gets its fastest environment, or only its number of threads
record Contest(Setting setting, List<Peer> peers, boolean isTuned) {
    /// For libraries that unpack native code; set by the script.
    private static final String CACHE = "mobilenet4j.peers.cache";

    Contest {
        peers = List.copyOf(peers);
    }

    Comparison measure(int rounds) throws IOException {
        try (var folder = WorkFolder.create()) {
            var cache = Path.of(System.getProperty(CACHE, folder.path().toString()));
            var task = setting.task();
            var launcher = new PeerLauncher(folder.path(), cache, setting.threads(), task, isTuned);
            var model = setting.model();
            var images = setting.images(model);
            Workload.write(images, launcher.images());
            var written = task == Task.INFERENCE || task == Task.DETECTION ? FoldedModel.of(model) : model;
            for (var peer : peers) {
                peer.write(written, setting, folder.path());
            }
            var progress = new PrintWriter(System.err, true, UTF_8);
            return new PeerRun(launcher, peers, setting.batch(), agreement(model, images), progress).measure(rounds);
        }
    }

    /// The reference is our plain loops: on the unfolded network, or in integer arithmetic. In training, it is the
    /// first engine's losses of the first steps.
    private Agreement agreement(Model model, float[] images) {
        var plain = new SessionOptions(Runtime.getRuntime().availableProcessors(), SessionOptions.Kernels.SCALAR);
        return switch (setting.task()) {
            case INFERENCE -> new Agreement(Session.open(model, plain).run(images, setting.batch()), Agreement.FLOATS);
            case QUANTIZED -> new Agreement(Session.open(model, plain).run(images, setting.batch()), Agreement.STORED);
            case DETECTION -> new Agreement(detected(model, images, plain), Agreement.FLOATS);
            case QUANTIZED_DETECTION -> new Agreement(detected(model, images, plain), Agreement.STORED);
            case TRAINING -> new Agreement(null, Agreement.FLOATS);
        };
    }

    private static float[] detected(Model model, float[] photo, SessionOptions plain) {
        return DetectorEngine.scores(Detector.open(model, plain).detect(DetectionWorkload.image(photo)));
    }
}
