package org.mobilenet4j.search;

import org.mobilenet4j.arch.Parameter;

/// A resource that a network needs; less is better.
public enum Resource {
    /// Mult-adds of one image, as the paper counts them.
    MULT_ADDS("mult-adds") {
        @Override
        public double of(Candidate candidate) {
            return candidate.cost().multAdds();
        }
    },
    /// Weights alone, as the paper counts them.
    PARAMETERS("parameters") {
        @Override
        public double of(Candidate candidate) {
            return candidate.cost().parameters().weights();
        }
    },
    /// Bytes of all parameters in float32, moving means and variances included: the model file without its header.
    FILE_SIZE("file size") {
        @Override
        public double of(Candidate candidate) {
            return (double) Float.BYTES * candidate.cost().parameters().withStatistics();
        }
    },
    /// Bytes in float32 of the weights, with batch normalization folded, plus the peak of the feature maps held at
    /// the same time.
    MEMORY("memory") {
        @Override
        public double of(Candidate candidate) {
            long values = 0;
            for (var node : candidate.network().nodes()) {
                for (var parameter : node.parameters()) {
                    if (parameter.role() == Parameter.Role.WEIGHT) { // and a bias for each output channel
                        values += parameter.size() + (long) node.output().channels();
                    }
                }
            }
            return (double) Float.BYTES * values + candidate.cost().memory().peakBytes();
        }
    },
    /// Latency of one image on this machine.
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

    /// The resource's name in reports.
    public String label() {
        return label;
    }

    /// The amount that `candidate` needs.
    ///
    /// @throws IllegalStateException for milliseconds, when the candidate has no latency
    public abstract double of(Candidate candidate);
}
