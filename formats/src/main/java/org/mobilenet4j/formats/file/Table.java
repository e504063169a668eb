package org.mobilenet4j.formats.file;

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
public final class Table {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final long MAX_BYTES = 256L << 20;

    /// A row's values in the requested columns.
    ///
    /// @param place name of the row in messages
    public record Row(String place, List<String> values) {}

    private Table() {}

    /// The columns `columns` of every row of `csv`, whose values are separated by what occurs most in its first line:
    /// commas, semicolons or tabs.
    ///
    /// @param columns for each its names, the preferred first; upper and lower case are the same
    /// @throws BadFileException if it is not such a file, or a row has no value in one of them
    /// @throws IOException if it cannot be read
    public static List<Row> read(Path csv, List<List<String>> columns) throws IOException {
        var rows = new ArrayList<Row>();
        visit(csv, columns, rows::add);
        return rows;
    }

    /// What is done with a row.
    public interface Visitor {
        /// A row was read.
        void visit(Row row) throws BadFileException;
    }

    /// Shows the columns `columns` of every row of `csv` to `visitor`, as [#read] returns them, so that not all need to
    /// be kept.
    ///
    /// @throws BadFileException if it is not such a file, or a row has no value in one of them
    /// @throws IOException if it cannot be read
    public static void visit(Path csv, List<List<String>> columns, Visitor visitor) throws IOException {
        var text = text(csv);
        var rules = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator(text))
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .get();
        long number = 1;
        try (var records = rules.parse(new StringReader(text))) {
            var named = named(csv, columns, records.getHeaderNames());
            for (var row : records) {
                // The heading is row 1.
                number = row.getRecordNumber() + 1;
                var place = csv + ": row " + number;
                if (!named.stream().allMatch(row::isSet)) {
                    throw new BadFileException(place, "has no " + String.join(" or no ", named));
                }
                visitor.visit(new Row(place, named.stream().map(row::get).toList()));
            }
        } catch (CSVException | UncheckedIOException | IllegalArgumentException e) {
            throw new BadFileException(
                    csv,
                    "is malformed CSV behind row " + number
                            + ": a quote that is not closed or has text behind it, or two columns of one name; correct it",
                    e);
        }
    }

    /// Whether the first line of `csv` names all of `columns`.
    ///
    /// @throws IOException if it cannot be read
    public static boolean has(Path csv, List<List<String>> columns) throws IOException {
        var heading = text(csv).lines().findFirst().orElse("");
        var names = List.of(heading.split(String.valueOf(separator(heading)), -1));
        return columns.stream()
                .allMatch(column -> names.stream()
                        .anyMatch(name ->
                                column.stream().anyMatch(name.replace("\"", "").strip()::equalsIgnoreCase)));
    }

    /// The names in `header` of `columns`.
    private static List<String> named(Path csv, List<List<String>> columns, List<String> header)
            throws BadFileException {
        var named = new ArrayList<String>();
        for (var names : columns) {
            names.stream()
                    .filter(name -> header.stream().anyMatch(name::equalsIgnoreCase))
                    .findFirst()
                    .ifPresent(named::add);
        }
        if (named.size() < columns.size()) {
            throw new BadFileException(
                    csv,
                    "its first line must name the columns "
                            + String.join(
                                    " and ",
                                    columns.stream().map(List::getFirst).toList()) + ", not "
                            + (header.isEmpty() ? "be empty" : OneLine.of(String.join(", ", header))));
        }
        return named;
    }

    private static char separator(String text) {
        int end = text.indexOf('\n');
        var heading = end < 0 ? text : text.substring(0, end);
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            best = count(heading, candidate) > count(heading, best) ? candidate : best;
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
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
