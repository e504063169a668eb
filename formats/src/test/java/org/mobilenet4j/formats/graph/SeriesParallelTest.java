package org.mobilenet4j.formats.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mobilenet4j.arch.Parallel.Join.ADD;
import static org.mobilenet4j.arch.Parallel.Join.CONCATENATE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;

class SeriesParallelTest {
    /// A tree in one line: `a [b c|] d` is a, then b and c beside an identity, then d.
    private static String text(Layer layer) {
        return switch (layer) {
            case Sequence sequence ->
                sequence.layers().stream().map(SeriesParallelTest::text).collect(Collectors.joining(" "));
            case Parallel parallel ->
                (parallel.join() == ADD ? "+" : "")
                        + parallel.branches().stream()
                                .map(SeriesParallelTest::text)
                                .collect(Collectors.joining("|", "[", "]"));
            default -> layer.name();
        };
    }

    private static GraphNode node(String name, int input) {
        return GraphNode.of(name, input, Activation.relu(name));
    }

    private static GraphNode join(String name, Parallel.Join join, Integer... inputs) {
        return GraphNode.joining(name, join, List.of(inputs));
    }

    private static String tree(GraphNode... nodes) {
        return text(SeriesParallel.tree(List.of(nodes), nodes.length));
    }

    @Test
    void chainsStayInOrder() {
        assertThat(tree(node("a", 0), node("b", 1), node("c", 2))).isEqualTo("a b c");
        assertThat(text(SeriesParallel.tree(List.of(), 0))).isEmpty();
    }

    @Test
    void nodesWithoutLayersVanish() {
        assertThat(tree(node("a", 0), GraphNode.of("reshape", 1), node("b", 2))).isEqualTo("a b");
    }

    @Test
    void shortcutsAreIdentities() {
        assertThat(tree(node("a", 0), node("b", 1), node("c", 2), join("j", ADD, 1, 3), node("d", 4)))
                .isEqualTo("a +[|b c] d");
        assertThat(tree(node("a", 0), join("j", ADD, 0, 1))).isEqualTo("+[|a]");
        assertThat(tree(join("j", ADD, 0, 0))).isEqualTo("+[|]");
    }

    @Test
    void layersBehindAJoinFollowIt() {
        var joined = GraphNode.joining("j", ADD, List.of(0, 1), Activation.relu("after"));

        assertThat(tree(node("a", 0), joined)).isEqualTo("+[|a] after");
    }

    @Test
    void branchesKeepTheirOrder() {
        assertThat(tree(node("a", 0), node("b", 0), node("c", 2), join("j", CONCATENATE, 3, 1)))
                .isEqualTo("[b c|a]");
    }

    @Test
    void joinsNest() {
        // An Inception-like block, one branch of which splits again; then a residual one.
        assertThat(tree(
                        node("stem", 0),
                        node("a", 1),
                        node("b", 1),
                        node("c", 3),
                        node("d", 3),
                        join("inner", CONCATENATE, 4, 5),
                        join("outer", CONCATENATE, 2, 6, 1),
                        node("e", 7),
                        join("residual", ADD, 7, 8)))
                .isEqualTo("stem [a|b [c|d]|] +[|e]");
    }

    @Test
    void denseBlocksAreJoinsOfJoins() {
        assertThat(tree(node("a", 0), join("j", CONCATENATE, 0, 1), node("b", 2), join("k", CONCATENATE, 2, 3)))
                .isEqualTo("[|a] [|b]");
    }

    @Test
    void unusedOperationsAreLeftOut() {
        assertThat(text(SeriesParallel.tree(List.of(node("a", 0), node("dead", 1), node("b", 1)), 3)))
                .isEqualTo("a b");
    }

    @Test
    void readingAcrossBranchesIsRefusedByName() {
        // The smallest graph that is not series-parallel: b is read by both joins, but starts inside the first.
        assertThatThrownBy(() ->
                        tree(node("a", 0), node("b", 0), join("j", ADD, 1, 2), node("c", 3), join("k", ADD, 4, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the output of b is read across branches");
    }

    @Test
    void moreOperationsThanAnyNetworkHasAreRefused() {
        var chain = new ArrayList<GraphNode>();
        for (int i = 0; i <= 100_000; i++) {
            chain.add(node("n", i));
        }
        assertThatThrownBy(() -> SeriesParallel.tree(chain, chain.size()))
                .hasMessage("has 100001 operations; networks of up to 100000 are supported");
    }

    @Test
    void readingAheadIsRefused() {
        assertThatThrownBy(() -> tree(node("a", 1)))
                .hasMessageContaining("a reads a value that no earlier" + " operation computes");
        assertThatThrownBy(() -> tree(node("a", -1))).hasMessageContaining("a reads");
    }

    @Test
    void longChainsAndDeepNestsDoNotExhaustTheStack() {
        var chain = new ArrayList<GraphNode>();
        for (int i = 0; i < 50_000; i++) {
            chain.add(i % 2 == 0 ? node("n" + i, i) : join("j" + i, ADD, i, i - 1));
        }
        assertThat(SeriesParallel.tree(chain, chain.size()).layers()).hasSize(25_000);

        var nest = new ArrayList<GraphNode>();
        for (int i = 0; i < 5_000; i++) {
            nest.add(join("j" + i, ADD, i, 0));
        }
        assertThatThrownBy(() -> SeriesParallel.tree(nest, nest.size())).hasMessageContaining("nested");
    }
}
