package org.mobilenet4j.app.pull;

/// A published checkpoint of MobileNet v1.
///
/// @param name as its authors call its files, without an ending
/// @param alpha width multiplier
/// @param resolution rows and columns of its input
/// @param type of its weights: `float32`, or `uint8` where it is quantized
/// @param top1 published top-1 accuracy on ImageNet's validation photos, between 0 and 1
/// @param top5 the same for the five likeliest classes
/// @param archive a `.tgz` that holds NAME`.tflite` among other files
public record CatalogModel(
        String name, double alpha, int resolution, String type, double top1, double top5, PublishedFile archive) {
    /// What the archive's file is called.
    String fileName() {
        return name + ModelCache.ENDING;
    }
}
