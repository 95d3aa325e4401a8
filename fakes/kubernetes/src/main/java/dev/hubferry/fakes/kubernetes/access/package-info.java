/** Users, their rules, and what the rules say. */
@NullMarked
package dev.hubferry.fakes.kubernetes.access;

import org.jspecify.annotations.NullMarked;
