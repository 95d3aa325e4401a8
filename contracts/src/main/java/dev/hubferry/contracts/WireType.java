package dev.hubferry.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The logical name of a message on the wire ({@code ce_type}), such as {@code dns.switch-record.v1}.
 *
 * <p>An additive change keeps the version; any other change is a new record with the next version beside the old one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WireType {
    /** {@code <participant or hubferry>.<words-with-dashes>.v<number>}. */
    String value();
}
