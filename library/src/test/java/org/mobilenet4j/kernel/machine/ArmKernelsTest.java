package org.mobilenet4j.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.Copy;
import org.mobilenet4j.kernel.plain.ElementwiseSum;
import org.mobilenet4j.kernel.scalar.ScalarKernels;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.tensor.Shape;

/// Kernels for AArch64 are made, whatever processor this is: their code is written and loaded, their weights are
/// packed.
/// What the code does is the recipes' tests' to see.
class ArmKernelsTest {
    @Test
    void allThatThereIsCodeForAreMade() {
        var kernels = new MachineKernels(TestTarget.arm(), new ScalarKernels());
        Plane map = Plane.dense(0, new Shape(4, 4, 20));
        Plane other = Plane.dense(1000, new Shape(4, 4, 20));
        var pointwise = new ConvShape(map, other, Window.POINTWISE, 1, Clamp.RELU6);
        var grouped = new ConvShape(map, other, Window.POINTWISE, 2, Clamp.NONE);
        var pool = new ConvShape(
                map, Plane.dense(1000, new Shape(1, 1, 20)), Window.square(4, 1, Padding.VALID), 1, Clamp.NONE);

        List<Kernel> made = List.of(
                kernels.conv(pointwise, WeightRows.of(new float[20 * 20], pointwise), new float[20]),
                kernels.conv(grouped, WeightRows.of(new float[10 * 20], grouped), new float[20]),
                kernels.depthwise(pointwise, new float[20], new float[20]),
                kernels.pool(pool, Pool.Kind.AVERAGE),
                kernels.plain(new Copy(map, other)),
                kernels.plain(new ElementwiseSum(List.of(map, other), other, Clamp.RELU)));
        kernels.finish();

        assertThat(made).allSatisfy(kernel -> assertThat(kernel).isInstanceOf(RecipeKernel.class));
    }
}
