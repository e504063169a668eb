package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.dnnl.global.dnnl;
import org.mobilenet4j.model.file.ModelFile;

/// oneDNN's primitives one after the other, without a framework around them. It has no model format of its own, so
/// the model comes from ours.
final class OneDnnEngine implements Engine {
    private final OneDnnChain chain;

    OneDnnEngine(Path file, Workload workload) throws IOException {
        var model = ModelFile.read(file);
        this.chain = model.quantization()
                .map(maps -> OneDnnQuantizedNetwork.chain(model, maps, workload))
                .orElseGet(() -> OneDnnNetwork.chain(model, workload));
    }

    @Override
    public void run() {
        chain.run();
    }

    @Override
    public float[] output() {
        return chain.output();
    }

    @Override
    public String version() {
        var version = dnnl.dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }
}
