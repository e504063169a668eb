package org.mobilenet4j.benchmarks.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.ObjectMapper;

/// A running service, and what it did in its turns.
///
/// @param rounds at saturation
record Contestant(String name, ServiceProcess process, List<LoadResult> rounds) {
    Contestant(String name, ServiceProcess process) {
        this(name, process, new ArrayList<>());
    }

    /// What it says a photo shows.
    String best(byte[] photo) throws IOException {
        var load = process.load();
        try (var connection = new HttpConnection(load.host(), load.port())) {
            var answer = connection.send(HttpConnection.post(load.host(), load.port(), load.path(), photo));
            return new ObjectMapper()
                    .readTree(answer.body())
                    .at("/results/0/predictions/0/label")
                    .asString();
        }
    }

    /// One more turn.
    ///
    /// @throws IOException when an answer was not 200
    void saturate(int connections, double seconds) throws IOException {
        var result = process.load().saturate(connections, seconds);
        if (!result.hasOnly(200)) {
            throw new IOException(name + " answered " + result.statuses() + "; fewer --connections fit its queue");
        }
        rounds.add(result);
    }

    /// The median over all turns.
    double median(ToDoubleFunction<LoadResult> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
