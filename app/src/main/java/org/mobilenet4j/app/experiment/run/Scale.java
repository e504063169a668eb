package org.mobilenet4j.app.experiment.run;

/// How large the experiments' networks are here; the paper's have 224 pixels and 1000 classes.
///
/// @param resolution rows and columns of the input
/// @param classes how many
/// @param alpha width multiplier of the networks that the paper has with alpha 1
public record Scale(int resolution, int classes, double alpha) {
    /// The paper's resolutions are 224, 192, 160 and 128: so many sevenths of the first.
    private static final int WHOLE = 7;

    private static final int SMALLEST = 4;

    /// As wide as the paper's.
    public Scale(int resolution, int classes) {
        this(resolution, classes, 1);
    }

    /// With networks of `share` times the width.
    public Scale narrowed(double share) {
        return new Scale(resolution, classes, share * alpha);
    }

    /// Whether MobileNet takes the smallest of the paper's resolutions here.
    public boolean takesEveryRho() {
        return times(SMALLEST).resolution() >= 32;
    }

    /// With the resolution multiplier `rho` of so many sevenths; the result is rounded.
    public Scale times(int sevenths) {
        return new Scale((int) Math.round((double) resolution * sevenths / WHOLE), classes, alpha);
    }
}
