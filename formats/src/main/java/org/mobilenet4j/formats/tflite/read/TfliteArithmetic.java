package org.mobilenet4j.formats.tflite.read;

import org.mobilenet4j.formats.graph.Arithmetic;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.formats.graph.FixedPoint;
import org.mobilenet4j.formats.graph.Idiom;
import org.mobilenet4j.formats.graph.StoredTable;
import org.mobilenet4j.model.ActivationQuantization;

/// Reads arithmetic of a feature map and a constant: in floats as such, in integers as the table that TFLite's own
/// arithmetic gives.
///
/// @param op the operator
/// @param kind what it computes
/// @param map the feature map
/// @param other the constant
/// @param isFirst whether the constant is the first operand
record TfliteArithmetic(TfliteOperator op, Arithmetic kind, TfliteTensor map, TfliteTensor other, boolean isFirst) {
    /// Bits that TFLite adds before it adds numbers of different scales.
    private static final int MORE_BITS = 20;

    /// What the operator does, with its result in `to`.
    ///
    /// @throws IllegalArgumentException if it is not supported, naming the operator
    Idiom idiom(TfliteTensor to) {
        int channels = map.shape().channels();
        var constant = other.constant();
        double[] values = constant.perChannel(channels);
        if (values == null) {
            throw op.odd("its constant \"" + other.name() + "\" is " + org.mobilenet4j.tensor.Tensor.text(other.dims())
                    + "; only one number, or one for each channel, is supported");
        }
        try {
            if (!map.isQuantizedMap()) {
                return kind.with(values, isFirst);
            }
            return kind == Arithmetic.MIN || kind == Arithmetic.MAX
                    ? clip(values, to.stored())
                    : new Idiom.Lookup(table(constant, to.stored()), channels);
        } catch (IllegalArgumentException e) {
            throw op.odd(String.valueOf(e.getMessage()));
        }
    }

    /// TFLite compares stored integers.
    private Idiom clip(double[] stored, ActivationQuantization to) {
        var from = map.stored();
        if (!from.meansTheSameAs(to) || !from.meansTheSameAs(other.stored())) {
            throw op.odd("it compares integers of different scales");
        }
        var reals = new double[stored.length];
        for (int c = 0; c < reals.length; c++) {
            reals[c] = real(from, (int) stored[c]);
        }
        return kind.with(reals, isFirst);
    }

    /// The real number of a stored one: nothing at the ends of the range, and 6 if it is the nearest to that.
    private double real(ActivationQuantization from, int stored) {
        if (stored
                == (kind == Arithmetic.MIN
                        ? from.type().greatest()
                        : from.type().least())) {
            return kind == Arithmetic.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        boolean isSix = stored - from.zeroPoint() == Math.round(6 / from.scale());
        return isSix ? 6 : (double) from.scale() * (stored - from.zeroPoint());
    }

    private StoredTable table(Constant constant, ActivationQuantization to) {
        var from = map.stored();
        var own = other.stored();
        int tables = constant.size() == 1 ? 1 : map.shape().channels();
        return switch (kind) {
            case MUL -> {
                // multiplied and divided as floats
                var factor = FixedPoint.of(from.scale() * own.scale() / to.scale());
                yield StoredTable.of(
                        from,
                        to,
                        tables,
                        (channel, stored) ->
                                factor.apply((stored - from.zeroPoint()) * distance(constant, own, channel))
                                        + to.zeroPoint());
            }
            case ADD, SUB -> {
                double twice = 2 * Math.max(from.scale(), own.scale());
                var mapFactor = FixedPoint.of(from.scale() / twice);
                var ownFactor = FixedPoint.of(own.scale() / twice);
                var result = FixedPoint.of(twice / ((1 << MORE_BITS) * to.scale()));
                int mapSign = kind == Arithmetic.SUB && isFirst ? -1 : 1;
                int ownSign = kind == Arithmetic.SUB && !isFirst ? -1 : 1;
                yield StoredTable.of(
                        from,
                        to,
                        tables,
                        (channel, stored) -> result.apply(mapSign
                                                * mapFactor.apply((stored - from.zeroPoint()) << MORE_BITS)
                                        + ownSign * ownFactor.apply(distance(constant, own, channel) << MORE_BITS))
                                + to.zeroPoint());
            }
            default -> throw op.odd("it divides integers, which TFLite does not");
        };
    }

    private static int distance(Constant constant, ActivationQuantization own, int channel) {
        return (int) constant.get(constant.size() == 1 ? 0 : channel) - own.zeroPoint();
    }
}
