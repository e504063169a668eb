package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The first two runs of new processes, of one image or one training step each.
///
/// @param first from the start of a process to its first output: the JVM, the engine, loading the model file, the run
/// @param second the next run alone
record ColdStart(RunTimes first, RunTimes second) {
    private static final int STARTS = 5;

    /// Starts several processes one after the other, with the files in the system's cache. As with `./mobilenet`,
    /// the first one, which is not timed, leaves an archive of parsed classes for the others.
    ///
    /// @param batch images per run in the rounds
    static ColdStart measure(PeerLauncher launcher, Peer peer, int batch) throws IOException {
        var archive = launcher.folder().resolve(peer.id() + ".jsa");
        int images = launcher.task().coldBatch(batch);
        try (var process =
                launcher.start(peer, images, options(launcher, peer, "-XX:ArchiveClassesAtExit=" + archive))) {
            process.first();
        }
        var first = new long[STARTS];
        var second = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long before = System.nanoTime();
            try (var process =
                    launcher.start(peer, images, options(launcher, peer, "-XX:SharedArchiveFile=" + archive))) {
                process.first();
                first[i] = System.nanoTime() - before;
                second[i] = process.next();
            }
        }
        return new ColdStart(RunTimes.of(first), RunTimes.of(second));
    }

    /// Large pages shorten every engine's start.
    private static List<String> options(PeerLauncher launcher, Peer peer, String archive) {
        var options = new ArrayList<>(List.of("-XX:+UseTransparentHugePages", "-Xlog:disable", archive));
        options.addAll(launcher.task() == Task.TRAINING ? peer.warmOptions() : peer.coldOptions());
        return options;
    }
}
