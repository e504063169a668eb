package org.mobilenet4j.benchmarks.peers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A row of the report: one contest of all engines that may win.
///
/// @param name as in the names of its files
/// @param setting what is measured; without a file if one is missing
/// @param file the name of the published file that it needs; null if none
record ReportRow(String name, Setting setting, @Nullable String file) {
    /// All rows, in order.
    static List<ReportRow> all() {
        return List.of(
                floats(1.0, 224, 1, 1),
                floats(1.0, 224, 2, 1),
                floats(1.0, 224, 2, 32),
                floats(0.75, 192, 1, 1),
                floats(0.5, 160, 1, 1),
                floats(0.25, 128, 1, 1),
                floats(0.25, 128, 2, 1),
                published(0.75, 192, 1),
                published(0.75, 192, 2),
                published(0.25, 128, 1),
                published(0.25, 128, 2),
                quantized(1.0, 224, 1),
                quantized(1.0, 224, 2),
                detection(1.0, 300, 1),
                detection(1.0, 300, 2),
                publishedDetection(1),
                publishedDetection(2),
                training(0.25, 96, 32),
                training(0.9375, 224, 16));
    }

    private static ReportRow floats(double alpha, int resolution, int threads, int batch) {
        return of("", new Setting(Task.INFERENCE, alpha, resolution, null, batch, threads), null);
    }

    private static ReportRow quantized(double alpha, int resolution, int threads) {
        return of("int8-", new Setting(Task.QUANTIZED, alpha, resolution, null, 1, threads), null);
    }

    /// TF-Slim's UINT8 network.
    private static ReportRow published(double alpha, int resolution, int threads) {
        return of(
                "uint8-",
                new Setting(Task.QUANTIZED, alpha, resolution, null, 1, threads),
                "mobilenet_v1_" + alpha + "_" + resolution + "_quant.tflite");
    }

    private static ReportRow detection(double alpha, int resolution, int threads) {
        return of("ssd-", new Setting(Task.DETECTION, alpha, resolution, null, 1, threads), null);
    }

    /// TensorFlow's UINT8 detector of COCO's classes; its alpha is 0.75, whatever its name says elsewhere.
    private static ReportRow publishedDetection(int threads) {
        return of(
                "ssd-uint8-",
                new Setting(Task.QUANTIZED_DETECTION, 0.75, 300, null, 1, threads),
                "ssd_mobilenet_v1.uint8.tflite");
    }

    private static ReportRow training(double alpha, int resolution, int batch) {
        return of("train-", new Setting(Task.TRAINING, alpha, resolution, null, batch, 2), null);
    }

    private static ReportRow of(String prefix, Setting setting, @Nullable String file) {
        var name = String.format(
                Locale.ROOT, "%s%s-%d-t%d", prefix, setting.alpha(), setting.resolution(), setting.threads());
        return new ReportRow(setting.batch() == 1 ? name : name + "-b" + setting.batch(), setting, file);
    }

    /// The contest, with published files from `models`.
    Contest contest(Path models) {
        var given = file == null ? setting : setting.withFile(models.resolve(file));
        return new Contest(given, peers(), true);
    }

    /// Those that have never won are left out.
    private List<Peer> peers() {
        var task = setting.task();
        return Arrays.stream(Peer.values())
                .filter(peer -> peer.does(task))
                .filter(peer -> task == Task.TRAINING || (peer != Peer.PYTORCH && peer != Peer.MOBILENET4J_FLOAT))
                .toList();
    }

    /// Its file in `folder`.
    Path json(Path folder) {
        return folder.resolve("peers-" + name + ".json");
    }

    /// Whether a cold start ends with a run like those of the rounds.
    boolean startsAsItRuns() {
        return setting.task().coldBatch(setting.batch()) == setting.batch();
    }
}
