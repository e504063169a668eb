package org.mobilenet4j.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.model.FoldedModel;

class ActivationGroupsTest {
    @Test
    void aLinearLayerIsStoredWithItsActivation() {
        var folded = FoldedModel.of(Networks.model(MobileNetV1.of(0.25, 32, 10).network(), 1));
        var names = names(new ActivationGroups(folded.network(), false));

        assertThat(names).hasSize(27 + 3).startsWith("conv1_relu", "conv_dw_1_relu", "conv_pw_1_relu");
        assertThat(names).endsWith("global_average_pooling", "conv_preds", "predictions");
    }

    @Test
    void aConcatenationItsBranchesAndAveragesHaveOneScale() {
        var network = FoldedModel.of(Networks.branches(1)).network();
        var groups = new ActivationGroups(network, false);

        assertThat(names(groups)).contains("average", "join", "pw_relu", "dw", "add_relu", "gate_pw", "gate", "gated");
        assertThat(names(groups)).doesNotContain("conv", "pw", "add", "resize");
        var joined = List.of("conv_relu", "average", "pw_relu", "join");
        assertThat(joined)
                .extracting(name -> group(groups, network, name))
                .containsOnly(group(groups, network, "join"));
        assertThat(group(groups, network, "gated")).isEqualTo(group(groups, network, "requantize"));
        assertThat(List.of("dw", "add_relu", "gated"))
                .extracting(name -> group(groups, network, name))
                .doesNotHaveDuplicates()
                .doesNotContain(group(groups, network, "join"));
    }

    private static List<String> names(ActivationGroups groups) {
        return groups.named().stream().map(Node::name).toList();
    }

    private static int group(ActivationGroups groups, Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .mapToInt(node -> groups.group(node.id()))
                .findFirst()
                .orElseThrow();
    }
}
