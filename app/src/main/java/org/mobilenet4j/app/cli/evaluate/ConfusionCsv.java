package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.IntFunction;
import org.apache.commons.csv.CSVFormat;
import org.mobilenet4j.app.output.TextFile;

/// A confusion matrix as CSV: a row for each true class and a column for each predicted class, only for classes that
/// occur.
final class ConfusionCsv {
    private ConfusionCsv() {}

    static void write(Confusion confusion, IntFunction<String> label, Path file) throws IOException {
        var rows = new StringBuilder();
        try (var csv =
                CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get().print(rows)) {
            var heading = new ArrayList<Object>();
            heading.add("true class");
            confusion.classes().forEach(answer -> heading.add(label.apply(answer)));
            csv.printRecord(heading);
            for (int truth : confusion.classes()) {
                var row = new ArrayList<Object>();
                row.add(label.apply(truth));
                confusion.classes().forEach(answer -> row.add(confusion.count(truth, answer)));
                csv.printRecord(row);
            }
        }
        TextFile.write(file, rows.toString());
    }
}
