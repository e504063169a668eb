package org.mobilenet4j.app.cli;

import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.infer.SessionOptions.Kernels;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

/// Shortens the time to the first prediction. While the command line and the model are still being read, a second
/// processor finds the image decoders and has the kernels' loops compiled by running them on a tiny network.
final class Prewarm {
    /// Commands that run a network on photos.
    private static final Set<String> COMMANDS = Set.of("classify", "evaluate");

    /// Enough for the JIT to compile every kernel's innermost loop.
    private static final int RUNS = 20;

    private Prewarm() {}

    /// Starts, if there is a spare processor and `args` name a command that benefits.
    static void begin(String[] args) {
        if (args.length > 1
                && COMMANDS.contains(args[0])
                && Runtime.getRuntime().availableProcessors() > 1) {
            Thread.ofPlatform().daemon().name("mobilenet4j-head-start").start(Prewarm::run);
        }
    }

    /// Does everything on the calling thread.
    static void run() {
        var network = MobileNetV1.of(0.25, 32, 10).network();
        var model = new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
        var session = Session.open(model, SessionOptions.DEFAULT.withKernels(Kernels.SCALAR));
        var image = new float[network.input().elements()];
        session.run(image, 1);
        ImageIO.getImageReadersByFormatName("jpeg").next().dispose();
        for (int i = 1; i < RUNS; i++) {
            session.run(image, 1);
        }
    }
}
