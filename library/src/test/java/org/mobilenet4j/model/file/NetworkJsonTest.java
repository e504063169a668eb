package org.mobilenet4j.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;
import org.mobilenet4j.model.RandomNetworks;
import org.mobilenet4j.tensor.Shape;

class NetworkJsonTest {
    private static final Shape INPUT = new Shape(8, 8, 3);

    private static Network tree(Layer... layers) {
        return new Network("net", INPUT, Sequence.of(layers));
    }

    @Test
    void everyKindOfLayerComesBackAsItWas() {
        var kinds = new HashSet<Class<?>>();
        for (int seed = 0; seed < 500; seed++) {
            var network = RandomNetworks.network(seed);
            collectKinds(network.body(), kinds);

            assertThat(NetworkJson.read(NetworkJson.write(network))).isEqualTo(network);
        }
        // Random networks have none with these seeds.
        var sigmoid = new Network("sigmoid", new Shape(2, 2, 3), new Sigmoid("s"));
        assertThat(NetworkJson.read(NetworkJson.write(sigmoid))).isEqualTo(sigmoid);
        collectKinds(sigmoid.body(), kinds);
        assertThat(kinds).isEqualTo(records(Layer.class));
    }

    @Test
    void aChangeOfScaleKeepsItsRounding() {
        var network = tree(new Requantize("twice"), new Requantize("once", true));

        assertThat(NetworkJson.read(NetworkJson.write(network))).isEqualTo(network);
        assertThat(NetworkJson.write(network)).containsOnlyOnce("roundsFloats");
    }

    /// All that `type` permits, however deep.
    private static Set<Class<?>> records(Class<?> type) {
        if (!type.isSealed()) {
            return Set.of(type);
        }
        var records = new HashSet<Class<?>>();
        for (var inner : type.getPermittedSubclasses()) {
            records.addAll(records(inner));
        }
        return records;
    }

    private static void collectKinds(Layer layer, Set<Class<?>> kinds) {
        kinds.add(layer.getClass());
        layer.inner().forEach(inner -> collectKinds(inner, kinds));
    }

    @Test
    void treesAreWrittenForPeople() {
        var network = tree(
                new Conv("conv1", 8, Window.square(3, 2, Padding.SAME), 1, true),
                new BatchNorm("bn"),
                Activation.relu6("relu"));

        assertThat(NetworkJson.write(network))
                .isEqualTo("{\"name\":\"net\",\"input\":[8,8,3],\"body\":{\"kind\":\"sequence\",\"layers\":["
                        + "{\"kind\":\"conv\",\"name\":\"conv1\",\"filters\":8,\"window\":[3,3],\"stride\":2,"
                        + "\"padding\":\"same\",\"bias\":true},"
                        + "{\"kind\":\"batch-norm\",\"name\":\"bn\"},"
                        + "{\"kind\":\"activation\",\"name\":\"relu\",\"function\":\"relu6\"}]}}");
    }

    @Test
    void aTableIsWrittenAsItsOptions() {
        var network = MobileNetV1.of(0.25, 128, 1001).network();

        assertThat(NetworkJson.write(network))
                .isEqualTo("{\"architecture\":\"mobilenet-v1\",\"alpha\":0.25,\"input\":[128,128,3],\"classes\":1001,"
                        + "\"variant\":\"separable\",\"outputStride\":32,\"padding\":\"same\",\"minDepth\":8}");
    }

    @Test
    void everyTableIsRecognizedAndComesBack() {
        for (double alpha : List.of(1.0, 0.25, 1.0 / 3, 0.01)) {
            for (var padding :
                    List.of(Padding.SAME, Padding.SYMMETRIC, Padding.VALID, new Padding.Explicit(0, 1, 0, 1))) {
                for (var variant : Variant.values()) {
                    for (int minDepth : List.of(1, 8, 16)) {
                        for (int stride : List.of(8, 16, 32)) {
                            var table = new MobileNetV1(
                                    alpha, new Shape(224, 256, 1), stride / 8 - 1, variant, stride, padding, minDepth);
                            var json = NetworkJson.write(table.network());

                            assertThat(json).as("%s", table).contains("\"architecture\":\"mobilenet-v1\"");
                            assertThat(NetworkJson.read(json)).as("%s", table).isEqualTo(table.network());
                        }
                    }
                }
            }
        }
    }

