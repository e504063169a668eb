package org.mobilenet4j.server.protocol.tfserving;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.protocol.JsonBody;
import org.mobilenet4j.server.protocol.JsonValues;
import org.mobilenet4j.text.OneLine;
import tools.jackson.core.JsonToken;

/// What a client asks to predict.
///
/// @param inputs numbers, or photos in Base64
/// @param areRows whether they came as `instances` and not as `inputs`, so that the answer
/// has the same form
public record PredictRequest(JsonValues inputs, boolean areRows) {
    private static final Set<String> SIGNATURES = Set.of("", "serving_default", "predict_images", "predict");

    /// Reads the JSON in `body`.
    ///
    /// @throws BadValueException saying what is wrong with it
    public static PredictRequest read(byte[] body) {
        return JsonBody.read(body, 0, body.length, parser -> {
            PredictRequest read = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var member = parser.currentName();
                parser.nextToken();
                switch (member) {
                    case "instances", "inputs" -> {
                        if (read != null) {
                            throw new BadValueException("the request has several of instances and inputs; send one");
                        }
                        read = new PredictRequest(JsonValues.read(parser), member.equals("instances"));
                    }
                    case "signature_name" -> checkSignature(JsonBody.text(parser, member));
                    default -> parser.skipChildren();
                }
            }
            return required(read);
        });
    }

    private static PredictRequest required(@Nullable PredictRequest read) {
        if (read == null) {
            throw new BadValueException("the request has neither instances nor inputs; send one of them");
        }
        if (read.areRows && read.inputs.shape().isEmpty()) {
            throw new BadValueException("instances must be an array");
        }
        return read;
    }

    private static void checkSignature(String name) {
        if (!SIGNATURES.contains(name)) {
            throw new BadValueException(
                    "there is no signature " + OneLine.of(name) + "; leave it out, or say serving_default");
        }
    }
}
