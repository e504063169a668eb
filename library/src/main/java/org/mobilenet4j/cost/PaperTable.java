package org.mobilenet4j.cost;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.NetworkSpec;

/// A published table of costs, with ours beside them.
///
/// @param id `2` to `9`, or `tf-slim`
/// @param title title of the table
/// @param rows in the published order
/// @param remarks on the table as a whole
public record PaperTable(String id, String title, List<Row> rows, List<String> remarks) {
    public PaperTable {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(remarks, "remarks");
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    /// One row.
    ///
    /// @param label as published
    /// @param accuracy published top-1 accuracy on ImageNet in percent, if the table has it
    /// @param multAdds for one image
    /// @param parameters weights alone, unless a remark says otherwise
    public record Row(String label, OptionalDouble accuracy, Figure multAdds, Figure parameters) {
        public Row {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(accuracy, "accuracy");
            Objects.requireNonNull(multAdds, "multAdds");
            Objects.requireNonNull(parameters, "parameters");
        }

        static Row of(String label, Network network, String multAdds, String parameters) {
            var cost = Cost.of(network);
            return new Row(
                    label,
                    OptionalDouble.empty(),
                    Figure.millions(multAdds, cost.multAdds()),
                    Figure.millions(parameters, cost.parameters().weights()));
        }

        /// @param spec of the network, as [NetworkSpec#parse] reads it
        static Row of(String label, double accuracy, String spec, String multAdds, String parameters) {
            var row = of(label, NetworkSpec.parse(spec).network(), multAdds, parameters);
            return new Row(label, OptionalDouble.of(accuracy), row.multAdds, row.parameters);
        }

        Row noteMultAdds(String note) {
            return new Row(label, accuracy, multAdds.withNote(note), parameters);
        }

        Row noteParameters(String note) {
            return new Row(label, accuracy, multAdds, parameters.withNote(note));
        }
    }
}
