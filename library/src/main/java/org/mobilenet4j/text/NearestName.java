package org.mobilenet4j.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// The name that a mistyped one most likely stands for.
public final class NearestName {
    private static final int LONGEST = 80;
    private static final int MOST_EDITS = 4;
    private static final int SHORTEST_START = 3;

    private NearestName() {}

    /// `; did you mean NAME?`, to follow a message, or nothing if none of the `known` names is near.
    public static String hint(String word, Collection<String> known) {
        return of(word, known)
                .map(name -> "; did you mean " + OneLine.of(name) + "?")
                .orElse("");
    }

    /// The one of `known` with the fewest edits: one for each three letters of `word` and four at most, where an
    /// edit puts in, leaves out or replaces a letter, or swaps it with the next. Else the first that begins with
    /// `word`. Case does not count, nor whether parts are joined by `-` or `_`.
    public static Optional<String> of(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > LONGEST) {
            return Optional.empty();
        }
        var plain = plain(word);
        int fewest = Math.min(MOST_EDITS, (word.length() + 1) / 3) + 1;
        var nearest = Optional.<String>empty();
        for (var name : known) {
            int edits = name.length() > LONGEST ? fewest : edits(plain, plain(name));
            if (edits < fewest) {
                fewest = edits;
                nearest = Optional.of(name);
            }
        }
        return nearest.isEmpty() && word.length() >= SHORTEST_START ? beginning(plain, known) : nearest;
    }

    private static Optional<String> beginning(String plain, Collection<String> known) {
        for (var name : known) {
            if (plain(name).startsWith(plain)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The distance of optimal string alignment.
    private static int edits(String a, String b) {
        var table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : least(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int least(int[][] table, String a, String b, int i, int j) {
        boolean isSame = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(table[i - 1][j - 1] + (isSame ? 0 : 1), 1 + Math.min(table[i - 1][j], table[i][j - 1]));
        boolean isSwap = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return isSwap ? Math.min(least, table[i - 2][j - 2] + 1) : least;
    }
}
