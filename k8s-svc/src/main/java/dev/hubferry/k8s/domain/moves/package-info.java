/** The steps that stop, close, open and test a hub. */
@NullMarked
package dev.hubferry.k8s.domain.moves;

import org.jspecify.annotations.NullMarked;
