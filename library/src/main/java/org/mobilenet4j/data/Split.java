package org.mobilenet4j.data;

/// Data to train on, and data to validate with.
///
/// @param train the first
/// @param validation the second; it has the same classes
public record Split(DataSet train, DataSet validation) {}
