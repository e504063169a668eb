package org.mobilenet4j.app.cli;

import java.math.BigDecimal;
import java.util.Set;
import javax.imageio.ImageIO;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.Plan;

/// Shortens the time to the first prediction. While the command line and the model are still being read, a second
/// processor finds out whether machine code runs, and which image decoders there are.
final class Prewarm {
    /// Commands that run a network on photos.
    private static final Set<String> COMMANDS = Set.of("classify", "detect", "evaluate");

    private Prewarm() {}

    /// Starts, if there is a spare processor and `args` name a command that benefits.
    static void begin(String[] args) {
        if (args.length > 1
                && COMMANDS.contains(args[0])
                && Runtime.getRuntime().availableProcessors() > 1) {
            beginPlans();
            Thread.ofPlatform().daemon().name("mobilenet4j-head-start").start(Prewarm::run);
        }
    }

    private static void beginPlans() {
        try {
            Plan.headStart();
        } catch (BadValueException e) {
            // The command will say so.
        }
    }

    /// Does everything on the calling thread.
    static void run() {
        // The reader of JSON needs this class, which computes powers of ten for 20 ms before it can be used.
        BigDecimal.ZERO.signum();
        ImageIO.getImageReadersByFormatName("jpeg").next().dispose();
    }
}
