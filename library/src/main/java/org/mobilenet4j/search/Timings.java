package org.mobilenet4j.search;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.measure.Repetition;

/// Times several networks on this machine, in turns.
///
/// @param threads that work at an image
/// @param rounds of each network, at least one
/// @param repetition how often an image is computed in a round
public record Timings(int threads, int rounds, Repetition repetition) {
    /// Some ten seconds for ten networks.
    public static final Timings DEFAULT = new Timings(1, 8, new Repetition(500, 80_000_000));

    public Timings {
        if (threads < 1 || rounds < 1) {
            throw new BadValueException(
                    "timing takes a thread and a round at least, not " + threads + " and " + rounds);
        }
    }

    /// On other threads.
    public Timings withThreads(int newThreads) {
        return new Timings(newThreads, rounds, repetition);
    }

    /// How many steps [#measure] has: each network is made ready, and timed in each round.
    public int steps(List<Network> networks) {
        return networks.size() * (rounds + 1);
    }

    /// The best round of each network.
    ///
    /// @param byLayer whether each layer is timed by itself, too, as a model of latency wants it
    /// @param step is called after each of [#steps]
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
