package org.mobilenet4j.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.mobilenet4j.train.optimize.Optimizer;
import org.mobilenet4j.train.optimize.RmsProp;
import org.mobilenet4j.train.optimize.Sgd;

/// `torch.optim.SGD` and `torch.optim.RMSprop`, which DJL does not have, built from PyTorch operations according to
/// their documentation.
final class PytorchOptimizer {
    private final Optimizer rule;
    private final List<NDArray> values;
    private final List<NDArray> sums;
    private final List<NDArray> squares;

    /// @throws IllegalArgumentException if the rule is neither
    PytorchOptimizer(Optimizer rule, List<NDArray> values) {
        this.rule = rule;
        this.values = values;
        this.sums = values.stream().map(NDArray::zerosLike).toList();
        this.squares = switch (rule) {
            case Sgd sgd when !sgd.nesterov() -> List.of();
            case RmsProp rmsProp
            when rmsProp.flavor() == RmsProp.Flavor.PYTORCH ->
                values.stream().map(NDArray::zerosLike).toList();
            default -> throw new IllegalArgumentException("the PyTorch oracle does not support " + rule);
        };
    }

    /// Updates the values by their gradients, which are then closed and zeroed.
    void update(double rate) {
        for (int i = 0; i < values.size(); i++) {
            try (var gradient = values.get(i).getGradient()) {
                if (rule instanceof RmsProp rmsProp) {
                    square(gradient, squares.get(i), rmsProp);
                    sum(gradient, sums.get(i), rmsProp.momentum());
                } else if (rule instanceof Sgd sgd) {
                    sum(gradient, sums.get(i), sgd.momentum());
                }
                try (var step = sums.get(i).mul(rate)) {
                    values.get(i).subi(step);
                }
                gradient.muli(0);
            }
        }
    }

    private static void sum(NDArray gradient, NDArray sum, double momentum) {
        sum.muli(momentum).addi(gradient);
    }

    /// Divides the gradient by the root of its mean square.
    private static void square(NDArray gradient, NDArray mean, RmsProp rule) {
        try (var square = gradient.square()) {
            mean.muli(rule.decay()).addi(square.muli(1 - rule.decay()));
        }
        try (var root = mean.sqrt()) {
            gradient.divi(root.addi(rule.epsilon()));
        }
    }
}
