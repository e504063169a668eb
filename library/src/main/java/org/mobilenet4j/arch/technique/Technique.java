package org.mobilenet4j.arch.technique;

import java.util.List;
import org.mobilenet4j.arch.Network;

/// A way to make a network smaller or cheaper (or the inverse), as a function from networks to networks.
///
/// Techniques compose: the result is a network like any other, which the packages `cost`, `train` and `infer` and the
/// next technique accept. Weights are not carried over; tensors whose name and dimensions did not change still fit. The
/// network's name tells what was applied.
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

    /// Applies this technique to `network`.
    ///
    /// @throws IllegalArgumentException when it would change nothing, or the resulting layers would not fit
    Network apply(Network network);

    /// In the notation of [#parse], for example `width=0.5`.
    @Override
    String toString();

    /// Parses a technique: `NAME` or `NAME=VALUE`, for example `separable` or `width=0.5`.
    ///
    /// @throws IllegalArgumentException saying what is wrong and listing the techniques
    static Technique parse(String text) {
        return TechniqueParser.parse(text);
    }

    /// Parses several techniques, separated by commas or spaces. A part that begins with a digit continues the
    /// value before it, so a list of strides may have commas: `strides=2,1,2,1,separable` are two techniques.
    ///
    /// @throws IllegalArgumentException as [#parse]
    static List<Technique> parseAll(String text) {
        return TechniqueParser.parseAll(text);
    }

    /// Each technique once as [#parse] reads it, with an example of its value where it has one.
    static List<String> examples() {
        return TechniqueParser.examples();
    }
}
