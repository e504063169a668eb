package org.mobilenet4j.app.cli.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.search.Candidate;
import org.mobilenet4j.search.Limits;
import org.mobilenet4j.search.ParetoFront;
import org.mobilenet4j.search.Resource;

/// The result of `search`.
///
/// @param accuracy source of the accuracies
/// @param limits by resource
/// @param best the most accurate network within all limits
/// @param by the resource that the front minimizes
/// @param networks all of them, those that need least of that resource first
/// @param latency errors of the predicted latencies; null if no latency was requested
record SearchResult(
        String accuracy,
        Map<String, Double> limits,
        String best,
        String by,
        List<Row> networks,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LatencyErrors latency) {
    SearchResult {
        networks = List.copyOf(networks);
    }

    /// A network.
    ///
    /// @param top1 between 0 and 1
    /// @param millis predicted
    /// @param fits within all limits
    /// @param front whether no other network is as good with less
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String name,
            double top1,
            long multAdds,
            long parameters,
            long fileBytes,
            long memoryBytes,
            @Nullable Double millis,
            @Nullable Double measuredMillis,
            boolean fits,
            boolean front) {
        static Row of(
                Candidate candidate,
                @Nullable Double millis,
                @Nullable Double measuredMillis,
                boolean fits,
                boolean front) {
            return new Row(
                    candidate.name(),
                    candidate.top1(),
                    candidate.cost().multAdds(),
                    candidate.cost().parameters().weights(),
                    (long) Resource.FILE_SIZE.of(candidate),
                    (long) Resource.MEMORY.of(candidate),
                    millis,
                    measuredMillis,
                    fits,
                    front);
        }

        /// How much of `resource` the network needs.
        double need(Resource resource) {
            return switch (resource) {
                case MULT_ADDS -> multAdds;
                case PARAMETERS -> parameters;
                case FILE_SIZE -> fileBytes;
                case MEMORY -> memoryBytes;
                case MILLIS -> Objects.requireNonNull(measuredMillis == null ? millis : measuredMillis);
            };
        }
    }

    /// Errors of predicted latencies: `|predicted / measured - 1|`.
    ///
    /// @param networks number of networks that the model was fitted to
    /// @param mean error on these, each left out of the fit
    /// @param largest error on these
    /// @param candidates number of candidates that were measured as well
    /// @param candidateMean mean error on the candidates
    /// @param candidateLargest largest error on the candidates
    record LatencyErrors(
            int threads,
            List<String> networks,
            double mean,
            double largest,
            int candidates,
            double candidateMean,
            double candidateLargest) {
        static LatencyErrors of(SearchLatency latency) {
            var own = latency.candidateErrors();
            return new LatencyErrors(
                    latency.threads(),
                    latency.fitted(),
                    mean(latency.errors()),
                    largest(latency.errors()),
                    own.size(),
                    mean(own),
                    largest(own));
        }

        private static double mean(List<Double> errors) {
            return errors.stream().mapToDouble(Math::abs).average().orElse(0);
        }

        private static double largest(List<Double> errors) {
            return errors.stream().mapToDouble(Math::abs).max().orElse(0);
        }
    }

    /// Chooses the best network and the front.
    ///
    /// @throws IllegalArgumentException if no network is within the limits
    static SearchResult of(SearchedNetworks searched, Limits limits, Resource by, Optional<SearchLatency> latency) {
        var candidates = latency.map(SearchLatency::decided).orElse(searched.candidates()).stream()
                .sorted(Comparator.comparingDouble(by::of))
                .toList();
        var predicted = latency.map(SearchLatency::predictedMillis).orElse(Map.of());
        var measured = latency.map(SearchLatency::measuredMillis).orElse(Map.of());
        var front = ParetoFront.of(candidates, by).members();
        var best = candidates.stream()
                .filter(limits::allow)
                .reduce((one, other) -> other.top1() > one.top1() ? other : one)
                .orElseThrow(() -> new BadValueException(nothing(candidates, limits)));
        return new SearchResult(
                searched.source(),
                named(limits),
                best.name(),
                by.label(),
                candidates.stream()
                        .map(candidate -> Row.of(
                                candidate,
                                predicted.get(candidate.name()),
                                measured.get(candidate.name()),
                                limits.allow(candidate),
                                front.contains(candidate)))
                        .toList(),
                latency.map(LatencyErrors::of).orElse(null));
    }

    private static Map<String, Double> named(Limits limits) {
        var named = new LinkedHashMap<String, Double>();
        for (var resource : Resource.values()) {
            if (limits.on(resource)) {
                named.put(resource.label(), limits.most().get(resource));
            }
        }
        return named;
    }

    /// The error message, with the least that any network needs of each limited resource.
    private static String nothing(List<Candidate> candidates, Limits limits) {
        var least = new ArrayList<String>();
        for (var resource : Resource.values()) {
            if (limits.on(resource)) {
                var candidate = Collections.min(candidates, Comparator.comparingDouble(resource::of));
                least.add(candidate.name() + " needs " + SearchText.amount(resource.of(candidate), resource.label()));
            }
        }
        return "no network is within all limits; the least that any needs: " + String.join(", ", least)
                + "; raise a limit";
    }
}
