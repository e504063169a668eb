package org.mobilenet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

class LayerOutputsTest {
    @Test
    void theLastMapIsTheOutput() {
        for (long seed = 1; seed <= 40; seed++) {
            var network = RandomNetworks.of(seed);
            check(new Model(network, Weights.random(network, seed), List.of(), Preprocessing.TF_SLIM));
        }
        check(QuantizedModels.model());
    }

    private static float[] noise(Model model) {
        var random = new Random(1);
        var image = new float[model.network().input().elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-1, 1);
        }
        return image;
    }

    private static void check(Model model) {
        var image = noise(model);
        var maps = maps(model, image);
        var nodes = model.network().nodes();
        int last = nodes.size();
        while (nodes.get(last - 1).layer() instanceof Dropout
                || nodes.get(last - 1).layer() instanceof Requantize) {
            if (maps.containsKey(nodes.get(last - 1).name())) {
                break;
            }
            last = nodes.get(last - 1).inputs().getFirst();
            if (last == 0) {
                return;
            }
        }
        assertThat(maps.get(nodes.get(last - 1).name()))
                .as(model.network().toString())
                .isEqualTo(Session.open(model).run(image, 1));
    }

    @Test
    void activationsAreSeenBeforeAndBehind() {
        for (long seed = 1; seed <= 20; seed++) {
            var network = RandomNetworks.of(seed);
            var model =
                    FoldedModel.of(new Model(network, Weights.random(network, seed), List.of(), Preprocessing.TF_SLIM));
            var maps = maps(model, noise(model));
            for (var node : model.network().nodes()) {
                int input = node.inputs().getFirst();
                if (!(node.layer() instanceof Activation activation) || input == 0) {
                    continue;
                }
                var before = maps.get(model.network().nodes().get(input - 1).name());
                if (before == null) { // of a change of scale
                    continue;
                }
                var behind = Objects.requireNonNull(maps.get(node.name()));
                float most = activation.function() == Activation.Function.RELU6 ? 6 : Float.MAX_VALUE;
                for (int i = 0; i < behind.length; i++) {
                    assertThat(behind[i]).isEqualTo(Math.clamp(before[i], 0f, most));
                }
            }
        }
    }

    @Test
    void anotherLengthIsRefused() {
        var outputs = LayerOutputs.of(QuantizedModels.model());
        assertThatIllegalArgumentException().isThrownBy(() -> outputs.run(new float[7], (_, _) -> {}));
    }

    private static Map<String, float[]> maps(Model model, float[] image) {
        var maps = new HashMap<String, float[]>();
        LayerOutputs.of(model).run(image, (node, map) -> maps.put(node.name(), map.clone()));
        return maps;
    }
}
