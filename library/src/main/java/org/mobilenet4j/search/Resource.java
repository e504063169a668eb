package org.mobilenet4j.search;

import org.mobilenet4j.arch.Parameter;

/// What a network needs, of which less is better.
public enum Resource {
    /// Of one image, as the paper counts.
    MULT_ADDS("mult-adds") {
        @Override
        public double of(Candidate candidate) {
            return candidate.cost().multAdds();
        }
    },
    /// Weights alone, as the paper counts.
    PARAMETERS("parameters") {
        @Override
        public double of(Candidate candidate) {
            return candidate.cost().parameters().weights();
        }
    },
    /// Bytes of all that was learned, moving means and variances included, as 32-bit floats: the model file without its
    /// header.
    FILE_SIZE("file size") {
        @Override
        public double of(Candidate candidate) {
            return (double) Float.BYTES * candidate.cost().parameters().withStatistics();
        }
    },
    /// Bytes of the weights, batch normalization folded into them, and of the feature maps that are held at the same
    /// time, as 32-bit floats.
    MEMORY("memory") {
        @Override
        public double of(Candidate candidate) {
            long values = 0;
            for (var node : candidate.network().nodes()) {
                for (var parameter : node.parameters()) {
                    if (parameter.role() == Parameter.Role.WEIGHT) { // and a bias for each channel that it makes
                        values += parameter.size() + (long) node.output().channels();
                    }
                }
            }
            return (double) Float.BYTES * values + candidate.cost().memory().peakBytes();
        }
    },
    /// Of one image on this machine.
    MILLIS("milliseconds") {
        @Override
        public double of(Candidate candidate) {
            return candidate
                    .millis()
                    .orElseThrow(() -> new IllegalStateException(candidate.name() + " has no latency"));
        }
    };

    private final String label;

    Resource(String label) {
        this.label = label;
    }

    /// The words for it.
    public String label() {
        return label;
    }

    /// How much of it `candidate` needs.
    ///
    /// @throws IllegalStateException for milliseconds, when it has none
    public abstract double of(Candidate candidate);
}
