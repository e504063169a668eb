package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// An engine that takes part, and its measurements so far.
final class Contestant implements AutoCloseable {
    private final Peer peer;
    private final ColdStart cold;
    private final PeerProcess process;
    private final List<RunTimes> rounds = new ArrayList<>();

    private Contestant(Peer peer, ColdStart cold, PeerProcess process) {
        this.peer = peer;
        this.cold = cold;
        this.process = process;
    }

    /// Starts the engine's process for the rounds.
    static Contestant start(Peer peer, ColdStart cold, PeerLauncher launcher, int batch) throws IOException {
        return new Contestant(peer, cold, launcher.start(peer, batch, peer.warmOptions()));
    }

    /// Warms up the engine, and checks that its outputs are right.
    void prepare(Agreement agreement) throws IOException {
        process.warm();
        agreement.check(peer.id(), process.output(), peer.tolerance());
    }

    /// The engine's turn, while the others sleep.
    void round() throws IOException {
        rounds.add(process.round());
    }

    /// The measurement, once the rounds are over.
    Measurement measurement(Agreement agreement) throws IOException {
        return new Measurement(
                peer.id(),
                process.version(),
                rounds,
                cold.first(),
                cold.second(),
                process.peakRssMiB(),
                agreement.check(peer.id(), process.output(), peer.tolerance()));
    }

    @Override
    public void close() {
        process.close();
    }
}
