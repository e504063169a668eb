package org.mobilenet4j.server.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.mobilenet4j.arch.technique.Technique;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.arch.zoo.Networks;
import org.mobilenet4j.cost.PaperTable;
import org.mobilenet4j.cost.PaperTables;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.search.Candidate;
import org.mobilenet4j.search.ParetoFront;
import org.mobilenet4j.search.Resource;

/// The networks that can be named, the techniques that change them, and the published accuracies.
final class Catalog {
    private static final String PUBLISHED = "tf-slim";

    private Catalog() {}

    /// As one document.
    static Map<String, Object> document() {
        var specs = published();
        var alphas = new TreeSet<Double>();
        var resolutions = new TreeSet<Integer>();
        specs.keySet().forEach(spec -> {
            spec.alpha().ifPresent(alphas::add);
            spec.resolution().ifPresent(resolutions::add);
        });
        return Map.of(
                "networks", Networks.names().stream().map(Catalog::network).toList(),
                "alphas", alphas,
                "resolutions", resolutions,
                "techniques", Technique.examples(),
                "published", rows(specs));
    }

    private static Map<String, Object> network(String name) {
        return Map.of(
                "name", name,
                "alpha", hasAlpha(name),
                "resolution", Networks.network(name).input().height());
    }

    private static boolean hasAlpha(String name) {
        try {
            Networks.network(name, OptionalDouble.of(1), OptionalInt.empty(), OptionalInt.empty());
            return true;
        } catch (BadValueException e) {
            return false;
        }
    }

    private static Map<NetworkSpec, PaperTable.Row> published() {
        var rows = new LinkedHashMap<NetworkSpec, PaperTable.Row>();
        PaperTables.all().stream()
                .filter(table -> table.id().equals(PUBLISHED))
                .flatMap(table -> table.rows().stream())
                .forEach(row -> rows.put(NetworkSpec.parse(row.label().toLowerCase(Locale.ROOT)), row));
        return rows;
    }

    private static List<Map<String, Object>> rows(Map<NetworkSpec, PaperTable.Row> specs) {
        var candidates = new LinkedHashMap<NetworkSpec, Candidate>();
        specs.forEach((spec, row) -> candidates.put(
                spec, Candidate.of(row.label(), spec.network(), row.accuracy().orElseThrow() / 100)));
        var front = ParetoFront.of(List.copyOf(candidates.values()), Resource.MULT_ADDS)
                .members();
        var rows = new ArrayList<Map<String, Object>>();
        candidates.forEach((spec, candidate) -> rows.add(Map.of(
                "network", candidate.name(),
                "alpha", spec.alpha().orElse(1),
                "resolution",
                        spec.resolution().orElse(candidate.network().input().height()),
                "top1", Math.round(1000 * candidate.top1()) / 10.0,
                "multAdds", candidate.cost().multAdds(),
                "parameters", candidate.cost().parameters().trainable(),
                "pareto", front.contains(candidate))));
        return rows;
    }
}
