package org.mobilenet4j.train.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.train.optimize.Checks;

/// A loss in which each image counts by its class: with soft targets, by the mean of the classes' weights.
///
/// @param loss of an image
/// @param weights of the classes
public record WeightedClasses(Loss loss, List<Double> weights) implements Loss {
    public WeightedClasses {
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(weights, "weights");
        weights = List.copyOf(weights);
        weights.forEach(weight -> Checks.notNegative("the weight of a class", weight));
    }

    /// Weights with which every class counts the same, however many photos it has, and a photo 1 in the mean. Classes
    /// without photos have the weight 0.
    ///
    /// @param counts the number of photos of each class
    public static List<Double> balanced(int[] counts) {
        Objects.requireNonNull(counts, "counts");
        long photos = Arrays.stream(counts).asLongStream().sum();
        long classes = Arrays.stream(counts).filter(count -> count > 0).count();
        return Arrays.stream(counts)
                .mapToObj(count -> count == 0 ? 0.0 : (double) photos / classes / count)
                .toList();
    }

    @Override
    public double run(
            float[] scores, float[] targets, float[] gradients, int fromRow, int toRow, int width, int batch) {
        double sum = 0;
        int stride = loss.targets(width);
        int classes = Math.min(loss.classes(width), weights.size());
        for (int row = fromRow; row < toRow; row++) {
            double weight = 0;
            for (int c = 0; c < classes; c++) {
                weight += targets[row * stride + c] * weights.get(c);
            }
            sum += weight * loss.run(scores, targets, gradients, row, row + 1, width, batch);
            for (int i = row * width; i < (row + 1) * width; i++) {
                gradients[i] *= (float) weight;
            }
        }
        return sum;
    }

    @Override
    public int targets(int width) {
        return loss.targets(width);
    }

    @Override
    public int classes(int width) {
        return loss.classes(width);
    }

    @Override
    public int answer(float[] scores, int at, int width) {
        return loss.answer(scores, at, width);
    }

    @Override
    public int wanted(float[] rows, int at, int width) {
        return loss.wanted(rows, at, width);
    }
}
