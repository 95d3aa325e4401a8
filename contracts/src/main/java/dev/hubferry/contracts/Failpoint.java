package dev.hubferry.contracts;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a place at which a service writes something down or sends something, so that the crash matrix can halt the process right before
 * and right after it.
 *
 * <p>It is a name and nothing more: at run time it does not even exist, and what halts is an agent that only tests attach. It is here
 * because the contracts are what every room of every service may know.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Failpoint {
    /** Where it is and what it does, such as {@code inbox.claim}; once in a module. */
    String value();
}
