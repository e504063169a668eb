package org.mobilenet4j.app.cli.serve;

import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.server.settings.Limits;
import picocli.CommandLine.Option;

/// What clients may ask.
@OptionGroup("Limits")
final class LimitOptions {
    @Option(
            names = "--max-body",
            paramLabel = "MIB",
            converter = PositiveNumber.class,
            description = "Size of a request's body; more is refused with 413 (default: 16).")
    private int body = (int) (Limits.DEFAULT.bodyBytes() >> 20);

    @Option(
            names = "--max-pixels",
            paramLabel = "MILLIONS",
            converter = PositiveNumber.class,
            description = "Pixels of a photo; more are refused with 422 (default: 50).")
    private int pixels = (int) (Limits.DEFAULT.pixels() / 1_000_000);

    @Option(
            names = "--max-queue",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Photos that wait; more are refused with 429 (default: 128).")
    private int queue = Limits.DEFAULT.queue();

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Connections at the same time; more are closed (default: 1000).")
    private int connections = Limits.DEFAULT.connections();

    Limits limits() {
        return Limits.DEFAULT
                .withBodyBytes((long) Math.min(body, 1024) << 20)
                .withPixels(pixels * 1_000_000L)
                .withQueue(queue)
                .withConnections(connections);
    }
}
