package org.mobilenet4j.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// The candidates that no other dominates: none is as accurate with less of the resource, none is more accurate with as
/// much.
///
/// @param resource the resource to minimize
/// @param members in ascending order of resource and accuracy
public record ParetoFront(Resource resource, List<Candidate> members) {
    public ParetoFront {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(members, "members");
        members = List.copyOf(members);
    }

    /// The front of `candidates`; of several that are equal in both, the first.
    public static ParetoFront of(List<Candidate> candidates, Resource resource) {
        var sorted = candidates.stream()
                .sorted(Comparator.<Candidate>comparingDouble(resource::of)
                        .thenComparing(
                                Comparator.comparingDouble(Candidate::top1).reversed()))
                .toList();
        var members = new ArrayList<Candidate>();
        for (var candidate : sorted) {
            if (members.isEmpty() || candidate.top1() > members.getLast().top1()) {
                members.add(candidate);
            }
        }
        return new ParetoFront(resource, members);
    }
}
