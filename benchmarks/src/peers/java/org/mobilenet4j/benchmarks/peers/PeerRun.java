package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Measures engines: first the cold starts of each, then rounds in which one engine works while the others sleep.
///
/// @param progress receives a line for each finished part
record PeerRun(PeerLauncher launcher, List<Peer> peers, int batch, Agreement agreement, PrintWriter progress) {
    PeerRun {
        peers = List.copyOf(peers);
    }

    Comparison measure(int rounds) throws IOException {
        var cold = new ArrayList<ColdStart>();
        for (var peer : peers) {
            progress.println(peer.id() + ": cold starts");
            cold.add(ColdStart.measure(launcher, peer, batch));
        }
        var contestants = new ArrayList<Contestant>();
        try {
            for (int i = 0; i < peers.size(); i++) {
                var peer = peers.get(i);
                progress.println(peer.id() + ": warming up");
                var contestant = Contestant.start(peer, cold.get(i), launcher, batch);
                contestants.add(contestant);
                contestant.prepare(agreement);
            }
            // Every round starts with a different engine, so that none always follows the same one.
            var order = new ArrayList<>(contestants);
            for (int round = 1; round <= rounds; round++) {
                progress.println("round " + round + " of " + rounds);
                for (var contestant : order) {
                    contestant.round();
                }
                Collections.rotate(order, -1);
            }
            var measurements = new ArrayList<Measurement>();
            for (var contestant : contestants) {
                measurements.add(contestant.measurement(agreement));
            }
            return new Comparison(measurements, batch, Peer.MOBILENET4J.id());
        } finally {
            contestants.forEach(Contestant::close);
        }
    }
}
