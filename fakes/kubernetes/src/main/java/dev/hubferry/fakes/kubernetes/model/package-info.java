/** Kinds, keys, failures and JSON helpers that every other package shares. */
@NullMarked
package dev.hubferry.fakes.kubernetes.model;

import org.jspecify.annotations.NullMarked;
