package org.mobilenet4j.benchmarks.peers;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Starts the engines' processes, identical except for what an engine needs.
///
/// @param folder holds the models and the images, and receives the logs
/// @param cache where libraries may unpack their native code for the next process
/// @param threads of each engine
/// @param task what the engines do
/// @param isTuned whether PyTorch gets its fastest environment, or only its number of threads
record PeerLauncher(Path folder, Path cache, int threads, Task task, boolean isTuned) {
    private static final String YOUNG = "-Xmn8m";

    /// The jar of the older ONNX Runtime; set by the script.
    private static final String OLDER = "mobilenet4j.peers.older";

    /// The images of the batch.
    Path images() {
        return folder.resolve("images");
    }

    /// A process that runs batches of `batch` images.
    PeerProcess start(Peer peer, int batch, List<String> jvmOptions) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As ./mobilenet starts its JVM, with a modest heap.
        command.addAll(List.of("-XX:+UseSerialGC", task.heap(), YOUNG, "-Djava.awt.headless=true"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(onnxRuntime(peer));
        command.addAll(List.of("-Dorg.bytedeco.javacpp.cachedir=" + cache, "-DDJL_CACHE_DIR=" + cache));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                PeerMain.class.getName(),
                peer.name(),
                task.name(),
                peer.model(folder).toString(),
                images().toString(),
                Integer.toString(batch),
                Integer.toString(threads)));
        // ONNX Runtime 1.29 crashes the JVM when the command line is longer than 4 KiB.
        var environment = new HashMap<>(peer.environment(task, threads, isTuned));
        environment.put("CLASSPATH", classPath(peer));
        return PeerProcess.start(peer.id(), command, environment, folder.resolve(peer.id() + ".log"));
    }

    /// Of two versions of a library, the classes come from the first jar.
    private static String classPath(Peer peer) {
        var common = System.getProperty("java.class.path");
        return peer == Peer.ONNXRUNTIME_OLDER ? System.getProperty(OLDER) + File.pathSeparator + common : common;
    }

    /// Where ONNX Runtime finds its native code, which the first process, a cold start that is not timed, has unpacked.
    private List<String> onnxRuntime(Peer peer) throws IOException {
        return switch (peer) {
            case ONNXRUNTIME -> onnxRuntime(newer());
            case ONNXRUNTIME_OLDER -> onnxRuntime(Path.of(System.getProperty(OLDER)));
            default -> List.of();
        };
    }

    private List<String> onnxRuntime(Path jar) throws IOException {
        return List.of("-Donnxruntime.native.path=" + OnnxRuntimeFiles.unpacked(jar, cache));
    }

    /// The jar of the newer ONNX Runtime.
    private static Path newer() {
        return Path.of(OrtEnvironment.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }
}
