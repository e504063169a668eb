package org.mobilenet4j.app.cli.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.search.Candidate;
import org.mobilenet4j.search.LatencyModel;
import org.mobilenet4j.search.Timings;

/// The latencies of a search's candidates: predicted from other networks' layers and, on request, measured.
///
/// @param threads used for each network
/// @param fitted names of the networks that the model was fitted to
/// @param errors of the model on each of these, when left out of the fit: predicted / measured - 1
/// @param candidates with predicted latencies
/// @param measuredMillis of the candidates that were measured, by name
record SearchLatency(
        int threads,
        List<String> fitted,
        List<Double> errors,
        List<Candidate> candidates,
        Map<String, Double> measuredMillis) {
    SearchLatency {
        fitted = List.copyOf(fitted);
        errors = List.copyOf(errors);
        candidates = List.copyOf(candidates);
        measuredMillis = Map.copyOf(measuredMillis);
    }

    static SearchLatency of(List<Candidate> candidates, Timings timings, boolean measures) {
        var others = LatencyModel.toMeasure();
        var own = measures ? candidates.stream().map(Candidate::network).toList() : List.<Network>of();
        try (var progress = Progress.of("search", timings.steps(others) + timings.steps(own))) {
            progress.say("timing layers");
            var fitted = timings.measure(others, true, progress::step);
            var model = LatencyModel.fit(fitted);
            progress.say("timing the candidates");
            var measured = new LinkedHashMap<String, Double>();
            for (var timing : timings.measure(own, false, progress::step)) {
                measured.put(candidates.get(measured.size()).name(), timing.medianMillis());
            }
            return new SearchLatency(
                    timings.threads(),
                    others.stream().map(Network::name).toList(),
                    LatencyModel.errors(fitted),
                    candidates.stream()
                            .map(candidate -> candidate.withMillis(model.millis(candidate.network())))
                            .toList(),
                    measured);
        }
    }

    /// The candidates with their latencies: measured ones if there are any, otherwise predicted ones.
    List<Candidate> decided() {
        return candidates.stream()
                .map(candidate -> candidate.withMillis(measuredMillis.getOrDefault(
                        candidate.name(), candidate.millis().orElseThrow())))
                .toList();
    }

    /// The predicted latency of each candidate, by name.
    Map<String, Double> predictedMillis() {
        return candidates.stream()
                .collect(Collectors.toMap(
                        Candidate::name, candidate -> candidate.millis().orElseThrow()));
    }

    /// predicted / measured - 1 for every candidate that was measured.
    List<Double> candidateErrors() {
        var found = new ArrayList<Double>();
        for (var candidate : candidates) {
            var measured = measuredMillis.get(candidate.name());
            if (measured != null) {
                found.add(candidate.millis().orElseThrow() / measured - 1);
            }
        }
        return found;
    }
}
