package org.mobilenet4j.benchmarks.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mobilenet4j.model.file.ModelFile;

/// PyTorch through DJL, operation by operation, as models in its own format can only be created from Python. Ours
/// comes from our file. The inputs of an operation are closed at once.
final class PytorchEngine implements org.mobilenet4j.benchmarks.peers.Engine {
    private final Engine engine = Engine.getEngine("PyTorch");
    private final List<UnaryOperator<NDArray>> operations;
    private final NDArray input;
    private NDArray output;

    PytorchEngine(Path file, Workload workload) throws IOException {
        var model = ModelFile.read(file);
        var network = new PytorchNetwork(engine.newBaseManager(Device.cpu()), model.weights());
        this.operations =
                model.network().nodes().stream().map(network::operation).toList();
        this.input = network.images(workload, model.network().input());
        this.output = input.duplicate();
    }

    @Override
    public void run() {
        output.close();
        var value = operations.getFirst().apply(input);
        for (int i = 1; i < operations.size(); i++) {
            var next = operations.get(i).apply(value);
            value.close();
            value = next;
        }
        output = value;
    }

    @Override
    public float[] output() {
        return output.toFloatArray();
    }

    @Override
    public String version() {
        return engine.getVersion();
    }
}
