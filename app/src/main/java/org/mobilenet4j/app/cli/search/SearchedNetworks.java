package org.mobilenet4j.app.cli.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mobilenet4j.app.cli.train.DataOptions;
import org.mobilenet4j.app.experiment.run.TrainedNetwork;
import org.mobilenet4j.app.pull.Catalog;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.search.Candidate;

/// Networks with known accuracy.
///
/// @param source of the accuracies, in words
/// @param candidates all measured on the same photos
record SearchedNetworks(String source, List<Candidate> candidates) {
    private static final String FLOAT = "float32";

    /// TF-Slim counts a background class.
    private static final int CLASSES = 1001;

    SearchedNetworks {
        candidates = List.copyOf(candidates);
    }

    /// TF-Slim's sixteen published float models.
    static SearchedNetworks published() {
        var candidates = Catalog.bundled().models().stream()
                .filter(model -> model.type().equals(FLOAT))
                .map(model -> Candidate.of(
                        model.name(),
                        MobileNetV1.of(model.alpha(), model.resolution(), CLASSES)
                                .network(),
                        model.top1()))
                .toList();
        return new SearchedNetworks("as published by TF-Slim, on ImageNet", candidates);
    }

    /// The networks that `mobilenet experiment` trained in `folder`, with mean accuracies over the seeds.
    ///
    /// @throws IOException if there are none, or they cannot be read
    static SearchedNetworks trained(Path folder) throws IOException {
        var trained = TrainedNetwork.allOf(folder);
        if (trained.isEmpty()) {
            throw new IOException(folder + ": has no finished runs; give the --out of mobilenet experiment");
        }
        return new SearchedNetworks(
                "the runs of " + DataOptions.nameOf(folder),
                trained.stream()
                        .map(each -> Candidate.of(each.name(), each.network(), each.top1()))
                        .toList());
    }
}
