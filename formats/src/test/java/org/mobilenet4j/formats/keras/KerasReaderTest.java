package org.mobilenet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.Agreement;
import org.mobilenet4j.formats.KerasFiles;
import org.mobilenet4j.formats.KerasJson;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.formats.SmallKeras;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

class KerasReaderTest {
    private static final String DIMS = "[null,16,16,3]";

    @TempDir
    private Path directory;

    private static List<Layer> layers(Model model) {
        return ((Sequence) model.network().body()).layers();
    }

    private static Tensor counting(int... dims) {
        int size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i;
        }
        return Tensor.of(values, dims);
    }

    /// The model of a file with `config` and `variables`.
    private Model read(String config, Map<String, Tensor> variables) throws IOException {
        var file = directory.resolve("m.h5");
        Files.deleteIfExists(file);
        return KerasReader.read(KerasFiles.writeHdf5(file, config, variables));
    }

    private void refused(String config, String... parts) {
        assertThatThrownBy(() -> read(config, Map.of()))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(directory.resolve("m.h5") + ": ")
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void hdf5FilesOfKeras2() throws IOException {
        var expected = SmallKeras.model("m");
        var config = SmallKeras.config(KerasJson.second(), DIMS);

        var model = read(config, SmallKeras.variables(expected.weights(), "depthwise_kernel"));

        assertThat(model.network()).isEqualTo(expected.network());
        Agreement.assertSame(model, expected, 1e-5f);
        assertThat(model.notes())
                .containsEntry("format", "Keras")
                .containsEntry("converter", "Keras 2.15.0")
                .containsKey("preprocessing")
                .doesNotContainKey("input");
    }

    @Test
    void archivesOfKeras3() throws IOException {
        var expected = SmallKeras.model("small");
        var config = SmallKeras.config(KerasJson.third(), DIMS);
        var file = KerasFiles.writeArchive(
                directory.resolve("small.keras"), config, SmallKeras.numbered(expected.weights()));

        var model = ModelFormats.read(file);

        assertThat(model.network()).isEqualTo(expected.network());
        Agreement.assertSame(model, expected, 1e-5f);
    }

    @Test
    void hdf5FilesOfKeras3() throws IOException {
        var expected = SmallKeras.model("m");
        var config = SmallKeras.config(KerasJson.third(), DIMS);

        // Keras 3 calls a depthwise kernel plainly a kernel.
        var model = read(config, SmallKeras.variables(expected.weights(), "kernel"));

        assertThat(model.network()).isEqualTo(expected.network());
        Agreement.assertSame(model, expected, 1e-5f);
    }

    @Test
    void openSizesAreSaid() throws IOException {
        var expected = SmallKeras.model("m");
        var config = SmallKeras.config(KerasJson.second(), "[null,null,null,3]");

        var model = read(config, SmallKeras.variables(expected.weights(), "depthwise_kernel"));

        assertThat(model.network().input()).isEqualTo(new Shape(224, 224, 3));
        assertThat(model.notes().get("input")).contains("224x224x3, assumed");
    }

    @Test
    void modelsInsideModelsAndScalesInFront() throws IOException {
        var inner = KerasJson.second()
                .input("in", "[null,2,2,3]")
                .layer("Flatten", "flat", "", "in")
                .layer("Dense", "hidden", "'units':4,'activation':'relu6'", "flat")
                .functional("in", "hidden");
        var config = KerasJson.second()
                .input("image", "[null,2,2,3]")
                .layer("Rescaling", "to_unit", "'scale':0.00392156862745098,'offset':0.0")
                .layer("Rescaling", "to_signed", "'scale':2.0,'offset':-1.0")
                .model(inner, "inner")
                .layer("Dense", "last", "'units':3,'use_bias':false,'activation':'softmax'")
                .sequential();
        var variables = new LinkedHashMap<String, Tensor>();
        variables.put("hidden/kernel", counting(12, 4));
        variables.put("hidden/bias", counting(4));
        variables.put("last/kernel", counting(4, 3));
        var groups = Map.of("inner", List.of("hidden/kernel", "hidden/bias"), "last", List.of("last/kernel"));
        var file = KerasFiles.writeHdf5(directory.resolve("nested.h5"), config, variables, groups);

        var model = KerasReader.read(file);

        assertThat(layers(model).stream().map(Layer::name))
                .containsExactly("flat", "hidden", "hidden_relu6", "last", "last_softmax");
        assertThat(model.weights().get("hidden/kernel").toArray())
                .isEqualTo(counting(48).toArray());
        assertThat(model.preprocessing().normalization().mean())
                .allSatisfy(m -> assertThat(m).isCloseTo(0.5f, within(1e-6f)));
        assertThat(model.preprocessing().normalization().std())
                .allSatisfy(m -> assertThat(m).isCloseTo(0.5f, within(1e-6f)));
    }

    @Test
    void normalizationLayersBecomeTheNormalization() throws IOException {
        var config = KerasJson.third()
                .input("image", "[null,1,1,3]")
                .layer(
                        "Normalization",
                        "norm",
                        "'axis':[-1],'mean':[[[[123.675,116.28,103.53]]]],'variance':[[[[3409.9764,3262.6944,3291.8906]]]]",
                        "image")
                .layer("Dense", "d", "'units':2,'use_bias':false", "norm")
                .functional("image", "d");

        var normalization =
                read(config, Map.of("d/kernel", counting(3, 2))).preprocessing().normalization();

        for (int c = 0; c < 3; c++) {
            assertThat(normalization.mean().get(c))
                    .isCloseTo(Normalization.IMAGENET.mean().get(c), within(1e-4f));
            assertThat(normalization.std().get(c))
                    .isCloseTo(Normalization.IMAGENET.std().get(c), within(1e-3f));
        }
    }

    @Test
    void oneSigmoidTellsTwoClassesApart() throws IOException {
        var config = KerasJson.second()
                .input("in", "[null,1,1,3]")
                .layer("Flatten", "flat", "")
                .layer("Dense", "d", "'units':1,'activation':'sigmoid'")
                .sequential();
        var kernel = Tensor.of(new float[] {0.5f, -1, 2}, 3, 1);

        var model = read(config, Map.of("d/kernel", kernel, "d/bias", Tensor.of(new float[] {0.25f}, 1)));

        assertThat(layers(model)).containsExactly(Dense.of("d", 1), new Sigmoid("d_sigmoid"));
        assertThat(model.outputs()).isEqualTo(Outputs.ONE_SIGMOID);
        assertThat(model.classes()).isEqualTo(2);
        float yes = (float) (1 / (1 + Math.exp(-(0.5 * 0.1 + 1 * 0.2 + 2 * 0.3 + 0.25))));
        assertThat(Agreement.run(model, new float[] {0.1f, -0.2f, 0.3f}))
                .containsExactly(new float[] {yes}, within(1e-6f));
    }

    @Test
    void gatesAndResizesAreRead() throws IOException {
        var config = KerasJson.second()
                .input("in", "[null,2,3,2]")
                .layer("Activation", "gate", "'activation':'sigmoid'", "in")
                .layer("Multiply", "product", "", "in", "gate")
                .layer("UpSampling2D", "up", "'size':[2,2],'interpolation':'bilinear'", "product")
                .layer("Resizing", "down", "'height':1,'width':2,'interpolation':'bilinear'", "up")
                .functional("in", "down");

        var model = read(config, Map.of());

        assertThat(layers(model))
                .containsExactly(
                        new Parallel(
                                "product",
                                Parallel.Join.MULTIPLY,
                                List.of(Sequence.identity(), Sequence.of(new Sigmoid("gate")))),
                        new BilinearResize("up", 4, 6, BilinearResize.Coordinates.HALF_PIXEL),
                        new BilinearResize("down", 1, 2, BilinearResize.Coordinates.HALF_PIXEL));
    }

    @Test
    void depthwiseLayersMayMakeSeveralChannelsOfEach() throws IOException {
        var config = KerasJson.second()
                .input("in", "[null,1,1,2]")
                .layer("DepthwiseConv2D", "d", "'kernel_size':[1,1],'depth_multiplier':2,'use_bias':false", "in")
                .layer(
                        "SeparableConv2D",
                        "s",
                        "'filters':1,'kernel_size':[1,1],'depth_multiplier':3,'use_bias':false",
                        "d")
                .functional("in", "s");
        var variables = Map.of(
                "d/depthwise_kernel", Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2),
                "s/depthwise_kernel", Tensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1}, 1, 1, 4, 3),
                "s/pointwise_kernel", counting(1, 1, 12, 1));

        var model = read(config, variables);

        var pointwise = Window.square(1, 1, Padding.VALID);
        assertThat(layers(model))
                .containsExactly(
                        new DepthwiseConv("d", pointwise, 2, false),
                        new DepthwiseConv("s_dw", pointwise, 3, false),
                        Conv.pointwise("s_pw", 1));
        // 10 and 100 become 10, 20, 300, 400, of which the pointwise kernel takes parts 0, 4, 8 and 9 to 11.
        assertThat(Agreement.run(model, new float[] {10, 100})).containsExactly(20 * 4 + 300 * 8 + 400 * 30);
    }

    @Test
    void nearestNeighborsAreRefused() {
        var config = KerasJson.second()
                .input("in", "[null,2,3,2]")
                .layer("UpSampling2D", "up", "'size':[2,2]")
                .sequential();

        assertThatThrownBy(() -> read(config, Map.of()))
                .hasMessageContaining("up")
                .hasMessageContaining("bilinear");
    }

    @Test
    void flatteningIsKept() throws IOException {
        var config = KerasJson.second()
                .input("in", "[null,2,2,3]")
                .layer("Reshape", "flat", "'target_shape':[-1]")
                .sequential();
        assertThat(layers(read(config, Map.of()))).containsExactly(new Flatten("flat"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Activation| 'activation':'tanh'| TANH| 0",
                "Activation| 'activation':'elu'| ELU| 1",
                "Activation| 'activation':'gelu'| GELU| 0",
                "Activation| 'activation':'swish'| SILU| 0",
                "Activation| 'activation':'silu'| SILU| 0",
                "Activation| 'activation':'hard_silu'| HARD_SWISH| 0",
                "Activation| 'activation':'hard_sigmoid'| HARD_SIGMOID| 0.2",
                "LeakyReLU| 'alpha':0.1| LEAKY_RELU| 0.1",
                "LeakyReLU| 'negative_slope':0.1| LEAKY_RELU| 0.1",
                "LeakyReLU| 'trainable':true| LEAKY_RELU| 0.3",
                "ReLU| 'negative_slope':0.1| LEAKY_RELU| 0.1",
                "ELU| 'alpha':0.5| ELU| 0.5",
            })
    void curves(String kind, String settings, Curve function, double alpha) throws IOException {
        var config =
                KerasJson.second().input("in", DIMS).layer(kind, "x", settings).sequential();
        assertThat(layers(read(config, Map.of()))).containsExactly(new Nonlinearity("x", function, alpha));
    }

    @Test
    void hardSigmoidIsSteeperBeforeKeras3() throws IOException {
        var config = KerasJson.second()
                .input("in", DIMS)
                .layer("Activation", "x", "'activation':'hard_sigmoid'")
                .sequential();
        for (var version : List.of("2.15.0", "3.5.0")) {
            var file = KerasFiles.writeHdf5(directory.resolve(version + ".h5"), version, config);
            var archive = KerasFiles.zip(
                    directory.resolve(version + ".keras"),
                    Map.of(
                            "config.json",
                            config.getBytes(StandardCharsets.UTF_8),
                            "metadata.json",
                            ("{\"keras_version\": \"" + version + "\"}").getBytes(StandardCharsets.UTF_8),
                            "model.weights.h5",
                            Files.readAllBytes(file)));
            for (var each : List.of(file, archive)) {
                assertThat(layers(ModelFormats.read(each)))
                        .containsExactly(
                                new Nonlinearity("x", Curve.HARD_SIGMOID, version.startsWith("3") ? 1 / 6.0 : 0.2));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "LSTM| 'units':4| has the layer x of the class LSTM, which is not supported; supported layers:"
                        + " Activation",
                "Activation| 'activation':'selu'| the layer x (Activation) cannot be read: its activation is selu",
                "ReLU| 'max_value':4| its max_value is not 6",
                "Conv2D| 'filters':4,'kernel_size':[3,3],'dilation_rate':[2,1]| differ between rows and columns",
                "Conv2D| 'kernel_size':[3,3]| must be an integer, not missing",
                "Conv2D| 'filters':4,'kernel_size':[3,3],'padding':'causal'| its padding is causal",
                "Conv2D| 'filters':4,'kernel_size':3,'data_format':'channels_first'| data_format is not channels_last",
                "Conv2D| 'filters':4,'kernel_size':[3,3]| has no \"x\" in its group /model_weights/",
                "BatchNormalization| 'axis':2| it normalizes along axis [2]",
                "Reshape| 'target_shape':[8,8,12]| it reshapes 16x16x3 to [8, 8, 12]; only flattening",
                "Softmax| 'axis':1| it works along axis [1]",
                "MaxPooling2D| 'pool_size':20| does not fit its input",
                "Rescaling| 'scale':[1,2],'offset':0| scales its input by 2 values",
                "Add| 'a':0| joins 1 feature maps",
                "ZeroPadding2D| 'padding':[[0,-1],[0,0]]| padding must be from 0",
            })
    void whatIsNotReadIsNamed(String kind, String settings, String problem) {
        refused(KerasJson.second().input("in", DIMS).layer(kind, "x", settings).sequential(), problem);
    }

    @Test
    void oddModelsAreNamed() throws IOException {
        refused("{\"class_name\":\"MyModel\",\"config\":{}}", "of the class MyModel");
        refused("{\"class_name\":\"Sequential\"", "its model_config is not valid JSON");
        refused("[]", "its model_config must be a JSON object");
        refused(KerasJson.second().sequential(), "without layers");
        refused(KerasJson.second().layer("Flatten", "f", "").sequential(), "has no input shape");
        refused(KerasJson.second().input("a", DIMS).input("b", DIMS).functional("a", "a"), "it is a second input");
        refused(
                KerasJson.second()
                        .input("a", DIMS)
                        .layer("Flatten", "f", "", "nobody")
                        .functional("a", "f"),
                "it reads \"nobody\"");
        refused(KerasJson.second().input("a", DIMS).functional("a", "b"), "has no layer b");
        refused(
                KerasJson.second()
                        .input("a", DIMS)
                        .layer("Flatten", "f", "", "a")
                        .layer("Flatten", "f", "", "a")
                        .functional("a", "f"),
                "two layers called \"f\"");
    }

    @Test
    void filesThatAreNoneAreNamed() throws IOException {
        assertThatThrownBy(() -> KerasReader.read(directory.resolve("none.h5")))
                .hasMessageContaining("none.h5: there is no such file");
        var text = Files.writeString(directory.resolve("text.h5"), "something else altogether");
        assertThatThrownBy(() -> ModelFormats.read(text)).hasMessageContaining("text.h5: is a text, not a model");
        var other = KerasFiles.zip(directory.resolve("other.keras"), Map.of("a.txt", new byte[1]));
        assertThatThrownBy(() -> ModelFormats.read(other)).hasMessageContaining("is an archive without config.json");
        var bomb = KerasFiles.zip(
                directory.resolve("bomb.keras"),
                Map.of("config.json", new byte[] {'{', '}'}, "model.weights.h5", new byte[3 << 20]));
        assertThatThrownBy(() -> ModelFormats.read(bomb)).hasMessageContaining("of more than 1048576 bytes");
    }
}
