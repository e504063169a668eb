package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.packages.PackageTable;

/// Which package of this module may use which; what it may use of the library is what that exports.
class PackagesTest {
    @Test
    void importsRunOneWay() throws IOException {
        var packages = new PackageTable("""
                formats.file:
                formats.dataset: formats.file
                formats.dataset.boxes: formats.file
                formats.graph:
                formats.hdf5:
                formats.onnx:
                formats.tflite:
                formats.keras: formats.file formats.graph formats.hdf5
                formats.onnx.read: formats.file formats.graph formats.onnx
                formats.onnx.write: formats.graph formats.onnx
                formats.tflite.read: formats.file formats.graph formats.tflite
                formats.tflite.write: formats.graph formats.tflite
                formats.torch: formats.file
                formats.tfjs: formats.file formats.graph formats.keras
                formats.tensorflow: formats.file formats.graph formats.tfjs
                formats: formats.file formats.hdf5 formats.keras formats.onnx.read formats.onnx.write formats.tensorflow formats.tfjs formats.tflite.read formats.tflite.write formats.torch
                """);

        assertThat(packages.contradictions(Path.of("target/classes"))).isEmpty();
    }
}
