package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.formats.onnx.write.OnnxWriter;
import org.mobilenet4j.formats.tflite.write.TfliteWriter;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.SessionOptions.Numbers;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;

/// The engines to compare, ours first.
enum Peer {
    MOBILENET4J("network.safetensors"),
    /// A quantized network with dequantized weights, in float arithmetic.
    MOBILENET4J_FLOAT("network.safetensors"),
    ONNXRUNTIME("network.onnx"),
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

    /// Where its model lies in `folder`; if quantized, ours reads the same file as TFLite.
    Path model(Task task, Path folder) {
        return task == Task.QUANTIZED && isOurs() ? TFLITE.model(task, folder) : folder.resolve(file);
    }

    private boolean isOurs() {
        return this == MOBILENET4J || this == MOBILENET4J_FLOAT;
    }

    /// Writes `model`, which is folded, in the engine's own format, or in ours if it has none.
    void write(Model model, Task task, Path folder) throws IOException {
        var target = model(task, folder);
        switch (this) {
            case MOBILENET4J, MOBILENET4J_FLOAT, ONEDNN, PYTORCH, DJL ->
                ModelFile.write(model, target, ElementType.FLOAT32);
            case ONNXRUNTIME -> OnnxWriter.write(model, target, ElementType.FLOAT32);
            case TFLITE -> TfliteWriter.write(model, target, ElementType.FLOAT32);
        }
    }

    /// Creates the engine, in the process that is to run it.
    Engine open(Task task, Path model, Workload workload) throws Exception {
        if (task == Task.TRAINING) {
            return switch (this) {
                case MOBILENET4J -> TrainingEngine.mobilenet4j(model, workload);
                case PYTORCH -> TrainingEngine.pytorch(model, workload);
                case DJL -> TrainingEngine.djl(model, workload);
                case MOBILENET4J_FLOAT, ONNXRUNTIME, TFLITE, ONEDNN ->
                    throw new IllegalArgumentException(id() + " does not train");
            };
        }
        if (isOurs()) {
            Plan.headStart();
        }
        boolean isQuantized = task == Task.QUANTIZED;
        return switch (this) {
            case MOBILENET4J ->
                new Mobilenet4jEngine(
                        isQuantized ? ModelFormats.read(model) : ModelFile.read(model),
                        isQuantized ? Numbers.INTEGERS : Numbers.AUTOMATIC,
                        workload);
            case MOBILENET4J_FLOAT -> new Mobilenet4jEngine(ModelFormats.read(model), Numbers.FLOATS, workload);
            case ONNXRUNTIME -> new OnnxRuntimeEngine(model, workload);
            case TFLITE -> new TfliteEngine(model, workload);
            case ONEDNN -> new OneDnnEngine(model, workload);
            case PYTORCH -> new PytorchEngine(model, workload);
            case DJL -> throw new IllegalArgumentException(id() + " is measured in training only");
        };
    }

    /// JVM options for its cold start, in addition to the common ones: for ours, those that `./mobilenet` sets for
    /// short commands.
    List<String> coldOptions() {
        return isOurs() ? List.of("-Dmobilenet4j.vector=off", "-XX:TieredStopAtLevel=1") : warmOptions();
    }

    /// JVM options for the rounds, in addition to the common ones.
    List<String> warmOptions() {
        return switch (this) {
            case MOBILENET4J, MOBILENET4J_FLOAT ->
                List.of(
                        "--add-modules=jdk.incubator.vector",
                        "-XX:ObjectAlignmentInBytes=64",
                        "-XX:+UseCountedLoopSafepoints",
                        "-XX:LoopStripMiningIter=1000");
            case ONNXRUNTIME, TFLITE, ONEDNN -> List.of();
            case PYTORCH, DJL -> List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true");
        };
    }

    /// Whether it takes part in `task`.
    boolean does(Task task) {
        return switch (this) {
            case MOBILENET4J -> true;
            case MOBILENET4J_FLOAT -> task == Task.QUANTIZED;
            case ONNXRUNTIME, TFLITE -> task != Task.TRAINING;
            case ONEDNN -> task == Task.INFERENCE;
            case PYTORCH -> task != Task.QUANTIZED;
            case DJL -> task == Task.TRAINING;
        };
    }

    /// Environment variables of its process.
    ///
    /// @param isTuned whether PyTorch gets more than its number of threads
    Map<String, String> environment(Task task, int threads, boolean isTuned) {
        return switch (this) {
            case MOBILENET4J, MOBILENET4J_FLOAT, ONNXRUNTIME, TFLITE -> Map.of();
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
