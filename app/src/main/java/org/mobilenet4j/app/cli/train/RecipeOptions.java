package org.mobilenet4j.app.cli.train;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.train.Precision;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.optimize.Optimizer;
import picocli.CommandLine.Option;

/// The training recipe: one by name, and changes to it.
@OptionGroup("Recipe")
public final class RecipeOptions {
    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description =
                    "The training recipe: default, fine-tuning, unfolded, folded, quantization, detection, paper or"
                            + " tf-slim (default: default; with --task detect detection; with --init fine-tuning, or unfolded where train puts batch normalizations"
                            + " back, or folded if there are none; quantization in quantize).")
    private @Nullable String name;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Number of epochs (default: the recipe's, 30 in default and 16 in fine-tuning).")
    private @Nullable Integer epochs;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Batch size (default: the recipe's, 128 in default and 32 in fine-tuning).")
    private @Nullable Integer batch;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Peak learning rate (default: the recipe's, 0.2 in default and 0.06 in fine-tuning).")
    private @Nullable Double rate;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "float32, or bf16: matrix products of numbers with 8 significant bits, which takes half the"
                    + " time on processors with AVX-512 BF16 (default: the recipe's, float32).")
    private @Nullable String precision;

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description =
                    "Any other setting of the recipe, such as optimizer=adamw (which brings a rate and a decay of its own),"
                            + " label-smoothing=0 or schedule=constant.")
    private Map<String, String> settings = Map.of();

    /// Whether any option is given.
    public boolean areGiven() {
        return name != null
                || epochs != null
                || batch != null
                || rate != null
                || precision != null
                || !settings.isEmpty();
    }

    /// The recipe.
    ///
    /// @param otherwise its name if `--recipe` is not given
    /// @throws IllegalArgumentException if there is no such recipe, or a setting is wrong
    public Recipe recipe(String otherwise) {
        var wanted = name == null ? otherwise : name;
        var recipe = Recipe.PRESETS.get(wanted);
        if (recipe == null) {
            throw new BadValueException("there is no recipe called " + wanted
                    + "; use default, fine-tuning, unfolded, folded, quantization, detection, paper or tf-slim");
        }
        var optimizer = settings.get("optimizer");
        recipe = optimizer == null ? recipe : recipe.withOptimizer(Optimizer.parse(optimizer));
        recipe = epochs == null ? recipe : recipe.withEpochs(epochs);
        recipe = batch == null ? recipe : recipe.withBatch(batch);
        recipe = rate == null ? recipe : recipe.withRate(rate);
        recipe = precision == null ? recipe : recipe.withPrecision(Precision.parse(precision));
        for (var setting : settings.entrySet()) {
            recipe = recipe.with(setting.getKey(), setting.getValue());
        }
        return recipe;
    }
}
