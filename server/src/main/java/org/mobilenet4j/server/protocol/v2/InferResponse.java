package org.mobilenet4j.server.protocol.v2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.model.ServedModel;
import org.mobilenet4j.server.protocol.Outputs;
import org.mobilenet4j.text.OneLine;

/// Makes the answer to a request of what the network answered.
final class InferResponse {
    private final Outputs outputs;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    InferResponse(Outputs outputs) {
        this.outputs = outputs;
    }

    /// Checks that a model can answer `request`, before it is run.
    static void check(InferRequest request, ServedModel model) {
        for (var output : request.outputs()) {
            if (!Outputs.names(model).contains(output.name())) {
                throw new BadValueException("the model has no output " + OneLine.of(output.name()) + "; ask for one of "
                        + Outputs.names(model));
            }
            if (output.classes() > 0 && !Outputs.isClassifier(model)) {
                throw new BadValueException("the model is no classifier; ask for outputs without classification");
            }
        }
    }

    /// The JSON of the answer; [#bytes] follow it.
    Map<String, Object> json(InferRequest request) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("model_name", outputs.model().name());
        answer.put("model_version", "" + outputs.model().version());
        if (request.id() != null) {
            answer.put("id", request.id());
        }
        var wanted = request.outputs().isEmpty()
                ? Outputs.names(outputs.model()).stream()
                        .map(name -> new OutputRequest(name, 0, request.isBinary()))
                        .toList()
                : request.outputs();
        answer.put("outputs", wanted.stream().map(this::output).toList());
        return answer;
    }

    /// Of the binary outputs, one after the other.
    byte[] bytes() {
        return bytes.toByteArray();
    }

    private Map<String, Object> output(OutputRequest wanted) {
        var rows = outputs.values(wanted.name());
        var shape = new ArrayList<Long>(List.of((long) rows.size()));
        if (wanted.classes() > 0) {
            var classes = rows.stream()
                    .flatMap(row -> classes(row, wanted.classes()).stream())
                    .toList();
            shape.add((long) classes.size() / rows.size());
            return tensor(wanted, "BYTES", shape, classes, wanted.isBinary() ? texts(classes) : new byte[0]);
        }
        shape.addAll(Outputs.shape(outputs.model(), wanted.name()));
        return tensor(wanted, "FP32", shape, flat(rows), wanted.isBinary() ? floats(rows) : new byte[0]);
    }

    private Map<String, Object> tensor(
            OutputRequest wanted, String type, List<Long> shape, Object data, byte[] binary) {
        var tensor = new LinkedHashMap<String, Object>();
        tensor.put("name", wanted.name());
        tensor.put("datatype", type);
        tensor.put("shape", shape);
        if (wanted.isBinary()) {
            tensor.put("parameters", Map.of("binary_data_size", binary.length));
            bytes.writeBytes(binary);
        } else {
            tensor.put("data", data);
        }
        return tensor;
    }

    private List<String> classes(float[] row, int count) {
        var labels = outputs.model().model();
        return IntStream.range(0, row.length)
                .boxed()
                .sorted((a, b) -> Float.compare(row[b], row[a]))
                .limit(count)
                .map(i -> row[i] + ":" + i + ":" + labels.label(i))
                .toList();
    }

    private static float[] flat(List<float[]> rows) {
        int each = rows.getFirst().length;
        var all = new float[rows.size() * each];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * each, each);
        }
        return all;
    }

    private static byte[] floats(List<float[]> rows) {
        var values = flat(rows);
        var buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    private static byte[] texts(List<String> texts) {
        var out = new ByteArrayOutputStream();
        for (var text : texts) {
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(utf8.length)
                    .array());
            out.writeBytes(utf8);
        }
        return out.toByteArray();
    }
}
