package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// How long a fresh process takes to its first answer: the JVM, the engine, the model from its file, one
/// image, or one step of a training.
final class ColdStart {
    private static final int STARTS = 5;

    private ColdStart() {}

    /// Several processes one after the other, with the files in the system's cache. As `./mobilenet`
    /// does, the first, which is not timed, leaves an archive of parsed classes to the others.
    ///
    /// @param batch images of a run in the rounds
    static RunTimes measure(PeerLauncher launcher, Peer peer, int batch) throws IOException {
        var archive = launcher.folder().resolve(peer.id() + ".jsa");
        int images = launcher.task().coldBatch(batch);
        try (var first = launcher.start(peer, images, options(launcher, peer, "-XX:ArchiveClassesAtExit=" + archive))) {
            first.first();
        }
        var nanos = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long before = System.nanoTime();
            try (var process =
                    launcher.start(peer, images, options(launcher, peer, "-XX:SharedArchiveFile=" + archive))) {
                process.first();
                nanos[i] = System.nanoTime() - before;
            }
        }
        return RunTimes.of(nanos);
    }

    /// Large pages shorten every engine's start.
    private static List<String> options(PeerLauncher launcher, Peer peer, String archive) {
        var options = new ArrayList<>(List.of("-XX:+UseTransparentHugePages", "-Xlog:disable", archive));
        options.addAll(launcher.task() == Task.TRAINING ? peer.warmOptions() : peer.coldOptions());
        return options;
    }
}
