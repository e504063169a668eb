package org.mobilenet4j.server.model;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.server.batch.Lane;

/// Tensors through a plan: each is one image, dense HWC, as the network takes it.
final class TensorLane extends Lane<float[], float[], float[]> {
    private final Plan plan;
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();

    TensorLane(Plan plan) {
        this.plan = plan;
    }

    @Override
    protected float[] prepare(float[] input) {
        return input;
    }

    @Override
    protected List<float[]> run(List<float[]> images) {
        int values = plan.inputShape().elements();
        var input = new float[images.size() * values];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i), 0, input, i * values, values);
        }
        var waiting = idle.poll();
        var session = waiting == null ? Session.open(plan, 1) : waiting;
        var outputs = session.run(input, images.size());
        idle.push(session);
        int each = plan.outputShape().elements();
        return IntStream.range(0, images.size())
                .mapToObj(i -> Arrays.copyOfRange(outputs, i * each, (i + 1) * each))
                .toList();
    }
}
