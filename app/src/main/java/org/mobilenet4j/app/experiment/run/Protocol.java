package org.mobilenet4j.app.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.ValidationSchedule;

/// What all runs of a folder have in common, so that they can be compared.
///
/// @param photos that are learned, and that accuracy is measured on
/// @param origin of the photos, in words, as `data` and `validation`
/// @param resolution rows and columns of the input where rho is 1
/// @param recipe of every training
/// @param augmentation of the training photos
/// @param threads that train; results depend on them in the last bits
public record Protocol(
        Split photos,
        SequencedMap<String, String> origin,
        int resolution,
        Recipe recipe,
        Augmentation augmentation,
        int threads) {
    private static final String RECIPE = "recipe's ";

    /// What else decides results, and has changed: runs of an older trainer are not mixed with newer ones.
    private static final String TRAINER = "2, with scaled initial weights and measured statistics";

    private static final Preprocessing PLAIN = new Preprocessing(1, Resize.ANTIALIAS, Normalization.SIGNED);

    public Scale scale() {
        return new Scale(resolution, labels().size());
    }

    private List<String> labels() {
        return photos.train().labels();
    }

    /// Photos that pass through a network in a whole training.
    long photosOfARun() {
        return (long) photos.train().size() / recipe.batch() * recipe.batch() * recipe.epochs();
    }

    /// All that a result depends on but the network and the seed, as text.
    public SequencedMap<String, String> settings() {
        var settings = new LinkedHashMap<>(origin);
        settings.put("photos", String.valueOf(photos.train().size()));
        settings.put("validation photos", String.valueOf(photos.validation().size()));
        settings.put("classes", labels().size() + ": " + String.join(", ", labels()));
        settings.put("resolution", String.valueOf(resolution));
        recipe.settings().forEach((name, value) -> settings.put(RECIPE + name, value));
        settings.put("augmentation", augmentation.toString());
        settings.put("threads", String.valueOf(threads));
        settings.put("trainer", TRAINER);
        return settings;
    }

    /// What the setting `name` of an older protocol is called in [#settings] today.
    static String settingNamed(String name) {
        return name.startsWith(RECIPE) ? RECIPE + Recipe.settingNamed(name.substring(RECIPE.length())) : name;
    }

    /// The training of an arm's network. It is validated once, after its last epoch, so that no validation photo
    /// chooses anything.
    public TrainingSetup setup(Network network, Trained how, long seed) {
        var setting = how.rateShare() == 1 ? recipe : recipe.withRate(how.rateShare() * recipe.rate());
        var notes = new LinkedHashMap<String, String>();
        notes.put("seed", String.valueOf(seed));
        notes.put("recipe", setting.settings().toString());
        var alone = new TrainingSetup(
                        new Model(network, InitialWeights.of(network, seed), List.of(), PLAIN, notes),
                        photos,
                        augmentation,
                        TrainerOptions.of(setting).withThreads(threads).withSeed(seed))
                .with(ValidationSchedule.every(recipe.epochs()));
        return how.teaching().map(it -> it.apply(alone)).orElse(alone);
    }
}
