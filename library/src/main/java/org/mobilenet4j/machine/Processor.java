package org.mobilenet4j.machine;

import java.util.Set;

/// The processor that this process runs on.
///
/// @param features    what it can do, where the system saves the registers that this needs
/// @param firstCache  bytes of a core's first cache for data, 0 if unknown
/// @param secondCache bytes of a core's second cache, 0 if unknown
/// @param thirdCache  bytes of the cache that cores share, 0 if unknown
public record Processor(Set<Feature> features, long firstCache, long secondCache, long thirdCache) {
    public Processor {
        features = Set.copyOf(features);
    }
}
