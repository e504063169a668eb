/// Removed, the same program runs on the class path.
module com.example.consumer {
    requires org.mobilenet4j.defaultmodel; // brings org.mobilenet4j along
    requires org.mobilenet4j.formats;
}
