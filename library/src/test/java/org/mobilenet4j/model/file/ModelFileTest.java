package org.mobilenet4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.ChannelOrder;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NonFinite;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.RandomNetworks;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

class ModelFileTest {
    @TempDir
    Path directory;

    private static Model model(Network network, List<String> labels, Map<String, String> notes) {
        return new Model(network, Weights.random(network, 7), labels, Preprocessing.TF_SLIM, notes);
    }

    private static Model tiny() {
        var network = new Network("tiny", Shape.vector(3), Sequence.of(Dense.of("fc", 2)));
        return model(network, List.of("cat", "dog"), Map.of());
    }

    private Model throughFile(Model model, ElementType type) throws IOException {
        var file = directory.resolve("model.safetensors");
        ModelFile.write(model, file, type);
        return ModelFile.read(file);
    }

    private static void assertSame(Model actual, Model expected) {
        assertThat(actual.network()).isEqualTo(expected.network());
        assertThat(actual.labels()).isEqualTo(expected.labels());
        assertThat(actual.preprocessing()).isEqualTo(expected.preprocessing());
        assertThat(actual.notes()).isEqualTo(expected.notes());
        assertThat(actual.weights().tensors().sequencedKeySet())
                .containsExactlyElementsOf(expected.network().parameters().sequencedKeySet());
    }

    @Test
    void float32ComesBackBitForBit() throws IOException {
        var labels = IntStream.range(0, 10)
                .mapToObj(i -> "Größe \"" + i + "\"\n猫 \uD83D\uDC08")
                .toList();
        var notes = Map.of("trained.on", "{\"epochs\": 3}", "", "an empty key", "b\u0000", "");
        var model = model(MobileNetV1.of(0.25, 64, 10).network(), labels, notes);

        var read = throughFile(model, ElementType.FLOAT32);

        assertSame(read, model);
        model.weights().tensors().forEach((name, tensor) -> {
            assertThat(read.weights().get(name).toArray()).isEqualTo(tensor.toArray());
            assertThat(read.weights().get(name).type()).isEqualTo(ElementType.FLOAT32);
            assertThat(read.weights().get(name).bytes().isMapped()).isTrue();
        });
    }

    @Test
    void float16RoundsOnceAndIsThenExact() throws IOException {
        var model = model(MobileNetV1.of(0.25, 64, 10).network(), List.of(), Map.of());

        var once = throughFile(model, ElementType.FLOAT16);
        model.weights().tensors().forEach((name, tensor) -> {
            var half = once.weights().get(name);
            assertThat(half.type()).isEqualTo(ElementType.FLOAT16);
            for (int i = 0; i < tensor.size(); i++) {
                float value = tensor.get(i);
                assertThat(half.get(i)).isEqualTo(Float.float16ToFloat(Float.floatToFloat16(value)));
                assertThat(Math.abs(half.get(i) - value)).isLessThanOrEqualTo(Math.abs(value) / 2048 + 0x1p-25f);
            }
        });
        for (var type : List.of(ElementType.FLOAT32, ElementType.FLOAT16)) {
            var twice = throughFile(once, type);
            once.weights()
                    .tensors()
                    .forEach((name, tensor) ->
                            assertThat(twice.weights().get(name).toArray()).isEqualTo(tensor.toArray()));
        }
    }

    @Test
    void randomNetworksComeBack() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            var model = model(RandomNetworks.network(seed), List.of(), Map.of("seed", "" + seed));

            var read = throughFile(model, ElementType.FLOAT32);

