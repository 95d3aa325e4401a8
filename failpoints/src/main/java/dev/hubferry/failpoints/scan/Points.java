package dev.hubferry.failpoints.scan;

import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.MethodModel;
import java.util.Optional;

/** Reads the annotation of a method. */
public final class Points {
    private static final String ANNOTATION = "Ldev/hubferry/contracts/Failpoint;";

    private Points() {}

    /** The name of the failpoint that the method is, if it is one. */
    public static Optional<String> of(MethodModel method) {
        return method.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                .flatMap(annotations -> annotations.annotations().stream())
                .filter(annotation -> annotation.className().equalsString(ANNOTATION))
                .flatMap(annotation -> annotation.elements().stream())
                .map(element -> ((AnnotationValue.OfString) element.value()).stringValue())
                .findFirst();
    }
}
