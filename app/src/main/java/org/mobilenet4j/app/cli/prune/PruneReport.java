package org.mobilenet4j.app.cli.prune;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.FileSizes;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parameter.Role;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.Validation;

/// The report of `prune`.
///
/// @param model the file that was written
/// @param fileBytes its size
/// @param technique how it was pruned
/// @param before the original model
/// @param pruned the model right after pruning, without training
/// @param after the model that was written; equal to `pruned` without training
/// @param bytes size of the result in each format
/// @param layers with kernels, in the network's order
record PruneReport(
        String model,
        long fileBytes,
        String technique,
        Side before,
        Side pruned,
        Side after,
        FileSizes bytes,
        List<LayerChange> layers) {

    /// Cost and accuracy of a model.
    ///
    /// @param multAdds of one image
    /// @param parameters number of trainable values
    /// @param sparsity fraction of zeros among the kernels' weights
    /// @param top1 fraction of the validation photos whose most likely class is right
    /// @param top5 fraction whose class is among the five most likely
    record Side(
            long multAdds,
            long parameters,
            double sparsity,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double top1,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double top5) {
        static Side of(Model model, @Nullable Validation accuracy) {
            var cost = Cost.of(model.network());
            return new Side(
                    cost.multAdds(),
                    cost.parameters().trainable(),
                    PruneReport.sparsity(model),
                    accuracy == null ? null : accuracy.top1(),
                    accuracy == null ? null : accuracy.top5());
        }
    }

    /// A layer with a kernel.
    ///
    /// @param channels output channels before
    /// @param channelsAfter output channels after
    /// @param sparsity fraction of zeros in its kernel
    /// @param values number of distinct values in its kernel
    record LayerChange(String name, int channels, int channelsAfter, double sparsity, int values) {}

    private static double sparsity(Model model) {
        long zeros = 0;
        long all = 0;
        for (var node : model.network().nodes()) {
            for (var kernel : kernels(model, node)) {
                all += kernel.length;
                zeros += zeros(kernel);
            }
        }
        return all == 0 ? 0 : (double) zeros / all;
    }

    private static List<float[]> kernels(Model model, Node node) {
        return node.parameters().stream()
                .filter(parameter -> parameter.role() == Role.WEIGHT)
                .map(parameter -> model.weights()
                        .get(node.name() + "/" + parameter.name())
                        .toArray())
                .toList();
    }

    private static long zeros(float[] kernel) {
        long zeros = 0;
        for (float weight : kernel) {
            zeros += weight == 0 ? 1 : 0;
        }
        return zeros;
    }

    private static int values(float[] kernel) {
        var values = new HashSet<Float>();
        for (float weight : kernel) {
            values.add(weight);
        }
        return values.size();
    }

    /// Collects the report.
    static final class Builder {
        private final Model before;
        private final Model pruned;
        private final String technique;
        private @Nullable Validation accuracyBefore;
        private @Nullable Validation accuracyPruned;
        private @Nullable Validation accuracyAfter;

        Builder(Model before, Model pruned, String technique) {
            this.before = before;
            this.pruned = pruned;
            this.technique = technique;
        }

        void accuracy(Validation ofBefore, Validation ofPruned) {
            accuracyBefore = ofBefore;
            accuracyPruned = ofPruned;
            accuracyAfter = ofPruned;
        }

        void tuned(Validation accuracy) {
            accuracyAfter = accuracy;
        }

        PruneReport build(Path file, Model after) throws IOException {
            var layers = new ArrayList<LayerChange>();
            var nodes = before.network().nodes();
            for (int i = 0; i < nodes.size(); i++) {
                var node = after.network().nodes().get(i);
                for (var kernel : kernels(after, node)) {
                    layers.add(new LayerChange(
                            node.name(),
                            nodes.get(i).output().channels(),
                            node.output().channels(),
                            (double) zeros(kernel) / kernel.length,
                            values(kernel)));
                }
            }
            return new PruneReport(
                    file.toString(),
                    Files.size(file),
                    technique,
                    Side.of(before, accuracyBefore),
                    Side.of(pruned, accuracyPruned),
                    Side.of(after, accuracyAfter),
                    FileSizes.of(after),
                    layers);
        }
    }
}
