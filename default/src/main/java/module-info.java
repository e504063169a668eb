/// The network that comes with mobilenet4j, for programs that classify before they have trained anything.
module org.mobilenet4j.defaultmodel {
    requires transitive org.mobilenet4j; // the model is one of its values
    requires static org.jspecify; // annotations for the compiler alone

    exports org.mobilenet4j;
}
