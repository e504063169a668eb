package org.mobilenet4j.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Parallel.Join;

class LayerTest {
    private static final Window WINDOW = Window.square(2, 2, Padding.VALID);

    private static final Layer TREE = new Sequence(
            "all",
            List.of(
                    Dense.of("one", 1),
                    new Parallel(
                            "both",
                            Join.ADD,
                            List.of(new Sequence("left", List.of(Dense.of("two", 2))), new Flatten("three"))),
                    new Softmax("four")));

    @Test
    void mapChangesLeavesInOrderAndKeepsTheNamesAround() {
        var seen = new ArrayList<String>();

        var mapped = TREE.map(leaf -> {
            seen.add(leaf.name());
            return leaf instanceof Dense dense ? dense.withUnits(9) : leaf;
        });

        assertThat(seen).containsExactly("one", "two", "three", "four");
        assertThat(mapped)
                .isEqualTo(new Sequence(
                        "all",
                        List.of(
                                Dense.of("one", 9),
                                new Parallel(
                                        "both",
                                        Join.ADD,
                                        List.of(
                                                new Sequence("left", List.of(Dense.of("two", 9))),
                                                new Flatten("three"))),
                                new Softmax("four"))));
    }

    @Test
    void mapInnerChangesWhatLiesRightInside() {
        assertThat(TREE.mapInner(inner -> new Flatten(inner.name() + "_flat")))
                .isEqualTo(new Sequence(
                        "all", List.of(new Flatten("one_flat"), new Flatten("both_flat"), new Flatten("four_flat"))));
        assertThat(new Softmax("leaf").mapInner(_ -> new Flatten("other"))).isEqualTo(new Softmax("leaf"));
    }

    @Test
    void traitsDependOnWhatAPoolAndAJoinDo() {
        assertThat(Pool.max("pool", WINDOW).is(Trait.MOVES_VALUES)).isTrue();
        assertThat(Pool.max("pool", WINDOW).is(Trait.SHARES_SCALE)).isFalse();
        assertThat(Pool.average("pool", WINDOW).is(Trait.MOVES_VALUES)).isFalse();
        assertThat(Pool.average("pool", WINDOW).is(Trait.SHARES_SCALE)).isTrue();
        assertThat(joined(Join.ADD).is(Trait.ACCUMULATES)).isTrue();
        assertThat(joined(Join.CONCATENATE).is(Trait.ACCUMULATES)).isFalse();
        assertThat(joined(Join.CONCATENATE).is(Trait.SHARES_SCALE)).isTrue();
    }

    private static Layer joined(Join join) {
        return new Parallel("join", join, List.of(Sequence.identity(), Sequence.identity()));
    }

    @Test
    void withChangesOneThing() {
        var conv = new Conv("conv", 4, WINDOW, 2, true);
        var depthwise = new DepthwiseConv("depthwise", WINDOW, 3, true);

        assertThat(conv.withWindow(Window.POINTWISE)).isEqualTo(new Conv("conv", 4, Window.POINTWISE, 2, true));
        assertThat(conv.withFilters(8)).isEqualTo(new Conv("conv", 8, WINDOW, 2, true));
        assertThat(depthwise.withWindow(Window.POINTWISE))
                .isEqualTo(new DepthwiseConv("depthwise", Window.POINTWISE, 3, true));
        assertThat(new Dense("dense", 5, false).withUnits(7)).isEqualTo(new Dense("dense", 7, false));
        assertThat(new Dense("dense", 5, false).withBias()).isEqualTo(new Dense("dense", 5, true));
    }
}
