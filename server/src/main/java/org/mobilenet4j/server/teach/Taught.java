package org.mobilenet4j.server.teach;

import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.model.Model;

/// What a training gave.
///
/// @param model with the session's classes
/// @param classifier that runs it
/// @param trainAccuracy the share of the photos it learned from that it recognizes
/// @param millis how long the training took
public record Taught(Model model, Classifier classifier, double trainAccuracy, double millis) {}
