package org.mobilenet4j.compress.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.compress.prune.MagnitudePruning.Scope;

class MagnitudePruningTest {
    private static int zeros(float[] values) {
        int zeros = 0;
        for (float value : values) {
            zeros += value == 0 ? 1 : 0;
        }
        return zeros;
    }

    @Test
    void zeroesTheSmallestOfEachLargeKernel() {
        var model = PruneModels.separable();
        var pruned = new MagnitudePruning(0.75, Scope.LAYER, false).prune(model);
        float[] before = model.weights().get("conv_pw_1/kernel").toArray();
        float[] after = pruned.weights().get("conv_pw_1/kernel").toArray();
        assertThat(zeros(after)).isEqualTo(384);
        float[] sizes = before.clone();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(sizes[i]);
        }
        Arrays.sort(sizes);
        for (int i = 0; i < after.length; i++) {
            assertThat(after[i]).isEqualTo(Math.abs(before[i]) < sizes[384] ? 0 : before[i]);
        }
        assertThat(zeros(pruned.weights().get("conv_preds/kernel").toArray())).isEqualTo(120);
        for (var kept : new String[] {"conv1/kernel", "conv_dw_1/depthwise_kernel", "conv_preds/bias"}) {
            assertThat(pruned.weights().get(kept).toArray())
                    .isEqualTo(model.weights().get(kept).toArray());
        }
    }

    @Test
    void comparesAllKernelsWhereAskedTo() {
        var model = PruneModels.with(PruneModels.separable(), "conv_preds/kernel", values -> {
            for (int i = 0; i < values.length; i++) {
                values[i] *= 100;
            }
            return values;
        });
        var pruned = new MagnitudePruning(0.5, Scope.GLOBAL, true).prune(model);
        int zeros = 0;
        int all = 0;
        for (var name :
                new String[] {"conv1/kernel", "conv_dw_1/depthwise_kernel", "conv_pw_1/kernel", "conv_preds/kernel"}) {
            zeros += zeros(pruned.weights().get(name).toArray());
            all += pruned.weights().get(name).size();
        }
        assertThat(zeros).isEqualTo(all / 2);
        assertThat(zeros(pruned.weights().get("conv_preds/kernel").toArray())).isLessThan(10);
    }

    /// Equal weights: as many as asked for go, no more.
    @Test
    void breaksTies() {
        var model = PruneModels.with(PruneModels.separable(), "conv_pw_1/kernel", values -> {
            Arrays.fill(values, -3);
            return values;
        });
        var pruned = new MagnitudePruning(0.3, Scope.LAYER, false).prune(model);
        assertThat(zeros(pruned.weights().get("conv_pw_1/kernel").toArray())).isEqualTo(Math.round(0.3f * 512));
    }

    /// Equation 1 of Zhu and Gupta.
    @Test
    void schedulesTheShareOfZeros() {
        var schedule = new SparsitySchedule(new MagnitudePruning(0.8, Scope.LAYER, false), 100);
        assertThat(schedule.sparsity(0, 0)).isZero();
        assertThat(schedule.sparsity(0, 50)).isCloseTo(0.8 - 0.8 / 8, within(1e-12));
        assertThat(schedule.sparsity(0.4, 20)).isCloseTo(0.8 - 0.4 * 0.512, within(1e-12));
        assertThat(schedule.sparsity(0, 100)).isEqualTo(0.8);
        assertThat(schedule.sparsity(0, 170)).isEqualTo(0.8);
        assertThat(schedule.sparsity(0.9, 3)).isEqualTo(0.9);
        assertThat(schedule.settled()).isEqualTo(100);
    }

    @Test
    void saysWhatIsImpossible() {
        assertThatThrownBy(() -> new MagnitudePruning(1, Scope.LAYER, false)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> new MagnitudePruning(0, Scope.LAYER, false)).hasMessageContaining("above 0");
        var tiny = PruneModels.model(new GlobalAveragePool("pool"), Dense.of("fc", 4));
        assertThatThrownBy(() -> new MagnitudePruning(0.5, Scope.LAYER, false).prune(tiny))
                .hasMessageContaining("no kernel to prune");
    }
}
