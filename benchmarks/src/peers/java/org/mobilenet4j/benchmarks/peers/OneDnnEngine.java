package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.dnnl.global.dnnl;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.model.file.ModelFile;

/// oneDNN's primitives one after the other, without a framework around them. It has no model format of its own, so
/// the model comes from ours.
final class OneDnnEngine implements Engine {
    private final OneDnnNetwork network;

    OneDnnEngine(Path file, Workload workload) throws IOException {
        var model = ModelFile.read(file);
        this.network = new OneDnnNetwork(model.weights(), workload.batch());
        var nodes = model.network().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            boolean clamps = i + 1 < nodes.size() && nodes.get(i + 1).layer() instanceof Activation;
            network.add(nodes.get(i), clamps);
            i += clamps ? 1 : 0;
        }
        network.load(
                workload.channelsLast(model.network().input()), model.network().input());
    }

    @Override
    public void run() {
        network.run();
    }

    @Override
    public float[] output() {
        return network.output();
    }

    @Override
    public String version() {
        var version = dnnl.dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }
}
