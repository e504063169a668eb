package org.mobilenet4j.benchmarks.peers;

import java.nio.file.Path;

/// The process of one engine: `PeerMain PEER TASK MODEL IMAGES BATCH THREADS`.
final class PeerMain {
    private PeerMain() {}

    public static void main(String[] args) throws Exception {
        var out = System.out;
        System.setOut(System.err); // libraries may log, which must not look like an answer
        var workload = Workload.read(Path.of(args[3]), Integer.parseInt(args[4]), Integer.parseInt(args[5]));
        PeerServer.serve(Peer.valueOf(args[0]).open(Task.valueOf(args[1]), Path.of(args[2]), workload), System.in, out);
    }
}
