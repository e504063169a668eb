package org.mobilenet4j.app.pull;

/// A published checkpoint of MobileNet v1.
///
/// @param name of its files, without an extension
/// @param alpha width multiplier
/// @param resolution rows and columns of its input
/// @param type of its weights: `float32`, or `uint8` if it is quantized
/// @param top1 published top-1 accuracy on ImageNet's validation photos, between 0 and 1
/// @param top5 the same for the five likeliest classes
/// @param archive a `.tgz` that contains NAME`.tflite` among other files
public record CatalogModel(
        String name, double alpha, int resolution, String type, double top1, double top5, PublishedFile archive) {
    /// The archive's file name.
    String fileName() {
        return name + ModelCache.ENDING;
    }
}