            assertSame(read, model);
            model.weights()
                    .tensors()
                    .forEach((name, tensor) ->
                            assertThat(read.weights().get(name).toArray()).isEqualTo(tensor.toArray()));
        }
    }

    @Test
    void preprocessingComesBackExactly() throws IOException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        var resizes = List.of(Resize.values());
        for (int i = 0; i < 60; i++) {
            var mean = List.of((float) random.nextGaussian(), random.nextFloat(), -1e-30f * random.nextFloat());
            var std = List.of(random.nextFloat() + 1e-9f, 1e30f * random.nextFloat() + 1, Float.MIN_VALUE);
            var preprocessing = new Preprocessing(
                    1 - random.nextDouble(), resizes.get(i % resizes.size()), new Normalization(mean, std));

            var model = tiny().withPreprocessing(preprocessing);

            assertThat(throughFile(model, ElementType.FLOAT32).preprocessing()).isEqualTo(preprocessing);
        }
    }

    @Test
    void whatOutputsMeanComesBack() throws IOException {
        var model = tiny();
        assertThat(throughFile(model, ElementType.FLOAT32).outputs()).isEqualTo(model.outputs());
        for (var outputs : List.of(Outputs.SIGMOIDS, Outputs.FEATURES, Outputs.PROBABILITIES)) {
            assertThat(throughFile(model.withOutputs(outputs), ElementType.FLOAT32)
                            .outputs())
                    .isEqualTo(outputs);
        }
    }

    /// Files of before: the network tells.
    @Test
    void withoutAWordTheNetworkTells() {
        var metadata = ModelMetadata.write(tiny().withOutputs(Outputs.FEATURES));
        metadata.remove("outputs");
        var read = ModelMetadata.model(metadata, tiny().network(), tiny().weights(), java.util.Optional.empty());
        assertThat(read.outputs()).isEqualTo(tiny().outputs());
        metadata.put("outputs", "numbers");
        assertThatThrownBy(() ->
                        ModelMetadata.model(metadata, tiny().network(), tiny().weights(), java.util.Optional.empty()))
                .hasMessageContaining("no outputs called numbers");
    }

    @Test
    void theOrderOfChannelsComesBack() throws IOException {
        var bgr = tiny().preprocessing().withChannels(ChannelOrder.BGR);
        assertThat(throughFile(tiny().withPreprocessing(bgr), ElementType.FLOAT32)
                        .preprocessing())
                .isEqualTo(bgr);
        assertThat(ModelMetadata.write(tiny()).get("preprocessing")).doesNotContain("channels");
    }

    @Test
    void theSameModelMakesTheSameBytes() throws IOException {
        var one = model(MobileNetV1.of(0.25, 32, 3).network(), List.of(), Map.of("a", "1", "b", "2", "c", "3"));
        var backwards = new LinkedHashMap<String, Tensor>();
        var names = new ArrayList<>(one.weights().tensors().keySet());
        names.reversed().forEach(name -> backwards.put(name, one.weights().get(name)));
        var other = new Model(
                one.network(),
                new Weights(backwards),
                one.labels(),
                one.preprocessing(),
                Map.of("c", "3", "b", "2", "a", "1"));
        var first = directory.resolve("first");
        var second = directory.resolve("second");

        ModelFile.write(one, first, ElementType.FLOAT32);
        ModelFile.write(other, second, ElementType.FLOAT32);

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void notesAreSorted() throws IOException {
        var notes = IntStream.range(10, 40).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v" + i));
        var file = directory.resolve("model");

        ModelFile.write(model(tiny().network(), List.of(), notes), file, ElementType.FLOAT32);

        assertThat(Safetensors.read(file).metadata().sequencedKeySet().stream().filter(key -> key.startsWith("note.")))
                .isSorted()
                .hasSize(30);
    }

    @Test
    void aModelCanBeWrittenOverTheFileItIsMappedFrom() throws IOException {
        var file = directory.resolve("model");
        ModelFile.write(tiny(), file, ElementType.FLOAT32);
        var mapped = ModelFile.read(file);

        ModelFile.write(mapped.withLabels(List.of("a", "b")), file, ElementType.FLOAT32);
        ModelFile.write(ModelFile.read(file), file, ElementType.FLOAT16);

        assertThat(ModelFile.read(file).labels()).containsExactly("a", "b");
        assertThat(mapped.weights().get("fc/kernel").toArray())
                .isEqualTo(tiny().weights().get("fc/kernel").toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "format| other| without a mobilenet4j network",
                "format| | without a mobilenet4j network",
                "version| | lacks \"version\" in its metadata",
                "version| 2| lacks \"quantization\" in its metadata",
                "version| 3| version 3, but this mobilenet4j reads only versions 1 and 2",
                "version| 1.5| version 1.5",
                "network| | lacks \"network\" in its metadata",
                "network| {| its network is not valid JSON",
                "network| {\"name\":\"n\",\"input\":[1,1,3],\"body\":{\"kind\":\"gru\"}}| unknown kind \"gru\"",
                "network| {\"name\":\"n\",\"input\":[1,1,4],\"body\":{\"kind\":\"dense\",\"name\":\"fc\",\"units\":2}}"
                        + "| the tensor fc/kernel is 3x2, but the network n needs 4x2",
                "network| {\"name\":\"n\",\"input\":[1,1,3],\"body\":{\"kind\":\"flatten\",\"name\":\"f\"}}"
                        + "| the tensor fc/kernel belongs to no layer",
                "network| {\"name\":\"n\",\"input\":[1,1,3],\"body\":{\"kind\":\"depthwise-conv\",\"name\":\"d\","
                        + "\"window\":[1,1],\"padding\":\"same\",\"channelMultiplier\":2147483647}}| too large",
                "labels| [\"cat\"]| there are 1 labels for the 2 outputs",
                "labels| [\"cat\",7]| label 1 is not a string",
                "labels| {}| must be a list of strings",
                "preprocessing| | lacks \"preprocessing\"",
                "preprocessing| {\"crop\":2,\"resize\":\"legacy\",\"mean\":[0,0,0],\"std\":[1,1,1]}| central crop",
                "preprocessing| {\"crop\":1,\"resize\":\"cubic\",\"mean\":[0,0,0],\"std\":[1,1,1]}| called cubic",
                "preprocessing| {\"crop\":1,\"resize\":\"legacy\",\"mean\":[0,0],\"std\":[1,1,1]}| three means",
                "preprocessing| {\"crop\":1,\"resize\":\"legacy\",\"mean\":[0,0,0],\"std\":[1,1,0]}| positive",
                "preprocessing| {\"crop\":1,\"resize\":\"legacy\",\"mean\":[0,0,0],\"std\":[1,1,1],\"x\":1}| field \"x\"",
            })
    void wrongMetadataIsNamedWithTheFile(String key, String value, String message) throws IOException {
        var file = directory.resolve("model.safetensors");
        ModelFile.write(tiny(), file, ElementType.FLOAT32);
        var contents = Safetensors.read(file);
        var metadata = new LinkedHashMap<>(contents.metadata());
        if (value == null) {
            metadata.remove(key);
        } else {
            metadata.put(key, value);
        }
        new Safetensors(metadata, contents.tensors()).write(file, ElementType.FLOAT32);

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void channelsOfBranchesDoNotWrapAround() throws IOException {
        var branches = IntStream.range(0, 5)
                .mapToObj(i -> "{\"kind\":\"dense\",\"name\":\"d" + i + "\",\"units\":1073741824}")
                .collect(Collectors.joining(","));
        var network = "{\"name\":\"n\",\"input\":[1,1,3],\"body\":{\"kind\":\"parallel\",\"name\":\"p\","
                + "\"join\":\"concatenate\",\"branches\":[" + branches + "]}}";

        wrongMetadataIsNamedWithTheFile("network", network, "is too large; at most 32 bits");
    }

    @Test
    void noteUnderItsOldNameIsRead() throws IOException {
        var file = directory.resolve("old.safetensors");
        ModelFile.write(tiny(), file, ElementType.FLOAT32);
        var contents = Safetensors.read(file);
        var metadata = new LinkedHashMap<>(contents.metadata());
        metadata.put("note.quantised", "by photos");
        new Safetensors(metadata, contents.tensors()).write(file, ElementType.FLOAT32);

        assertThat(ModelFile.read(file).notes())
                .containsEntry("quantized", "by photos")
                .doesNotContainKey("quantised");
    }

    @Test
    void metadataOfOthersIsLeftAlone() throws IOException {
        var file = directory.resolve("model.safetensors");
        ModelFile.write(tiny(), file, ElementType.FLOAT32);
        var contents = Safetensors.read(file);
        var metadata = new LinkedHashMap<>(contents.metadata());
        metadata.put("total_size", "32");
        new Safetensors(metadata, contents.tensors()).write(file, ElementType.FLOAT32);

        assertSame(ModelFile.read(file), tiny());
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT16"})
    void brokenValuesAreReadAndFound(ElementType type) throws IOException {
        var tensors = tiny().weights().tensors();
        tensors.put("fc/kernel", Tensor.of(new float[] {0, 1, Float.NEGATIVE_INFINITY, 3, Float.NaN, 5}, 3, 2));
        var model = new Model(tiny().network(), new Weights(tensors), List.of(), Preprocessing.TF_SLIM);

        var read = throughFile(model, type);

        assertThat(read.weights().nonFinite())
                .containsExactly(new NonFinite("fc/kernel", 2, 2, Float.NEGATIVE_INFINITY))
                .hasToString("[the tensor fc/kernel holds 2 values that are not finite, "
                        + "the first -Infinity at position 2]");
        assertThat(tiny().weights().nonFinite()).isEmpty();
    }

    @Test
    void aFailureNamesTheFileAndLeavesNothing() throws IOException {
        var missing = directory.resolve("missing").resolve("model");
        assertThatThrownBy(() -> ModelFile.write(tiny(), missing, ElementType.FLOAT32))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + ": cannot be written: its directory does not exist; create it first");
        assertThatThrownBy(() -> ModelFile.write(tiny(), directory, ElementType.FLOAT32))
                .isInstanceOf(IOException.class)
                .hasMessage(directory + ": cannot be written: it is not a file; give the name of a file");
        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(() -> ModelFile.read(missing))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> ModelFile.read(directory))
                .isInstanceOf(BadFileException.class)
                .hasMessage(directory + ": is a directory; give the name of a file");
    }

    @Test
    void aFailureHalfWayKeepsWhatWasThere() throws IOException {
        var file = directory.resolve("model");
        Files.writeString(file, "what was there");
        var tensors = tiny().weights().tensors();
        tensors.put("fc/bias", Tensor.of(new float[] {65519, 65520}, 2));
        var model = new Model(tiny().network(), new Weights(tensors), List.of(), Preprocessing.TF_SLIM);

        assertThatThrownBy(() -> ModelFile.write(model, file, ElementType.FLOAT16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the tensor fc/bias holds 65520.0 at position 1, too large for float16; write float32 instead");

        assertThat(file).hasContent("what was there");
        assertThat(directory.toFile().list()).containsExactly("model");
    }
}