    @Test
    void aTableOnAnotherInputKeepsItsName() {
        var network = MobileNetV1.of(0.5, 224, 10).network().withInput(new Shape(96, 96, 3));

        var json = NetworkJson.write(network);

        assertThat(json).contains("architecture", "\"name\":\"mobilenet-v1-0.5-224\"");
        assertThat(NetworkJson.read(json)).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mobilenet-v1-0.25-128",
                "mobilenet-v1-99.0-128",
                "mobilenet-v1-conv-1.0-8",
                "mobilenet-v1-1.0E-400-8"
            })
    void aNameThatLiesIsStoredAsATree(String name) {
        for (var layers : List.of(List.<Layer>of(), List.<Layer>of(new Flatten("f")))) {
            var network = new Network(name, INPUT, new Sequence("", layers));

            assertThat(NetworkJson.write(network)).doesNotContain("architecture");
            assertThat(NetworkJson.read(NetworkJson.write(network))).isEqualTo(network);
        }
    }

    @Test
    void aFoldedTableIsStoredAsATree() {
        var table = MobileNetV1.of(0.25, 64, 10).network();
        var folded = ((Sequence) table.body())
                .layers().stream()
                        .filter(layer -> !(layer instanceof BatchNorm))
                        .map(layer -> layer instanceof Conv conv ? conv.withBias() : layer)
                        .toList();
        var network = new Network(table.name(), table.input(), new Sequence("", folded));

        assertThat(NetworkJson.write(network)).doesNotContain("architecture");
        assertThat(NetworkJson.read(NetworkJson.write(network))).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]| its network must be a JSON object, not []",
                "{}| lacks the field \"input\"",
                "{'input':[8,8]}| \"input\" must be a list of 3 integers",
                "{'input':[8,8,2.5]}| \"input\" must be a list of 3 integers",
                "{'input':[8,8,3]}| lacks the field \"body\"",
                "{'input':[8,0,3],'name':'n','body':{'kind':'sequence','layers':[]}}| positive sizes",
                "{'input':[8,8,3],'body':{'kind':'sequence','layers':[]}}| lacks the field \"name\"",
                "{'input':[8,8,3],'name':'n','body':{'kind':'sequence','layers':[]},'x':1}| unknown field \"x\"",
                "{'input':[8,8,3],'architecture':'vgg'}| unknown architecture \"vgg\"",
                "{'input':[8,8,3],'architecture':'mobilenet-v1'}| lacks the field \"alpha\"",
            })
    void wrongNetworksAreNamed(String json, String message) {
        assertThatThrownBy(() -> NetworkJson.read(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7| a layer must be a JSON object, not 7",
                "{'name':'a'}| a layer lacks the field \"kind\"",
                "{'kind':'lstm','name':'a'}| the layer a is of the unknown kind \"lstm\"",
                "{'kind':'flatten','name':'a','axis':1}| the layer a has an unknown field \"axis\"",
                "{'kind':'flatten','name':7}| \"name\" must be a string, not 7",
                "{'kind':'flatten'}| needs a name",
                "{'kind':'dense','name':'a','units':'9'}| the layer a: \"units\" must be an integer",
                "{'kind':'dense','name':'a','units':9.0}| the layer a: \"units\" must be an integer",
                "{'kind':'dense','name':'a','units':4294967297}| the layer a: \"units\" must be an integer",
                "{'kind':'conv','name':'a','filters':0,'window':[1,1],'padding':'same'}| a: 0 filters",
                "{'kind':'conv','name':'a','filters':1,'window':[1,1]}| the layer a lacks the field \"padding\"",
                "{'kind':'conv','name':'a','filters':1,'window':[1],'padding':'same'}| list of 2 integers",
                "{'kind':'conv','name':'a','filters':1,'window':[1,1],'padding':'full'}| must be same, symmetric",
                "{'kind':'conv','name':'a','filters':1,'window':[9,9],'padding':'valid'}| does not fit its input",
                "{'kind':'conv','name':'a','filters':1,'window':[1,1],'padding':'same','bias':1}| true or false",
                "{'kind':'activation','name':'a','function':'tanh'}| must be relu or relu6, not \"tanh\"",
                "{'kind':'batch-norm','name':'a','epsilon':2}| epsilon must lie between",
                "{'kind':'dropout','name':'a'}| lacks the field \"rate\"",
                "{'kind':'sequence','layers':{}}| \"layers\" must be a list, not an object",
                "{'kind':'parallel','name':'a','join':'add','branches':[]}| two branches or more",
            })
    void wrongLayersAreNamed(String layer, String message) {
        var json = "{'name':'n','input':[8,8,3],'body':{'kind':'sequence','layers':[" + layer + "]}}";

        assertThatThrownBy(() -> NetworkJson.read(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void depthAndNumberOfLayersAreBounded() {
        Layer deep = new Flatten("f");
        for (int i = 0; i < 100; i++) {
            deep = Sequence.of(deep);
        }
        var tooDeep = tree(deep);
        assertThatThrownBy(() -> NetworkJson.write(tooDeep)).hasMessageContaining("nesting depth");

        var opening = "{\"kind\":\"sequence\",\"layers\":[".repeat(100_000);
        assertThatThrownBy(() -> NetworkJson.read("{\"name\":\"n\",\"input\":[8,8,3],\"body\":" + opening))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nesting depth");

        var many = tree(Collections.nCopies(10_000, Sequence.identity()).toArray(Layer[]::new));
        assertThatThrownBy(() -> NetworkJson.write(many)).hasMessageContaining("10001 layers");

        var layers = Collections.nCopies(10_001, "{\"kind\":\"sequence\",\"layers\":[]}").stream()
                .collect(Collectors.joining(",", "[", "]"));
        assertThatThrownBy(() ->
                        NetworkJson.read("{\"name\":\"n\",\"input\":[8,8,3],\"body\":{\"kind\":\"sequence\",\"layers\":"
                                + layers + "}}"))
                .hasMessageContaining("10002 layers");
    }

    @Test
    void whatJsonCannotHoldIsRefused() {
        for (double value : List.of(Double.NaN, Double.POSITIVE_INFINITY)) {
            var network = tree(new LocalResponseNorm("norm", 5, value, 1, 1));
            assertThatThrownBy(() -> NetworkJson.write(network)).hasMessageContaining("JSON cannot hold");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2}| gives \"a\" twice",
                "{\"a\":null}| has no meaning here",
                "{\"a\":NaN}| is not valid JSON",
                "{\"a\":1e999}| too large",
                "{\"a\":99999999999999999999}| is not valid JSON",
                "{} {}| continues after its end",
                "{\"a\"| is not valid JSON",
                "[1,2| is not valid JSON",
                "``| is empty",
            })
    void jsonIsReadStrictly(String json, String message) {
        assertThatThrownBy(() -> Json.parse(json, "the text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the text")
                .hasMessageContaining(message);
    }

    @Test
    void jsonHasABoundedNumberOfValues() {
        var zeros = new char[2 * Json.MAX_VALUES];
        Arrays.fill(zeros, ',');
        for (int i = 0; i < zeros.length; i += 2) {
            zeros[i] = '0';
        }
        var text = "[" + new String(zeros) + "0]";

        assertThatThrownBy(() -> Json.parse(text, "the text")).hasMessageContaining("more than 2000000 values");
    }
}
