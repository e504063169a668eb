package org.mobilenet4j.server.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import org.mobilenet4j.error.BadValueException;

/// The parameters of a request's query.
public final class Parameters {
    private final ServerRequest request;

    private Parameters(ServerRequest request) {
        this.request = request;
    }

    /// Those of `request`.
    public static Parameters of(ServerRequest request) {
        return new Parameters(request);
    }

    /// The text of `name`, if it is there and not empty.
    public Optional<String> text(String name) {
        return request.query().first(name).filter(value -> !value.isEmpty());
    }

    /// A whole number, or `otherwise` if there is none.
    ///
    /// @throws BadValueException if it is none from `least` to `most`
    public int number(String name, int least, int most, int otherwise) {
        return (int) decimal(name, least, most, otherwise, true);
    }

    /// A number, or `otherwise` if there is none.
    ///
    /// @throws BadValueException if it is none from `least` to `most`
    public double decimal(String name, double least, double most, double otherwise) {
        return decimal(name, least, most, otherwise, false);
    }

    private double decimal(String name, double least, double most, double otherwise, boolean isWhole) {
        var text = text(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        try {
            double value = text.length() > 20 ? Double.NaN : Double.parseDouble(text);
            if (value >= least && value <= most && (!isWhole || value == Math.rint(value))) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new BadValueException(
                isWhole
                        ? name + " must be a whole number from " + (int) least + " to " + (int) most
                        : name + " must be a number from " + least + " to " + most);
    }

    /// Whether `name` is `true`.
    ///
    /// @throws BadValueException if it is neither that nor `false`
    public boolean isTrue(String name, boolean otherwise) {
        var text = text(name).orElse("" + otherwise);
        if (!text.equals("true") && !text.equals("false")) {
            throw new BadValueException(name + " must be true or false");
        }
        return text.equals("true");
    }
}
