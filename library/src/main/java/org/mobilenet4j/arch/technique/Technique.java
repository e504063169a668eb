package org.mobilenet4j.arch.technique;

import java.util.List;
import org.mobilenet4j.arch.Network;

/// A way to make a network smaller or cheaper (or the way back), as a function from networks to networks.
///
/// Techniques compose: the result of one is a network like any other, which `cost` counts, `train` trains, `infer` runs
/// and the next technique changes. Weights are not carried over; tensors whose name and dimensions stay as they were
/// fit as they are. The network's name says what was applied.
public sealed interface Technique
        permits WidthMultiplier,
                ResolutionMultiplier,
                SeparableForStandard,
                StandardForSeparable,
                GlobalPooling,
                SmallerKernels,
                FireModules,
                Strides,
                StrideSchedule,
                ShuffledGroups,
                ShallowBody,
                NarrowTo,
                NarrowAs {

    /// The network that this technique makes of `network`.
    ///
    /// @throws IllegalArgumentException in one line, when it would change nothing, or its layers would not fit
    Network apply(Network network);

    /// As [#parse] reads it, for example `width=0.5`.
    @Override
    String toString();

    /// Reads a technique: `NAME` or `NAME=VALUE`, for example `separable` or `width=0.5`.
    ///
    /// @throws IllegalArgumentException saying what is wrong, and what there is
    static Technique parse(String text) {
        return TechniqueParser.parse(text);
    }

    /// Reads several, with commas or spaces between. What begins with a digit goes on with the value before it, so that
    /// a list of strides may have commas: `strides=2,1,2,1,separable` are two techniques.
    ///
    /// @throws IllegalArgumentException as [#parse]
    static List<Technique> parseAll(String text) {
        return TechniqueParser.parseAll(text);
    }
}
