package org.mobilenet4j.app.cli.options;

import picocli.CommandLine.Option;

/// `--threads`, for commands that run a network.
public final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Threads that work at the same time (default: one for each processor).")
    private int count = Runtime.getRuntime().availableProcessors();

    /// How many, at least one.
    public int count() {
        return count;
    }
}
