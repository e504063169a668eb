package org.mobilenet4j.app.cli.cost;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.cost.BodyTable;
import org.mobilenet4j.cost.PaperTable;
import org.mobilenet4j.cost.PaperTables;
import org.mobilenet4j.error.BadValueException;

/// The published tables to print.
///
/// @param body table 1, if wanted
/// @param others those wanted of tables 2 to 9 and TF-Slim's
record CostTables(@Nullable BodyTable body, List<PaperTable> others) {
    /// @param id of one table, or null for all
    /// @throws IllegalArgumentException when there is no such table
    static CostTables choose(@Nullable String id) {
        var all = PaperTables.all();
        if (id == null) {
            return new CostTables(BodyTable.of(), all);
        }
        if (id.equals(BodyTable.ID)) {
            return new CostTables(BodyTable.of(), List.of());
        }
        var chosen = all.stream().filter(table -> table.id().equals(id)).toList();
        if (chosen.isEmpty()) {
            throw new BadValueException("there is no table " + id + "; the tables are " + BodyTable.ID + ", "
                    + all.stream().map(PaperTable::id).collect(Collectors.joining(", ")));
        }
        return new CostTables(null, chosen);
    }
}
