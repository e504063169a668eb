/// A program of somebody else: what it needs to say, and what it may use.
module com.example.classify {
    requires org.mobilenet4j.formats; // brings org.mobilenet4j along
}
