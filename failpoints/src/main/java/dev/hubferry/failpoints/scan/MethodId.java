package dev.hubferry.failpoints.scan;

/**
 * A method as class files name it.
 *
 * @param owner such as {@code dev/hubferry/messaging/Endings}
 */
record MethodId(String owner, String name, String descriptor) {
    /** Such as {@code Endings#end}; overloads share it. */
    String label() {
        return owner.substring(owner.lastIndexOf('/') + 1) + "#" + name;
    }

    boolean isLambda() {
        return name.startsWith("lambda$");
    }
}
