package org.mobilenet4j.formats.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.technique.Technique;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.formats.OnnxAgreement;
import org.mobilenet4j.formats.TfliteOracle;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.formats.tflite.write.TfliteWriter;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;

/// What techniques make of networks goes to TFLite and to ONNX, and computes the same in their runtimes.
class TechniqueExportTest {
    @TempDir
    private Path folder;

    private static Model model(String text, String techniques) {
        var network = NetworkSpec.parse(text).network(OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.of(5));
        for (var technique : Technique.parseAll(techniques)) {
            network = technique.apply(network);
        }
        return new Model(network, Weights.random(network, 8), List.of(), Preprocessing.TF_SLIM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mobilenet-v1-conv:0.25:32 | separable,even",
                "mobilenet-v1-conv:0.25:32 | kernel=1:half",
                "mobilenet-v1-conv:0.25:32 | fire",
                "mobilenet-v1:0.25:32 | shuffle=4",
                "mobilenet-v1:0.25:32 | shallow,early,width=0.5",
                "squeezenet:60 | width=0.25,shuffle=2,resolution=48",
                "vgg16:32 | width=0.125,global-pool,separable"
            })
    void computesTheSame(String text, String techniques) throws IOException, OrtException {
        var model = model(text, techniques);
        var image = OnnxAgreement.images(model.network(), 1);
        var expected = Session.open(model).run(image, 1);
        var file = folder.resolve("model.tflite");

        TfliteWriter.write(model, file, ElementType.FLOAT32);

        assertThat(new TfliteOracle(file, false).run(image)).containsExactly(expected, within(1e-5f));
        assertThat(Session.open(TfliteReader.read(file)).run(image, 1)).containsExactly(expected, within(1e-5f));
        OnnxAgreement.agrees(OnnxWriter.bytes(model, ElementType.FLOAT32), model, 2);
    }
}
