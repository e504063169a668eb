package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.formats.onnx.write.OnnxWriter;
import org.mobilenet4j.formats.tflite.write.TfliteWriter;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions.Numbers;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.train.Precision;

/// The engines to compare, ours first.
enum Peer {
    MOBILENET4J("network.safetensors"),
    /// A quantized network with dequantized weights, in float arithmetic.
    MOBILENET4J_FLOAT("network.safetensors"),
    /// Products of a training step in bfloat16.
    MOBILENET4J_BF16("network.safetensors"),
    ONNXRUNTIME("network.onnx"),
    /// An older version, from a jar that [PeerLauncher] puts before the other.
    ONNXRUNTIME_OLDER("network.onnx"),
    TFLITE("network.tflite"),
    ONEDNN("network.safetensors"),
    PYTORCH("network.safetensors"),
    /// PyTorch as used by DJL's own blocks and trainer; only for training.
    DJL("network.safetensors");

    private final String file;

    Peer(String file) {
        this.file = file;
    }

    /// Its display name, in lower case.
    String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// Where its model lies in `folder`.
    Path model(Path folder) {
        return folder.resolve(file);
    }

    /// What its outputs may differ by, at least, as a share of the largest.
    double tolerance() {
        return this == MOBILENET4J_BF16 ? Agreement.ROUNDED : 0;
    }

    private boolean isOurs() {
        return id().startsWith(MOBILENET4J.id());
    }

    /// Writes `model`, which is folded, in the engine's own format, or in ours if it has none. A published file of
    /// TFLite's is left as it is.
    void write(Model model, Setting setting, Path folder) throws IOException {
        var target = model(folder);
        switch (this) {
            case MOBILENET4J, MOBILENET4J_FLOAT, MOBILENET4J_BF16, ONEDNN, PYTORCH, DJL ->
                ModelFile.write(model, target, ElementType.FLOAT32);
            case ONNXRUNTIME, ONNXRUNTIME_OLDER ->
                OnnxWriter.write(
                        model, target, ElementType.FLOAT32, setting.task().detects());
            case TFLITE -> {
                var published = setting.file();
                if (published != null && published.toString().endsWith(".tflite")) {
                    Files.copy(published, target);
                } else {
                    TfliteWriter.write(model, target, ElementType.FLOAT32);
                }
            }
        }
    }

    /// Creates the engine, in the process that is to run it.
    Engine open(Task task, Path model, Workload workload) throws Exception {
        if (task == Task.TRAINING) {
            return switch (this) {
                case MOBILENET4J -> TrainingEngine.mobilenet4j(model, workload, Precision.FLOAT32);
                case MOBILENET4J_BF16 -> TrainingEngine.mobilenet4j(model, workload, Precision.BFLOAT16);
                case PYTORCH -> TrainingEngine.pytorch(model, workload);
                case DJL -> TrainingEngine.djl(model, workload);
                case MOBILENET4J_FLOAT, ONNXRUNTIME, ONNXRUNTIME_OLDER, TFLITE, ONEDNN ->
                    throw new IllegalArgumentException(id() + " does not train");
            };
        }
        if (isOurs()) {
            Plan.headStart();
        }
        if (task.detects()) {
            return switch (this) {
                case MOBILENET4J -> new DetectorEngine(ModelFile.read(model), workload);
                case ONNXRUNTIME, ONNXRUNTIME_OLDER ->
                    new OnnxRuntimeDetectorEngine(
                            model,
                            task == Task.DETECTION ? DetectionWorkload.FLOATS : DetectionWorkload.STORED,
                            workload);
                case TFLITE -> new TfliteDetectorEngine(model, workload);
                case MOBILENET4J_FLOAT, MOBILENET4J_BF16, ONEDNN, PYTORCH, DJL ->
                    throw new IllegalArgumentException(id() + " does not detect");
            };
        }
        return switch (this) {
            case MOBILENET4J -> new Mobilenet4jEngine(ModelFile.read(model), Numbers.AUTOMATIC, workload);
            case MOBILENET4J_FLOAT -> new Mobilenet4jEngine(ModelFile.read(model), Numbers.FLOATS, workload);
            case ONNXRUNTIME, ONNXRUNTIME_OLDER -> new OnnxRuntimeEngine(model, workload);
            case TFLITE -> new TfliteEngine(model, workload);
            case ONEDNN -> new OneDnnEngine(model, workload);
            case PYTORCH -> new PytorchEngine(model, workload);
            case DJL, MOBILENET4J_BF16 -> throw new IllegalArgumentException(id() + " is measured in training only");
        };
    }

    /// JVM options for its cold start, in addition to the common ones: for ours none, as a program that sets none.
    List<String> coldOptions() {
        return isOurs() ? List.of() : warmOptions();
    }

    /// JVM options for the rounds, in addition to the common ones.
    List<String> warmOptions() {
        return switch (this) {
            case MOBILENET4J, MOBILENET4J_FLOAT, MOBILENET4J_BF16 ->
                List.of(
                        "--add-modules=jdk.incubator.vector",
                        "-XX:ObjectAlignmentInBytes=64",
                        "-XX:+UseCountedLoopSafepoints",
                        "-XX:LoopStripMiningIter=1000");
            case ONNXRUNTIME, ONNXRUNTIME_OLDER, TFLITE, ONEDNN -> List.of();
            case PYTORCH, DJL -> List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true");
        };
    }

    /// Whether it takes part in `task`.
    boolean does(Task task) {
        return switch (this) {
            case MOBILENET4J -> true;
            case MOBILENET4J_FLOAT -> task == Task.QUANTIZED;
            case ONNXRUNTIME, ONNXRUNTIME_OLDER, TFLITE -> task != Task.TRAINING;
            case ONEDNN -> task != Task.TRAINING && !task.detects();
            case PYTORCH -> task != Task.QUANTIZED && !task.detects();
            case DJL, MOBILENET4J_BF16 -> task == Task.TRAINING;
        };
    }

    /// Environment variables of its process.
    ///
    /// @param isTuned whether PyTorch gets more than its number of threads
    Map<String, String> environment(Task task, int threads, boolean isTuned) {
        return switch (this) {
            case MOBILENET4J, MOBILENET4J_FLOAT, MOBILENET4J_BF16, ONNXRUNTIME, ONNXRUNTIME_OLDER, TFLITE -> Map.of();
            case ONEDNN -> Map.of("OMP_NUM_THREADS", Integer.toString(threads));
            case PYTORCH, DJL -> isTuned ? tuned(task, threads) : Map.of("OMP_NUM_THREADS", Integer.toString(threads));
        };
    }

    /// PyTorch leaves pointwise convolutions to oneDNN, which is more than twice as fast, only if it expects two
    /// threads; the limit takes the second one away again, except in training, where PyTorch crashes under it. And
    /// it allocates every feature map anew: unless the C library keeps the memory, a large batch takes up to ten
    /// times as long.
    private static Map<String, String> tuned(Task task, int threads) {
        var environment = new HashMap<>(Map.of(
                "OMP_NUM_THREADS", Integer.toString(threads),
                "MALLOC_ARENA_MAX", "1",
                "MALLOC_MMAP_MAX_", "0",
                "MALLOC_TOP_PAD_", "67108864",
                "MALLOC_TRIM_THRESHOLD_", "4294967296"));
        if (task == Task.INFERENCE) {
            environment.put("OMP_NUM_THREADS", Integer.toString(Math.max(threads, 2)));
            environment.put("OMP_THREAD_LIMIT", Integer.toString(threads));
        }
        return environment;
    }
}
