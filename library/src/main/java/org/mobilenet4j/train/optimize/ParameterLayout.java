package org.mobilenet4j.train.optimize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parameter.Role;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Where each of a network's tensors lies in two flat arrays: one of all trained parameters, one of the moving
/// statistics. Optimizers, checkpoints and averages work on these arrays.
public final class ParameterLayout {
    /// The place of a tensor.
    ///
    /// @param name full name, such as `conv1/kernel`
    /// @param offset of its first value in its array
    /// @param size number of values
    /// @param role what it is for; statistics lie in the second array
    /// @param isDepthwise whether it is the kernel of a depthwise convolution
    /// @param dims its dimensions
    public record Place(String name, int offset, int size, Role role, boolean isDepthwise, List<Integer> dims) {
        public Place {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(dims, "dims");
        }
    }

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final int trained;
    private final int statistics;

    private ParameterLayout(Network network) {
        int values = 0;
        int moving = 0;
        for (var node : network.nodes()) {
            for (var parameter : node.parameters()) {
                boolean isMoving = parameter.role() == Role.STATISTIC;
                var name = node.name() + "/" + parameter.name();
                boolean isDepthwise = node.layer() instanceof DepthwiseConv && parameter.role() == Role.WEIGHT;
                int offset = isMoving ? moving : values;
                places.put(
                        name,
                        new Place(name, offset, parameter.size(), parameter.role(), isDepthwise, parameter.dims()));
                moving = Math.addExact(moving, isMoving ? parameter.size() : 0);
                values = Math.addExact(values, isMoving ? 0 : parameter.size());
            }
        }
        this.trained = values;
        this.statistics = moving;
    }

    /// The layout for `network`.
    public static ParameterLayout of(Network network) {
        return new ParameterLayout(network);
    }

    /// The number of trained values.
    public int trained() {
        return trained;
    }

    /// The number of moving statistics.
    public int statistics() {
        return statistics;
    }

    /// All places, in the network's order.
    public List<Place> places() {
        return List.copyOf(places.values());
    }

    /// The place of the tensor called `name`.
    ///
    /// @throws IllegalArgumentException if there is none
    public Place place(String name) {
        var place = places.get(name);
        if (place == null) {
            throw new BadValueException("the network has no tensor called " + name);
        }
        return place;
    }

    /// Copies `weights` into the two arrays.
    public void read(Weights weights, float[] values, float[] moving) {
        for (var place : places.values()) {
            weights.get(place.name()).copyTo(place.role() == Role.STATISTIC ? moving : values, place.offset());
        }
    }

    /// New weights with a copy of the two arrays' values.
    public Weights write(float[] values, float[] moving) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var place : places.values()) {
            var source = place.role() == Role.STATISTIC ? moving : values;
            var copy = java.util.Arrays.copyOfRange(source, place.offset(), place.offset() + place.size());
            tensors.put(
                    place.name(),
                    Tensor.of(
                            copy,
                            place.dims().stream().mapToInt(Integer::intValue).toArray()));
        }
        return new Weights(tensors);
    }

    /// The trained tensors, in order; they cover the first array without a gap.
    public List<Place> trainedPlaces() {
        var all = new ArrayList<>(places.values());
        all.removeIf(place -> place.role() == Role.STATISTIC);
        return List.copyOf(all);
    }

    /// Such as `ParameterLayout[83 parameters]`.
    @Override
    public String toString() {
        return "ParameterLayout[" + places.size() + " parameters]";
    }
}
