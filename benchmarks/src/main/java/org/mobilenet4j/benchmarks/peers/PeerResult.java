package org.mobilenet4j.benchmarks.peers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// An engine's figures, for programs to read.
///
/// @param version of the engine
/// @param medianMillis of one run, which is one batch
/// @param coldMillis from the start of a process to its first output, for one image; the median of several processes
/// @param secondMillis of the next run of these processes, again one image; the median
/// @param ratioToBestPeer the median divided by the lowest median of the other projects' engines; null if none ran
record PeerResult(
        String engine,
        String version,
        double medianMillis,
        double minMillis,
        double p99Millis,
        double coldMillis,
        double secondMillis,
        double peakRssMiB,
        double imagesPerSecond,
        @Nullable Double ratioToBestPeer,
        double largestDifference) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    static PeerResult of(Measurement measurement, int batch, @Nullable Measurement bestPeer) {
        var times = measurement.times();
        return new PeerResult(
                measurement.engine(),
                measurement.version(),
                times.medianMillis(),
                times.minMillis(),
                times.p99Millis(),
                measurement.cold().medianMillis(),
                measurement.second().medianMillis(),
                measurement.peakRssMiB(),
                batch * 1000 / times.medianMillis(),
                bestPeer == null
                        ? null
                        : times.medianMillis() / bestPeer.times().medianMillis(),
                measurement.largestDifference());
    }

    /// One JSON array.
    static String json(List<PeerResult> results) {
        return MAPPER.writeValueAsString(results) + "\n";
    }

    /// Reads such an array. Times that an earlier version did not write are 0.
    static List<PeerResult> read(String json) {
        return List.of(MAPPER.readValue(json, PeerResult[].class));
    }
}
