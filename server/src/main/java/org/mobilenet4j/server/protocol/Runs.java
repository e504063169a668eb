package org.mobilenet4j.server.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.batch.QueueFullException;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.model.Answer;
import org.mobilenet4j.server.model.Photo;
import org.mobilenet4j.server.model.ServedModel;

/// Runs what protocols bring.
public final class Runs {
    private final ServerContext context;

    /// @param context runs it
    public Runs(ServerContext context) {
        this.context = context;
    }

    /// The outputs of a model for texts that are photos in Base64, or for numbers that
    /// are its input as it is.
    public Outputs run(ServedModel model, JsonValues values)
            throws QueueFullException, ExecutionException, InterruptedException {
        return values.texts().isEmpty()
                ? tensors(model, values.shape(), values.numbers())
                : photos(model, values.texts().stream().map(Runs::base64).toList());
    }

    /// The bytes that `text` is in Base64.
    ///
    /// @throws BadValueException if it is not
    public static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new BadValueException("a text in data is not Base64; send a photo's bytes so");
        }
    }

    /// Photos, not decoded yet.
    public Outputs photos(ServedModel model, List<byte[]> photos)
            throws QueueFullException, ExecutionException, InterruptedException {
        if (photos.size() > context.limits().photos()) {
            throw new BadValueException("the request has " + photos.size() + " photos, more than the "
                    + context.limits().photos() + " that it may; send fewer");
        }
        return new Outputs(
                model,
                answers(model, photos.stream().map(context.photos()::of).toList()).stream()
                        .map(Answer::outputs)
                        .toList());
    }

    /// What a model answers to photos.
    public List<Answer> answers(ServedModel model, List<Photo> photos)
            throws QueueFullException, ExecutionException, InterruptedException {
        return context.batcher().run(model.photos(), photos);
    }

    /// Inputs as the network takes them.
    ///
    /// @param shape NHWC, or HWC for one
    /// @param values row by row
    public Outputs tensors(ServedModel model, List<Long> shape, float[] values)
            throws QueueFullException, ExecutionException, InterruptedException {
        var input = model.plan().inputShape();
        var wanted = List.of((long) input.height(), (long) input.width(), (long) input.channels());
        boolean isOne = shape.equals(wanted);
        if (!isOne && (shape.size() != 4 || !shape.subList(1, 4).equals(wanted))) {
            throw new BadValueException("the input has the shape " + shape + "; the network takes [n, " + wanted.get(0)
                    + ", " + wanted.get(1) + ", " + wanted.get(2) + "]");
        }
        int each = input.elements();
        if (values.length % each != 0 || values.length / each != (isOne ? 1 : shape.getFirst())) {
            throw new BadValueException(
                    "the input has " + values.length + " values, not as many as its shape " + shape + " says");
        }
        var rows = new ArrayList<float[]>();
        for (int i = 0; i < values.length; i += each) {
            rows.add(Arrays.copyOfRange(values, i, i + each));
        }
        return new Outputs(model, context.batcher().run(model.tensors(), rows));
    }
}
