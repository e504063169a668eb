package org.mobilenet4j.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.measure.Repetition;

/// Measures the latency of several networks on this machine, in interleaved rounds.
///
/// @param threads threads that compute one image
/// @param rounds rounds for each network, at least one
/// @param repetition how often an image is computed in each round
public record Timings(int threads, int rounds, Repetition repetition) {
    /// About ten seconds for ten networks.
    public static final Timings DEFAULT = new Timings(1, 8, new Repetition(500, 80_000_000));

    public Timings {
        Objects.requireNonNull(repetition, "repetition");
        if (threads < 1 || rounds < 1) {
            throw new BadValueException(
                    "timing needs at least one thread and one round, not " + threads + " and " + rounds);
        }
    }

    /// With another number of threads.
    public Timings withThreads(int newThreads) {
        return new Timings(newThreads, rounds, repetition);
    }

    /// The number of steps of [#measure]: one to prepare each network, and one for each of its rounds.
    public int steps(List<Network> networks) {
        return networks.size() * (rounds + 1);
    }

    /// The best round of each network.
    ///
    /// @param byLayer whether each layer is timed separately too, as a latency model needs it
    /// @param step called after each of [#steps]
    public List<Timing> measure(List<Network> networks, boolean byLayer, Runnable step) {
        var watches = new ArrayList<Stopwatch>();
        for (var network : networks) {
            watches.add(new Stopwatch(network, threads, repetition));
            step.run();
        }
        var best = new ArrayList<Timing>();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < watches.size(); i++) {
                var timing = watches.get(i).round(byLayer);
                if (round == 0) {
                    best.add(timing);
                } else {
                    best.set(i, best.get(i).least(timing));
                }
                step.run();
            }
        }
        return best;
    }
}
