import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.cost.Cost;

/// What networks of several widths cost before they are built: `CountCost`.
class CountCost {
    public static void main(String[] args) {
        for (double alpha : new double[] {1.0, 0.75, 0.5, 0.25}) {
            var cost = Cost.of(MobileNetV1.of(alpha, 224, 1000).network());
            System.out.printf(
                    "alpha %.2f: %,11d mult-adds, %,9d parameters, %,9d bytes of activations%n",
                    alpha,
                    cost.multAdds(),
                    cost.parameters().trainable(),
                    cost.memory().peakBytes());
        }
    }
}
