package org.mobilenet4j.formats.dataset;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// Reads a UTF-8 CSV file whose first line names the columns.
final class Table {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final long MAX_BYTES = 256L << 20;

    /// A row's values in the requested columns.
    ///
    /// @param place name of the row in messages
    record Row(String place, List<String> values) {}

    private Table() {}

    /// The columns `columns` of every row of `csv`.
    ///
    /// @throws BadFileException if it is not such a file, or a row has no value in one of them
    /// @throws IOException if it cannot be read
    static List<Row> read(Path csv, List<String> columns) throws IOException {
        var rules = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        var rows = new ArrayList<Row>();
        try (var records = rules.parse(new StringReader(text(csv)))) {
            if (!records.getHeaderMap().keySet().containsAll(columns)) {
                throw new BadFileException(
                        csv, "its first line must name the columns " + String.join(" and ", columns));
            }
            for (var row : records) {
                // The heading is line 1.
                var place = csv + ": row " + (row.getRecordNumber() + 1);
                if (!columns.stream().allMatch(row::isSet)) {
                    throw new BadFileException(place, "has no " + String.join(" or no ", columns));
                }
                rows.add(new Row(place, columns.stream().map(row::get).toList()));
            }
        } catch (CSVException | UncheckedIOException | IllegalArgumentException e) {
            throw new BadFileException(csv, "is malformed CSV: " + OneLine.of(String.valueOf(e.getMessage())), e);
        }
        return rows;
    }

    private static String text(Path csv) throws IOException {
        if (Files.isDirectory(csv)) {
            throw new BadFileException(csv, "is a directory; give the CSV file");
        }
        if (Files.size(csv) > MAX_BYTES) {
            throw new BadFileException(csv, "is longer than the limit of " + MAX_BYTES + " bytes");
        }
        try {
            var text = Files.readString(csv);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadFileException(csv, "is not UTF-8 text; convert it", e);
        }
    }
}
