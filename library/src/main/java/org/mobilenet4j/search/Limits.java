package org.mobilenet4j.search;

import java.util.EnumMap;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;

/// Upper limits on the resources of a network; resources without an entry are not limited.
///
/// @param most the limit of each limited resource, above 0
public record Limits(Map<Resource, Double> most) {
    public Limits {
        var copy = new EnumMap<Resource, Double>(Resource.class);
        most.forEach((resource, value) -> {
            if (!(value > 0)) {
                throw new BadValueException("a limit on " + resource.label() + " must be above 0, not " + value);
            }
            copy.put(resource, value);
        });
        most = Map.copyOf(copy);
    }

    /// Whether `candidate` is within all limits.
    public boolean allow(Candidate candidate) {
        return most.entrySet().stream().allMatch(limit -> limit.getKey().of(candidate) <= limit.getValue());
    }

    /// Whether `resource` is limited.
    public boolean on(Resource resource) {
        return most.containsKey(resource);
    }
}
