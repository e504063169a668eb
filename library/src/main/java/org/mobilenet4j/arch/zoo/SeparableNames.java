package org.mobilenet4j.arch.zoo;

import java.util.Objects;
import java.util.regex.Pattern;

/// The names of the two halves of a separable convolution: `conv_dw_7` and `conv_pw_7` for MobileNet's `conv_7`, as in
/// Keras, and `x_dw` and `x_pw` for any other `x`.
///
/// @param depthwise name of the depthwise half
/// @param pointwise name of the pointwise half
public record SeparableNames(String depthwise, String pointwise) {
    private static final Pattern NUMBERED = Pattern.compile("conv_(\\d+)");

    public SeparableNames {
        Objects.requireNonNull(depthwise, "depthwise");
        Objects.requireNonNull(pointwise, "pointwise");
    }

    public static SeparableNames of(String whole) {
        Objects.requireNonNull(whole, "whole");
        var numbered = NUMBERED.matcher(whole);
        return numbered.matches()
                ? new SeparableNames("conv_dw_" + numbered.group(1), "conv_pw_" + numbered.group(1))
                : new SeparableNames(whole + "_dw", whole + "_pw");
    }

    /// The name of the whole convolution, or the pointwise half's if it is not recognized.
    public static String whole(String depthwise, String pointwise) {
        var whole = pointwise.startsWith("conv_pw_")
                ? "conv_" + pointwise.substring("conv_pw_".length())
                : pointwise.replaceFirst("_pw$", "");
        return of(whole).equals(new SeparableNames(depthwise, pointwise)) ? whole : pointwise;
    }
}
