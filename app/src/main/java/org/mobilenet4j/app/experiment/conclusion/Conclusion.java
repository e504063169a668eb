package org.mobilenet4j.app.experiment.conclusion;

/// A conclusion of the paper, and whether figures show it.
///
/// @param claim the paper's, in our words
/// @param verdict whether it shows
/// @param evidence the figures, in words
/// @param rule that made the verdict of the figures; it was fixed before any were there
public record Conclusion(String claim, Verdict verdict, String evidence, String rule) {
    /// What figures say of a claim.
    public enum Verdict {
        HOLDS("holds"),
        NOT_SHOWN("does not show at this scale"),
        CONTRARY("the contrary shows at this scale"),
        OPEN("cannot be said of one seed alone");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /// In words.
        public String text() {
            return text;
        }

        static Verdict of(boolean holds) {
            return holds ? HOLDS : NOT_SHOWN;
        }
    }
}
