package org.mobilenet4j.app.cli.options;

import picocli.CommandLine.Option;

/// `--threads`, for commands that run a network.
public final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Number of threads (default: one for each processor).")
    private int count = Runtime.getRuntime().availableProcessors();

    /// Number of threads, at least 1.
    public int count() {
        return count;
    }
}
