package org.mobilenet4j.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.server.model.ServedModel;

/// What clients are told of a model.
///
/// @param name what they call it
/// @param version a number
/// @param network its architecture
/// @param task `classification`, `detection` or `features`
/// @param input height, width, channels
/// @param classes how many
/// @param labels their names, or empty
/// @param quantized whether it computes with integers
/// @param parameters that are trained
/// @param multAdds of one photo
/// @param isDefault whether requests that name none get it
record ServedInfo(
        String name,
        String version,
        String network,
        String task,
        List<Integer> input,
        int classes,
        List<String> labels,
        boolean quantized,
        long parameters,
        long multAdds,
        @JsonProperty("default") boolean isDefault) {
    static ServedInfo of(ServedModel served, boolean isDefault) {
        var model = served.model();
        var input = model.network().input();
        var cost = Cost.of(model.network());
        return new ServedInfo(
                served.name(),
                "" + served.version(),
                model.network().name(),
                task(served),
                List.of(input.height(), input.width(), input.channels()),
                model.classes(),
                model.labels(),
                model.quantization().isPresent(),
                cost.parameters().trainable(),
                cost.multAdds(),
                isDefault);
    }

    private static String task(ServedModel served) {
        if (served.isDetector()) {
            return "detection";
        }
        return served.model().outputs().areClasses() ? "classification" : "features";
    }
}
